package org.javix.process;

import static org.javix.vfs.Errno.EINTR;

import org.javix.vfs.Waiter;

/** Points of time on {@link System#nanoTime}'s scale, at which a blocking call gives up. */
public final class Deadline {
    /** Never. */
    public static final long NONE = Long.MAX_VALUE;

    private Deadline() {}

    /** {@code nanos} from now; a negative time is now. */
    public static long after(long nanos) {
        long now = System.nanoTime();
        long deadline = now + Math.max(nanos, 0);
        return deadline < now ? NONE : deadline;
    }

    /** Whether the deadline is reached. */
    public static boolean passed(long deadline) {
        return deadline != NONE && System.nanoTime() - deadline >= 0;
    }

    /** What is left, in nanoseconds, at least 0; {@link #NONE} if there is no deadline. */
    public static long left(long deadline) {
        return deadline == NONE ? NONE : Math.max(0, deadline - System.nanoTime());
    }

    /**
     * {@code nanosleep}, {@code clock_nanosleep}.
     *
     * @param deadline a caller that was interrupted by nothing but a stop calls again with the same one
     * @return 0 or -EINTR
     */
    public static int sleep(Waiter waiter, long deadline) {
        while (true) {
            waiter.prepare();
            if (waiter.interrupted()) {
                return -EINTR;
            }
            if (!park(waiter, deadline)) {
                return 0;
            }
        }
    }

    /**
     * What a call answers that a signal interrupted in a wait which began anew if the call were made again: with a
     * deadline it is not made again after a handler, {@code SA_RESTART} or not.
     *
     * @return -EINTR
     */
    public static int interrupted(Waiter waiter, long deadline) {
        Task task = Task.of(waiter);
        if (deadline != NONE && task != null) {
            task.setLimited();
        }
        return -EINTR;
    }

    /**
     * Parks a prepared waiter.
     *
     * @return false if the deadline passed
     */
    public static boolean park(Waiter waiter, long deadline) {
        if (deadline == NONE) {
            waiter.park();
            return true;
        }
        return waiter.parkUntil(deadline);
    }
}
