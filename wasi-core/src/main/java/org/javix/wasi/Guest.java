package org.javix.wasi;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINTR;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.javix.vfs.OpenFile;
import org.javix.wasm.Instance;

/**
 * The guest that makes one call: its context, and its memory as WASI's layouts see it (little-endian,
 * pointers of 32 bits, given here as unsigned longs).
 *
 * <p>Every access is checked and throws {@link Fault} beyond the memory's end. A call checks where its
 * results go with {@link #check} before it has any effect. The memory is looked up at each access,
 * because a call that was interrupted may have run guest code that grew it.
 */
final class Guest {
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** More than PATH_MAX. */
    private static final int MOST_PATH = 1 << 16;

    private final Instance instance;
    private final WasiContext context;

    Guest(Instance instance) {
        this.instance = instance;
        this.context = instance.context() instanceof WasiContext.Owner owner
                ? owner.wasi()
                : (WasiContext) instance.context();
    }

    /** What the guest sees of the world. */
    WasiContext context() {
        return context;
    }

    /**
     * Whether a call that ended with this result is to be made again, because what interrupted it has
     * been handled.
     */
    boolean restarts(long result) {
        return result == -EINTR && context.restart(instance);
    }

    /** The open file of a descriptor; null if it is not open. Valid during the call. */
    OpenFile file(long fd) {
        return context.files().get((int) fd);
    }

    /**
     * Whether a call may use a descriptor.
     *
     * <p>Rights are only looked at where WASI gave some. Of another descriptor the operation itself finds
     * out what its file and its open mode allow, which saves a look at the file in every read and write.
     *
     * @param rights what the call needs; 0 if nothing
     * @return 0; {@code -EBADF} for a descriptor that is not open, that its file or open mode keep from ever
     *     having such a right, or that may not be read or written; {@code -ENOTCAPABLE} for one that gave
     *     another right up
     */
    int refusal(long fd, long rights) {
        OpenFile file = file(fd);
        if (file == null) {
            return -EBADF;
        }
        if (!(context.files().tag((int) fd) instanceof Descriptor descriptor)) {
            return 0;
        }
        long missing = rights & ~descriptor.base();
        if (missing == 0) {
            return 0;
        }
        // Whether a file was not opened for reading or the right is gone is the same to a program of POSIX.
        boolean bad = (missing & (Rights.FD_READ | Rights.FD_WRITE | ~Descriptor.possible(file))) != 0;
        return bad ? -EBADF : -WasiErrno.ENOTCAPABLE;
    }

    /** The memory, of its present size. */
    MemorySegment memory() {
        MemorySegment memory = instance.memory();
        if (memory == null) {
            throw Fault.INSTANCE;
        }
        return memory;
    }

    /** Fails unless {@code [pointer, pointer + length)} lies in the memory. */
    void check(long pointer, long length) {
        range(pointer, length);
    }

    /** The memory, if {@code [pointer, pointer + length)} lies in it. */
    MemorySegment range(long pointer, long length) {
        MemorySegment memory = memory();
        // Both are at most 2^32-1, or a small multiple of it: the sum cannot overflow.
        if (pointer < 0 || length < 0 || pointer + length > memory.byteSize()) {
            throw Fault.INSTANCE;
        }
        return memory;
    }

    int u8(long pointer) {
        return range(pointer, 1).get(ValueLayout.JAVA_BYTE, pointer) & 0xff;
    }

    int u16(long pointer) {
        return range(pointer, 2).get(SHORT, pointer) & 0xffff;
    }

    long u32(long pointer) {
        return range(pointer, 4).get(INT, pointer) & 0xffffffffL;
    }

    long u64(long pointer) {
        return range(pointer, 8).get(LONG, pointer);
    }

    void putU8(long pointer, int value) {
        range(pointer, 1).set(ValueLayout.JAVA_BYTE, pointer, (byte) value);
    }

    void putU16(long pointer, int value) {
        range(pointer, 2).set(SHORT, pointer, (short) value);
    }

    void putU32(long pointer, long value) {
        range(pointer, 4).set(INT, pointer, (int) value);
    }

    void putU64(long pointer, long value) {
        range(pointer, 8).set(LONG, pointer, value);
    }

    /** Copies all of {@code bytes} to the guest. */
    void put(long pointer, byte[] bytes) {
        put(pointer, bytes, bytes.length);
    }

    /** Copies the first {@code length} of {@code bytes} to the guest. */
    void put(long pointer, byte[] bytes, int length) {
        MemorySegment.copy(bytes, 0, range(pointer, length), ValueLayout.JAVA_BYTE, pointer, length);
    }

    /** Copies bytes from the guest. */
    byte[] bytes(long pointer, int length) {
        byte[] bytes = new byte[length];
        MemorySegment.copy(range(pointer, length), ValueLayout.JAVA_BYTE, pointer, bytes, 0, length);
        return bytes;
    }

    /**
     * A path of the guest as the file system wants it: one char for each byte, so that any byte
     * survives. Paths end at their length, not at a NUL. Of one that is too long for any file system, as much as shows it.
     */
    String string(long pointer, long length) {
        check(pointer, length);
        return new String(bytes(pointer, (int) Math.min(length, MOST_PATH)), StandardCharsets.ISO_8859_1);
    }
}
