package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The timers of {@code timer_create} of one process. They end with its program, and a child has none.
 * Thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/timer_create.html">timer_create</a>
 */
public final class PosixTimers {
    /** Notify by a signal to the process. */
    public static final int SIGEV_SIGNAL = 0;
    /** Do not notify. */
    public static final int SIGEV_NONE = 1;
    /** Linux's kernel takes it for {@link #SIGEV_SIGNAL}: threads are the C library's. */
    public static final int SIGEV_THREAD = 2;
    /** Notify by a signal to a thread. */
    public static final int SIGEV_THREAD_ID = 4;

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int CLOCK_COARSE = 6;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int CLOCK_TAI = 11;

    /** The most timers of a process, whatever its limit of queued signals. */
    private static final int MOST = 1024;

    private final Process process;
    private final ConcurrentSkipListMap<Integer, PosixTimer> timers = new ConcurrentSkipListMap<>();
    // Guarded by this.
    private int nextId;

    PosixTimers(Process process) {
        this.process = process;
    }

    /**
     * What to do when a timer expires.
     *
     * @param notification {@code SIGEV_*}
     * @param value goes with the signal
     * @param tid of {@link #SIGEV_THREAD_ID}
     */
    public record Event(int notification, int signal, int value, int tid) {}

    /**
     * {@code timer_create}.
     *
     * @param caller the thread whose CPU time CLOCK_THREAD_CPUTIME_ID is
     * @param event null for SIGALRM with the timer's number
     * @return the timer's number; -EINVAL, -EOPNOTSUPP for a clock without timers, -EAGAIN for too many
     */
    public synchronized int create(Task caller, int clock, Event event) {
        PosixTimer.Clock kind;
        Process counted = process;
        Task countedTask = caller;
        switch (clock) {
            case CLOCK_REALTIME, CLOCK_TAI -> kind = PosixTimer.Clock.WALL;
            case CLOCK_MONOTONIC, CLOCK_BOOTTIME -> kind = PosixTimer.Clock.UPTIME;
            case CLOCK_PROCESS_CPUTIME_ID -> kind = PosixTimer.Clock.PROCESS;
            case CLOCK_THREAD_CPUTIME_ID -> kind = PosixTimer.Clock.THREAD;
            default -> {
                if (clock >= 0) {
                    return clock <= CLOCK_COARSE ? -EOPNOTSUPP : -EINVAL;
                }
                boolean thread = (clock & 4) != 0;
                int id = ~(clock >> 3);
                kind = thread ? PosixTimer.Clock.THREAD : PosixTimer.Clock.PROCESS;
                counted = id == 0 ? process : process.kernel().process(id);
                countedTask = id == 0 ? caller : process.kernel().task(id);
                if (thread ? countedTask == null || countedTask.process() != process : counted == null) {
                    return -EINVAL;
                }
                if (counted != process && !thread) {
                    return -EOPNOTSUPP;
                }
            }
        }
        int id = nextId;
        Event told = event != null ? event : new Event(SIGEV_SIGNAL, Signal.SIGALRM, id, 0);
        Task target = null;
        switch (told.notification) {
            case SIGEV_NONE -> {}
            case SIGEV_SIGNAL, SIGEV_THREAD, SIGEV_THREAD_ID -> {
                if (told.notification == SIGEV_THREAD_ID) {
                    target = process.kernel().task(told.tid);
                    if (target == null || target.process() != process) {
                        return -EINVAL;
                    }
                }
                if (!Signal.isValid(told.signal)) {
                    return -EINVAL;
                }
            }
            default -> {
                return -EINVAL;
            }
        }
        if (timers.size() >= MOST
                || Long.compareUnsigned(timers.size(), process.rlimits().soft(Rlimit.SIGPENDING)) >= 0) {
            return -EAGAIN;
        }
        while (timers.containsKey(id)) {
            id = id + 1 & Integer.MAX_VALUE;
        }
        nextId = id + 1 & Integer.MAX_VALUE;
        int signal = told.notification == SIGEV_NONE ? 0 : told.signal;
        timers.put(id, new PosixTimer(process, id, kind, counted, countedTask, target, signal, told.value));
        return id;
    }

    /** The setting of a timer: what is left and the interval; null (EINVAL) if there is no such timer. */
    public Timers.Setting get(int id) {
        PosixTimer timer = timers.get(id);
        return timer == null ? null : timer.get();
    }

    /**
     * {@code timer_settime}; a value of 0 turns it off.
     *
     * @param absolute whether {@code value} is a time of its clock
     * @return the old setting; null (EINVAL) if there is no such timer
     */
    public Timers.Setting set(int id, long value, long interval, boolean absolute) {
        PosixTimer timer = timers.get(id);
        return timer == null ? null : timer.set(value, interval, absolute);
    }

    /** {@code timer_getoverrun}: -EINVAL if there is no such timer. */
    public int overrun(int id) {
        PosixTimer timer = timers.get(id);
        return timer == null ? -EINVAL : timer.overrun();
    }

    /** {@code timer_delete}: 0, or -EINVAL if there is no such timer. */
    public int delete(int id) {
        PosixTimer timer = timers.remove(id);
        if (timer == null) {
            return -EINVAL;
        }
        timer.delete();
        return 0;
    }

    /** A signal is delivered: what it tells, if a timer sent it. Guarded by the process's signals. */
    SigInfo delivered(SigInfo info) {
        PosixTimer timer = info.code() == SigInfo.SI_TIMER ? timers.get(info.pid()) : null;
        return timer == null ? info : timer.delivered(info);
    }

    /** Whether there are none. Takes no lock. */
    boolean isEmpty() {
        return timers.isEmpty();
    }

    /** The process has used CPU time. */
    void charged() {
        timers.values().forEach(PosixTimer::charged);
    }

    /** The program ends. */
    void deleteAll() {
        timers.keySet().forEach(this::delete);
    }
}
