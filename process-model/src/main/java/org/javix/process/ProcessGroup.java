package org.javix.process;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * A process group: the processes of one job. It exists while it has members, zombies included.
 * Thread-safe.
 */
public final class ProcessGroup {
    private final int id;
    private final Session session;

    // Guarded by this.
    private final LinkedHashSet<Process> members = new LinkedHashSet<>(4);
    // Guarded by this: the last member has left, nobody may join.
    private boolean dissolved;

    ProcessGroup(int id, Session session) {
        this.id = id;
        this.session = session;
    }

    /** The process group id: the pid of the process that founded it. */
    public int id() {
        return id;
    }

    /** The session it belongs to. */
    public Session session() {
        return session;
    }

    /** Its members now. */
    public synchronized List<Process> members() {
        return List.copyOf(members);
    }

    /** Adds a process, unless the group no longer exists. */
    synchronized boolean join(Process process) {
        if (dissolved) {
            return false;
        }
        members.add(process);
        process.setGroup(this);
        return true;
    }

    /**
     * Adds the child of a member.
     *
     * @return false if the group no longer exists, or if the parent is ending, so that no
     *     {@code kill} of a group misses a process that is just being forked
     */
    synchronized boolean joinForked(Process child, Process parent) {
        if (dissolved || parent.signals().ending() != null) {
            return false;
        }
        members.add(child);
        child.setGroup(this);
        return true;
    }

    /** Removes a process. */
    void leave(Process process) {
        boolean last;
        synchronized (this) {
            members.remove(process);
            last = members.isEmpty() && !dissolved;
            dissolved |= last;
        }
        if (last) {
            session.kernel().groups.remove(id, this);
            session.groupDissolved();
        }
    }

    /** Sends a signal to every member, on behalf of the kernel. */
    public synchronized void signal(int signal) {
        for (Process member : members) {
            member.signal(signal);
        }
    }

    /**
     * Whether no member has a parent in another group of the same session: nobody could continue the
     * group if it stopped.
     */
    public boolean isOrphaned() {
        for (Process member : members()) {
            if (member.hasEnded()) {
                continue;
            }
            ProcessGroup parents = member.parent().group();
            if (parents != this && parents.session() == session) {
                return false;
            }
        }
        return true;
    }

    boolean hasStoppedMember() {
        for (Process member : members()) {
            if (member.signals().stopSignal() != 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "process group " + id;
    }
}
