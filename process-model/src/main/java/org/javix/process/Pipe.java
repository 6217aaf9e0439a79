package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicLong;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * The buffer between the ends of a pipe, and the count of the ends. Thread-safe.
 *
 * <p>How it is fast: readers and writers have a lock of their own, so one of each copies at the same
 * time; {@code head} and {@code tail} only grow, and each is written under one of the locks and read
 * under the other. The ring is small at first and grows to the capacity when it must; its length and
 * the capacity are powers of two. A writer that finds the pipe full is woken once there is
 * room for a good deal of what it has, not at every byte that is read.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/write.html">write</a>
 */
public final class Pipe {
    /** How many bytes a pipe holds at first. */
    public static final int CAPACITY = 65_536;

    /** Writes of at most this many bytes are not mixed with others. */
    public static final int PIPE_BUF = 4096;

    private static final int MAX_CAPACITY = 1 << 20;
    private static final int MIN_RING = 4096;
    private static final byte[] NO_RING = {};
    private static final AtomicLong NUMBERS = new AtomicLong();

    /** Both ends of a new pipe. */
    public record Ends(PipeEnd reader, PipeEnd writer) {}

    final long number = NUMBERS.incrementAndGet();

    private final Object readLock = new Object();
    // May be held when readLock is taken, not the other way round.
    private final Object writeLock = new Object();
    // Read under either lock; written under both.
    private byte[] ring = NO_RING;
    // Written under both locks.
    private volatile int capacity = CAPACITY;
    // Bytes ever read; written under readLock.
    private volatile long head;
    // Bytes ever written; written under writeLock.
    private volatile long tail;

    // Readers that wait for bytes or the end, and pollers.
    private final WaitQueue readable = new WaitQueue();
    // Writers that wait for room.
    private final WaitQueue roomy = new WaitQueue();
    // Pollers that wait for room.
    private final WaitQueue writable = new WaitQueue();
    // Who waits in open for the other side of a FIFO.
    private final WaitQueue opened = new WaitQueue();
    // Written under writeLock: the least room that any of the waiting writers is content with.
    private volatile int wantedRoom;
    // Guarded by writeLock.
    private int waitingWriters;

    // Written under this: open ends, and how often one was opened.
    private volatile int readers;
    private volatile int writers;
    private volatile int readerOpens;
    private volatile int writerOpens;

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

    // ---- the ends ----

    synchronized void addEnd(boolean reads, boolean writes) {
        if (reads) {
            readers++;
            readerOpens++;
        }
        if (writes) {
            writers++;
            writerOpens++;
        }
        opened.wakeAll();
    }

    void removeEnd(boolean reads, boolean writes) {
        synchronized (this) {
            readers -= reads ? 1 : 0;
            writers -= writes ? 1 : 0;
            if (readers == 0 && writers == 0) {
                clear();
                return;
            }
        }
        if (reads && readers == 0) {
            roomy.wakeAll();
            writable.wakeAll();
        }
        if (writes && writers == 0) {
            readable.wakeAll();
        }
    }

    // A FIFO that nobody has open forgets what was in it. Guarded by this, so that nobody opens it now.
    private void clear() {
        synchronized (writeLock) {
            synchronized (readLock) {
                head = tail;
                ring = NO_RING;
            }
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
        long read = head;
        return (int) (tail - read);
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
                int count = take(buffer, at, length);
                if (count > 0) {
                    tellWriters();
                    return count;
                }
                if (writers == 0) {
                    // The last writer may have written and left just now.
                    if (head == tail) {
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

    private int take(MemorySegment buffer, long at, long length) {
        if (head == tail) {
            return 0;
        }
        synchronized (readLock) {
            long start = head;
            int count = (int) Math.min(tail - start, length);
            if (count > 0) {
                byte[] bytes = ring;
                int index = (int) start & bytes.length - 1;
                int upToEnd = Math.min(count, bytes.length - index);
                MemorySegment.copy(bytes, index, buffer, ValueLayout.JAVA_BYTE, at, upToEnd);
                if (upToEnd < count) {
                    MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at + upToEnd, count - upToEnd);
                }
                head = start + count;
            }
            return count;
        }
    }

    /**
     * Puts back, at the front, what was read last: the pipe may then hold more than its capacity. Who reads
     * from the same pipe meanwhile may have got later bytes before these.
     */
    void putBack(byte[] bytes, int at, int count) {
        synchronized (writeLock) {
            synchronized (readLock) {
                int size = (int) (tail - head) + count;
                if (size > ring.length) {
                    resize(Integer.highestOneBit(Math.max(size, MIN_RING) * 2 - 1));
                }
                long start = head - count;
                for (int i = 0; i < count; i++) {
                    ring[(int) (start + i) & ring.length - 1] = bytes[at + i];
                }
                head = start;
            }
        }
        readable.wakeAll();
    }

    private void tellWriters() {
        int wanted = wantedRoom;
        long written = tail;
        int room = (int) (capacity - (written - head));
        if (wanted > 0 && room >= wanted) {
            roomy.wakeAll();
        }
        if (room >= PIPE_BUF) {
            writable.wakeAll();
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
                    readable.wakeAll();
                } else if (nonBlocking) {
                    return done > 0 ? done : -EAGAIN;
                } else if (!waiting) {
                    roomy.add(waiter);
                    synchronized (writeLock) {
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
                synchronized (writeLock) {
                    if (--waitingWriters == 0) {
                        wantedRoom = 0;
                    }
                }
            }
        }
    }

    private int put(MemorySegment buffer, long at, long length, int least, boolean waiting) {
        synchronized (writeLock) {
            long end = tail;
            int room = (int) (capacity - (end - head));
            if (room < least) {
                if (!waiting) {
                    return 0;
                }
                // Room for the reader to have got somewhere, but never more than the pipe can have.
                int wanted = (int) Math.min(Math.max(length, PIPE_BUF), Math.max(capacity / 2, least));
                wantedRoom = wantedRoom == 0 ? wanted : Math.min(wantedRoom, wanted);
                // The reader may have looked before it could see that.
                room = (int) (capacity - (end - head));
                if (room < least) {
                    return 0;
                }
            }
            int count = (int) Math.min(room, length);
            byte[] bytes = ringFor((int) (end - head) + count);
            int index = (int) end & bytes.length - 1;
            int upToEnd = Math.min(count, bytes.length - index);
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at, bytes, index, upToEnd);
            if (upToEnd < count) {
                MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at + upToEnd, bytes, 0, count - upToEnd);
            }
            tail = end + count;
            return count;
        }
    }

    /** A ring that holds at least {@code size} bytes. Guarded by writeLock. */
    private byte[] ringFor(int size) {
        if (size <= ring.length) {
            return ring;
        }
        int length = Integer.highestOneBit(Math.max(size, MIN_RING) * 2 - 1);
        resize(Math.min(capacity, Math.max(length, ring.length * 4)));
        return ring;
    }

    // Guarded by writeLock.
    private void resize(int length) {
        synchronized (readLock) {
            byte[] fresh = new byte[length];
            for (long at = head; at < tail; ) {
                int from = (int) at & ring.length - 1;
                int to = (int) at & length - 1;
                int count = (int) Math.min(tail - at, Math.min(ring.length - from, length - to));
                System.arraycopy(ring, from, fresh, to, count);
                at += count;
            }
            ring = fresh;
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
        return capacity;
    }

    /** The new capacity, -EINVAL, -EPERM if it is more than 1 MiB, -EBUSY if more bytes are in the pipe. */
    int setCapacity(int bytes) {
        if (bytes < 0 || bytes > 1 << 30) {
            return -EINVAL;
        }
        int size = Integer.highestOneBit(Math.max(bytes, PIPE_BUF) * 2 - 1);
        if (size > MAX_CAPACITY) {
            return -EPERM;
        }
        synchronized (writeLock) {
            synchronized (readLock) {
                if (tail - head > size) {
                    return -EBUSY;
                }
                if (ring.length > size) {
                    resize(size);
                }
                capacity = size;
            }
        }
        roomy.wakeAll();
        writable.wakeAll();
        return size;
    }

    int pollRead(int opensBefore) {
        int events = available() > 0 ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
        return writers == 0 && writerOpens != opensBefore ? events | PollEvents.POLLHUP : events;
    }

    int pollWrite() {
        int events = capacity - available() >= PIPE_BUF ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0;
        return readers == 0 ? events | PollEvents.POLLERR : events;
    }
}
