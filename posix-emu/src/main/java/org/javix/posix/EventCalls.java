package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENFILE;

import java.util.function.IntFunction;
import org.javix.process.EventFile;
import org.javix.process.SignalFile;
import org.javix.process.TimerFile;
import org.javix.process.Timers;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.OpenFlags;

/**
 * Files that tell of events: {@code eventfd}, {@code timerfd}, {@code signalfd}.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/eventfd.2.html">eventfd(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
final class EventCalls {
    private static final int EFD_SEMAPHORE = 1;

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int CLOCK_REALTIME_ALARM = 8;
    private static final int CLOCK_BOOTTIME_ALARM = 9;
    private static final int TFD_TIMER_ABSTIME = 1;
    /** A read is to fail when the clock is set, which it never is. */
    private static final int TFD_TIMER_CANCEL_ON_SET = 2;

    private static final int SIGNAL_SET_SIZE = 8;

    private static final long SECOND = 1_000_000_000;

    private EventCalls() {}

    /**
     * A descriptor for a new file without a name: the descriptor, -EINVAL for flags other than
     * {@code O_CLOEXEC} and {@code O_NONBLOCK}, -EMFILE, -ENFILE.
     *
     * @param maker gets the status flags
     */
    static long install(GuestThread p, long flags, IntFunction<? extends OpenFile> maker) {
        if ((flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK)) != 0) {
            return -EINVAL;
        }
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return -ENFILE;
        }
        OpenFile file = maker.apply((int) flags & OpenFlags.O_NONBLOCK);
        count.add(file);
        return p.install(file, (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    static long eventfd2(GuestThread p, long value, long flags) {
        boolean semaphore = (flags & EFD_SEMAPHORE) != 0;
        return install(p, flags & ~EFD_SEMAPHORE, status -> new EventFile(value & 0xffff_ffffL, semaphore, status));
    }

    static long timerfdCreate(GuestThread p, long clock, long flags) {
        return switch ((int) clock) {
            case CLOCK_REALTIME, CLOCK_REALTIME_ALARM -> timer(p, true, flags);
            case CLOCK_MONOTONIC, CLOCK_BOOTTIME, CLOCK_BOOTTIME_ALARM -> timer(p, false, flags);
            default -> -EINVAL;
        };
    }

    private static long timer(GuestThread p, boolean wallClock, long flags) {
        return install(p, flags, status -> new TimerFile(p.kernel(), wallClock, status));
    }

    static long timerfdSettime(GuestThread p, long fd, long flags, long value, long old) {
        GuestMemory memory = p.memory();
        long interval = TimeCalls.nanos(memory, value);
        long first = TimeCalls.nanos(memory, value + 16);
        if ((flags & ~(TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET)) != 0 || interval < 0 || first < 0) {
            return -EINVAL;
        }
        if (!(p.file(fd) instanceof TimerFile timer)) {
            return -EINVAL;
        }
        Timers.Setting replaced = timer.set(first, interval, (flags & TFD_TIMER_ABSTIME) != 0);
        if (old != 0) {
            store(memory, old, replaced);
        }
        return 0;
    }

    static long timerfdGettime(GuestThread p, long fd, long value) {
        if (!(p.file(fd) instanceof TimerFile timer)) {
            return -EINVAL;
        }
        store(p.memory(), value, timer.get());
        return 0;
    }

    static long signalfd4(GuestThread p, long fd, long mask, long setSize, long flags) {
        if (setSize != SIGNAL_SET_SIZE) {
            return -EINVAL;
        }
        long set = p.memory().i64(mask);
        if (fd == -1) {
            return install(p, flags, status -> new SignalFile(p.task(), set, status));
        }
        if ((flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK)) != 0 || !(p.file(fd) instanceof SignalFile file)) {
            return -EINVAL;
        }
        file.setSignals(set);
        return fd;
    }

    /** Writes a struct itimerspec. */
    private static void store(GuestMemory memory, long at, Timers.Setting setting) {
        memory.setTimespec(at, setting.interval() / SECOND, setting.interval() % SECOND);
        memory.setTimespec(at + 16, setting.value() / SECOND, setting.value() % SECOND);
    }
}
