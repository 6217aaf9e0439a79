package org.javix.posix;

import org.javix.process.Futexes;

/**
 * The locks that a thread holds when it ends, as the C library lists them: whoever waits for one is woken and told that
 * its owner has died.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/set_robust_list.2.html">set_robust_list(2)</a>
 */
final class RobustList {
    /** So many entries at most are looked at: the list may be a circle. */
    private static final int LIMIT = 2048;

    private final GuestThread thread;
    private final GuestMemory memory;
    private final long head;

    RobustList(GuestThread thread, long head) {
        this.thread = thread;
        this.memory = thread.memory();
        this.head = head & 0xffff_ffffL;
    }

    /** Gives up all of them. What is not a valid list ends early. */
    void release() {
        try {
            long offset = memory.i32(head + 4);
            long pending = memory.i32(head + 8) & 0xffff_ffffL;
            long entry = memory.i32(head) & 0xffff_ffffL;
            for (int i = 0; i < LIMIT && (entry & ~1) != head; i++) {
                long next = memory.i32(entry & ~1) & 0xffff_ffffL;
                if (entry != pending) {
                    release(entry, offset, false);
                }
                entry = next;
            }
            if (pending != 0) {
                release(pending, offset, true);
            }
        } catch (Fault fault) {
            // The thread has ended; there is nobody to be told.
        }
    }

    /**
     * Gives up one lock.
     *
     * @param entry its place in the list; bit 0 says that waiters become owners
     * @param wasPending whether the thread was about to take it or to give it up
     */
    private void release(long entry, long offset, boolean wasPending) {
        FutexWord word = FutexWord.at(thread, (entry & ~1) + offset);
        Futexes futexes = thread.kernel().futexes();
        int tid = thread.task().tid();
        while (true) {
            int now = word.load();
            if (wasPending && (entry & 1) == 0 && now == 0) {
                // Given up, but perhaps nobody was woken any more.
                futexes.wake(word.key(), 1, Futexes.ANY);
                return;
            }
            if ((now & FutexWord.TID_MASK) != tid) {
                return;
            }
            if (futexes.handOver(word.key(), owner -> own(word, owner))) {
                return;
            }
            if (word.replace(now, now & FutexWord.WAITERS | FutexWord.OWNER_DIED)) {
                if ((now & FutexWord.WAITERS) != 0) {
                    futexes.wake(word.key(), 1, Futexes.ANY);
                }
                return;
            }
        }
    }

    private static void own(FutexWord word, int owner) {
        if (owner != 0) {
            word.store(owner | FutexWord.OWNER_DIED);
        }
    }
}
