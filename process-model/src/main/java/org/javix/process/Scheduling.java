package org.javix.process;

import static org.javix.vfs.Errno.*;

import org.javix.vfs.Credentials;

/**
 * How a thread asks to be scheduled. Those with a real-time policy run before the others of what the embedder has started
 * with them, by priority (see {@link TimeSharing}), and are the first to be woken of those that wait for a futex. The
 * processors that a thread may run on are kept and told. Immutable.
 *
 * @param policy SCHED_OTHER and so on, without the flag
 * @param priority 1 to 99 of a real-time policy, else 0
 * @param resetOnFork whether a child starts with SCHED_OTHER
 * @param affinity the processors that it may run on, one bit each
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/sched_setscheduler.html">sched_setscheduler</a>
 */
public record Scheduling(int policy, int priority, boolean resetOnFork, long affinity) {
    public static final int SCHED_OTHER = 0;
    public static final int SCHED_FIFO = 1;
    public static final int SCHED_RR = 2;
    public static final int SCHED_BATCH = 3;
    public static final int SCHED_IDLE = 5;

    /** The highest priority of the real-time policies; the lowest is 1. */
    public static final int HIGHEST = 99;

    /** What a process starts with. */
    static final Scheduling INITIAL = new Scheduling(SCHED_OTHER, 0, false, processors());

    /** The processors there are, one bit each, at most 64. */
    public static long processors() {
        return -1L >>> 64 - Math.min(64, Runtime.getRuntime().availableProcessors());
    }

    /** Whether a policy exists. */
    public static boolean isPolicy(int policy) {
        return policy >= SCHED_OTHER && policy <= SCHED_BATCH || policy == SCHED_IDLE;
    }

    /** Whether a policy is one of the real-time policies, which have priorities. */
    public static boolean isRealTime(int policy) {
        return policy == SCHED_FIFO || policy == SCHED_RR;
    }

    /** What a new thread or process starts with. */
    Scheduling inherited() {
        return resetOnFork ? new Scheduling(SCHED_OTHER, 0, false, affinity) : this;
    }

    /** With other processors. */
    Scheduling withAffinity(long mask) {
        return new Scheduling(policy, priority, resetOnFork, mask);
    }

    /**
     * Whether a process may change this to another policy: 0, -EINVAL or -EPERM.
     *
     * @param target whose it is
     */
    int check(Process by, Process target, int newPolicy, int newPriority, boolean reset) {
        if (!isPolicy(newPolicy)
                || newPriority < 0
                || newPriority > HIGHEST
                || isRealTime(newPolicy) != (newPriority > 0)) {
            return -EINVAL;
        }
        if (by.fs().credentials().isRoot()) {
            return 0;
        }
        if (isRealTime(newPolicy)) {
            long most = target.rlimits().soft(Rlimit.RTPRIO);
            boolean raised = newPriority > priority && Long.compareUnsigned(newPriority, most) > 0;
            if (newPolicy != policy && most == 0 || raised) {
                return -EPERM;
            }
        }
        return mayChange(by, target) && (reset || !resetOnFork) ? 0 : -EPERM;
    }

    /** Whether a process may change how another is scheduled. */
    static boolean mayChange(Process by, Process target) {
        Credentials who = by.fs().credentials();
        Credentials whose = target.fs().credentials();
        return who.isRoot() || who.euid() == whose.euid() || who.euid() == whose.uid();
    }
}
