package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.PollEvents.POLLERR;
import static org.javix.vfs.PollEvents.POLLHUP;
import static org.javix.vfs.PollEvents.POLLIN;
import static org.javix.vfs.PollEvents.POLLNVAL;
import static org.javix.vfs.PollEvents.POLLOUT;
import static org.javix.vfs.PollEvents.POLLPRI;

import org.javix.process.Deadline;
import org.javix.process.Poll;
import org.javix.process.TaskSignals;
import org.javix.vfs.OpenFile;

/**
 * Waiting for several files.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/pselect.html">pselect</a>
 */
final class PollCalls {
    private static final int POLLFD_SIZE = 8;
    private static final int FD_SETSIZE = 1024;

    /** What makes a descriptor ready in each of the three sets of {@code select}. */
    private static final int[] SELECT_EVENTS = {
        POLLIN | POLLHUP | POLLERR | POLLNVAL, POLLOUT | POLLERR | POLLNVAL, POLLPRI | POLLNVAL
    };

    private PollCalls() {}

    static long ppoll(GuestThread p, long fds, long count, long timeout, long mask, long setSize) {
        GuestMemory memory = p.memory();
        int size = (int) count;
        if (size < 0 || size > p.files().limit()) {
            return -EINVAL;
        }
        memory.check(fds, (long) POLLFD_SIZE * size);
        Poll poll = new Poll();
        for (int i = 0; i < size; i++) {
            long at = fds + (long) POLLFD_SIZE * i;
            int fd = memory.i32(at);
            if (fd < 0) {
                poll.addIgnored();
            } else {
                OpenFile file = p.files().get(fd);
                poll.add(file != null && file.isPath() ? null : file, memory.i16(at + 4));
            }
        }
        long ready = await(p, poll, timeout, mask == 0 ? null : memory.i64(mask));
        if (ready >= 0) {
            for (int i = 0; i < size; i++) {
                memory.set16(fds + (long) POLLFD_SIZE * i + 6, poll.ready(i));
            }
        }
        return ready;
    }

    /** Waits under another mask; only a call that was not interrupted restores the old one here. */
    private static long await(GuestThread p, Poll poll, long timeout, Long mask) {
        long deadline = Deadline.NONE;
        if (timeout != 0) {
            long nanos = TimeCalls.nanos(p.memory(), timeout);
            if (nanos < 0) {
                return -EINVAL;
            }
            deadline = p.deadline(nanos);
        }
        if (mask == null) {
            return poll.await(p.waiter(), deadline);
        }
        TaskSignals signals = p.signals();
        signals.beginTemporaryMask(mask);
        int ready = poll.await(p.waiter(), deadline);
        if (ready != -EINTR) {
            signals.endTemporaryMask();
        }
        return ready;
    }

    static long pselect6(
            GuestThread p, long count, long read, long write, long except, long timeout, long maskAndSize) {
        GuestMemory memory = p.memory();
        if (count < 0 || count > FD_SETSIZE) {
            return -EINVAL;
        }
        long[] sets = {read, write, except};
        int bytes = ((int) count + 31) / 32 * 4;
        Poll poll = new Poll();
        int[] descriptors = new int[(int) count];
        for (int fd = 0; fd < count; fd++) {
            int events = 0;
            for (int set = 0; set < sets.length; set++) {
                if (sets[set] != 0 && contains(memory, sets[set], fd)) {
                    events |= SELECT_EVENTS[set] | 1 << 16 + set;
                }
            }
            if (events != 0) {
                OpenFile file = p.files().get(fd);
                if (file == null) {
                    return -EBADF;
                }
                descriptors[poll.size()] = fd | events >>> 16 << 16;
                poll.add(file.isPath() ? null : file, events & 0xffff);
            }
        }
        long mask = maskAndSize == 0 ? 0 : memory.i32(maskAndSize) & 0xffff_ffffL;
        long result = await(p, poll, timeout, mask == 0 ? null : memory.i64(mask));
        if (result < 0) {
            return result;
        }
        for (long set : sets) {
            if (set != 0) {
                memory.clear(set, bytes);
            }
        }
        long ready = 0;
        for (int i = 0; i < poll.size(); i++) {
            for (int set = 0; set < sets.length; set++) {
                if ((descriptors[i] >>> 16 & 1 << set) != 0 && (poll.ready(i) & SELECT_EVENTS[set]) != 0) {
                    add(memory, sets[set], descriptors[i] & 0xffff);
                    ready++;
                }
            }
        }
        return ready;
    }

    private static boolean contains(GuestMemory memory, long set, int fd) {
        return (memory.i32(set + fd / 32 * 4) >>> fd % 32 & 1) != 0;
    }

    private static void add(GuestMemory memory, long set, int fd) {
        long word = set + fd / 32 * 4;
        memory.set32(word, memory.i32(word) | 1 << fd % 32);
    }
}
