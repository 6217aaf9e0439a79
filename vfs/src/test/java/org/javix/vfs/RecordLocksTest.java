package org.javix.vfs;

import static org.javix.vfs.RecordLocks.F_RDLCK;
import static org.javix.vfs.RecordLocks.F_UNLCK;
import static org.javix.vfs.RecordLocks.F_WRLCK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class RecordLocksTest {
    private static final long END = Long.MAX_VALUE;

    private final RecordLocks locks = new RecordLocks();
    private final Object a = "process a";
    private final Object b = "process b";
    private final Object c = "process c";

    private String lock(Object owner, int type, long start, long end) {
        return Tree.name(locks.set(owner, 1, type, start, end, null));
    }

    /** What b sees of others' locks, byte by byte: r, w or a dot. */
    private String map(Object viewer, int length) {
        StringBuilder map = new StringBuilder();
        for (int i = 0; i < length; i++) {
            RecordLocks.Range range = locks.test(viewer, F_WRLCK, i, i);
            map.append(range == null ? '.' : range.type() == F_RDLCK ? 'r' : 'w');
        }
        return map.toString();
    }

    @Test
    void readersShareWritersDoNot() {
        assertEquals("ok", lock(a, F_RDLCK, 0, 9));
        assertEquals("ok", lock(b, F_RDLCK, 5, 14));
        assertEquals("EAGAIN", lock(c, F_WRLCK, 14, END));
        assertEquals("ok", lock(c, F_WRLCK, 15, END));
        assertEquals("EAGAIN", lock(a, F_RDLCK, 20, 20));
        assertEquals("ok", lock(a, F_WRLCK, 0, 4));
        assertEquals("EAGAIN", lock(a, F_WRLCK, 0, 5));
    }

    @Test
    void rangesSplitAndMerge() {
        lock(a, F_WRLCK, 0, 9);
        lock(a, F_UNLCK, 3, 4);
        lock(a, F_RDLCK, 7, 7);
        assertEquals("www..wwrww..", map(b, 12));
        lock(a, F_WRLCK, 7, 7);
        lock(a, F_WRLCK, 3, 4);
        RecordLocks.Range whole = locks.test(b, F_RDLCK, 0, END);
        assertEquals(0, whole.start());
        assertEquals(9, whole.end());
        lock(a, F_UNLCK, 5, END);
        lock(a, F_WRLCK, 8, END);
        lock(a, F_UNLCK, 0, 100);
        assertEquals(101, locks.test(b, F_RDLCK, 0, END).start());
        assertEquals(END, locks.test(b, F_RDLCK, 0, END).end());
    }

    @Test
    void closingAnyDescriptorOfTheFileDropsTheProcessesLocks() {
        Tree tree = Tree.empty().write("/f", "x");
        FdTable table = new FdTable();
        int one = table.add(tree.open("/f", OpenFlags.O_RDWR), 0, false);
        int two = table.add(tree.open("/f", OpenFlags.O_RDONLY), 0, false);
        RecordLocks ofFile = table.get(one).inode().locks();
        ofFile.set(table, 7, F_WRLCK, 0, END, null);
        FdTable child = table.fork();
        assertEquals(7, ofFile.test(child, F_WRLCK, 0, 0).pid());
        child.close(two);
        assertEquals(7, ofFile.test(child, F_WRLCK, 0, 0).pid());
        table.close(two);
        assertNull(ofFile.test(child, F_WRLCK, 0, 0));
    }

    @Test
    void wholeFileLocksBelongToTheOpenFile() {
        Tree tree = Tree.empty().write("/f", "x");
        OpenFile one = tree.open("/f", OpenFlags.O_RDWR);
        OpenFile two = tree.open("/f", OpenFlags.O_RDWR);
        RecordLocks ofFile = one.inode().locks();
        assertEquals(0, ofFile.flock(one, F_WRLCK, null));
        assertEquals(-Errno.EAGAIN, ofFile.flock(two, F_RDLCK, null));
        assertEquals(0, ofFile.set(two, 1, F_WRLCK, 0, END, null), "fcntl and flock do not see each other");
        assertEquals(0, ofFile.flock(one, F_RDLCK, null));
        assertEquals(0, ofFile.flock(two, F_RDLCK, null));
        assertEquals(-Errno.EAGAIN, ofFile.flock(two, F_WRLCK, null));
        one.release();
        assertEquals(0, ofFile.flock(two, F_WRLCK, null));
    }

    private CompletableFuture<Integer> inBackground(RecordLocks file, Object owner, int type, AtomicBoolean signal) {
        CompletableFuture<Integer> result = new CompletableFuture<>();
        CompletableFuture<Waiter> started = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Waiter waiter = new Waiter(Thread.currentThread()) {
                @Override
                public boolean interrupted() {
                    return signal != null && signal.get();
                }
            };
            started.complete(waiter);
            result.complete(file.set(owner, 1, type, 0, END, waiter));
        });
        waiter = started.join();
        return result;
    }

    private Waiter waiter;

    private static void settle(CompletableFuture<Integer> future) throws Exception {
        Thread.sleep(50);
        assertEquals(false, future.isDone());
    }

    @Test
    void aWaiterGetsTheLockWhenItIsFree() throws Exception {
        lock(a, F_WRLCK, 0, END);
        CompletableFuture<Integer> waiting = inBackground(locks, b, F_RDLCK, null);
        settle(waiting);
        lock(a, F_UNLCK, 0, 4);
        settle(waiting);
        lock(a, F_RDLCK, 5, END);
        assertEquals(0, waiting.get(5, TimeUnit.SECONDS));
    }

    @Test
    void aSignalEndsTheWait() throws Exception {
        lock(a, F_WRLCK, 0, END);
        AtomicBoolean signal = new AtomicBoolean();
        CompletableFuture<Integer> waiting = inBackground(locks, b, F_WRLCK, signal);
        settle(waiting);
        signal.set(true);
        waiter.wake();
        assertEquals(-Errno.EINTR, waiting.get(5, TimeUnit.SECONDS));
    }

    @Test
    void waitingInACircleIsRefused() throws Exception {
        RecordLocks second = new RecordLocks();
        RecordLocks third = new RecordLocks();
        locks.set(a, 1, F_WRLCK, 0, END, null);
        second.set(b, 1, F_WRLCK, 0, END, null);
        third.set(c, 1, F_WRLCK, 0, END, null);
        CompletableFuture<Integer> aWaits = inBackground(second, a, F_WRLCK, null);
        CompletableFuture<Integer> bWaits = inBackground(third, b, F_WRLCK, null);
        settle(aWaits);
        settle(bWaits);
        assertEquals(-Errno.EDEADLK, inBackground(locks, c, F_WRLCK, null).get(5, TimeUnit.SECONDS));
        third.releaseAll(c);
        assertEquals(0, bWaits.get(5, TimeUnit.SECONDS));
        second.releaseAll(b);
        assertEquals(0, aWaits.get(5, TimeUnit.SECONDS));
    }
}
