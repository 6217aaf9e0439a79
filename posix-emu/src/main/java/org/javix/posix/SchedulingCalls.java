package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Scheduling;
import org.javix.process.Task;

/**
 * Scheduling policies, priorities and processors, which are kept for each thread; see {@link Scheduling} for what they do.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/sched.h.html">sched.h</a>
 */
final class SchedulingCalls {
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    /** The time slice that Linux tells of SCHED_RR, in nanoseconds. */
    private static final long RR_SLICE = 100_000_000;

    /** The time slice here. */
    private static final long SLICE = 10_000_000;

    private static final int MASK_BYTES = 8;

    private SchedulingCalls() {}

    /** The thread with a number, 0 for the caller; null if there is none, as with a negative number. */
    static Task target(GuestThread p, long pid) {
        return pid == 0 ? p.task() : p.kernel().task((int) pid);
    }

    static long setScheduler(GuestThread p, long pid, long policy, long parameter) {
        if (pid < 0 || parameter == 0 || policy < 0) {
            return -EINVAL;
        }
        int priority = p.memory().i32(parameter);
        Task target = target(p, pid);
        return target == null
                ? -ESRCH
                : set(p, target, (int) policy & ~SCHED_RESET_ON_FORK, priority, (policy & SCHED_RESET_ON_FORK) != 0);
    }

    /** Changes how a thread is scheduled; whoever is more important then than the caller runs before the call returns. */
    static int set(GuestThread p, Task target, int policy, int priority, boolean resetOnFork) {
        return target.setScheduling(p.process(), policy, priority, resetOnFork);
    }

    static long setParam(GuestThread p, long pid, long parameter) {
        if (pid < 0 || parameter == 0) {
            return -EINVAL;
        }
        int priority = p.memory().i32(parameter);
        Task target = target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        Scheduling present = target.scheduling();
        return set(p, target, present.policy(), priority, present.resetOnFork());
    }

    static long getScheduler(GuestThread p, long pid) {
        if (pid < 0) {
            return -EINVAL;
        }
        Task target = target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        Scheduling present = target.scheduling();
        return present.policy() | (present.resetOnFork() ? SCHED_RESET_ON_FORK : 0);
    }

    static long getParam(GuestThread p, long pid, long parameter) {
        if (pid < 0 || parameter == 0) {
            return -EINVAL;
        }
        Task target = target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        p.memory().set32(parameter, target.scheduling().priority());
        return 0;
    }

    static long getPriorityMax(GuestThread p, long policy) {
        return priority((int) policy, Scheduling.HIGHEST);
    }

    static long getPriorityMin(GuestThread p, long policy) {
        return priority((int) policy, 1);
    }

    private static long priority(int policy, int ofRealTime) {
        return !Scheduling.isPolicy(policy) ? -EINVAL : Scheduling.isRealTime(policy) ? ofRealTime : 0;
    }

    static long rrGetInterval(GuestThread p, long pid, long interval) {
        if (pid < 0) {
            return -EINVAL;
        }
        Task target = target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        long nanos = switch (target.scheduling().policy()) {
            case Scheduling.SCHED_RR -> RR_SLICE;
            case Scheduling.SCHED_FIFO -> 0;
            default -> SLICE;
        };
        p.memory().setTimespec(interval, 0, nanos);
        return 0;
    }

    /** The mask has 64 bits; a shorter one counts as far as it goes. */
    static long setAffinity(GuestThread p, long pid, long size, long mask) {
        long wanted = 0;
        byte[] bytes = p.memory().bytes(mask, (int) Math.min(size & 0xffff_ffffL, MASK_BYTES));
        for (int i = 0; i < bytes.length; i++) {
            wanted |= (bytes[i] & 0xffL) << 8 * i;
        }
        Task target = target(p, pid);
        return target == null ? -ESRCH : target.setAffinity(p.process(), wanted);
    }

    /** The result is the mask's length in bytes. */
    static long getAffinity(GuestThread p, long pid, long size, long mask) {
        if (size < MASK_BYTES || (size & 3) != 0) {
            return -EINVAL;
        }
        Task target = target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        p.memory().set64(mask, target.scheduling().affinity());
        return MASK_BYTES;
    }

    static long yield(GuestThread p) {
        p.task().yield();
        return 0;
    }
}
