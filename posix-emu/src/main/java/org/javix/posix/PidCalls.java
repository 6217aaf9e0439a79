package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.PidFile;
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

    static long pidfdSendSignal(GuestThread p, long pidfd, long signal, long info, long flags) {
        if (flags != 0) {
            return -EINVAL;
        }
        Process target = process(p, pidfd);
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
