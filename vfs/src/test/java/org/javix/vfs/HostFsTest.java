package org.javix.vfs;

import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_RDONLY;
import static org.javix.vfs.OpenFlags.O_RDWR;
import static org.javix.vfs.OpenFlags.O_WRONLY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "host directories can be mounted on Linux only")
class HostFsTest {
    @TempDir
    Path directory;

    private Path shared;
    private HostFs fs;
    private Tree tree;

    @BeforeEach
    void mount() throws IOException {
        shared = Files.createDirectory(directory.resolve("shared"));
        Files.writeString(directory.resolve("secret"), "secret");
        Files.writeString(shared.resolve("f"), "hello");
        fs = HostFs.readWrite(shared);
        tree = Tree.empty().dirs("/host");
        FileCalls.mount(tree.context, "/host", fs, 0, "host");
    }

    @AfterEach
    void unmount() {
        fs.close();
    }

    @Test
    void filesAreSharedWithTheHost() throws IOException {
        assertEquals("hello", tree.read("/host/f"));
        tree.write("/host/new", "from the guest");
        assertEquals("from the guest", Files.readString(shared.resolve("new")));
        assertEquals("ok", tree.mkdir("/host/d"));
        assertTrue(Files.isDirectory(shared.resolve("d")));
        assertEquals("ok", tree.mv("/host/new", "/host/d/moved"));
        assertEquals("from the guest", Files.readString(shared.resolve("d/moved")));
        assertEquals("ENOTEMPTY", tree.rmdir("/host/d"));
        assertEquals("ok", tree.rm("/host/d/moved"));
        assertEquals("ok", tree.rmdir("/host/d"));
        assertEquals(List.of("f"), tree.ls("/host"));
        tree.cd("/host");
        assertEquals("/host", tree.pwd());
        assertEquals("hello", tree.read("../host/f"));
    }

    @Test
    void attributesCanBeChanged() throws IOException {
        tree.write("/host/g", "x");
        assertEquals("ok", tree.chmod(0741, "/host/g"));
        assertEquals(FileMode.S_IFREG | 0741, tree.stat("/host/g").mode);
        assertEquals(0, FileCalls.utimens(tree.context, null, "/host/g", 5, 6, 7, 8, 0));
        Stat stat = tree.stat("/host/g");
        assertEquals(5, stat.atimeSec);
        assertEquals(8, stat.mtimeNsec);
        assertEquals(0, FileCalls.truncate(tree.context, null, "/host/g", 0));
        assertEquals(0, Files.size(shared.resolve("g")));
        assertEquals("ok", tree.ln("/host/g", "/host/h"));
        assertEquals(2, tree.stat("/host/g").nlink);
        assertEquals("ok", tree.symlink("g", "/host/l"));
        assertEquals("g", Files.readSymbolicLink(shared.resolve("l")).toString());
        assertEquals(fs.device(), stat.dev);
    }

    @Test
    void positionsAndAppendWork() throws IOException {
        OpenFile file = tree.open("/host/log", O_RDWR | O_CREAT | O_APPEND);
        Tree.write(file, "one");
        Files.writeString(shared.resolve("log"), "ZZ", java.nio.file.StandardOpenOption.APPEND);
        Tree.write(file, "two");
        assertEquals(8, file.seek(0, OpenFile.SEEK_CUR));
        assertEquals(1, file.seek(-7, OpenFile.SEEK_END));
        assertEquals("neZZtwo", Tree.read(file));
        assertEquals("ok", tree.rm("/host/log"));
        assertEquals(0, file.truncate(2));
        file.seek(0, OpenFile.SEEK_SET);
        assertEquals("on", Tree.read(file));
        file.release();
        assertEquals("EBADF", Tree.read(file));
    }

    @Test
    void linksToTheOutsideLeadIntoTheGuestsOwnTree() throws IOException {
        Files.createSymbolicLink(shared.resolve("absolute"), directory.resolve("secret"));
        Files.createSymbolicLink(shared.resolve("relative"), Path.of("../secret"));
        Files.createSymbolicLink(shared.resolve("up"), Path.of(".."));
        assertEquals("ENOENT", tree.read("/host/absolute"));
        assertEquals("ENOENT", tree.read("/host/relative"));
        tree.write("/secret", "the guest's");
        assertEquals("the guest's", tree.read("/host/relative"));
        assertEquals("the guest's", tree.read("/host/up/secret"));
    }

    @Test
    void specialFilesOfTheHostCannotBeOpened() throws Exception {
        int status = new ProcessBuilder("mkfifo", shared.resolve("fifo").toString()).start().waitFor();
        assertEquals(0, status);
        assertEquals("ENXIO", tree.opening("/host/fifo", O_WRONLY));
        assertEquals(-Errno.EPERM, FileCalls.mknod(tree.context, null, "/host/n", FileMode.S_IFIFO | 0600, 0));
    }

    @Test
    void readOnlyRefusesEveryChange() throws IOException {
        try (HostFs readOnly = HostFs.readOnly(shared)) {
            Tree other = Tree.of(readOnly);
            assertEquals("hello", other.read("/f"));
            assertEquals("EROFS", other.opening("/f", O_WRONLY));
            assertEquals("EROFS", other.opening("/g", O_WRONLY | O_CREAT));
            assertEquals("EROFS", other.rm("/f"));
            assertEquals("EROFS", other.chmod(0, "/f"));
            assertEquals("EROFS", other.mkdir("/d"));
        }
    }

    @Test
    void aPrivateCopyLeavesTheHostAlone() throws IOException {
        Files.createDirectory(shared.resolve("d"));
        Files.writeString(shared.resolve("d/big"), "0123456789".repeat(2000));
        Tree copy = Tree.of(TmpFs.over(fs, TmpFs.UNLIMITED, TmpFs.UNLIMITED, java.time.InstantSource.system()));
        OpenFile file = copy.open("/d/big", O_RDWR);
        file.pwrite(null, Tree.bytes("X"), 0, 1, 5000);
        String text = "0123456789".repeat(2000);
        assertEquals(text.substring(0, 5000) + "X" + text.substring(5001), copy.read("/d/big"));
        assertEquals(text, Files.readString(shared.resolve("d/big")));
        assertEquals("ok", copy.rm("/f"));
        assertTrue(Files.exists(shared.resolve("f")));
    }

    /** The host swaps a directory for a link to the outside, again and again, while the guest reads through it. */
    @Test
    void aRaceWithTheHostNeverLeadsOutside() throws Exception {
        Path real = Files.createDirectory(shared.resolve("real"));
        Files.writeString(real.resolve("secret"), "inside");
        Path link = directory.resolve("link");
        AtomicBoolean done = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) {
                    Files.move(real, shared.resolve("aside"));
                    Files.createSymbolicLink(link, Path.of(".."));
                    Files.move(link, real, StandardCopyOption.ATOMIC_MOVE);
                    Files.delete(real);
                    Files.move(shared.resolve("aside"), real);
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        int inside = 0;
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        // The attacker may be stopped with the directory aside.
        for (int i = 0; i < 3000 || inside == 0 && System.nanoTime() < patience; i++) {
            String seen = tree.read("/host/real/secret");
            assertNotEquals("secret", seen);
            if (seen.equals("inside")) {
                inside++;
            }
            tree.write("/probe", "");
        }
        done.set(true);
        attacker.join();
        assertTrue(inside > 0, "the race never let the guest in at all");
        assertEquals("secret", Files.readString(directory.resolve("secret")));
    }

    @Test
    void recordLocksAreTheFilesNotTheLookUps() {
        OpenFile one = tree.open("/host/f", O_RDWR);
        OpenFile two = tree.open("/host/f", O_RDWR);
        assertEquals(0, one.inode().locks().flock(one, RecordLocks.F_WRLCK, null));
        assertEquals(-Errno.EAGAIN, two.inode().locks().flock(two, RecordLocks.F_WRLCK, null));
        one.release();
        assertEquals(0, two.inode().locks().flock(two, RecordLocks.F_WRLCK, null));
    }

    @Test
    void nothingWorksAfterItIsClosed() {
        OpenFile open = tree.open("/host/f", O_RDONLY);
        fs.close();
        assertEquals("EIO", tree.read("/host/f"));
        assertEquals("hello", Tree.read(open));
    }
}
