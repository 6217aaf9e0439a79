package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Deadline;
import org.javix.process.Process;
import org.javix.process.SigAction;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.SignalState;
import org.javix.process.TaskSignals;

/**
 * Signals.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/sigaction.html">sigaction</a>
 */
final class SignalCalls {
    private static final int SET_SIZE = 8;
    private static final int SIGINFO_SIZE = 128;

    private SignalCalls() {}

    /** What the handler that is being entered is told: for handlers with SA_SIGINFO. */
    static long siginfo(GuestThread p, long info, long context) {
        if (p.handler() != null) {
            p.handler().tell(p, info, context);
        }
        return 0;
    }

    /** Where a function has set a jump; the compiler knows it, and it is called for nothing else. */
    static long jumpPoint(GuestThread p) {
        return 0;
    }

    static long kill(GuestThread p, long pid, long signal) {
        return p.kernel().kill(p.process(), (int) pid, (int) signal, null);
    }

    static long tkill(GuestThread p, long tid, long signal) {
        return tid <= 0 ? -EINVAL : sendToThread(p, 0, (int) tid, (int) signal);
    }

    static long tgkill(GuestThread p, long tgid, long tid, long signal) {
        return tgid <= 0 || tid <= 0 ? -EINVAL : sendToThread(p, (int) tgid, (int) tid, (int) signal);
    }

    private static long sendToThread(GuestThread p, int tgid, int tid, int signal) {
        Process sender = p.process();
        SigInfo info = SigInfo.thread(signal, sender.pid(), p.credentials().uid());
        return p.kernel().tgkill(sender, tgid, tid, signal, info);
    }

    static long rtSigqueueinfo(GuestThread p, long pid, long signal, long info) {
        SigInfo queued = queued(p.memory(), (int) signal, info);
        if (mayNotClaim(queued) && pid != p.process().pid()) {
            return -EPERM;
        }
        return pid <= 0 ? -ESRCH : p.kernel().kill(p.process(), (int) pid, (int) signal, queued);
    }

    static long rtTgsigqueueinfo(GuestThread p, long tgid, long tid, long signal, long info) {
        SigInfo queued = queued(p.memory(), (int) signal, info);
        if (tgid <= 0 || tid <= 0) {
            return -EINVAL;
        }
        if (mayNotClaim(queued) && tgid != p.process().pid()) {
            return -EPERM;
        }
        return p.kernel().tgkill(p.process(), (int) tgid, (int) tid, (int) signal, queued);
    }

    /** Only to itself may a process send what the kernel, {@code kill} or {@code tgkill} would. */
    static boolean mayNotClaim(SigInfo info) {
        return info.code() >= 0 || info.code() == SigInfo.SI_TKILL;
    }

    /** A siginfo_t of the caller's, with the origin that it claims. */
    static SigInfo queued(GuestMemory memory, int signal, long info) {
        memory.check(info, SIGINFO_SIZE);
        return new SigInfo(
                signal, memory.i32(info + 8), memory.i32(info + 4), memory.i32(info + 12), memory.i32(info + 16), 0,
                memory.i32(info + 20), 0, 0);
    }

    static long rtSigaction(GuestThread p, long signal, long action, long old, long setSize) {
        if (setSize != SET_SIZE || !Signal.isValid((int) signal)) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        SignalState signals = p.process().signals();
        SigAction present = signals.action((int) signal);
        if (action != 0) {
            SigAction next = new SigAction(
                    memory.i32(action), memory.i32(action + 4), memory.i64(action + 12), memory.i32(action + 8));
            int error = signals.setAction((int) signal, next);
            if (error < 0) {
                return error;
            }
        }
        if (old != 0) {
            memory.set32(old, present.handler());
            memory.set32(old + 4, present.flags());
            memory.set32(old + 8, present.restorer());
            memory.set64(old + 12, present.mask());
        }
        return 0;
    }

    static long rtSigprocmask(GuestThread p, long how, long set, long old, long setSize) {
        if (setSize != SET_SIZE) {
            return -EINVAL;
        }
        TaskSignals signals = p.signals();
        long present = signals.mask();
        if (set != 0) {
            int error = signals.changeMask((int) how, p.memory().i64(set));
            if (error < 0) {
                return error;
            }
        }
        if (old != 0) {
            p.memory().set64(old, present);
        }
        return 0;
    }

    static long rtSigpending(GuestThread p, long set, long setSize) {
        if (setSize > SET_SIZE) {
            return -EINVAL;
        }
        p.memory().set64(set, p.signals().pending());
        return 0;
    }

    static long rtSigsuspend(GuestThread p, long mask, long setSize) {
        return setSize != SET_SIZE ? -EINVAL : p.signals().suspend(p.memory().i64(mask));
    }

    static long rtSigtimedwait(GuestThread p, long set, long info, long timeout, long setSize) {
        if (setSize != SET_SIZE) {
            return -EINVAL;
        }
        long signals = p.memory().i64(set);
        long deadline = Deadline.NONE;
        if (timeout != 0) {
            long nanos = TimeCalls.nanos(p.memory(), timeout);
            if (nanos < 0) {
                return -EINVAL;
            }
            deadline = p.deadline(nanos);
        }
        SigInfo[] taken = new SigInfo[1];
        int signal = p.signals().await(signals, deadline, taken);
        if (signal > 0 && info != 0) {
            store(p.memory(), info, taken[0]);
            if (taken[0].code() == SigInfo.SI_TKILL) {
                // What Debian's C library makes of it: raise is to look like kill.
                p.memory().set32(info + 8, SigInfo.SI_USER);
            }
        }
        return signal;
    }

    static long sigaltstack(GuestThread p, long stack, long old) {
        return p.signalStack().change(p, stack, old);
    }

    /** Writes a siginfo_t. */
    static void store(GuestMemory memory, long at, SigInfo info) {
        memory.clear(at, SIGINFO_SIZE);
        memory.set32(at, info.signal());
        memory.set32(at + 4, info.errno());
        memory.set32(at + 8, info.code());
        if (isFault(info)) {
            memory.set32(at + 12, (int) info.value());
            return;
        }
        memory.set32(at + 12, info.pid());
        memory.set32(at + 16, info.uid());
        if (info.signal() == Signal.SIGCHLD) {
            memory.set32(at + 20, info.status());
            memory.set32(at + 24, (int) info.utime());
            memory.set32(at + 28, (int) info.stime());
        } else {
            memory.set32(at + 20, (int) info.value());
        }
    }

    private static boolean isFault(SigInfo info) {
        return info.code() > 0
                && info.code() < SigInfo.SI_KERNEL
                && switch (info.signal()) {
                    case Signal.SIGSEGV, Signal.SIGBUS, Signal.SIGILL, Signal.SIGFPE, Signal.SIGTRAP -> true;
                    default -> false;
                };
    }
}
