package org.javix.posix;

import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENFILE;
import static org.javix.vfs.Errno.EPERM;

import org.javix.process.Deadline;
import org.javix.process.Epoll;
import org.javix.process.TaskSignals;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.OpenFlags;

/**
 * {@code epoll}: {@code struct epoll_event} has 16 bytes, the events first, the caller's data at 8.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
final class EpollCalls {
    private static final int EVENT_SIZE = 16;
    private static final int DATA = 8;
    private static final long NANOS_OF_MILLI = 1_000_000;

    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLL_CTL_MOD = 3;

    private EpollCalls() {}

    static long epollCreate1(GuestThread p, long flags) {
        if ((flags & ~OpenFlags.O_CLOEXEC) != 0) {
            return -EINVAL;
        }
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return -ENFILE;
        }
        Epoll epoll = p.kernel().newEpoll();
        count.add(epoll);
        return p.install(epoll, flags != 0);
    }

    static long epollCtl(GuestThread p, long epollFd, long operation, long fd, long event) {
        GuestMemory memory = p.memory();
        int events = 0;
        long data = 0;
        if (operation != EPOLL_CTL_DEL) {
            memory.check(event, EVENT_SIZE);
            events = memory.i32(event);
            data = memory.i64(event + DATA);
        }
        OpenFile watcher = p.plainFile(epollFd);
        OpenFile file = p.plainFile(fd);
        if (file.waitQueue() == null) {
            return -EPERM;
        }
        if (watcher == file || !(watcher instanceof Epoll epoll)) {
            return -EINVAL;
        }
        return switch ((int) operation) {
            case EPOLL_CTL_ADD -> epoll.add((int) fd, file, events, data);
            case EPOLL_CTL_MOD -> epoll.modify((int) fd, file, events, data);
            case EPOLL_CTL_DEL -> epoll.remove((int) fd, file);
            default -> -EINVAL;
        };
    }

    static long epollPwait(GuestThread p, long fd, long events, long count, long timeout, long mask, long setSize) {
        long deadline = (int) timeout < 0 ? Deadline.NONE : p.deadline((int) timeout * NANOS_OF_MILLI);
        return await(p, fd, events, (int) count, deadline, mask);
    }

    static long epollPwait2(GuestThread p, long fd, long events, long count, long timeout, long mask, long setSize) {
        long deadline = Deadline.NONE;
        if (timeout != 0) {
            long nanos = TimeCalls.nanos(p.memory(), timeout);
            if (nanos < 0) {
                return -EINVAL;
            }
            deadline = p.deadline(nanos);
        }
        return await(p, fd, events, (int) count, deadline, mask);
    }

    private static long await(GuestThread p, long fd, long events, int most, long deadline, long mask) {
        if (most <= 0 || most > Integer.MAX_VALUE / EVENT_SIZE) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        memory.check(events, (long) EVENT_SIZE * most);
        if (!(p.plainFile(fd) instanceof Epoll epoll)) {
            return -EINVAL;
        }
        if (mask == 0) {
            return epoll.await(p.waiter(), most, deadline, new Events(memory, events));
        }
        // Only a call that was not interrupted restores the old mask here.
        TaskSignals signals = p.signals();
        signals.beginTemporaryMask(memory.i64(mask));
        int ready = epoll.await(p.waiter(), most, deadline, new Events(memory, events));
        if (ready != -EINTR) {
            signals.endTemporaryMask();
        }
        return ready;
    }

    /** Writes what is ready into a guest's array. */
    private static final class Events implements Epoll.Sink {
        private final GuestMemory memory;
        private long next;

        Events(GuestMemory memory, long first) {
            this.memory = memory;
            next = first;
        }

        @Override
        public void ready(int events, long data) {
            memory.set32(next, events);
            memory.set64(next + DATA, data);
            next += EVENT_SIZE;
        }
    }
}
