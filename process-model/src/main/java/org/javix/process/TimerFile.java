package org.javix.process;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Waiter;

/**
 * A timer that is read: {@code timerfd}. A read tells how often it has expired since the last one, and waits
 * while that is 0. Times are nanoseconds.
 *
 * <p>The ticker is told of one expiry only; those that follow in the interval are counted when somebody
 * asks, so that a short interval costs nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/timerfd_create.2.html">timerfd_create(2)</a>
 */
public final class TimerFile extends AnonymousFile {
    private final Kernel kernel;
    private final boolean wallClock;
    // The rest is guarded by this. Null if the timer is off, or has expired and was not asked since.
    private Expiry armed;
    private long interval;
    // When it expired that is counted last, by System.nanoTime.
    private long lastExpiry;
    private long expirations;

    private final class Expiry extends Timeouts.Timeout {
        Expiry(long when) {
            deadline = when;
        }

        @Override
        void expire() {
            synchronized (TimerFile.this) {
                if (armed == this) {
                    expired();
                }
            }
            changed.wakeAll();
        }
    }

    /**
     * A timer that is off.
     *
     * @param wallClock whether absolute times are of the time of day, else of {@link Kernel#uptimeNanos}
     * @param flags {@code O_NONBLOCK} or 0
     */
    public TimerFile(Kernel kernel, boolean wallClock, int flags) {
        super("[timerfd]", flags);
        this.kernel = kernel;
        this.wallClock = wallClock;
    }

    /**
     * Sets the timer and forgets how often it has expired.
     *
     * @param value until it first expires; 0 turns it off
     * @param period after that; 0 for once
     * @param absolute whether {@code value} is a time of its clock
     * @return what was left of it
     */
    public synchronized Timers.Setting set(long value, long period, boolean absolute) {
        Timers.Setting old = get();
        disarm();
        expirations = 0;
        interval = period;
        if (value > 0) {
            arm(absolute ? deadlineOf(value) : Deadline.after(value));
        }
        return old;
    }

    private long deadlineOf(long time) {
        return wallClock ? kernel.deadlineOfTime(time) : kernel.deadlineOfUptime(time);
    }

    // Guarded by this.
    private void arm(long deadline) {
        if (deadline != Deadline.NONE) {
            armed = new Expiry(deadline);
            kernel.timeouts().add(armed);
        }
    }

    // Guarded by this.
    private void disarm() {
        if (armed != null) {
            kernel.timeouts().remove(armed);
            armed = null;
        }
    }

    /** What is armed has expired. Guarded by this. */
    private void expired() {
        lastExpiry = armed.deadline;
        armed = null;
        expirations++;
    }

    // Guarded by this.
    private boolean isDue() {
        return armed != null && System.nanoTime() - armed.deadline >= 0;
    }

    /** Counts the expiries that nobody was told of yet, and sets the next. Guarded by this. */
    private void advance() {
        // The expiry may be late. It still comes, and wakes the others that wait.
        if (isDue()) {
            expired();
        }
        if (armed == null && expirations > 0 && interval > 0) {
            long more = Math.max(0, (System.nanoTime() - lastExpiry) / interval);
            expirations += more;
            arm(lastExpiry + (more + 1) * interval);
        }
    }

    /** What is left until it expires next, and its interval. */
    public synchronized Timers.Setting get() {
        advance();
        return new Timers.Setting(armed == null ? 0 : Math.max(1, armed.deadline - System.nanoTime()), interval);
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return length < COUNT_SIZE ? -EINVAL : await(waiter, () -> take(buffer, at));
    }

    private synchronized long take(MemorySegment buffer, long at) {
        advance();
        if (expirations == 0) {
            return -EAGAIN;
        }
        buffer.set(COUNT, at, expirations);
        expirations = 0;
        return COUNT_SIZE;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return -EINVAL;
    }

    @Override
    public synchronized int poll() {
        return expirations > 0 || isDue() ? PollEvents.POLLIN : 0;
    }

    @Override
    protected synchronized void closed() {
        disarm();
    }
}
