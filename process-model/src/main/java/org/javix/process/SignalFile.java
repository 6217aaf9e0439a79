package org.javix.process;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.javix.vfs.PollEvents;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * Signals that are read: {@code signalfd}. A read takes signals of the thread that reads and of its process, which
 * should be blocked; so a child that inherits the file reads its own.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/signalfd.2.html">signalfd(2)</a>
 */
public final class SignalFile extends AnonymousFile {
    private static final int RECORD_SIZE = 128;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** Whose signals count where the caller is not known. */
    private final Task creator;
    private volatile long set;

    /**
     * A file of some signals.
     *
     * @param set of {@link SignalSet}; those that cannot be blocked do not count
     * @param flags {@code O_NONBLOCK} or 0
     */
    public SignalFile(Task creator, long set, int flags) {
        super("[signalfd]", flags);
        this.creator = creator;
        setSignals(set);
    }

    /** Changes which signals it is about. */
    public void setSignals(long signals) {
        set = signals & ~SignalSet.UNBLOCKABLE;
    }

    private Task reader(Waiter waiter) {
        Task task = Task.of(waiter);
        return task == null ? creator : task;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (length < RECORD_SIZE) {
            return -EINVAL;
        }
        TaskSignals signals = reader(waiter).signals();
        return await(waiter, () -> take(signals, buffer, at, length));
    }

    private long take(TaskSignals signals, MemorySegment buffer, long at, long length) {
        long done = 0;
        while (length - done >= RECORD_SIZE) {
            SigInfo info = signals.accept(set);
            if (info == null) {
                break;
            }
            store(buffer, at + done, info);
            done += RECORD_SIZE;
        }
        return done == 0 ? -EAGAIN : done;
    }

    /** Writes a struct signalfd_siginfo. */
    private static void store(MemorySegment buffer, long at, SigInfo info) {
        buffer.asSlice(at, RECORD_SIZE).fill((byte) 0);
        buffer.set(INT, at, info.signal());
        buffer.set(INT, at + 4, info.errno());
        buffer.set(INT, at + 8, info.code());
        buffer.set(INT, at + 12, info.pid());
        buffer.set(INT, at + 16, info.uid());
        if (info.signal() == Signal.SIGCHLD) {
            buffer.set(INT, at + 40, info.status());
            buffer.set(COUNT, at + 56, info.utime());
            buffer.set(COUNT, at + 64, info.stime());
        } else {
            buffer.set(INT, at + 44, (int) info.value());
            buffer.set(COUNT, at + 48, info.value() & 0xffff_ffffL);
        }
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return -EINVAL;
    }

    @Override
    public int poll() {
        return poll(creator.waiter());
    }

    @Override
    public int poll(Waiter waiter) {
        return (reader(waiter).signals().waiting() & set) != 0 ? PollEvents.POLLIN : 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return waitQueue(creator.waiter());
    }

    @Override
    public WaitQueue waitQueue(Waiter waiter) {
        return reader(waiter).process().signals().arrivals();
    }
}
