package org.javix.process;

/**
 * What a process has said about itself by {@code prctl}, beside its name, and the like. Any thread may ask; the process's own
 * set.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/prctl.2.html">prctl(2)</a>
 */
public final class ProcessTraits {
    private volatile int deathSignal;
    private volatile boolean subreaper;
    private volatile boolean noNewPrivileges;
    private volatile int ioPriority;

    /** As a child has them. */
    ProcessTraits fork() {
        ProcessTraits child = new ProcessTraits();
        child.noNewPrivileges = noNewPrivileges;
        child.ioPriority = ioPriority;
        return child;
    }

    /** The signal to send to it when its parent ends; 0 for none. */
    public int deathSignal() {
        return deathSignal;
    }

    /** Sets {@link #deathSignal}. */
    public void setDeathSignal(int signal) {
        deathSignal = signal;
    }

    /** Whether orphans among its descendants become its children, instead of init's. */
    public boolean isSubreaper() {
        return subreaper;
    }

    /** Sets {@link #isSubreaper}. */
    public void setSubreaper(boolean whether) {
        subreaper = whether;
    }

    /** Whether exec no longer gives it the rights of a program's owner. */
    public boolean hasNoNewPrivileges() {
        return noNewPrivileges;
    }

    /** Sets {@link #hasNoNewPrivileges}, which cannot be taken back. */
    public void setNoNewPrivileges() {
        noNewPrivileges = true;
    }

    /** The class and level of its input and output, which have no effect; 0 if they were not set. */
    public int ioPriority() {
        return ioPriority;
    }

    /** Sets {@link #ioPriority}. */
    public void setIoPriority(int priority) {
        ioPriority = priority;
    }
}
