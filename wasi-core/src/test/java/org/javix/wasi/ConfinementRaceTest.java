package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.javix.vfs.Credentials;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A program walks {@code in/deep/../../secret} in its directory {@code /box}, while somebody else moves
 * {@code deep} to {@code /out} and back. From there the same steps lead to {@code /secret}.
 */
@Timeout(60)
class ConfinementRaceTest {
    private static final int ROUNDS = 30_000;
    private static final long PATH = 256;
    private static final long VECTOR = 0;
    private static final long RESULT = 16;
    private static final long TEXT = 1024;

    private final FsContext fileSystem = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
    private volatile boolean done;

    private void write(String path, String text) {
        Waiter waiter = Waiter.uninterruptible();
        OpenFile file = FileCalls.open(
                        fileSystem, waiter, null, path, OpenFlags.O_CREAT | OpenFlags.O_WRONLY, 0666)
                .value();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        file.write(waiter, MemorySegment.ofArray(bytes), 0, bytes.length);
        file.release();
    }

    private void moveBackAndForth() {
        while (!done) {
            assertEquals(0, FileCalls.rename(fileSystem, null, "/box/in/deep", null, "/out/deep", 0));
            assertEquals(0, FileCalls.rename(fileSystem, null, "/out/deep", null, "/box/in/deep", 0));
        }
    }

    @Test
    void noRenameLeadsOutside() throws Exception {
        for (String directory : new String[] {"/box", "/box/in", "/box/in/deep", "/out"}) {
            FileCalls.mkdir(fileSystem, null, directory, 0777);
        }
        write("/secret", "outside");
        write("/box/secret", "inside");
        Caller caller = new Caller(fileSystem);
        OpenFile box = FileCalls.open(
                        fileSystem, caller.waiter, null, "/box", OpenFlags.O_DIRECTORY, 0)
                .value();
        caller.files.put(3, box, false);
        caller.putInt(VECTOR, (int) TEXT);
        caller.putInt(VECTOR + 4, 100);
        int length = caller.put(PATH, "in/deep/../../secret");

        Thread mover = Thread.ofPlatform().start(this::moveBackAndForth);
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            if (caller.call("path_open", 3, 0, PATH, length, 0, 2, 0, 0, RESULT) == 0) {
                int fd = caller.getInt(RESULT);
                assertEquals(0, caller.call("fd_read", fd, VECTOR, 1, RESULT));
                assertEquals("inside", caller.get(TEXT, caller.getInt(RESULT)));
                assertEquals(0, caller.call("fd_close", fd));
                found++;
            }
        }
        done = true;
        mover.join();
        assertTrue(found > 0);
    }
}
