package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import org.javix.process.ChildReport;
import org.javix.process.Process;
import org.javix.process.ProcessTraits;
import org.javix.process.ResourceUsage;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.WaitStatus;

/** Process ids, groups and sessions; ending and waiting. */
final class ProcessCalls {
    private static final int P_PIDFD = 3;

    /** Without the part that is reserved. */
    private static final int RUSAGE_SIZE = 2 * 16 + 14 * 4;

    private ProcessCalls() {}

    static long exit(GuestThread p, long status) {
        p.task().exit(WaitStatus.exited((int) status));
        throw new AssertionError("exit returned");
    }

    static long exitGroup(GuestThread p, long status) {
        p.task().exitGroup(WaitStatus.exited((int) status));
        throw new AssertionError("exit_group returned");
    }

    static long getpid(GuestThread p) {
        return p.process().pid();
    }

    static long getppid(GuestThread p) {
        return p.process().ppid();
    }

    static long gettid(GuestThread p) {
        return p.task().tid();
    }

    static long setpgid(GuestThread p, long pid, long pgid) {
        return p.process().setpgid((int) pid, (int) pgid);
    }

    static long getpgid(GuestThread p, long pid) {
        return p.process().getpgid((int) pid);
    }

    static long getsid(GuestThread p, long pid) {
        return p.process().getsid((int) pid);
    }

    static long setsid(GuestThread p) {
        return p.process().setsid();
    }

    static long wait4(GuestThread p, long pid, long status, long options, long rusage) {
        ChildReport report = new ChildReport();
        int child = p.task().wait4((int) pid, (int) options, report);
        if (child > 0) {
            if (status != 0) {
                p.memory().set32(status, report.status().encode());
            }
            if (rusage != 0) {
                storeUsage(p.memory(), rusage, report.usage());
            }
        }
        return child;
    }

    static long waitid(GuestThread p, long type, long id, long info, long options, long rusage) {
        ChildReport report = new ChildReport();
        if (type == P_PIDFD) {
            if ((int) id < 0) {
                return -EINVAL;
            }
            return waitid(p, Process.P_PID, PidCalls.process(p, id).pid(), info, options, rusage);
        }
        int error = p.task().waitid((int) type, (int) id, (int) options, report);
        if (error < 0) {
            return error;
        }
        if (info != 0) {
            SigInfo told = report.pid() == 0
                    ? new SigInfo(0, 0, 0, 0, 0, 0, 0, 0, 0)
                    : new SigInfo(
                            Signal.SIGCHLD,
                            SigInfo.childCode(report.status()),
                            0,
                            report.pid(),
                            report.uid(),
                            SigInfo.childStatus(report.status()),
                            0,
                            0,
                            0);
            SignalCalls.store(p.memory(), info, told);
        }
        if (rusage != 0 && report.pid() != 0) {
            storeUsage(p.memory(), rusage, report.usage());
        }
        return 0;
    }

    /** A struct rusage: two times, the memory in KiB, and 13 counts, of which two are kept. */
    static void storeUsage(GuestMemory memory, long at, ResourceUsage usage) {
        memory.clear(at, RUSAGE_SIZE);
        memory.setTimeval(at, usage.userNanos());
        memory.setTimeval(at + 16, usage.systemNanos());
        memory.set32(at + 32, (int) (usage.maxMemory() / 1024));
        memory.set32(at + 48, (int) usage.faults());
        memory.set32(at + 80, (int) usage.waits());
    }

    /** The persona is kept and told; all ones only ask for it. */
    static long personality(GuestThread p, long persona) {
        ProcessTraits traits = p.process().traits();
        int before = traits.persona();
        if ((int) persona != -1) {
            traits.setPersona((int) persona);
        }
        return before & 0xffff_ffffL;
    }
}
