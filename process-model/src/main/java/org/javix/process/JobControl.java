package org.javix.process;

import static org.javix.vfs.Errno.*;

/**
 * Moves processes between groups and sessions, and tells orphaned groups.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/setpgid.html">setpgid</a>
 */
final class JobControl {
    private final Kernel kernel;

    JobControl(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Makes a process the leader of a new session, with a group of its own. Guarded by this. */
    private void found(Process process, ProcessGroup old) {
        Session session = new Session(kernel, process);
        kernel.sessions.put(process.pid(), session);
        move(process, old, foundGroup(process.pid(), session));
    }

    // Guarded by this.
    private ProcessGroup foundGroup(int id, Session session) {
        ProcessGroup group = new ProcessGroup(id, session);
        session.groupFounded();
        kernel.groups.put(id, group);
        return group;
    }

    // Guarded by this.
    private boolean move(Process process, ProcessGroup old, ProcessGroup group) {
        if (!group.join(process)) {
            return false;
        }
        if (old != null) {
            old.leave(process);
        }
        return true;
    }

    synchronized void foundInitial(Process init) {
        found(init, null);
    }

    /** {@code setsid}: the new session's id, or -EPERM for the leader of a group. */
    synchronized int setsid(Process process) {
        if (kernel.groups.containsKey(process.pid())) {
            return -EPERM;
        }
        found(process, process.group());
        return process.pid();
    }

    /** {@code setpgid}: 0, -EINVAL, -ESRCH, -EACCES or -EPERM. */
    synchronized int setpgid(Process caller, int pid, int pgid) {
        if (pgid < 0 || pgid == 0 && pid < 0) {
            return -EINVAL;
        }
        Process target = pid == 0 || pid == caller.pid() ? caller : kernel.process(pid);
        if (target == null || target != caller && target.parent() != caller) {
            return -ESRCH;
        }
        ProcessGroup old = target.group();
        Session session = caller.group().session();
        if (target != caller && old.session() != session) {
            return -EPERM;
        }
        if (target != caller && target.hasExeced()) {
            return -EACCES;
        }
        if (old.session().leader() == target) {
            return -EPERM;
        }
        int id = pgid == 0 ? target.pid() : pgid;
        if (id == old.id()) {
            return 0;
        }
        ProcessGroup group = kernel.groups.get(id);
        if (group == null && id == target.pid()) {
            group = foundGroup(id, session);
        } else if (group == null || id != target.pid() && group.session() != session) {
            return -EPERM;
        }
        if (!move(target, old, group)) {
            return -EPERM;
        }
        // A zombie moves as well, but another thread may just have asked for its status.
        if (kernel.process(target.pid()) != target) {
            group.leave(target);
            return -ESRCH;
        }
        return 0;
    }

    /**
     * A process is about to end: groups that only it connected to the rest of their session become
     * orphaned, and if something in them is stopped, they are hung up and continued.
     *
     * @param group a group that may have become orphaned
     */
    void checkOrphaned(ProcessGroup group) {
        if (kernel.stoppedCount.get() > 0 && group.hasStoppedMember() && group.isOrphaned()) {
            group.signal(Signal.SIGHUP);
            group.signal(Signal.SIGCONT);
        }
    }
}
