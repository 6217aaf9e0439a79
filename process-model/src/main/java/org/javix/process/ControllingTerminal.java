package org.javix.process;

import static org.javix.vfs.Errno.*;

/**
 * The session that a terminal controls, and the group in its foreground. Guarded by the terminal.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap11.html#tag_11_01_03">The
 *     Controlling Terminal</a>
 */
final class ControllingTerminal {
    private final Terminal terminal;
    private Session session;
    private ProcessGroup foreground;

    ControllingTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    Session session() {
        return session;
    }

    ProcessGroup foreground() {
        return foreground;
    }

    void signalForeground(int signal) {
        if (foreground != null) {
            foreground.signal(signal);
        }
    }

    /**
     * Whether a process may read or change its terminal now: 0; -EIO; or -EINTR after its group was sent
     * the signal for touching it from the background.
     *
     * @param task who touches it; null for the embedder, who may
     */
    int check(Task task, int signal) {
        Process process = task == null ? null : task.process();
        if (process == null
                || session == null
                || process.session() != session
                || foreground == null
                || process.group() == foreground) {
            return 0;
        }
        if (SignalSet.contains(task.signals().mask(), signal)
                || process.signals().action(signal).handler() == SigAction.SIG_IGN) {
            return signal == Signal.SIGTTIN ? -EIO : 0;
        }
        if (process.group().isOrphaned()) {
            return -EIO;
        }
        process.group().signal(signal);
        return -EINTR;
    }

    /** A process without a controlling terminal opened this one: a leader gets it if it is free. */
    void openedBy(Process process) {
        if (session == null && process.session().terminal() == null) {
            attach(process);
        }
    }

    int setControlling(Process process, boolean steal) {
        if (session != null && session == process.session()) {
            return 0;
        }
        if (process.session().leader() != process || process.session().terminal() != null) {
            return -EPERM;
        }
        if (session != null) {
            if (!steal || !process.fs().credentials().isRoot()) {
                return -EPERM;
            }
            detach();
        }
        attach(process);
        return 0;
    }

    private void attach(Process process) {
        if (process.session().leader() == process) {
            session = process.session();
            session.setTerminal(terminal);
            foreground = process.group();
        }
    }

    private void detach() {
        session.setTerminal(null);
        session = null;
        foreground = null;
    }

    /** The person has left: the leader is told, and usually ends. */
    void hangUp() {
        if (session != null) {
            session.leader().signal(Signal.SIGHUP);
            session.leader().signal(Signal.SIGCONT);
            detach();
        }
    }

    /** The leader has ended, or gives the terminal up. */
    void leaderEnded(Session ended) {
        if (session == ended) {
            signalForeground(Signal.SIGHUP);
            signalForeground(Signal.SIGCONT);
            detach();
        }
    }

    int setForeground(Task task, int pgid) {
        Process process = task.process();
        if (session == null || process.session() != session) {
            return -ENOTTY;
        }
        int refused = check(task, Signal.SIGTTOU);
        if (refused != 0) {
            return refused;
        }
        if (pgid < 0) {
            return -EINVAL;
        }
        ProcessGroup group = process.kernel().group(pgid);
        if (group == null) {
            return -ESRCH;
        }
        if (group.session() != session) {
            return -EPERM;
        }
        foreground = group;
        return 0;
    }
}
