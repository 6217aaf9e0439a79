package org.javix.process;

import static org.javix.vfs.Errno.*;

/**
 * The interval timers of one process: {@code alarm}, {@code setitimer}. Times are nanoseconds.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/getitimer.html">setitimer</a>
 */
public final class Timers {
    /** Real time; sends SIGALRM. */
    public static final int ITIMER_REAL = 0;
    /** CPU time of the program; sends SIGVTALRM. */
    public static final int ITIMER_VIRTUAL = 1;
    /** CPU time in all; sends SIGPROF. */
    public static final int ITIMER_PROF = 2;

    /**
     * A timer's setting.
     *
     * @param value time until it expires; 0 if it is off
     * @param interval what it is set to then; 0 to stay off
     */
    public record Setting(long value, long interval) {
        /** Off. */
        public static final Setting OFF = new Setting(0, 0);
    }

    /** A shorter interval is made longer: one process must not keep the kernel's clock busy. */
    private static final long SHORTEST = 50_000;

    private final Process process;

    // All guarded by this.
    private Real real;
    private final long[] cpuLeft = new long[3];
    private final long[] cpuInterval = new long[3];
    private volatile boolean cpuTimers;

    private final class Real extends Timeouts.Timeout {
        final long interval;

        Real(long deadline, long interval) {
            this.deadline = deadline;
            this.interval = interval;
        }

        @Override
        void expire() {
            synchronized (Timers.this) {
                if (real != this) {
                    return;
                }
                real = null;
                if (interval > 0) {
                    // What is late or too often is left out: the signal that waits would stand for it.
                    long now = System.nanoTime();
                    long next = deadline + ((now - deadline) / interval + 1) * interval;
                    arm(Math.max(next, now + SHORTEST), interval);
                }
            }
            process.signal(Signal.SIGALRM);
        }
    }

    Timers(Process process) {
        this.process = process;
    }

    // Guarded by this.
    private void arm(long deadline, long interval) {
        real = new Real(deadline, interval);
        process.kernel().timeouts().add(real);
    }

    // Guarded by this.
    private Setting disarm() {
        if (real == null) {
            return Setting.OFF;
        }
        process.kernel().timeouts().remove(real);
        Setting old = get(ITIMER_REAL);
        real = null;
        return old;
    }

    /** The setting of a timer. */
    public synchronized Setting get(int which) {
        if (which != ITIMER_REAL) {
            return new Setting(cpuLeft[which], cpuInterval[which]);
        }
        return real == null
                ? Setting.OFF
                : new Setting(Math.max(1, real.deadline - System.nanoTime()), real.interval);
    }

    /**
     * Sets a timer; a value of 0 turns it off.
     *
     * @param which ITIMER_REAL, ITIMER_VIRTUAL or ITIMER_PROF
     * @return the old setting
     */
    public synchronized Setting set(int which, long value, long interval) {
        if (which == ITIMER_REAL) {
            Setting old = disarm();
            if (value > 0) {
                arm(Deadline.after(value), interval);
            }
            return old;
        }
        Setting old = get(which);
        cpuLeft[which] = value;
        cpuInterval[which] = interval;
        cpuTimers = cpuLeft[ITIMER_VIRTUAL] > 0 || cpuLeft[ITIMER_PROF] > 0;
        return old;
    }

    /**
     * {@code alarm}: sends SIGALRM after a time in seconds; 0 cancels.
     *
     * @return the seconds that were left of an earlier alarm, rounded as Linux does
     */
    public int alarm(int seconds) {
        Setting old = set(ITIMER_REAL, Integer.toUnsignedLong(seconds) * 1_000_000_000L, 0);
        long whole = old.value() / 1_000_000_000;
        boolean up = old.value() > 0 && (whole == 0 || old.value() % 1_000_000_000 >= 500_000_000);
        return (int) (whole + (up ? 1 : 0));
    }

    /** Whether a timer of CPU time runs. Takes no lock. */
    boolean countsCpu() {
        return cpuTimers;
    }

    /** CPU time was used. */
    void charge(long nanos) {
        if (count(ITIMER_VIRTUAL, nanos)) {
            process.signal(Signal.SIGVTALRM);
        }
        if (count(ITIMER_PROF, nanos)) {
            process.signal(Signal.SIGPROF);
        }
    }

    private synchronized boolean count(int which, long nanos) {
        if (cpuLeft[which] == 0) {
            return false;
        }
        cpuLeft[which] -= nanos;
        if (cpuLeft[which] > 0) {
            return false;
        }
        cpuLeft[which] = cpuInterval[which];
        return true;
    }

    /** The process ends. */
    synchronized void cancel() {
        disarm();
        cpuTimers = false;
    }
}
