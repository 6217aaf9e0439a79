package org.javix.posix;

import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;

import java.time.Instant;
import org.javix.process.Deadline;
import org.javix.process.Kernel;
import org.javix.process.Process;
import org.javix.process.Task;
import org.javix.process.Timers;

/** Clocks, timers and sleeping. */
final class TimeCalls {
    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int CLOCK_MONOTONIC_RAW = 4;
    private static final int CLOCK_REALTIME_COARSE = 5;
    private static final int CLOCK_MONOTONIC_COARSE = 6;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int CLOCK_TAI = 11;

    private static final int CPU_CLOCK_OF_THREAD = 4;
    private static final int CPU_CLOCK_KIND = 3;

    private static final int TIMER_ABSTIME = 1;

    private static final long SECOND = 1_000_000_000;

    /** How exactly CPU time is known. */
    private static final long CPU_TICK = 10_000_000;

    private TimeCalls() {}

    static long clockGettime(GuestThread p, long clock, long time) {
        switch ((int) clock) {
            case CLOCK_REALTIME, CLOCK_REALTIME_COARSE, CLOCK_TAI -> {
                Instant now = p.kernel().clock().instant();
                p.memory().setTimespec(time, now.getEpochSecond(), now.getNano());
            }
            default -> {
                long nanos = elapsed(p, (int) clock);
                if (nanos < 0) {
                    return -EINVAL;
                }
                p.memory().setTimespec(time, nanos / SECOND, nanos % SECOND);
            }
        }
        return 0;
    }

    /** What a clock that does not tell the time of day shows, in nanoseconds, or -1. */
    private static long elapsed(GuestThread p, int clock) {
        return switch (clock) {
            case CLOCK_MONOTONIC, CLOCK_MONOTONIC_RAW, CLOCK_MONOTONIC_COARSE, CLOCK_BOOTTIME ->
                p.kernel().uptimeNanos();
            case CLOCK_PROCESS_CPUTIME_ID -> p.process().cpuNanos();
            case CLOCK_THREAD_CPUTIME_ID -> p.task().cpuNanos();
            default -> cpuTimeOf(p, clock);
        };
    }

    /**
     * Clock ids below 0 name the CPU time of a process, {@code ~pid << 3 | 2}, or of a thread of the caller's,
     * {@code ~tid << 3 | 6}.
     */
    private static long cpuTimeOf(GuestThread p, int clock) {
        int kind = clock & (CPU_CLOCK_OF_THREAD | CPU_CLOCK_KIND);
        if (clock >= 0 || (kind & CPU_CLOCK_KIND) == CPU_CLOCK_KIND) {
            return -1;
        }
        int id = ~(clock >> 3);
        if ((kind & CPU_CLOCK_OF_THREAD) != 0) {
            Task task = id == 0 ? p.task() : p.kernel().task(id);
            return task == null || task.process() != p.process() ? -1 : task.cpuNanos();
        }
        Process process = id == 0 ? p.process() : p.kernel().process(id);
        return process == null ? -1 : process.cpuNanos();
    }

    static long clockSettime(GuestThread p, long clock, long time) {
        return clock == CLOCK_REALTIME && nanos(p.memory(), time) >= 0 ? -EPERM : -EINVAL;
    }

    static long clockGetres(GuestThread p, long clock, long resolution) {
        boolean wall = clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE || clock == CLOCK_TAI;
        if (!wall && elapsed(p, (int) clock) < 0) {
            return -EINVAL;
        }
        if (resolution != 0) {
            p.memory().setTimespec(resolution, 0, 1);
        }
        return 0;
    }

    static long nanosleep(GuestThread p, long request, long remaining) {
        return clockNanosleep(p, CLOCK_MONOTONIC, 0, request, remaining);
    }

    static long clockNanosleep(GuestThread p, long clock, long flags, long request, long remaining) {
        long nanos = nanos(p.memory(), request);
        if (nanos < 0) {
            return -EINVAL;
        }
        boolean absolute = (flags & TIMER_ABSTIME) != 0;
        long deadline;
        switch ((int) clock) {
            case CLOCK_REALTIME, CLOCK_TAI -> {
                Instant now = p.kernel().clock().instant();
                long left = nanos - (absolute ? now.getEpochSecond() * SECOND + now.getNano() : 0);
                deadline = p.deadline(left);
            }
            case CLOCK_MONOTONIC, CLOCK_BOOTTIME ->
                deadline = absolute ? p.kernel().deadlineOfUptime(nanos) : p.deadline(nanos);
            case CLOCK_MONOTONIC_RAW, CLOCK_REALTIME_COARSE, CLOCK_MONOTONIC_COARSE -> {
                return -EOPNOTSUPP;
            }
            case CLOCK_THREAD_CPUTIME_ID -> {
                return -EINVAL;
            }
            default -> {
                return sleepOnCpuTime(p, (int) clock, nanos, absolute, remaining);
            }
        }
        int result = Deadline.sleep(p.waiter(), deadline);
        if (result == -EINTR && !absolute && remaining != 0) {
            long left = Deadline.left(deadline);
            p.memory().setTimespec(remaining, left / SECOND, left % SECOND);
        }
        return result;
    }

    /** Sleeps until others have used CPU time, which is known to the length of a tick. */
    private static long sleepOnCpuTime(GuestThread p, int clock, long nanos, boolean absolute, long remaining) {
        long now = elapsed(p, clock);
        if (now < 0) {
            return -EINVAL;
        }
        long end = absolute ? nanos : now + nanos;
        while (now >= 0 && now < end) {
            int result = Deadline.sleep(p.waiter(), Deadline.after(Math.max(CPU_TICK, end - now)));
            now = elapsed(p, clock);
            if (result == -EINTR) {
                if (!absolute && remaining != 0) {
                    storeTimespec(p.memory(), remaining, Math.max(0, end - now));
                }
                return -EINTR;
            }
        }
        return 0;
    }

    /** Writes nanoseconds as a struct timespec. */
    static void storeTimespec(GuestMemory memory, long at, long nanos) {
        memory.setTimespec(at, nanos / SECOND, nanos % SECOND);
    }

    /** A struct timespec in nanoseconds, cut at the largest long; -1 where it is not valid. */
    static long nanos(GuestMemory memory, long timespec) {
        long seconds = memory.i64(timespec);
        int nanoseconds = memory.i32(timespec + 8);
        if (seconds < 0 || nanoseconds < 0 || nanoseconds >= SECOND) {
            return -1;
        }
        return seconds >= Long.MAX_VALUE / SECOND ? Long.MAX_VALUE : seconds * SECOND + nanoseconds;
    }

    static long gettimeofday(GuestThread p, long time, long zone) {
        if (time != 0) {
            Instant now = p.kernel().clock().instant();
            p.memory().set64(time, now.getEpochSecond());
            p.memory().set64(time + 8, now.getNano() / 1000);
        }
        if (zone != 0) {
            p.memory().clear(zone, 8);
        }
        return 0;
    }

    static long settimeofday(GuestThread p, long time, long zone) {
        return -EPERM;
    }

    static long getitimer(GuestThread p, long which, long value) {
        if (which < Timers.ITIMER_REAL || which > Timers.ITIMER_PROF) {
            return -EINVAL;
        }
        store(p.memory(), value, p.process().timers().get((int) which));
        return 0;
    }

    static long setitimer(GuestThread p, long which, long value, long old) {
        if (which < Timers.ITIMER_REAL || which > Timers.ITIMER_PROF) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        long interval = 0;
        long first = 0;
        if (value != 0) {
            interval = timeval(memory, value);
            first = timeval(memory, value + 16);
        }
        if (interval < 0 || first < 0) {
            return -EINVAL;
        }
        Timers.Setting replaced = p.process().timers().set((int) which, first, interval);
        if (old != 0) {
            store(memory, old, replaced);
        }
        return 0;
    }

    /** A struct timeval in nanoseconds, cut at the largest long; -1 where it is not valid. */
    private static long timeval(GuestMemory memory, long at) {
        long seconds = memory.i64(at);
        long micros = memory.i64(at + 8);
        if (seconds < 0 || micros < 0 || micros >= 1_000_000) {
            return -1;
        }
        return seconds >= Long.MAX_VALUE / SECOND ? Long.MAX_VALUE : seconds * SECOND + micros * 1000;
    }

    /** Writes a struct itimerval; rounded up, since a timer that is on never shows 0. */
    private static void store(GuestMemory memory, long at, Timers.Setting setting) {
        memory.setTimeval(at, setting.interval() + 999);
        memory.setTimeval(at + 16, setting.value() + 999);
    }

    static long times(GuestThread p, long times) {
        if (times != 0) {
            p.memory().set32(times, ticks(p.process().cpuNanos()));
            p.memory().set32(times + 4, ticks(p.process().usage().systemNanos()));
            p.memory().set32(times + 8, ticks(p.process().childrenUsage().userNanos()));
            p.memory().set32(times + 12, ticks(p.process().childrenUsage().systemNanos()));
        }
        return ticks(p.kernel().uptimeNanos());
    }

    private static int ticks(long nanos) {
        return (int) (nanos / Kernel.CLOCK_TICK);
    }
}
