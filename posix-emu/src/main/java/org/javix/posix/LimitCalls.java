package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Process;
import org.javix.process.Rlimit;

/** Resource limits, use and priority. */
final class LimitCalls {
    private static final int PRIO_PROCESS = 0;
    private static final int PRIO_USER = 2;

    private LimitCalls() {}

    static long getrlimit(GuestThread p, long resource, long limit) {
        return prlimit64(p, 0, resource, 0, limit);
    }

    static long setrlimit(GuestThread p, long resource, long limit) {
        return prlimit64(p, 0, resource, limit, 0);
    }

    static long prlimit64(GuestThread p, long pid, long resource, long limit, long old) {
        if (resource < 0 || resource >= Rlimit.COUNT) {
            return -EINVAL;
        }
        Process target = pid == 0 ? p.process() : p.kernel().process((int) pid);
        if (target == null) {
            return -ESRCH;
        }
        if (target != p.process() && !p.credentials().isRoot()) {
            return -EPERM;
        }
        GuestMemory memory = p.memory();
        Rlimit present = target.rlimits();
        if (limit != 0) {
            int error = target.setRlimit((int) resource, memory.i64(limit), memory.i64(limit + 8));
            if (error < 0) {
                return error;
            }
            if (target == p.process()) {
                p.limitMemory();
            }
        }
        if (old != 0) {
            memory.set64(old, present.soft((int) resource));
            memory.set64(old + 8, present.hard((int) resource));
        }
        return 0;
    }

    static long getrusage(GuestThread p, long who, long usage) {
        switch ((int) who) {
            case 0, 1 -> ProcessCalls.storeUsage(p.memory(), usage, p.process().usage());
            case -1 -> ProcessCalls.storeUsage(p.memory(), usage, p.process().childrenUsage());
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }

    static long setpriority(GuestThread p, long which, long who, long priority) {
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return -EINVAL;
        }
        Process target = target(p, which, who);
        if (target == null) {
            return -ESRCH;
        }
        if (priority < target.nice() && !p.credentials().isRoot()) {
            return -EACCES;
        }
        target.setNice((int) priority);
        return 0;
    }

    /** As the kernel's own call: 20 less the nice value, so that it is positive. */
    static long getpriority(GuestThread p, long which, long who) {
        if (which < PRIO_PROCESS || which > PRIO_USER) {
            return -EINVAL;
        }
        Process target = target(p, which, who);
        return target == null ? -ESRCH : 20 - target.nice();
    }

    private static Process target(GuestThread p, long which, long who) {
        return which != PRIO_PROCESS || who == 0 ? p.process() : p.kernel().process((int) who);
    }
}
