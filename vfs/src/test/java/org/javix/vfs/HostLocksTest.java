package org.javix.vfs;

import static org.javix.vfs.RecordLocks.F_RDLCK;
import static org.javix.vfs.RecordLocks.F_UNLCK;
import static org.javix.vfs.RecordLocks.F_WRLCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Locks in a host directory hold between the sandbox and another process of the host. */
@Timeout(30)
@EnabledOnOs(value = OS.LINUX, disabledReason = "host directories are Linux only")
class HostLocksTest {
    private static final long END = Long.MAX_VALUE;
    private static final int F_SETLK = 6;
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_UN = 8;

    private final Object a = "process a";
    private final Object b = "process b";

    private Path directory;
    private HostFs fs;
    private Tree tree;
    private LinuxOracle other;

    @BeforeEach
    void open() throws Exception {
        directory = LinuxOracle.newDirectory();
        fs = HostFs.readWrite(directory);
        tree = Tree.of(fs).write("/f", "content");
        other = new LinuxOracle(directory);
        other.make(new LinuxCall("openat").fd(LinuxCall.CWD).text("/f").openFlags(OpenFlags.O_RDWR).number(0).into(0));
    }

    @AfterEach
    void close() throws IOException {
        other.close();
        fs.close();
    }

    private RecordLocks locks() {
        OpenFile file = tree.open("/f", OpenFlags.O_RDWR);
        file.release();
        return file.inode().locks();
    }

    /** The other process sets or removes a lock. */
    private String other(int type, long start, long length) throws IOException {
        byte[] lock = LinuxCall.buffer(32)
                .putShort((short) type).putShort((short) 0).putInt(0)
                .putLong(start).putLong(length).putLong(0)
                .array();
        return Tree.name(other.make(new LinuxCall("fcntl").fd(0).number(F_SETLK).inOut(lock)).result());
    }

    private String otherWhole(int operation) throws IOException {
        return Tree.name(other.make(new LinuxCall("flock").fd(0).number(operation | 4)).result());
    }

    @Test
    void theOtherProcessIsKeptOutOfWhatIsLockedHere() throws IOException {
        assertEquals(0, locks().set(a, 1, F_WRLCK, 0, 9, null));
        assertEquals("EAGAIN", other(F_RDLCK, 9, 5));
        assertEquals("ok", other(F_WRLCK, 10, 5));
        locks().set(a, 1, F_UNLCK, 0, 4, null);
        assertEquals("ok", other(F_WRLCK, 0, 5));
        assertEquals("EAGAIN", other(F_WRLCK, 5, 1));
        assertEquals(-Errno.EAGAIN, locks().set(a, 1, F_RDLCK, 0, 0, null));
        locks().set(a, 1, F_RDLCK, 5, 9, null);
        assertEquals("ok", other(F_RDLCK, 5, 1));
        locks().releaseAll(a);
        assertEquals("ok", other(F_WRLCK, 0, 0));
    }

    @Test
    void whatSeveralProcessesHereShareIsHeldUntilTheLastLeaves() throws IOException {
        locks().set(a, 1, F_RDLCK, 0, 9, null);
        locks().set(b, 2, F_RDLCK, 5, 14, null);
        locks().set(a, 1, F_UNLCK, 0, END, null);
        assertEquals("ok", other(F_WRLCK, 0, 5));
        assertEquals("EAGAIN", other(F_WRLCK, 5, 1));
        assertEquals("EAGAIN", other(F_WRLCK, 14, 1));
        assertEquals("ok", other(F_WRLCK, 15, 0));
        locks().releaseAll(b);
        assertEquals("ok", other(F_WRLCK, 0, 0));
    }

    @Test
    void locksOfTheOtherProcessAreSeen() throws IOException {
        assertEquals("ok", other(F_WRLCK, 3, 4));
        RecordLocks.Range found = locks().test(a, F_RDLCK, 0, END);
        assertEquals(F_WRLCK, found.type());
        assertEquals(3, found.start());
        assertEquals(6, found.end());
        assertNull(locks().test(a, F_WRLCK, 7, END));
        assertEquals(0, locks().set(a, 1, F_WRLCK, 7, END, null));
        assertEquals(-Errno.EAGAIN, locks().set(a, 1, F_WRLCK, 0, END, null));
    }

    private CompletableFuture<Integer> waiting(AtomicBoolean signal) throws InterruptedException {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> result.complete(locks().set(a, 1, F_WRLCK, 0, 9, new Waiter(Thread.currentThread()) {
            @Override
            public boolean interrupted() {
                return signal.get();
            }
        })));
        Thread.sleep(50);
        assertTrue(!result.isDone());
        return result;
    }

    @Test
    void waitingEndsWhenTheOtherProcessLetsGo() throws Exception {
        other(F_RDLCK, 0, 1);
        CompletableFuture<Integer> lock = waiting(new AtomicBoolean());
        other(F_UNLCK, 0, 1);
        assertEquals(0, lock.get(5, TimeUnit.SECONDS));
        assertEquals("EAGAIN", other(F_RDLCK, 0, 1));
    }

    @Test
    void aSignalEndsWaitingForTheOtherProcess() throws Exception {
        other(F_RDLCK, 0, 1);
        AtomicBoolean signal = new AtomicBoolean();
        CompletableFuture<Integer> lock = waiting(signal);
        signal.set(true);
        assertEquals(-Errno.EINTR, lock.get(5, TimeUnit.SECONDS));
        assertEquals("ok", other(F_WRLCK, 0, 0));
    }

    @Test
    void wholeFilesAreLockedForBoth() throws IOException {
        OpenFile one = tree.open("/f", OpenFlags.O_RDONLY);
        OpenFile two = tree.open("/f", OpenFlags.O_RDONLY);
        assertEquals(0, locks().flock(one, F_RDLCK, null));
        assertEquals(0, locks().flock(two, F_RDLCK, null));
        assertEquals("ok", otherWhole(LOCK_SH));
        assertEquals("EAGAIN", otherWhole(LOCK_EX));
        one.release();
        otherWhole(LOCK_UN);
        assertEquals("EAGAIN", otherWhole(LOCK_EX));
        two.release();
        assertEquals("ok", otherWhole(LOCK_EX));
        OpenFile three = tree.open("/f", OpenFlags.O_RDONLY);
        assertEquals(-Errno.EAGAIN, locks().flock(three, F_RDLCK, null));
        otherWhole(LOCK_UN);
        assertEquals(0, locks().flock(three, F_WRLCK, null));
        assertEquals("EAGAIN", otherWhole(LOCK_SH));
        three.release();
    }
}
