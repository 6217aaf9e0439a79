package org.javix.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.javix.wasm.Instance;

/**
 * Reads and writes a guest's memory by the addresses that it passes to calls. An address is the low 32
 * bits of a {@code long}, unsigned. Every access is checked; one that leaves the memory throws
 * {@link Fault}, and nothing else can happen.
 *
 * <p>Strings are bytes: each byte is the character of the same number (ISO 8859-1), as in paths of the
 * virtual file system.
 *
 * <p>Used by the guest's own thread only.
 */
final class GuestMemory {
    private static final ValueLayout.OfShort I16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** The longest path, with its NUL. */
    private static final int PATH_MAX = 4096;

    private final Instance instance;

    GuestMemory(Instance instance) {
        this.instance = instance;
    }

    /** The memory as it is now. */
    MemorySegment segment() {
        return instance.memory();
    }

    /** The offset of an address whose {@code size} bytes lie in the memory. */
    long check(long address, long size) {
        long offset = address & 0xffff_ffffL;
        if (size < 0 || offset + size > instance.memory().byteSize()) {
            throw Fault.BAD_ADDRESS;
        }
        return offset;
    }

    int i16(long address) {
        return segment().get(I16, check(address, 2));
    }

    int i32(long address) {
        return segment().get(I32, check(address, 4));
    }

    long i64(long address) {
        return segment().get(I64, check(address, 8));
    }

    void setByte(long address, int value) {
        segment().set(JAVA_BYTE, check(address, 1), (byte) value);
    }

    void set16(long address, int value) {
        segment().set(I16, check(address, 2), (short) value);
    }

    void set32(long address, int value) {
        segment().set(I32, check(address, 4), value);
    }

    void set64(long address, long value) {
        segment().set(I64, check(address, 8), value);
    }

    /** Fills {@code size} bytes with zeros. */
    void clear(long address, long size) {
        segment().asSlice(check(address, size), size).fill((byte) 0);
    }

    /** Copies bytes in. */
    void setBytes(long address, byte[] bytes) {
        long offset = check(address, bytes.length);
        MemorySegment.copy(bytes, 0, segment(), JAVA_BYTE, offset, bytes.length);
    }

    /** Copies bytes of an array in. */
    void setBytes(long address, byte[] from, int index, int size) {
        MemorySegment.copy(from, index, segment(), JAVA_BYTE, check(address, size), size);
    }

    /** Copies bytes out into an array. */
    void getBytes(long address, byte[] to, int index, int size) {
        MemorySegment.copy(segment(), JAVA_BYTE, check(address, size), to, index, size);
    }

    /** Copies {@code size} bytes out. */
    byte[] bytes(long address, int size) {
        long offset = check(address, size);
        byte[] bytes = new byte[size];
        MemorySegment.copy(segment(), JAVA_BYTE, offset, bytes, 0, size);
        return bytes;
    }

    /** A path: at most 4,095 bytes, or {@code ENAMETOOLONG}. */
    String path(long address) {
        String path = string(address, PATH_MAX);
        if (path == null) {
            throw Fault.NAME_TOO_LONG;
        }
        return path;
    }

    /** The bytes from {@code address} up to a NUL, as a string; null where no NUL comes within {@code limit}. */
    String string(long address, int limit) {
        MemorySegment memory = segment();
        long start = check(address, 1);
        long end = Math.min(memory.byteSize(), start + limit);
        long at = start;
        while (at < end && memory.get(JAVA_BYTE, at) != 0) {
            at++;
        }
        if (at == end) {
            if (end < start + limit) {
                throw Fault.BAD_ADDRESS;
            }
            return null;
        }
        byte[] bytes = new byte[(int) (at - start)];
        MemorySegment.copy(memory, JAVA_BYTE, start, bytes, 0, bytes.length);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Writes a struct timespec. */
    void setTimespec(long address, long seconds, long nanoseconds) {
        set64(address, seconds);
        set64(address + 8, nanoseconds);
    }

    /** Writes a struct timeval. */
    void setTimeval(long address, long nanoseconds) {
        set64(address, nanoseconds / 1_000_000_000);
        set64(address + 8, nanoseconds % 1_000_000_000 / 1000);
    }
}
