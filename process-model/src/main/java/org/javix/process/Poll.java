package org.javix.process;

import static org.javix.vfs.Errno.EINTR;

import java.util.Arrays;
import org.javix.vfs.OpenFile;
import org.javix.vfs.PollEvents;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * Waits until one of several files is ready: {@code poll}, and what {@code select} is made of. Used by
 * one thread.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/poll.html">poll</a>
 */
public final class Poll {
    // Always told, whether asked for or not.
    private static final int UNREQUESTED = PollEvents.POLLERR | PollEvents.POLLHUP | PollEvents.POLLNVAL;

    private OpenFile[] files = new OpenFile[8];
    private int[] events = new int[8];
    private int[] ready = new int[8];
    private int count;

    /** Nothing to wait for yet. */
    public Poll() {}

    /**
     * Adds the next entry.
     *
     * @param file null for a descriptor that is not open: it gets POLLNVAL
     * @param wanted {@link PollEvents}
     */
    public void add(OpenFile file, int wanted) {
        ensureRoom();
        files[count] = file;
        events[count] = wanted;
        ready[count++] = file == null ? PollEvents.POLLNVAL : 0;
    }

    /** Adds an entry that is never ready, for a negative descriptor. */
    public void addIgnored() {
        ensureRoom();
        files[count] = null;
        ready[count++] = 0;
    }

    private void ensureRoom() {
        if (count == files.length) {
            files = Arrays.copyOf(files, count * 2);
            events = Arrays.copyOf(events, count * 2);
            ready = Arrays.copyOf(ready, count * 2);
        }
    }

    /** What is ready of entry {@code i}, as a {@code pollfd} tells it. */
    public int ready(int i) {
        return ready[i];
    }

    /** How many entries there are. */
    public int size() {
        return count;
    }

    /**
     * Waits. A caller that was interrupted by nothing but a stop calls again with the same deadline.
     *
     * @param deadline of {@link Deadline}; one that has passed only looks
     * @return how many entries are ready, 0 at the deadline, or -EINTR
     */
    public int await(Waiter waiter, long deadline) {
        int found = look(waiter);
        if (found > 0 || Deadline.passed(deadline)) {
            return found;
        }
        for (int i = 0; i < count; i++) {
            WaitQueue queue = files[i] == null ? null : files[i].waitQueue(waiter);
            if (queue != null) {
                queue.add(waiter);
            }
        }
        try {
            while (true) {
                waiter.prepare();
                found = look(waiter);
                if (found > 0) {
                    return found;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                if (!Deadline.park(waiter, deadline)) {
                    return look(waiter);
                }
            }
        } finally {
            for (int i = 0; i < count; i++) {
                WaitQueue queue = files[i] == null ? null : files[i].waitQueue(waiter);
                if (queue != null) {
                    queue.remove(waiter);
                }
            }
        }
    }

    private int look(Waiter waiter) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (files[i] != null) {
                ready[i] = files[i].poll(waiter) & (events[i] | UNREQUESTED);
            }
            found += ready[i] == 0 ? 0 : 1;
        }
        return found;
    }
}
