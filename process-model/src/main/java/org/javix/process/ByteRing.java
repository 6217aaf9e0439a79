package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Bytes on their way from writers to readers. Thread-safe.
 *
 * <p>How it is fast: readers and writers have a lock of their own, so one of each copies at the same time;
 * {@code head} and {@code tail} only grow, and each is written under one of the locks and read under the other. The
 * array is small at first and grows when it must; its length is a power of two.
 */
public final class ByteRing {
    /** Counts the memory that rings take, all of them together. */
    public interface Budget {
        /** Takes so many bytes; false if there are not as many left. */
        boolean take(int bytes);

        /** Gives bytes back. */
        void give(int bytes);

        /** Whether an empty ring should give its memory back. */
        boolean isTight();
    }

    /** What counts nothing. */
    public static final Budget UNCOUNTED = new Budget() {
        @Override
        public boolean take(int bytes) {
            return true;
        }

        @Override
        public void give(int bytes) {}

        @Override
        public boolean isTight() {
            return false;
        }
    };

    private static final int MIN_LENGTH = 4096;
    private static final byte[] NO_BYTES = {};

    private final Budget budget;
    private final Object readLock = new Object();
    // May be held when readLock is taken, not the other way round.
    private final Object writeLock = new Object();
    // Read under either lock; written under both.
    private byte[] ring = NO_BYTES;
    // Written under both locks.
    private volatile int capacity;
    // Bytes ever read; written under readLock.
    private volatile long head;
    // Bytes ever written; written under writeLock.
    private volatile long tail;

    /** An empty ring that holds at most {@code capacity} bytes. */
    public ByteRing(int capacity, Budget budget) {
        this.capacity = capacity;
        this.budget = budget;
    }

    /** The lock of {@link #put}, for who must do more than that at once. */
    public Object writeLock() {
        return writeLock;
    }

    /** The lock of {@link #take}, for who must do more than that at once; taken after the other one. */
    public Object readLock() {
        return readLock;
    }

    /** Bytes that can be read now. */
    public int available() {
        long read = head;
        return (int) (tail - read);
    }

    /** Bytes that can be written now. */
    public int room() {
        long written = tail;
        return (int) (capacity - (written - head));
    }

    /** How many bytes it may hold. */
    public int capacity() {
        return capacity;
    }

    /** How many bytes were ever read. */
    public long head() {
        return head;
    }

    /** How many bytes were ever written. */
    public long tail() {
        return tail;
    }

    /** Moves up to {@code length} bytes out: the count. */
    public int take(MemorySegment buffer, long at, long length) {
        if (head == tail) {
            return 0;
        }
        synchronized (readLock) {
            int count = peek(0, buffer, at, length);
            head += count;
            return count;
        }
    }

    /** Drops up to {@code length} bytes: the count. */
    public int skip(long length) {
        synchronized (readLock) {
            int count = (int) Math.min(available(), length);
            head += count;
            return count;
        }
    }

    /** Copies up to {@code length} bytes out, from {@code skipped} bytes after the first, and leaves them: the count. */
    public int peek(int skipped, MemorySegment buffer, long at, long length) {
        synchronized (readLock) {
            long start = head + skipped;
            int count = (int) Math.min(tail - start, length);
            if (count <= 0) {
                return 0;
            }
            byte[] bytes = ring;
            int index = (int) start & bytes.length - 1;
            int upToEnd = Math.min(count, bytes.length - index);
            MemorySegment.copy(bytes, index, buffer, ValueLayout.JAVA_BYTE, at, upToEnd);
            if (upToEnd < count) {
                MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at + upToEnd, count - upToEnd);
            }
            return count;
        }
    }

    /** Moves in what there is room for: the count, or -1 if the budget does not allow a single byte. */
    public int put(MemorySegment buffer, long at, long length) {
        synchronized (writeLock) {
            long end = tail;
            int used = (int) (end - head);
            int count = (int) Math.min(capacity - used, length);
            if (count <= 0) {
                return 0;
            }
            if (used + count > ring.length && !grow(used + count)) {
                count = ring.length - used;
                if (count == 0) {
                    return -1;
                }
            }
            byte[] bytes = ring;
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

    /** Puts bytes back at the front; the ring may then hold more than its capacity. */
    void putBack(byte[] bytes, int at, int count) {
        synchronized (writeLock) {
            synchronized (readLock) {
                int size = available() + count;
                if (size > ring.length) {
                    resize(powerOfTwo(size));
                }
                long start = head - count;
                for (int i = 0; i < count; i++) {
                    ring[(int) (start + i) & ring.length - 1] = bytes[at + i];
                }
                head = start;
            }
        }
    }

    /** Changes how many bytes it may hold; false if there are more in it. */
    boolean setCapacity(int size) {
        synchronized (writeLock) {
            synchronized (readLock) {
                if (available() > size) {
                    return false;
                }
                if (ring.length > powerOfTwo(size)) {
                    resize(powerOfTwo(size));
                }
                capacity = size;
                return true;
            }
        }
    }

    /** Changes how many bytes it may hold, also below what is in it. */
    public void limit(int size) {
        synchronized (writeLock) {
            synchronized (readLock) {
                capacity = size;
            }
        }
    }

    /** Gives the memory of an empty ring back, if memory is short. The caller holds neither lock. */
    public void trim() {
        if (head != tail || !budget.isTight()) {
            return;
        }
        synchronized (writeLock) {
            synchronized (readLock) {
                if (head == tail) {
                    discard();
                }
            }
        }
    }

    /** Drops what is in it and gives its memory back. */
    public void discard() {
        synchronized (writeLock) {
            synchronized (readLock) {
                head = tail;
                budget.give(ring.length);
                ring = NO_BYTES;
            }
        }
    }

    /** Makes the ring hold at least {@code size} bytes, if the budget allows. Guarded by writeLock. */
    private boolean grow(int size) {
        int length = Math.max(powerOfTwo(size), Math.min(ring.length * 4, powerOfTwo(capacity)));
        if (!budget.take(length - ring.length)) {
            return false;
        }
        synchronized (readLock) {
            copyTo(length);
        }
        return true;
    }

    // Guarded by both locks.
    private void resize(int length) {
        budget.give(ring.length - length);
        copyTo(length);
    }

    private void copyTo(int length) {
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

    private static int powerOfTwo(int size) {
        return Integer.highestOneBit(Math.max(size, MIN_LENGTH) * 2 - 1);
    }
}
