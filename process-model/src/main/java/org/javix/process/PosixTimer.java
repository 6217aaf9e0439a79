package org.javix.process;

/**
 * One timer of {@code timer_create}. Times are nanoseconds.
 *
 * <p>At most one of its signals waits at a time. While it does, further expiries are its overrun.
 */
final class PosixTimer {
    /** Which time it counts. */
    enum Clock {
        /** The time of day. */
        WALL,
        /** The time since the start. */
        UPTIME,
        /** The CPU time of a process. */
        PROCESS,
        /** The CPU time of a thread. */
        THREAD
    }

    /** A shorter interval is made longer: one process must not keep the kernel's clock busy. Overruns make up for it. */
    private static final long SHORTEST = 50_000;

    private final Process process;
    private final int id;
    private final Clock clock;

    /** Whose CPU time it counts, if it counts that. */
    private final Task countedTask;

    private final Process counted;

    /** Whom it signals: a thread, or null for the process. */
    private final Task target;

    /** 0 for none. */
    private final int signal;

    private final long value;

    // Guarded by this.
    private Expiry armed;
    private boolean running;
    // When it expires next, on the scale of System.nanoTime or of the CPU time that it counts. Written under this.
    private volatile long deadline;
    // Written under this.
    private volatile long interval;
    private boolean deleted;

    // Guarded by the process's signals: the expiries since its signal was sent, without that one.
    private long missed;
    // Guarded by the process's signals: the same of the signal that was delivered last.
    private int overrun;
    // Guarded by the process's signals: expiries in that overrun which the kernel's clock has not come to count yet.
    private long early;

    private final class Expiry extends Timeouts.Timeout {
        Expiry(long when) {
            deadline = when;
        }

        @Override
        void expire() {
            synchronized (PosixTimer.this) {
                if (armed == this) {
                    armed = null;
                    expired(System.nanoTime());
                }
            }
        }
    }

    PosixTimer(Process process, int id, Clock clock, Process counted, Task countedTask, Task target, int signal, long value) {
        this.process = process;
        this.id = id;
        this.clock = clock;
        this.counted = counted;
        this.countedTask = countedTask;
        this.target = target;
        this.signal = signal;
        this.value = value;
    }

    private boolean countsCpu() {
        return clock == Clock.PROCESS || clock == Clock.THREAD;
    }

    /** Now, on the scale of {@link #deadline}. */
    private long now() {
        return switch (clock) {
            case PROCESS -> counted.cpu.userNanos();
            case THREAD -> countedTask.cpuNanos();
            default -> System.nanoTime();
        };
    }

    /** {@code timer_settime}: what was left, and the old interval. */
    synchronized Timers.Setting set(long first, long period, boolean absolute) {
        Timers.Setting old = get();
        disarm();
        interval = period;
        synchronized (process.signals()) {
            missed = 0;
            overrun = 0;
            early = 0;
        }
        running = first > 0;
        if (running) {
            deadline = switch (clock) {
                case WALL -> absolute ? process.kernel().deadlineOfTime(first) : Deadline.after(first);
                case UPTIME -> absolute ? process.kernel().deadlineOfUptime(first) : Deadline.after(first);
                default -> absolute ? first : now() + first;
            };
            if (countsCpu()) {
                charged();
            } else {
                arm(deadline);
            }
        }
        return old;
    }

    // Guarded by this.
    private void arm(long when) {
        if (when != Deadline.NONE && !deleted) {
            armed = new Expiry(when);
            process.kernel().timeouts().add(armed);
        }
    }

    // Guarded by this.
    private void disarm() {
        if (armed != null) {
            process.kernel().timeouts().remove(armed);
            armed = null;
        }
    }

    /** CPU time was used. */
    synchronized void charged() {
        if (running && countsCpu() && now() - deadline >= 0) {
            expired(now());
        }
    }

    // Guarded by this.
    private void expired(long now) {
        if (!running || deleted) {
            return;
        }
        long times = 1;
        if (interval > 0) {
            times += (now - deadline) / interval;
            deadline += times * interval;
            if (!countsCpu()) {
                arm(Math.max(deadline, now + SHORTEST));
            }
        } else {
            running = false;
        }
        if (signal == 0) {
            return;
        }
        SignalState signals = process.signals();
        synchronized (signals) {
            PendingSignals place = target == null ? signals.pending : target.signals().own;
            long told = Math.min(times, early);
            early -= told;
            times -= told;
            if (times == 0) {
                return;
            }
            if (place.hasTimer(signal, id)) {
                missed += times;
                return;
            }
            missed = times - 1;
        }
        signals.send(new SigInfo(signal, SigInfo.SI_TIMER, 0, id, 0, 0, value, 0, 0), target);
    }

    /** What is left until it expires next, and its interval. */
    synchronized Timers.Setting get() {
        return new Timers.Setting(running ? Math.max(1, deadline - now()) : 0, interval);
    }

    /** Its signal is delivered: what it tells then. Guarded by the process's signals. */
    SigInfo delivered(SigInfo info) {
        long late = countsCpu() || interval == 0 ? -1 : System.nanoTime() - deadline;
        if (late >= 0) {
            long more = Math.max(0, late / interval + 1 - early);
            early += more;
            missed += more;
        }
        overrun = (int) Math.min(missed, Integer.MAX_VALUE);
        missed = 0;
        return new SigInfo(info.signal(), info.code(), 0, id, overrun, 0, info.value(), 0, 0);
    }

    /** How many expiries the last delivered signal stands for beside its own. */
    int overrun() {
        synchronized (process.signals()) {
            return overrun;
        }
    }

    synchronized void delete() {
        deleted = true;
        running = false;
        disarm();
    }
}
