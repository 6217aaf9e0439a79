package org.javix.process;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.vfs.Credentials;

/**
 * {@code kill} and its kin: who gets a signal that a process sends, and who may send it. Thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/kill.html">kill</a>
 */
final class Kill {
    private final Kernel kernel;

    Kill(Kernel kernel) {
        this.kernel = kernel;
    }

    /** {@link Kernel#kill}. */
    int send(Process sender, int pid, int signal, SigInfo info) {
        SigInfo sent = info != null || signal == 0 || !Signal.isValid(signal)
                ? info
                : SigInfo.user(signal, sender.pid(), sender.fs().credentials().uid());
        if (pid > 0) {
            Process target = kernel.process(pid);
            return target == null ? -ESRCH : sendChecked(sender, target, signal, sent);
        }
        if (pid == -1) {
            return sendToAll(sender, signal, sent);
        }
        if (pid == Integer.MIN_VALUE) {
            return -ESRCH;
        }
        ProcessGroup group = pid == 0 ? sender.group() : kernel.group(-pid);
        return group == null ? -ESRCH : sendToGroup(sender, group, signal, sent);
    }

    private static int sendToGroup(Process sender, ProcessGroup group, int signal, SigInfo info) {
        // Under the group's lock, so that nobody forks out of it meanwhile.
        synchronized (group) {
            int result = -ESRCH;
            boolean reached = false;
            for (Process member : group.members()) {
                result = sendChecked(sender, member, signal, info);
                reached |= result == 0;
            }
            return reached ? 0 : result;
        }
    }

    private int sendToAll(Process sender, int signal, SigInfo info) {
        int result = -ESRCH;
        for (Process process : kernel.table()) {
            if (process != sender && process != kernel.init()) {
                int one = sendChecked(sender, process, signal, info);
                if (one != -EPERM || result == -ESRCH) {
                    result = one == -EPERM ? 0 : one;
                }
            }
        }
        return result;
    }

    /** {@link Kernel#tgkill}. */
    int sendToThread(Process sender, int tgid, int tid, int signal, SigInfo info) {
        Task target = kernel.task(tid);
        if (target == null) {
            // The first thread of a process keeps its number while others live, and as a zombie; signals do nothing to it.
            Process process = kernel.process(tid);
            return process == null || tgid != 0 && tgid != tid ? -ESRCH : check(sender, process, signal);
        }
        if (tgid != 0 && target.pid() != tgid) {
            return -ESRCH;
        }
        int error = check(sender, target.process(), signal);
        return error < 0 || signal == 0 ? error : target.signals().send(info);
    }

    private static int sendChecked(Process sender, Process target, int signal, SigInfo info) {
        int error = check(sender, target, signal);
        return error < 0 || signal == 0 ? error : target.signals().send(info);
    }

    /** Whether there is such a signal, and the sender may send it: asked where there is somebody to get it, as on Linux. */
    private static int check(Process sender, Process target, int signal) {
        if (signal != 0 && !Signal.isValid(signal)) {
            return -EINVAL;
        }
        return maySignal(sender, target, signal) ? 0 : -EPERM;
    }

    private static boolean maySignal(Process sender, Process target, int signal) {
        return maySignal(sender.fs().credentials(), target)
                || signal == Signal.SIGCONT && sender.session() == target.session();
    }

    /** Whether somebody may send a process a signal, other than SIGCONT within its session. */
    static boolean maySignal(Credentials from, Process target) {
        Credentials to = target.fs().credentials();
        return from.isRoot()
                || from.euid() == to.uid()
                || from.euid() == to.suid()
                || from.uid() == to.uid()
                || from.uid() == to.suid();
    }
}
