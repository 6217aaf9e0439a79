package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import java.util.List;
import org.javix.process.Process;
import org.javix.process.ProcessGroup;
import org.javix.process.Rlimit;
import org.javix.process.Task;
import org.javix.vfs.Credentials;

/** Resource limits, use and priority. */
final class LimitCalls {
    private static final int PRIO_PROCESS = 0;
    private static final int PRIO_PGRP = 1;
    private static final int PRIO_USER = 2;

    private static final int IOPRIO_CLASS_SHIFT = 13;
    private static final int IOPRIO_LEVEL = 7;
    private static final int IOPRIO_NONE = 0;
    private static final int IOPRIO_REAL_TIME = 1;
    private static final int IOPRIO_BEST_EFFORT = 2;
    private static final int IOPRIO_IDLE = 3;

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
            case 0 -> ProcessCalls.storeUsage(p.memory(), usage, p.process().usage());
            case 1 -> ProcessCalls.storeUsage(p.memory(), usage, p.process().usage(p.task()));
            case -1 -> ProcessCalls.storeUsage(p.memory(), usage, p.process().childrenUsage());
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }

    static long setpriority(GuestThread p, long which, long who, long priority) {
        List<Process> targets = targets(p, which, who);
        if (targets == null) {
            return -EINVAL;
        }
        int nice = (int) Math.clamp(priority, -20, 19);
        long result = -ESRCH;
        for (Process target : targets) {
            if (!mayChange(p.credentials(), target.fs().credentials())) {
                result = -EPERM;
            } else if (nice < target.nice() && !p.credentials().isRoot()) {
                result = -EACCES;
            } else {
                target.setNice(nice);
                result = result == -ESRCH ? 0 : result;
            }
        }
        return result;
    }

    private static boolean mayChange(Credentials who, Credentials target) {
        return who.isRoot() || who.euid() == target.uid() || who.euid() == target.euid();
    }

    /** As the kernel's own call: 20 less the nice value, so that it is positive; of several the highest priority. */
    static long getpriority(GuestThread p, long which, long who) {
        List<Process> targets = targets(p, which, who);
        return targets == null
                ? -EINVAL
                : targets.stream().mapToInt(target -> 20 - target.nice()).max().orElse(-ESRCH);
    }

    /** Of input and output: kept, without effect. Who is meant is numbered from 1. */
    static long ioprioSet(GuestThread p, long which, long who, long priority) {
        int level = (int) priority & IOPRIO_LEVEL;
        switch ((int) priority >> IOPRIO_CLASS_SHIFT) {
            case IOPRIO_NONE -> {
                if (level != 0) {
                    return -EINVAL;
                }
            }
            case IOPRIO_REAL_TIME -> {
                if (!p.credentials().isRoot()) {
                    return -EPERM;
                }
            }
            case IOPRIO_BEST_EFFORT, IOPRIO_IDLE -> {}
            default -> {
                return -EINVAL;
            }
        }
        List<Process> targets = targets(p, which - 1, who);
        if (targets == null) {
            return -EINVAL;
        }
        for (Process target : targets) {
            if (!mayChange(p.credentials(), target.fs().credentials())) {
                return -EPERM;
            }
            target.traits().setIoPriority((int) priority);
        }
        return targets.isEmpty() ? -ESRCH : 0;
    }

    /** Of several the highest, which is the lowest number; what was not set says nothing. */
    static long ioprioGet(GuestThread p, long which, long who) {
        List<Process> targets = targets(p, which - 1, who);
        if (targets == null) {
            return -EINVAL;
        }
        if (targets.isEmpty()) {
            return -ESRCH;
        }
        return targets.stream().mapToInt(target -> target.traits().ioPriority()).filter(set -> set != 0).min().orElse(0);
    }

    /** The processes that are meant; null for none that can be. */
    private static List<Process> targets(GuestThread p, long which, long who) {
        int id = (int) who;
        return switch ((int) which) {
            case PRIO_PROCESS -> {
                Task task = id == 0 ? p.task() : p.kernel().task(id);
                yield task == null ? List.of() : List.of(task.process());
            }
            case PRIO_PGRP -> {
                ProcessGroup group = id == 0 ? p.process().group() : p.kernel().group(id);
                yield group == null ? List.of() : group.members();
            }
            case PRIO_USER -> {
                int uid = id == 0 ? p.credentials().uid() : id;
                yield p.kernel().processes().stream()
                        .filter(process -> process.fs().credentials().uid() == uid)
                        .toList();
            }
            default -> null;
        };
    }
}
