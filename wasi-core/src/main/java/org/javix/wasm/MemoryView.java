package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * A linear memory as it is now, and how numbers there are read and written at any address. Public for compiled code
 * only.
 *
 * <p>Each access is compared with the memory's size, and is a trap where it does not fit. It is made in one of
 * two ways:
 * <ul>
 *   <li>through {@link MemorySegment}: always possible. Each access is some 25 nested methods, 700 nodes for HotSpot's
 *       second compiler, which inlines no more in a function after about 23 of them;
 *   <li>directly, where the JVM was started with {@code --add-exports java.base/jdk.internal.misc=…} and memories are
 *       ranges of {@link HostPages}, which are never unmapped: a comparison and one machine instruction.
 * </ul>
 *
 * <p>What compiled code does at most addresses of memory 0 is {@link LoadStore}.
 */
public final class MemoryView {
    /** The largest offset that {@link #end} allows for, in bytes. */
    static final int NEAR = 1016;

    private static final boolean DIRECT = HostPages.host() != null
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
            && Object.class.getModule().isExported("jdk.internal.misc", MemoryView.class.getModule());

    private static final Unsafe UNSAFE = DIRECT ? Unsafe.getUnsafe() : null;

    /** The same, for everything else. */
    public final MemorySegment segment;

    /** Where the memory lies in the host's address space. */
    final long base;

    /**
     * Below this address, an access of up to 8 bytes at an offset of up to {@link #NEAR} fits and may be direct. It covers
     * the first 2 GiB; 0 where nothing may be direct. For code that asks a page table see {@link PagedLoadStore}.
     */
    final int end;

    /** In bytes. */
    private final long size;

    /** What its pages allow, for code that asks; null where none does. */
    final PageTable pages;

    /** Where the entries of {@link #pages} lie in the host's address space. */
    final long table;

    /** 64-bit addresses below this have entries, for themselves and 8 bytes more. */
    final long tableEnd;

    /** The memory that this is a view of. */
    private final Memory memory;

    MemoryView(Memory memory, MemorySegment segment, PageTable pages) {
        this.memory = memory;
        this.pages = pages;
        table = pages == null ? 0 : pages.address();
        tableEnd = pages == null ? 0 : (pages.pages() - 1) << PageTable.SHIFT;
        this.segment = segment;
        size = segment.byteSize();
        base = segment.address();
        // Code that asks a page table measures from the first page that can be plain, and to the last that is.
        long plain = pages == null ? size : Math.min(size, pages.plainEnd()) - PageTable.PLAIN_START;
        end = DIRECT ? (int) Math.max(0, Math.min(Integer.MAX_VALUE, plain) - NEAR - 8) : 0;
    }

    /** Whether accesses are direct in this JVM. */
    static boolean isDirect() {
        return DIRECT;
    }

    /**
     * Where the bytes of an aligned access are in the host's address space; 0 for one that cannot be made directly, is not
     * aligned, or may fault.
     */
    long direct(long address, int width, boolean store) {
        if (!DIRECT || address < 0 || (address & width - 1) != 0) {
            return 0;
        }
        if (pages == null) {
            return address <= size - width ? base + address : 0;
        }
        int right = store ? PageTable.WRITE : PageTable.READ;
        boolean allowed = address < tableEnd && (UNSAFE.getByte(table + (address >>> PageTable.SHIFT)) & right) != 0;
        return allowed ? base + address : 0;
    }

    /**
     * An access is out of bounds: of this view, or of the memory too. Returns the view to try again with, if it is to be
     * tried again.
     */
    MemoryView outOfBounds(long address, boolean store) {
        if (memory.view() == this) {
            TrapPoint.access(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, store);
        }
        return memory.view();
    }

    /** The view in which an access is in bounds. */
    private static MemoryView check(MemoryView memory, long address, int width, boolean store) {
        MemoryView now = memory;
        while (address < 0 || address > now.size - width) {
            now = now.outOfBounds(address, store);
        }
        return now;
    }

    /** Reads an 8-bit integer. */
    public static byte getI8(MemoryView memory, long address) {
        MemoryView now = check(memory, address, 1, false);
        return DIRECT ? UNSAFE.getByte(now.base + address) : now.segment.get(Ops.I8, address);
    }

    /** Writes an 8-bit integer. */
    public static void setI8(MemoryView memory, long address, byte value) {
        MemoryView now = check(memory, address, 1, true);
        if (DIRECT) {
            UNSAFE.putByte(now.base + address, value);
        } else {
            now.segment.set(Ops.I8, address, value);
        }
    }

    /** Reads a 16-bit integer. */
    public static short getI16(MemoryView memory, long address) {
        MemoryView now = check(memory, address, 2, false);
        return DIRECT ? UNSAFE.getShort(now.base + address) : now.segment.get(Ops.I16, address);
    }

    /** Writes a 16-bit integer. */
    public static void setI16(MemoryView memory, long address, short value) {
        MemoryView now = check(memory, address, 2, true);
        if (DIRECT) {
            UNSAFE.putShort(now.base + address, value);
        } else {
            now.segment.set(Ops.I16, address, value);
        }
    }

    /** Reads a 32-bit integer. */
    public static int getI32(MemoryView memory, long address) {
        MemoryView now = check(memory, address, 4, false);
        return DIRECT ? UNSAFE.getInt(now.base + address) : now.segment.get(Ops.I32, address);
    }

    /** Writes a 32-bit integer. */
    public static void setI32(MemoryView memory, long address, int value) {
        MemoryView now = check(memory, address, 4, true);
        if (DIRECT) {
            UNSAFE.putInt(now.base + address, value);
        } else {
            now.segment.set(Ops.I32, address, value);
        }
    }

    /** Reads a 64-bit integer. */
    public static long getI64(MemoryView memory, long address) {
        MemoryView now = check(memory, address, 8, false);
        return DIRECT ? UNSAFE.getLong(now.base + address) : now.segment.get(Ops.I64, address);
    }

    /** Writes a 64-bit integer. */
    public static void setI64(MemoryView memory, long address, long value) {
        MemoryView now = check(memory, address, 8, true);
        if (DIRECT) {
            UNSAFE.putLong(now.base + address, value);
        } else {
            now.segment.set(Ops.I64, address, value);
        }
    }
}
