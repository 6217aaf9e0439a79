package org.javix.process;

import java.util.concurrent.atomic.AtomicInteger;

/** A session: process groups that share a controlling terminal. Thread-safe. */
public final class Session {
    private final Kernel kernel;
    private final int id;
    private final Process leader;
    private final AtomicInteger groups = new AtomicInteger();

    // Written under the terminal's lock, together with the terminal's own session.
    private volatile Terminal terminal;

    Session(Kernel kernel, Process leader) {
        this.kernel = kernel;
        this.leader = leader;
        id = leader.pid();
    }

    Kernel kernel() {
        return kernel;
    }

    /** The session id: the pid of its leader. */
    public int id() {
        return id;
    }

    /** The process that created it, which may have ended. */
    public Process leader() {
        return leader;
    }

    /** The controlling terminal, or null. */
    public Terminal terminal() {
        return terminal;
    }

    void setTerminal(Terminal terminal) {
        this.terminal = terminal;
    }

    void groupFounded() {
        groups.incrementAndGet();
    }

    void groupDissolved() {
        if (groups.decrementAndGet() == 0) {
            kernel.sessions.remove(id, this);
        }
    }

    @Override
    public String toString() {
        return "session " + id;
    }
}
