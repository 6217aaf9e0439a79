package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.PidFile;
import org.javix.process.ProcFs;
import org.javix.process.Process;
import org.javix.process.SigInfo;
import org.javix.vfs.Credentials;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;

/**
 * Descriptors of processes.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/pidfd_open.2.html">pidfd_open(2)</a>
 */
final class PidCalls {
    private static final int KCMP_FILE = 0;
    private static final int KCMP_SYSVSEM = 6;
    private static final int SAME = 0;
    private static final int DIFFERENT = 3;

    private PidCalls() {}

    static long pidfdOpen(GuestThread p, long pid, long flags) {
        if ((flags & ~OpenFlags.O_NONBLOCK) != 0 || pid <= 0) {
            return -EINVAL;
        }
        Process process = p.kernel().process((int) pid);
        if (process == null) {
            return -ESRCH;
        }
        return EventCalls.install(p, flags | OpenFlags.O_CLOEXEC, status -> new PidFile(process, status));
    }

    /** The process of a descriptor; throws {@code EBADF} for another one. */
    static Process process(GuestThread p, long fd) {
        if (p.file(fd) instanceof PidFile file) {
            return file.process();
        }
        throw Fault.BAD_DESCRIPTOR;
    }

    /** The descriptor may also be one of the directory {@code /proc/PID}. */
    static long pidfdSendSignal(GuestThread p, long pidfd, long signal, long info, long flags) {
        if (flags != 0) {
            return -EINVAL;
        }
        Process ofDirectory = ProcFs.process(p.file(pidfd));
        Process target = ofDirectory != null ? ofDirectory : process(p, pidfd);
        SigInfo sent = null;
        if (info != 0) {
            sent = SignalCalls.queued(p.memory(), (int) signal, info);
            if (p.memory().i32(info) != signal) {
                return -EINVAL;
            }
            if (SignalCalls.mayNotClaim(sent) && target != p.process()) {
                return -EPERM;
            }
        }
        boolean reaped = p.kernel().process(target.pid()) != target;
        return reaped ? -ESRCH : p.kernel().kill(p.process(), target.pid(), (int) signal, sent);
    }

    /** Whether two processes share something: 0 if they do, 3 if not; files are compared without an order, too. */
    static long kcmp(GuestThread p, long first, long second, long type, long a, long b) {
        Process one = p.kernel().process((int) first);
        Process other = p.kernel().process((int) second);
        if (one == null || other == null) {
            return -ESRCH;
        }
        if (type < 0 || type > KCMP_SYSVSEM) {
            return -EINVAL;
        }
        if (type != KCMP_FILE) {
            return one == other ? SAME : DIFFERENT;
        }
        OpenFile file = one.files().get((int) a);
        OpenFile otherFile = other.files().get((int) b);
        return file == null || otherFile == null ? -EBADF : file == otherFile ? SAME : DIFFERENT;
    }

    static long pidfdGetfd(GuestThread p, long pidfd, long fd, long flags) {
        if (flags != 0) {
            return -EINVAL;
        }
        Process target = process(p, pidfd);
        Credentials own = p.credentials();
        Credentials other = target.fs().credentials();
        boolean same = own.uid() == other.uid() && own.uid() == other.euid() && own.uid() == other.suid();
        if (!own.isRoot() && !same) {
            return -EPERM;
        }
        if (target.hasEnded()) {
            return -ESRCH;
        }
        OpenFile file = target.files().get((int) fd);
        return file == null || !file.tryRetain() ? -EBADF : p.install(file, true);
    }
}
