package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;

/** What {@code poll_oneoff} waits for: a time, or a descriptor's readiness. */
sealed interface Subscription {
    /** How many bytes one takes in the guest's memory. */
    int SIZE = 48;

    /** The event that there is at {@code now} of {@link System#nanoTime}, or null. */
    Event event(long now);

    /** The nanoseconds from {@code now} after which there may be an event; {@link Long#MAX_VALUE}: never. */
    long remaining(long now);

    /** What is woken when there may be an event; null if nothing is. */
    WaitQueue waitQueue();

    /** Reads a subscription of the guest; null if its type is unknown. */
    static Subscription read(Guest guest, long at) {
        long userdata = guest.u64(at);
        int type = guest.u8(at + 8);
        return switch (type) {
            case Time.TYPE -> Time.read(guest, userdata, at + 16);
            case Readiness.READ, Readiness.WRITE -> Readiness.read(guest, userdata, type, guest.u32(at + 16));
            default -> null;
        };
    }

    /**
     * A time of a clock.
     *
     * @param deadline in {@link System#nanoTime}
     * @param forever whether the deadline is too far away to be one
     */
    record Time(long userdata, int error, long deadline, boolean forever) implements Subscription {
        static final int TYPE = 0;

        private static final int ABSTIME = 1;

        /** About 146 years, so that sums with {@link System#nanoTime} do not overflow. */
        private static final long FOREVER = Long.MAX_VALUE / 2;

        private static Time read(Guest guest, long userdata, long at) {
            int clock = (int) guest.u32(at);
            long timeout = guest.u64(at + 8);
            int flags = guest.u16(at + 24);
            long now = ClockFunctions.now(guest.context().clock(), clock);
            // Read after the clock: what happens in between must not end the wait too early.
            long hostNow = System.nanoTime();
            if (now < 0 || flags > ABSTIME) {
                return new Time(userdata, -EINVAL, hostNow, false);
            }
            // Times are unsigned, but after the year 2262 nobody waits any more.
            boolean forever = timeout < 0 || timeout > FOREVER;
            long left = flags == ABSTIME ? Math.max(timeout - now, 0) : timeout;
            return new Time(userdata, 0, hostNow + (forever ? 0 : left), forever);
        }

        @Override
        public Event event(long now) {
            return remaining(now) <= 0 ? new Event(userdata, error, TYPE, 0, false) : null;
        }

        @Override
        public long remaining(long now) {
            return forever ? Long.MAX_VALUE : deadline - now;
        }

        @Override
        public WaitQueue waitQueue() {
            return null;
        }
    }

    /** A descriptor's readiness to be read or written. */
    record Readiness(long userdata, int error, int type, OpenFile file) implements Subscription {
        static final int READ = 1;
        static final int WRITE = 2;

        private static final int FIONREAD = 0x541b;

        private static Readiness read(Guest guest, long userdata, int type, long fd) {
            long right = type == READ ? Rights.FD_READ : Rights.FD_WRITE;
            int refusal = guest.refusal(fd, right | Rights.POLL_FD_READWRITE);
            return new Readiness(userdata, refusal, type, guest.file(fd));
        }

        @Override
        public Event event(long now) {
            if (error < 0) {
                return new Event(userdata, error, type, 0, false);
            }
            int ready = file.poll();
            boolean hangup = (ready & PollEvents.POLLHUP) != 0;
            int wanted = type == READ ? PollEvents.POLLIN : PollEvents.POLLOUT;
            if (!hangup && (ready & (wanted | PollEvents.POLLERR)) == 0) {
                return null;
            }
            return new Event(userdata, 0, type, type == READ ? available() : 0, hangup);
        }

        @Override
        public long remaining(long now) {
            return Long.MAX_VALUE;
        }

        @Override
        public WaitQueue waitQueue() {
            return error < 0 ? null : file.waitQueue();
        }

        private long available() {
            MemorySegment count = MemorySegment.ofArray(new byte[4]);
            if (file.ioctl(null, FIONREAD, count, 0) >= 0) {
                return count.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
            }
            Stat stat = new Stat();
            if (file.stat(stat) < 0 || !FileMode.isRegular(stat.mode)) {
                return 0;
            }
            return Math.max(0, stat.size - Math.max(0, file.seek(0, OpenFile.SEEK_CUR)));
        }
    }
}
