package org.javix.posix;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Scheduling;
import org.javix.process.Task;

/**
 * {@code sched_setattr}, {@code sched_getattr}: what {@link SchedulingCalls} do, with the nice value, in one structure that
 * may grow. SCHED_DEADLINE is refused, and so are limits of utilization.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/sched_setattr.2.html">sched_setattr(2)</a>
 */
final class SchedulingAttributeCalls {
    /** The size of the structure as it was first, and as it is now. */
    private static final int FIRST_SIZE = 48;

    private static final int SIZE = 56;
    private static final int LARGEST = 4096;

    private static final int POLICY = 4;
    private static final int FLAGS = 8;
    private static final int NICE = 16;
    private static final int PRIORITY = 20;

    private static final long RESET_ON_FORK = 1;
    private static final long KEEP_POLICY = 8;
    private static final long KEEP_PARAMETERS = 16;

    private SchedulingAttributeCalls() {}

    static long setAttributes(GuestThread p, long pid, long attributes, long flags) {
        if (attributes == 0 || pid < 0 || flags != 0) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        long size = Integer.toUnsignedLong(memory.i32(attributes));
        size = size == 0 ? FIRST_SIZE : size;
        if (size < FIRST_SIZE || size > LARGEST || !memory.isZero(attributes + SIZE, size - SIZE)) {
            memory.set32(attributes, SIZE);
            return -E2BIG;
        }
        int policy = memory.i32(attributes + POLICY);
        long options = memory.i64(attributes + FLAGS);
        if (policy < 0 || (options & ~(RESET_ON_FORK | KEEP_POLICY | KEEP_PARAMETERS)) != 0) {
            return -EINVAL;
        }
        Task target = SchedulingCalls.target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        Scheduling present = target.scheduling();
        boolean keeps = (options & KEEP_PARAMETERS) != 0;
        int next = (options & KEEP_POLICY) != 0 ? present.policy() : policy;
        int priority = keeps ? present.priority() : memory.i32(attributes + PRIORITY);
        int nice = Math.clamp(memory.i32(attributes + NICE), -20, 19);
        boolean hasNice = !keeps && !Scheduling.isRealTime(next);
        if (hasNice && nice < target.process().nice() && !p.credentials().isRoot()) {
            return -EACCES;
        }
        int error = SchedulingCalls.set(p, target, next, priority, (options & RESET_ON_FORK) != 0);
        if (error == 0 && hasNice) {
            target.process().setNice(nice);
        }
        return error;
    }

    static long getAttributes(GuestThread p, long pid, long attributes, long size, long flags) {
        if (attributes == 0 || pid < 0 || flags != 0 || size < FIRST_SIZE || size > LARGEST) {
            return -EINVAL;
        }
        Task target = SchedulingCalls.target(p, pid);
        if (target == null) {
            return -ESRCH;
        }
        GuestMemory memory = p.memory();
        Scheduling present = target.scheduling();
        int told = (int) Math.min(size, SIZE);
        memory.clear(attributes, told);
        memory.set32(attributes, told);
        memory.set32(attributes + POLICY, present.policy());
        memory.set64(attributes + FLAGS, present.resetOnFork() ? RESET_ON_FORK : 0);
        boolean realTime = Scheduling.isRealTime(present.policy());
        memory.set32(attributes + NICE, realTime ? 0 : target.process().nice());
        memory.set32(attributes + PRIORITY, present.priority());
        return 0;
    }
}
