package org.javix.process;

/** What a wait tells about one child: {@link Task#wait4} and {@link Task#waitid} fill it in. The caller's own; not thread-safe. */
public final class ChildReport {
    int pid;
    int uid;
    WaitStatus status;
    ResourceUsage usage = ResourceUsage.NONE;

    /** The child, or 0 if there was nothing to tell. */
    public int pid() {
        return pid;
    }

    /** The child's real user. */
    public int uid() {
        return uid;
    }

    /** What became of it; null if there was nothing to tell. */
    public WaitStatus status() {
        return status;
    }

    /** What the child and the children it waited for used. */
    public ResourceUsage usage() {
        return usage;
    }
}
