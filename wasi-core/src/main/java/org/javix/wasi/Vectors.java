package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Scattered reads and gathered writes: a guest's array of {@code iovec}, each a pointer and a length.
 *
 * <p>One call makes one transfer, as {@code readv} and {@code writev} do, so that what is written to a
 * pipe or at the end of a file stays together, and a read does not wait for more when it has something.
 * Where there are several buffers the bytes go through an array of the host's.
 */
final class Vectors {
    /** The most vectors in one call: Linux's IOV_MAX. */
    private static final long MAX_COUNT = 1024;

    /** The most bytes that go through an array; a longer call transfers fewer bytes than it asked for. */
    private static final int MAX_COPIED = 1 << 20;

    private static final int VECTOR_SIZE = 8;

    /** Moves bytes between a file and a buffer; the count, or a negative error number. */
    interface Transfer {
        long run(MemorySegment buffer, long at, long length);
    }

    private Vectors() {}

    /** Reads into the guest's buffers: the count, {@code -EINVAL}, or what the transfer gave. */
    static long read(Guest guest, long vectors, long count, Transfer transfer) {
        long total = total(guest, vectors, count);
        if (total < 0) {
            return total;
        }
        if (count <= 1) {
            return direct(guest, vectors, count, transfer);
        }
        byte[] copy = new byte[(int) Math.min(total, MAX_COPIED)];
        // The buffers may lie where the vectors do.
        long[] pointers = new long[(int) count];
        long[] lengths = new long[(int) count];
        for (int i = 0; i < count; i++) {
            pointers[i] = guest.u32(vectors + (long) i * VECTOR_SIZE);
            lengths[i] = guest.u32(vectors + (long) i * VECTOR_SIZE + 4);
        }
        long result = copied(guest, copy, transfer);
        int done = 0;
        for (int i = 0; done < result; i++) {
            int length = (int) Math.min(lengths[i], result - done);
            MemorySegment.copy(
                    copy, done, guest.range(pointers[i], length), ValueLayout.JAVA_BYTE, pointers[i], length);
            done += length;
        }
        return result;
    }

    /** Writes from the guest's buffers: the count, {@code -EINVAL}, or what the transfer gave. */
    static long write(Guest guest, long vectors, long count, Transfer transfer) {
        long total = total(guest, vectors, count);
        if (total < 0) {
            return total;
        }
        if (count <= 1) {
            return direct(guest, vectors, count, transfer);
        }
        byte[] copy = new byte[(int) Math.min(total, MAX_COPIED)];
        int done = 0;
        for (long vector = vectors; done < copy.length; vector += VECTOR_SIZE) {
            int length = (int) Math.min(guest.u32(vector + 4), copy.length - done);
            long pointer = guest.u32(vector);
            MemorySegment.copy(
                    guest.range(pointer, length), ValueLayout.JAVA_BYTE, pointer, copy, done, length);
            done += length;
        }
        return copied(guest, copy, transfer);
    }

    /** The sum of the lengths, if every buffer lies in the memory. */
    private static long total(Guest guest, long vectors, long count) {
        if (count > MAX_COUNT) {
            return -EINVAL;
        }
        long total = 0;
        for (long vector = vectors; vector < vectors + count * VECTOR_SIZE; vector += VECTOR_SIZE) {
            long length = guest.u32(vector + 4);
            guest.check(guest.u32(vector), length);
            total += length;
        }
        return total;
    }

    private static long direct(Guest guest, long vector, long count, Transfer transfer) {
        long pointer = count == 0 ? 0 : guest.u32(vector);
        long length = count == 0 ? 0 : guest.u32(vector + 4);
        long result;
        do {
            result = transfer.run(guest.memory(), pointer, length);
        } while (guest.restarts(result));
        return result;
    }

    private static long copied(Guest guest, byte[] copy, Transfer transfer) {
        long result;
        do {
            result = transfer.run(MemorySegment.ofArray(copy), 0, copy.length);
        } while (guest.restarts(result));
        return result;
    }
}
