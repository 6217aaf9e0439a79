package org.javix.posix;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.javix.wasm.Instance;
import org.javix.wasm.PageTable;

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
    /** Null where the program's accesses heed no rights. */
    private final PageTable pages;

    GuestMemory(Instance instance) {
        this.instance = instance;
        pages = instance.linearMemory() == null ? null : instance.linearMemory().pageTable();
    }

    /** The memory as it is now. */
    MemorySegment segment() {
        return pages == null ? instance.memory() : instance.linearMemory().segment();
    }

    /** The offset of an address whose {@code size} bytes can be written. */
    long check(long address, long size) {
        return check(address, size, true);
    }

    /** The offset of an address whose {@code size} bytes can be accessed so. */
    private long check(long address, long size, boolean store) {
        long offset = address & 0xffff_ffffL;
        boolean fits = pages == null
                ? size >= 0 && offset + size <= instance.memory().byteSize()
                : size >= 0 && pages.reachable(offset, size, store) == size;
        if (!fits) {
            throw Fault.BAD_ADDRESS;
        }
        return offset;
    }

    /**
     * How many bytes from an address on a transfer can use: at most {@code size}, and as many as can be accessed.
     * Where that is none of some, throws {@code EFAULT}.
     */
    long reach(long address, long size, boolean store) {
        long offset = address & 0xffff_ffffL;
        long reachable = pages != null
                ? pages.reachable(offset, size, store)
                : Math.max(0, Math.min(size, instance.memory().byteSize() - offset));
        if (reachable <= 0 && size > 0) {
            throw Fault.BAD_ADDRESS;
        }
        return reachable;
    }

    /** Whether bytes that can be accessed are not in {@link #segment} but must be copied in and out. */
    boolean isElsewhere(long address, long size) {
        return pages != null && pages.isElsewhere(address & 0xffff_ffffL, size);
    }

    /** The 4096 bytes around an address that can be accessed and {@link #isElsewhere}. */
    MemorySegment elsewhere(long address) {
        MemorySegment page = instance.linearMemory().pageTable().page(address & 0xffff_ffffL);
        if (page == null) {
            throw Fault.BAD_ADDRESS;
        }
        return page;
    }

    int i16(long address) {
        long at = check(address, 2, false);
        return isElsewhere(at, 2) ? copied(at, 2).get(I16, 0) : segment().get(I16, at);
    }

    int i32(long address) {
        long at = check(address, 4, false);
        return isElsewhere(at, 4) ? copied(at, 4).get(I32, 0) : segment().get(I32, at);
    }

    long i64(long address) {
        long at = check(address, 8, false);
        return isElsewhere(at, 8) ? copied(at, 8).get(I64, 0) : segment().get(I64, at);
    }

    /** Whether bytes are all zero, as those of a structure must be that nobody knows. Reads up to the first that is not. */
    boolean isZero(long address, long size) {
        for (long i = 0; i < size; i++) {
            long at = check(address + i, 1, false);
            byte one = isElsewhere(at, 1) ? copied(at, 1).get(JAVA_BYTE, 0) : segment().get(JAVA_BYTE, at);
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes that lie elsewhere. */
    private MemorySegment copied(long at, int size) {
        MemorySegment copy = MemorySegment.ofArray(new byte[size]);
        pages.read(at, copy, 0, size);
        return copy;
    }

    private void write(long address, MemorySegment from, long index, long size) {
        long at = check(address, size, true);
        if (isElsewhere(at, size)) {
            pages.write(at, from, index, size);
        } else {
            MemorySegment.copy(from, index, segment(), at, size);
        }
    }

    void setByte(long address, int value) {
        long at = check(address, 1);
        if (isElsewhere(at, 1)) {
            write(at, MemorySegment.ofArray(new byte[] {(byte) value}), 0, 1);
        } else {
            segment().set(JAVA_BYTE, at, (byte) value);
        }
    }

    void set16(long address, int value) {
        long at = check(address, 2);
        if (isElsewhere(at, 2)) {
            write(at, MemorySegment.ofArray(new short[] {(short) value}), 0, 2);
        } else {
            segment().set(I16, at, (short) value);
        }
    }

    void set32(long address, int value) {
        long at = check(address, 4);
        if (isElsewhere(at, 4)) {
            write(at, MemorySegment.ofArray(new int[] {value}), 0, 4);
        } else {
            segment().set(I32, at, value);
        }
    }

    void set64(long address, long value) {
        long at = check(address, 8);
        if (isElsewhere(at, 8)) {
            write(at, MemorySegment.ofArray(new long[] {value}), 0, 8);
        } else {
            segment().set(I64, at, value);
        }
    }

    /** Fills {@code size} bytes with zeros. */
    void clear(long address, long size) {
        long at = check(address, size);
        if (isElsewhere(at, size)) {
            write(at, MemorySegment.ofArray(new byte[(int) size]), 0, size);
        } else {
            segment().asSlice(at, size).fill((byte) 0);
        }
    }

    /** Copies bytes in. */
    void setBytes(long address, byte[] bytes) {
        setBytes(address, bytes, 0, bytes.length);
    }

    /** Copies bytes of an array in. */
    void setBytes(long address, byte[] from, int index, int size) {
        write(address, MemorySegment.ofArray(from), index, size);
    }

    /** Copies bytes out into an array. */
    void getBytes(long address, byte[] to, int index, int size) {
        long at = check(address, size, false);
        if (isElsewhere(at, size)) {
            pages.read(at, MemorySegment.ofArray(to), index, size);
        } else {
            MemorySegment.copy(segment(), JAVA_BYTE, at, to, index, size);
        }
    }

    /** Copies {@code size} bytes out. */
    byte[] bytes(long address, int size) {
        check(address, size, false);
        byte[] bytes = new byte[size];
        getBytes(address, bytes, 0, size);
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
        long start = address & 0xffff_ffffL;
        long reachable = reach(address, limit, false);
        MemorySegment memory = segment();
        if (isElsewhere(start, reachable)) {
            memory = copied(start, (int) reachable);
            start = 0;
        }
        long end = start + reachable;
        long at = start;
        while (at < end && memory.get(JAVA_BYTE, at) != 0) {
            at++;
        }
        if (at == end) {
            if (reachable < limit) {
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
