package org.javix.wasm;

import jdk.internal.misc.Unsafe;

/**
 * How code that is compiled for protected pages reads and writes numbers: as {@link MemoryView} has it, but each
 * access asks the memory's {@link PageTable}, which takes the place of the comparison with the memory's
 * size. Public for compiled code only.
 *
 * <p>The table has an entry for whatever a 32-bit address and its offset can reach, so the entry is loaded without a
 * comparison before: an access is a shift, a test of a byte in memory, and the access itself. Nor does it matter whether
 * it straddles two pages, but where the second one allows something else.
 */
public final class PagedView {
    private static final boolean DIRECT = MemoryView.isDirect();

    private static final Unsafe UNSAFE = DIRECT ? Unsafe.getUnsafe() : null;

    private PagedView() {}

    private static int entry(MemoryView memory, long address) {
        return UNSAFE.getByte(memory.table + (address >>> PageTable.SHIFT));
    }

    /** Whether an access is allowed: almost always one look is enough. */
    private static boolean allows(MemoryView memory, long address, int width, int right) {
        int entry = entry(memory, address);
        return (entry & (width == 1 ? right : right << PageTable.ON_SHIFT)) != 0
                || width > 1 && (entry & right) != 0 && (address & width - 1) == 0;
    }

    /** Whether there is an entry for a 64-bit address and the bytes behind it. */
    private static boolean covered(MemoryView memory, long address) {
        return address >= 0 && address < memory.tableEnd;
    }

    // ---- 8 bits ----

    /** Reads an 8-bit integer; the address is unsigned. */
    public static byte getI8(MemoryView memory, int address, int offset) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 1, PageTable.READ)) {
            return UNSAFE.getByte(memory.base + at);
        }
        return slowI8(memory, at);
    }

    /** Reads an 8-bit integer. */
    public static byte getI8(MemoryView memory, long address) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 1, PageTable.READ)) {
            return UNSAFE.getByte(memory.base + address);
        }
        return slowI8(memory, address);
    }

    private static byte slowI8(MemoryView memory, long address) {
        return (byte) memory.pages.load(address, 1);
    }

    /** Writes an 8-bit integer; the address is unsigned. */
    public static void setI8(MemoryView memory, int address, int offset, byte value) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 1, PageTable.WRITE)) {
            UNSAFE.putByte(memory.base + at, value);
        } else {
            memory.pages.store(at, 1, value);
        }
    }

    /** Writes an 8-bit integer. */
    public static void setI8(MemoryView memory, long address, byte value) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 1, PageTable.WRITE)) {
            UNSAFE.putByte(memory.base + address, value);
        } else {
            memory.pages.store(address, 1, value);
        }
    }

    // ---- 16 bits ----

    /** Reads a 16-bit integer; the address is unsigned. */
    public static short getI16(MemoryView memory, int address, int offset) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 2, PageTable.READ)) {
            return UNSAFE.getShort(memory.base + at);
        }
        return slowI16(memory, at);
    }

    /** Reads a 16-bit integer. */
    public static short getI16(MemoryView memory, long address) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 2, PageTable.READ)) {
            return UNSAFE.getShort(memory.base + address);
        }
        return slowI16(memory, address);
    }

    private static short slowI16(MemoryView memory, long address) {
        return (short) memory.pages.load(address, 2);
    }

    /** Writes a 16-bit integer; the address is unsigned. */
    public static void setI16(MemoryView memory, int address, int offset, short value) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 2, PageTable.WRITE)) {
            UNSAFE.putShort(memory.base + at, value);
        } else {
            memory.pages.store(at, 2, value);
        }
    }

    /** Writes a 16-bit integer. */
    public static void setI16(MemoryView memory, long address, short value) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 2, PageTable.WRITE)) {
            UNSAFE.putShort(memory.base + address, value);
        } else {
            memory.pages.store(address, 2, value);
        }
    }

    // ---- 32 bits ----

    /** Reads a 32-bit integer; the address is unsigned. */
    public static int getI32(MemoryView memory, int address, int offset) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 4, PageTable.READ)) {
            return UNSAFE.getInt(memory.base + at);
        }
        return slowI32(memory, at);
    }

    /** Reads a 32-bit integer. */
    public static int getI32(MemoryView memory, long address) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 4, PageTable.READ)) {
            return UNSAFE.getInt(memory.base + address);
        }
        return slowI32(memory, address);
    }

    private static int slowI32(MemoryView memory, long address) {
        return (int) memory.pages.load(address, 4);
    }

    /** Writes a 32-bit integer; the address is unsigned. */
    public static void setI32(MemoryView memory, int address, int offset, int value) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 4, PageTable.WRITE)) {
            UNSAFE.putInt(memory.base + at, value);
        } else {
            memory.pages.store(at, 4, value);
        }
    }

    /** Writes a 32-bit integer. */
    public static void setI32(MemoryView memory, long address, int value) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 4, PageTable.WRITE)) {
            UNSAFE.putInt(memory.base + address, value);
        } else {
            memory.pages.store(address, 4, value);
        }
    }

    // ---- 64 bits ----

    /** Reads a 64-bit integer; the address is unsigned. */
    public static long getI64(MemoryView memory, int address, int offset) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 8, PageTable.READ)) {
            return UNSAFE.getLong(memory.base + at);
        }
        return slowI64(memory, at);
    }

    /** Reads a 64-bit integer. */
    public static long getI64(MemoryView memory, long address) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 8, PageTable.READ)) {
            return UNSAFE.getLong(memory.base + address);
        }
        return slowI64(memory, address);
    }

    private static long slowI64(MemoryView memory, long address) {
        return memory.pages.load(address, 8);
    }

    /** Writes a 64-bit integer; the address is unsigned. */
    public static void setI64(MemoryView memory, int address, int offset, long value) {
        long at = (address & 0xffff_ffffL) + offset;
        if (DIRECT && allows(memory, at, 8, PageTable.WRITE)) {
            UNSAFE.putLong(memory.base + at, value);
        } else {
            memory.pages.store(at, 8, value);
        }
    }

    /** Writes a 64-bit integer. */
    public static void setI64(MemoryView memory, long address, long value) {
        if (DIRECT && covered(memory, address) && allows(memory, address, 8, PageTable.WRITE)) {
            UNSAFE.putLong(memory.base + address, value);
        } else {
            memory.pages.store(address, 8, value);
        }
    }
}
