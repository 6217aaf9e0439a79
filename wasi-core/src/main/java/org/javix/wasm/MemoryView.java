package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * A linear memory as it is now, and how compiled code reads and writes numbers there. Public for compiled code only.
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
 * <p>The direct way has the form of an access to an array, which is what HotSpot knows best: an int index, compared by
 * {@link Objects#checkIndex}. So it covers the first 2 GiB; what lies beyond, and all that does not fit, takes the
 * other way, with an exact comparison. The methods of the other way are longer than 35 bytes, so that HotSpot's first
 * compiler leaves them alone: it would inline all of {@link MemorySegment} hundreds of times into a
 * function, which takes it seconds.
 */
public final class MemoryView {
    private static final boolean DIRECT = HostPages.host() != null
            && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN
            && Set.of("amd64", "aarch64").contains(System.getProperty("os.arch"))
            && Object.class.getModule().isExported("jdk.internal.misc", MemoryView.class.getModule());

    private static final Unsafe UNSAFE = DIRECT ? Unsafe.getUnsafe() : null;

    /** The same, for everything else. */
    public final MemorySegment segment;

    /** Where the memory lies in the host's address space. */
    final long base;

    /** What its pages allow, for code that asks; null where none does. */
    final PageTable pages;

    /** Where the entries of {@link #pages} lie in the host's address space. */
    final long table;

    /** 64-bit addresses below this have entries, for themselves and 8 bytes more. */
    final long tableEnd;

    /** Numbers of 8, 16, 32 and 64 bits that start below these addresses are accessed directly. */
    private final int end8;

    private final int end16;
    private final int end32;
    private final int end64;

    /** The memory that this is a view of. */
    private final Memory memory;

    MemoryView(Memory memory, MemorySegment segment, PageTable pages) {
        this.memory = memory;
        this.pages = pages;
        table = pages == null ? 0 : pages.address();
        tableEnd = pages == null ? 0 : (pages.pages() - 1) << PageTable.SHIFT;
        this.segment = segment;
        base = segment.address();
        int end = DIRECT ? (int) Math.min(Integer.MAX_VALUE, segment.byteSize()) : 0;
        end8 = end;
        end16 = Math.max(0, end - 1);
        end32 = Math.max(0, end - 3);
        end64 = Math.max(0, end - 7);
    }

    /** Whether accesses are direct in this JVM. */
    static boolean isDirect() {
        return DIRECT;
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

    // ---- 8 bits ----

    /** Reads an 8-bit integer; the address is unsigned. */
    public static byte getI8(MemoryView memory, int address, int offset) {
        return DIRECT && address >= 0 ? directI8(memory, address, offset) : slowI8(memory, address, offset);
    }

    private static byte directI8(MemoryView memory, int address, int offset) {
        try {
            return UNSAFE.getByte(memory.base + Objects.checkIndex(address + offset, memory.end8));
        } catch (IndexOutOfBoundsException e) {
            return slowI8(memory, address, offset);
        }
    }

    private static byte slowI8(MemoryView memory, int address, int offset) {
        return getI8(memory, (address & 0xffff_ffffL) + offset);
    }

    /** Reads an 8-bit integer. */
    public static byte getI8(MemoryView memory, long address) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 1) {
            now = now.outOfBounds(address, false);
        }
        return now.segment.get(Ops.I8, address);
    }

    /** Writes an 8-bit integer; the address is unsigned. */
    public static void setI8(MemoryView memory, int address, int offset, byte value) {
        if (DIRECT && address >= 0) {
            directI8(memory, address, offset, value);
        } else {
            slowI8(memory, address, offset, value);
        }
    }

    private static void directI8(MemoryView memory, int address, int offset, byte value) {
        try {
            UNSAFE.putByte(memory.base + Objects.checkIndex(address + offset, memory.end8), value);
            return;
        } catch (IndexOutOfBoundsException e) {
            // Exact, and not direct.
        }
        slowI8(memory, address, offset, value);
    }

    private static void slowI8(MemoryView memory, int address, int offset, byte value) {
        setI8(memory, (address & 0xffff_ffffL) + offset, value);
    }

    /** Writes an 8-bit integer. */
    public static void setI8(MemoryView memory, long address, byte value) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 1) {
            now = now.outOfBounds(address, true);
        }
        now.segment.set(Ops.I8, address, value);
    }

    // ---- 16 bits ----

    /** Reads a 16-bit integer; the address is unsigned. */
    public static short getI16(MemoryView memory, int address, int offset) {
        return DIRECT && address >= 0 ? directI16(memory, address, offset) : slowI16(memory, address, offset);
    }

    private static short directI16(MemoryView memory, int address, int offset) {
        try {
            return UNSAFE.getShort(memory.base + Objects.checkIndex(address + offset, memory.end16));
        } catch (IndexOutOfBoundsException e) {
            return slowI16(memory, address, offset);
        }
    }

    private static short slowI16(MemoryView memory, int address, int offset) {
        return getI16(memory, (address & 0xffff_ffffL) + offset);
    }

    /** Reads a 16-bit integer. */
    public static short getI16(MemoryView memory, long address) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 2) {
            now = now.outOfBounds(address, false);
        }
        return now.segment.get(Ops.I16, address);
    }

    /** Writes a 16-bit integer; the address is unsigned. */
    public static void setI16(MemoryView memory, int address, int offset, short value) {
        if (DIRECT && address >= 0) {
            directI16(memory, address, offset, value);
        } else {
            slowI16(memory, address, offset, value);
        }
    }

    private static void directI16(MemoryView memory, int address, int offset, short value) {
        try {
            UNSAFE.putShort(memory.base + Objects.checkIndex(address + offset, memory.end16), value);
            return;
        } catch (IndexOutOfBoundsException e) {
            // Exact, and not direct.
        }
        slowI16(memory, address, offset, value);
    }

    private static void slowI16(MemoryView memory, int address, int offset, short value) {
        setI16(memory, (address & 0xffff_ffffL) + offset, value);
    }

    /** Writes a 16-bit integer. */
    public static void setI16(MemoryView memory, long address, short value) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 2) {
            now = now.outOfBounds(address, true);
        }
        now.segment.set(Ops.I16, address, value);
    }

    // ---- 32 bits ----

    /** Reads a 32-bit integer; the address is unsigned. */
    public static int getI32(MemoryView memory, int address, int offset) {
        return DIRECT && address >= 0 ? directI32(memory, address, offset) : slowI32(memory, address, offset);
    }

    private static int directI32(MemoryView memory, int address, int offset) {
        try {
            return UNSAFE.getInt(memory.base + Objects.checkIndex(address + offset, memory.end32));
        } catch (IndexOutOfBoundsException e) {
            return slowI32(memory, address, offset);
        }
    }

    private static int slowI32(MemoryView memory, int address, int offset) {
        return getI32(memory, (address & 0xffff_ffffL) + offset);
    }

    /** Reads a 32-bit integer. */
    public static int getI32(MemoryView memory, long address) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 4) {
            now = now.outOfBounds(address, false);
        }
        return now.segment.get(Ops.I32, address);
    }

    /** Writes a 32-bit integer; the address is unsigned. */
    public static void setI32(MemoryView memory, int address, int offset, int value) {
        if (DIRECT && address >= 0) {
            directI32(memory, address, offset, value);
        } else {
            slowI32(memory, address, offset, value);
        }
    }

    private static void directI32(MemoryView memory, int address, int offset, int value) {
        try {
            UNSAFE.putInt(memory.base + Objects.checkIndex(address + offset, memory.end32), value);
            return;
        } catch (IndexOutOfBoundsException e) {
            // Exact, and not direct.
        }
        slowI32(memory, address, offset, value);
    }

    private static void slowI32(MemoryView memory, int address, int offset, int value) {
        setI32(memory, (address & 0xffff_ffffL) + offset, value);
    }

    /** Writes a 32-bit integer. */
    public static void setI32(MemoryView memory, long address, int value) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 4) {
            now = now.outOfBounds(address, true);
        }
        now.segment.set(Ops.I32, address, value);
    }

    // ---- 64 bits ----

    /** Reads a 64-bit integer; the address is unsigned. */
    public static long getI64(MemoryView memory, int address, int offset) {
        return DIRECT && address >= 0 ? directI64(memory, address, offset) : slowI64(memory, address, offset);
    }

    private static long directI64(MemoryView memory, int address, int offset) {
        try {
            return UNSAFE.getLong(memory.base + Objects.checkIndex(address + offset, memory.end64));
        } catch (IndexOutOfBoundsException e) {
            return slowI64(memory, address, offset);
        }
    }

    private static long slowI64(MemoryView memory, int address, int offset) {
        return getI64(memory, (address & 0xffff_ffffL) + offset);
    }

    /** Reads a 64-bit integer. */
    public static long getI64(MemoryView memory, long address) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 8) {
            now = now.outOfBounds(address, false);
        }
        return now.segment.get(Ops.I64, address);
    }

    /** Writes a 64-bit integer; the address is unsigned. */
    public static void setI64(MemoryView memory, int address, int offset, long value) {
        if (DIRECT && address >= 0) {
            directI64(memory, address, offset, value);
        } else {
            slowI64(memory, address, offset, value);
        }
    }

    private static void directI64(MemoryView memory, int address, int offset, long value) {
        try {
            UNSAFE.putLong(memory.base + Objects.checkIndex(address + offset, memory.end64), value);
            return;
        } catch (IndexOutOfBoundsException e) {
            // Exact, and not direct.
        }
        slowI64(memory, address, offset, value);
    }

    private static void slowI64(MemoryView memory, int address, int offset, long value) {
        setI64(memory, (address & 0xffff_ffffL) + offset, value);
    }

    /** Writes a 64-bit integer. */
    public static void setI64(MemoryView memory, long address, long value) {
        MemoryView now = memory;
        while (address < 0 || address > now.segment.byteSize() - 8) {
            now = now.outOfBounds(address, true);
        }
        now.segment.set(Ops.I64, address, value);
    }
}
