package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import org.javix.process.PosixTimers;
import org.javix.process.Timers;

/**
 * Timers that a program makes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/timer_create.html">timer_create</a>
 */
final class TimerCalls {
    private static final int TIMER_ABSTIME = 1;
    private static final int SETTING_SIZE = 32;

    private TimerCalls() {}

    static long timerCreate(GuestThread p, long clock, long event, long timer) {
        GuestMemory memory = p.memory();
        memory.check(timer, 4);
        // A struct sigevent as musl passes it on: value, signal, notify, thread.
        PosixTimers.Event told = event == 0
                ? null
                : new PosixTimers.Event(
                        memory.i32(event + 8), memory.i32(event + 4), memory.i32(event), memory.i32(event + 12));
        int id = p.process().posixTimers().create(p.task(), (int) clock, told);
        if (id < 0) {
            return id;
        }
        memory.set32(timer, id);
        return 0;
    }

    static long timerSettime(GuestThread p, long timer, long flags, long value, long old) {
        GuestMemory memory = p.memory();
        if (value == 0) {
            return -EINVAL;
        }
        long interval = TimeCalls.nanos(memory, value);
        long first = TimeCalls.nanos(memory, value + 16);
        if (interval < 0 || first < 0) {
            return -EINVAL;
        }
        if (old != 0) {
            memory.check(old, SETTING_SIZE);
        }
        boolean absolute = (flags & TIMER_ABSTIME) != 0;
        Timers.Setting before = p.process().posixTimers().set((int) timer, first, interval, absolute);
        return store(memory, old, before);
    }

    static long timerGettime(GuestThread p, long timer, long value) {
        return store(p.memory(), value, p.process().posixTimers().get((int) timer));
    }

    /** Writes a struct itimerspec; null is -EINVAL. */
    private static long store(GuestMemory memory, long at, Timers.Setting setting) {
        if (setting == null) {
            return -EINVAL;
        }
        if (at != 0) {
            TimeCalls.storeTimespec(memory, at, setting.interval());
            TimeCalls.storeTimespec(memory, at + 16, setting.value());
        }
        return 0;
    }

    static long timerGetoverrun(GuestThread p, long timer) {
        return p.process().posixTimers().overrun((int) timer);
    }

    static long timerDelete(GuestThread p, long timer) {
        return p.process().posixTimers().delete((int) timer);
    }
}
