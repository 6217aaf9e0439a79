package org.javix.net;

import org.javix.process.Process;
import org.javix.vfs.Credentials;
import org.javix.vfs.Waiter;

/** Who is at the other end: {@code struct ucred}. */
public record SocketCredentials(int pid, int uid, int gid) {
    /** What a receiver that asks is told of a sender that is not known. */
    public static final SocketCredentials UNKNOWN = new SocketCredentials(0, 65534, 65534);

    /** The other end of a socket that has none. */
    static final SocketCredentials NONE = new SocketCredentials(0, -1, -1);

    /** The process of a thread, with its effective ids; {@link #UNKNOWN} if it is none. */
    static SocketCredentials effective(Waiter waiter) {
        Process process = Process.of(waiter);
        if (process == null) {
            return UNKNOWN;
        }
        Credentials who = process.fs().credentials();
        return new SocketCredentials(process.pid(), who.euid(), who.egid());
    }

    /** What goes with a message whose sender says nothing of itself: the real ids. */
    static SocketCredentials real(Waiter waiter) {
        Process process = Process.of(waiter);
        if (process == null) {
            return UNKNOWN;
        }
        Credentials who = process.fs().credentials();
        return new SocketCredentials(process.pid(), who.uid(), who.gid());
    }

    /** Whether a process may say that it is this one: its own pid, and one of its ids each; root may say anything. */
    boolean mayBeSaidBy(Process process) {
        if (process == null) {
            return true;
        }
        Credentials who = process.fs().credentials();
        return who.isRoot()
                || pid == process.pid()
                        && (uid == who.uid() || uid == who.euid() || uid == who.suid())
                        && (gid == who.gid() || gid == who.egid() || gid == who.sgid());
    }
}
