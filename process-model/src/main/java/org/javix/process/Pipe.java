package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.javix.vfs.FileOwner;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * The buffer between the ends of a pipe, and the count of the ends. Thread-safe.
 *
 * <p>A writer that finds the pipe full is woken once there is room for a good deal of what it has, not at every
 * byte that is read. The bytes are in a {@link ByteRing}.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/write.html">write</a>
 */
public final class Pipe {
    /** How many bytes a pipe holds at first. */
    public static final int CAPACITY = 65_536;

    /** Writes of at most this many bytes are not mixed with others. */
    public static final int PIPE_BUF = 4096;

    private static final int MAX_CAPACITY = 1 << 20;
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Both ends of a new pipe. */
    public record Ends(PipeEnd reader, PipeEnd writer) {}

    final long number = NUMBERS.incrementAndGet();

    private final ByteRing bytes = new ByteRing(CAPACITY, ByteRing.UNCOUNTED);

    // Readers that wait for bytes or the end, and pollers.
    private final WaitQueue readable = new WaitQueue();
    // Writers that wait for room.
    private final WaitQueue roomy = new WaitQueue();
    // Pollers that wait for room.
    private final WaitQueue writable = new WaitQueue();
    // Who waits in open for the other side of a FIFO.
    private final WaitQueue opened = new WaitQueue();
    // Written under the ring's write lock: the least room that any of the waiting writers is content with.
    private volatile int wantedRoom;
    // Guarded by the ring's write lock.
    private int waitingWriters;

    // Written under this: open ends, and how often one was opened.
    private volatile int readers;
    private volatile int writers;
    private volatile int readerOpens;
    private volatile int writerOpens;

    // Of the ends of a pipe without a name. Written under this; null until somebody asks.
    private volatile RecordLocks locks;

    /** A buffer without ends. */
    Pipe() {}

    /**
     * {@code pipe2}.
     *
     * @param flags O_NONBLOCK or 0, for both ends
     */
    public static Ends open(int flags) {
        Pipe pipe = new Pipe();
        int status = flags & OpenFlags.STATUS;
        return new Ends(
                new PipeEnd(pipe, OpenFlags.O_RDONLY | status, null), new PipeEnd(pipe, OpenFlags.O_WRONLY | status, null));
    }

    /** What programs lock of a pipe without a name; made when first asked for. */
    synchronized RecordLocks locks() {
        if (locks == null) {
            locks = new RecordLocks();
        }
        return locks;
    }

    /** The locks, or null if nobody has ever asked for them. */
    RecordLocks locksIfAny() {
        return locks;
    }

    // ---- the ends ----

    /**
     * Counts one more end.
     *
     * @return how often the other side has been opened, if nobody has it open now; -1 if somebody has, or the end
     *     is of both sides. Who asks later may find the other side gone that was there, and waits for ever.
     */
    synchronized int addEnd(boolean reads, boolean writes) {
        if (reads) {
            readers++;
            readerOpens++;
        }
        if (writes) {
            writers++;
            writerOpens++;
        }
        opened.wakeAll();
        if (!writes && writers == 0) {
            return writerOpens;
        }
        return !reads && readers == 0 ? readerOpens : -1;
    }

    void removeEnd(boolean reads, boolean writes) {
        synchronized (this) {
            readers -= reads ? 1 : 0;
            writers -= writes ? 1 : 0;
            if (readers == 0 && writers == 0) {
                // A FIFO that nobody has open forgets what was in it. Nobody can open it now.
                bytes.discard();
                return;
            }
        }
        if (reads && readers == 0) {
            roomy.wakeAll();
            writable.wakeAll(FileOwner.POLL_OUT);
        }
        if (writes && writers == 0) {
            readable.wakeAll(FileOwner.POLL_IN);
        }
    }

    int readers() {
        return readers;
    }

    int writers() {
        return writers;
    }

    int readerOpens() {
        return readerOpens;
    }

    int writerOpens() {
        return writerOpens;
    }

    WaitQueue opened() {
        return opened;
    }

    WaitQueue readable() {
        return readable;
    }

    WaitQueue writable() {
        return writable;
    }

    // ---- bytes ----

    /** Bytes that can be read now. */
    int available() {
        return bytes.available();
    }

    /** Bytes that can be written now. */
    int room() {
        return bytes.room();
    }

    long read(Waiter waiter, boolean nonBlocking, MemorySegment buffer, long at, long length) {
        if (length == 0) {
            return 0;
        }
        boolean queued = false;
        try {
            while (true) {
                if (queued) {
                    waiter.prepare();
                }
                int count = bytes.take(buffer, at, length);
                if (count > 0) {
                    tellWriters();
                    return count;
                }
                if (writers == 0) {
                    // The last writer may have written and left just now.
                    if (available() == 0) {
                        return 0;
                    }
                } else if (nonBlocking) {
                    return -EAGAIN;
                } else if (!queued) {
                    readable.add(waiter);
                    queued = true;
                } else if (waiter.interrupted()) {
                    return -EINTR;
                } else {
                    waiter.park();
                }
            }
        } finally {
            if (queued) {
                readable.remove(waiter);
            }
        }
    }

    /**
     * Puts back, at the front, what was read last: the pipe may then hold more than its capacity. Who reads
     * from the same pipe meanwhile may have got later bytes before these.
     */
    void putBack(byte[] from, int at, int count) {
        bytes.putBack(from, at, count);
        readable.wakeAll();
    }

    /** Copies what would be read next, without taking it: how many bytes that are. */
    int peek(byte[] into, int length) {
        return bytes.peek(0, MemorySegment.ofArray(into), 0, length);
    }

    private void tellWriters() {
        int wanted = wantedRoom;
        int room = bytes.room();
        if (wanted > 0 && room >= wanted) {
            roomy.wakeAll();
        }
        if (room >= PIPE_BUF) {
            writable.wakeAll(FileOwner.POLL_OUT);
        }
    }

    long write(Waiter waiter, boolean nonBlocking, MemorySegment buffer, long at, long length) {
        if (readers == 0) {
            return broken(waiter);
        }
        boolean waiting = false;
        long done = 0;
        int least = length <= PIPE_BUF ? (int) length : 1;
        try {
            while (done < length) {
                if (waiting) {
                    waiter.prepare();
                }
                if (readers == 0) {
                    long error = broken(waiter);
                    return done > 0 ? done : error;
                }
                int count = put(buffer, at + done, length - done, least, waiting);
                if (count > 0) {
                    done += count;
                    readable.wakeAll(FileOwner.POLL_IN);
                } else if (nonBlocking) {
                    return done > 0 ? done : -EAGAIN;
                } else if (!waiting) {
                    roomy.add(waiter);
                    synchronized (bytes.writeLock()) {
                        waitingWriters++;
                    }
                    waiting = true;
                } else if (waiter.interrupted()) {
                    return done > 0 ? done : -EINTR;
                } else {
                    waiter.park();
                }
            }
            return done;
        } finally {
            if (waiting) {
                roomy.remove(waiter);
                synchronized (bytes.writeLock()) {
                    if (--waitingWriters == 0) {
                        wantedRoom = 0;
                    }
                }
            }
        }
    }

    private int put(MemorySegment buffer, long at, long length, int least, boolean waiting) {
        synchronized (bytes.writeLock()) {
            if (bytes.room() < least) {
                if (!waiting) {
                    return 0;
                }
                // Room for the reader to have got somewhere, but never more than the pipe can have.
                int wanted = (int) Math.min(Math.max(length, PIPE_BUF), Math.max(bytes.capacity() / 2, least));
                wantedRoom = wantedRoom == 0 ? wanted : Math.min(wantedRoom, wanted);
                // The reader may have looked before it could see that.
                if (bytes.room() < least) {
                    return 0;
                }
            }
            return bytes.put(buffer, at, length);
        }
    }

    private static long broken(Waiter waiter) {
        Task task = Task.of(waiter);
        if (task != null) {
            task.signals().send(SigInfo.user(
                    Signal.SIGPIPE, task.pid(), task.process().fs().credentials().uid()));
        }
        return -EPIPE;
    }

    // ---- size and readiness ----

    int capacity() {
        return bytes.capacity();
    }

    /** The new capacity, -EINVAL, -EPERM if it is more than 1 MiB, -EBUSY if more bytes are in the pipe. */
    int setCapacity(int asked) {
        if (Integer.compareUnsigned(asked, 1 << 31) > 0) {
            return -EINVAL;
        }
        if (Integer.compareUnsigned(asked, MAX_CAPACITY) > 0) {
            return -EPERM;
        }
        int size = Integer.highestOneBit(Math.max(asked, PIPE_BUF) * 2 - 1);
        if (!bytes.setCapacity(size)) {
            return -EBUSY;
        }
        roomy.wakeAll();
        writable.wakeAll();
        return size;
    }

    /** @param awaitsWriter whether no writer has come yet since the FIFO was opened: that is no hangup */
    int pollRead(boolean awaitsWriter) {
        int events = available() > 0 ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
        return writers == 0 && !awaitsWriter ? events | PollEvents.POLLHUP : events;
    }

    int pollWrite() {
        int events = bytes.room() >= PIPE_BUF ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0;
        return readers == 0 ? events | PollEvents.POLLERR : events;
    }
}
