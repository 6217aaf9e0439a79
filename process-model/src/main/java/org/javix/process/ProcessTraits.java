package org.javix.process;

import org.javix.vfs.Errno;

/**
 * What a process has said about itself by {@code prctl} and {@code /proc}, beside its name, and the like. Any thread may ask; the process's own
 * set.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/prctl.2.html">prctl(2)</a>
 */
public final class ProcessTraits {
    /** In nanoseconds, as Linux begins with. */
    private static final int TIMER_SLACK = 50_000;

    private volatile int deathSignal;
    private volatile boolean subreaper;
    private volatile boolean noNewPrivileges;
    private volatile int ioPriority;
    private volatile boolean keepsCapabilities;
    private volatile int timerSlack = TIMER_SLACK;
    private volatile int persona;
    private volatile int memoryAdjustment;
    private volatile int leastMemoryAdjustment;

    /** As a child has them. */
    ProcessTraits fork() {
        ProcessTraits child = new ProcessTraits();
        child.noNewPrivileges = noNewPrivileges;
        child.ioPriority = ioPriority;
        child.keepsCapabilities = keepsCapabilities;
        child.timerSlack = timerSlack;
        child.persona = persona;
        child.memoryAdjustment = memoryAdjustment;
        child.leastMemoryAdjustment = leastMemoryAdjustment;
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

    /** Whether it has asked to keep its capabilities when it gives the superuser's ids up, which has no effect. */
    public boolean keepsCapabilities() {
        return keepsCapabilities;
    }

    /** Sets {@link #keepsCapabilities}. */
    public void setKeepsCapabilities(boolean whether) {
        keepsCapabilities = whether;
    }

    /** How late its timers may be, in nanoseconds, which has no effect. */
    public int timerSlack() {
        return timerSlack;
    }

    /** Sets {@link #timerSlack}; what is not positive is what it was at first. */
    public void setTimerSlack(int nanos) {
        timerSlack = nanos > 0 ? nanos : TIMER_SLACK;
    }

    /** What {@code personality} has set, which has no effect. */
    public int persona() {
        return persona;
    }

    /** Sets {@link #persona}. */
    public void setPersona(int value) {
        persona = value;
    }

    /** How much sooner, up to 1000, or later, down to -1000, it is to be killed when memory runs out, which has no effect. */
    public int memoryAdjustment() {
        return memoryAdjustment;
    }

    /** What {@code /proc/PID/oom_score} shows: as Linux counts for a process that uses hardly any memory. */
    int memoryBadness() {
        return (1000 + memoryAdjustment) * 2 / 3;
    }

    /**
     * Sets {@link #memoryAdjustment}.
     *
     * @param text a decimal number
     * @param byRoot whether it is set by the superuser, who alone may go below what the superuser has set last
     * @return 0, or negated: EINVAL for no number or one out of range, EACCES for who may not
     */
    int setMemoryAdjustment(String text, boolean byRoot) {
        int adjustment = text.matches("[+-]?[0-9]{1,9}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
        if (Math.abs((long) adjustment) > 1000) {
            return -Errno.EINVAL;
        }
        if (adjustment < leastMemoryAdjustment && !byRoot) {
            return -Errno.EACCES;
        }
        if (byRoot) {
            leastMemoryAdjustment = adjustment;
        }
        memoryAdjustment = adjustment;
        return 0;
    }
}
