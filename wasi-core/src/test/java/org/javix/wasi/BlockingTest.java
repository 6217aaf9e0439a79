package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls that wait, and what ends the wait. */
@Timeout(30)
class BlockingTest {
    private static final int SUCCESS = 0;
    private static final int EINTR = 27;

    private static final long VECTOR = 0;
    private static final long RESULT = 16;
    private static final long SUBSCRIPTIONS = 64;
    private static final long EVENTS = 512;
    private static final long TEXT = 1024;

    private final Caller caller = new Caller();
    private final Mailbox mailbox = new Mailbox(false);

    BlockingTest() {
        caller.files.put(5, mailbox, false);
        caller.putInt(VECTOR, (int) TEXT);
        caller.putInt(VECTOR + 4, 100);
    }

    private static void later(Runnable action) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(30);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            action.run();
        });
    }

    private void interrupt() {
        caller.interrupted = true;
        caller.waiter.wake();
    }

    private int read() {
        return caller.call("fd_read", 5, VECTOR, 1, RESULT);
    }

    private void subscribe(int index, int type, long clockOrFd, long timeout) {
        long at = SUBSCRIPTIONS + 48L * index;
        caller.putLong(at, index);
        caller.putLong(at + 8, type);
        caller.putLong(at + 16, clockOrFd);
        caller.putLong(at + 24, timeout);
    }

    private int poll(int count) {
        return caller.call("poll_oneoff", SUBSCRIPTIONS, EVENTS, count, RESULT);
    }

    @Test
    void readWaitsForBytes() {
        later(() -> mailbox.deliver("hello"));
        assertEquals(SUCCESS, read());
        assertEquals("hello", caller.get(TEXT, caller.getInt(RESULT)));
    }

    @Test
    void interruptedReadFails() {
        later(this::interrupt);
        assertEquals(EINTR, read());
    }

    @Test
    void interruptedReadStartsAgain() {
        caller.restarts = true;
        later(() -> {
            interrupt();
            later(() -> mailbox.deliver("after all"));
        });
        assertEquals(SUCCESS, read());
        assertEquals("after all", caller.get(TEXT, caller.getInt(RESULT)));
    }

    @Test
    void pollWaitsForADescriptor() {
        subscribe(0, 0, 1, 60_000_000_000L);
        subscribe(1, 1, 5, 0);
        later(() -> mailbox.deliver("now"));
        assertEquals(SUCCESS, poll(2));
        assertEquals(1, caller.getInt(RESULT));
        assertEquals(1, caller.getLong(EVENTS));
        assertEquals(SUCCESS, caller.getInt(EVENTS + 8) & 0xffff);
    }

    @Test
    void pollWaitsForTheTime() {
        subscribe(0, 0, 1, 20_000_000);
        subscribe(1, 1, 5, 0);
        long start = System.nanoTime();
        assertEquals(SUCCESS, poll(2));
        assertTrue(System.nanoTime() - start >= 20_000_000);
        assertEquals(1, caller.getInt(RESULT));
        assertEquals(0, caller.getLong(EVENTS));
    }

    @Test
    void interruptedPollFails() {
        subscribe(0, 1, 5, 0);
        later(this::interrupt);
        assertEquals(EINTR, poll(1));
    }

    @Test
    void interruptedPollKeepsItsDeadline() {
        caller.restarts = true;
        subscribe(0, 0, 1, 100_000_000);
        later(this::interrupt);
        long start = System.nanoTime();
        assertEquals(SUCCESS, poll(1));
        long taken = System.nanoTime() - start;
        assertTrue(taken >= 100_000_000 && taken < 5_000_000_000L, () -> "took " + taken + " ns");
    }
}
