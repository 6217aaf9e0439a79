package org.javix.wasm;

import java.util.Objects;
import jdk.internal.misc.Unsafe;

/**
 * The loads and stores of code that is compiled for protected pages: as {@link LoadStore} has them, but in the pages only
 * that are {@linkplain PageTable#allowAll known to be plain}; every other access asks the page table, by {@link PagedView}. Public
 * for compiled code only.
 *
 * <p>Page zero is never plain, so the comparison is of the distance from {@link PageTable#PLAIN_START}. An access whose
 * offset alone leads beyond that page needs no subtraction: it goes with {@code below} 0 and an end that is lowered by
 * what the offset exceeds the page.
 */
public final class PagedLoadStore {
    private static final Unsafe UNSAFE = MemoryView.isDirect() ? Unsafe.getUnsafe() : null;

    private PagedLoadStore() {}

    /** Where an access is in the host's address space that is below the end. */
    private static long place(int address, int below, int end, int offset, long base) {
        return base + Objects.checkIndex(address - below, end) + (below + offset - LoadStore.BIAS);
    }

    // A value of 64 bits takes two locals, and a store of it would have 37 bytes without these.

    private static void put(int address, int below, int end, int offset, long base, long value) {
        LoadStore.put(place(address, below, end, offset, base), value);
    }

    private static void put(int address, int below, int end, int offset, long base, double value) {
        LoadStore.put(place(address, below, end, offset, base), value);
    }

    // ---- 8-bit integers ----

    /** Reads an 8-bit integer; the address and the offset are unsigned. */
    public static byte getI8(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getByte(place(address, below, end, offset, base));
        }
        return pagedI8(address, offset, instance);
    }

    private static byte pagedI8(int address, int offset, Instance instance) {
        return PagedView.getI8(instance.memory0, address, offset);
    }

    /** Writes an 8-bit integer; the address and the offset are unsigned. */
    public static void setI8(int address, byte value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            LoadStore.put(place(address, below, end, offset, base), value);
            return;
        }
        pagedI8(address, value, offset, instance);
    }

    private static void pagedI8(int address, byte value, int offset, Instance instance) {
        PagedView.setI8(instance.memory0, address, offset, value);
    }

    // ---- 16-bit integers ----

    /** Reads a 16-bit integer; the address and the offset are unsigned. */
    public static short getI16(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getShort(place(address, below, end, offset, base));
        }
        return pagedI16(address, offset, instance);
    }

    private static short pagedI16(int address, int offset, Instance instance) {
        return PagedView.getI16(instance.memory0, address, offset);
    }

    /** Writes a 16-bit integer; the address and the offset are unsigned. */
    public static void setI16(int address, short value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            LoadStore.put(place(address, below, end, offset, base), value);
            return;
        }
        pagedI16(address, value, offset, instance);
    }

    private static void pagedI16(int address, short value, int offset, Instance instance) {
        PagedView.setI16(instance.memory0, address, offset, value);
    }

    // ---- 32-bit integers ----

    /** Reads a 32-bit integer; the address and the offset are unsigned. */
    public static int getI32(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getInt(place(address, below, end, offset, base));
        }
        return pagedI32(address, offset, instance);
    }

    private static int pagedI32(int address, int offset, Instance instance) {
        return PagedView.getI32(instance.memory0, address, offset);
    }

    /** Writes a 32-bit integer; the address and the offset are unsigned. */
    public static void setI32(int address, int value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            LoadStore.put(place(address, below, end, offset, base), value);
            return;
        }
        pagedI32(address, value, offset, instance);
    }

    private static void pagedI32(int address, int value, int offset, Instance instance) {
        PagedView.setI32(instance.memory0, address, offset, value);
    }

    // ---- 64-bit integers ----

    /** Reads a 64-bit integer; the address and the offset are unsigned. */
    public static long getI64(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getLong(place(address, below, end, offset, base));
        }
        return pagedI64(address, offset, instance);
    }

    private static long pagedI64(int address, int offset, Instance instance) {
        return PagedView.getI64(instance.memory0, address, offset);
    }

    /** Writes a 64-bit integer; the address and the offset are unsigned. */
    public static void setI64(int address, long value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            put(address, below, end, offset, base, value);
            return;
        }
        pagedI64(address, value, offset, instance);
    }

    private static void pagedI64(int address, long value, int offset, Instance instance) {
        PagedView.setI64(instance.memory0, address, offset, value);
    }

    // ---- 32-bit floats ----

    /** Reads a 32-bit float; the address and the offset are unsigned. */
    public static float getF32(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getFloat(place(address, below, end, offset, base));
        }
        return pagedF32(address, offset, instance);
    }

    private static float pagedF32(int address, int offset, Instance instance) {
        return Float.intBitsToFloat(PagedView.getI32(instance.memory0, address, offset));
    }

    /** Writes a 32-bit float; the address and the offset are unsigned. */
    public static void setF32(int address, float value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            LoadStore.put(place(address, below, end, offset, base), value);
            return;
        }
        pagedF32(address, value, offset, instance);
    }

    private static void pagedF32(int address, float value, int offset, Instance instance) {
        PagedView.setI32(instance.memory0, address, offset, Float.floatToRawIntBits(value));
    }

    // ---- 64-bit floats ----

    /** Reads a 64-bit float; the address and the offset are unsigned. */
    public static double getF64(int address, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            return UNSAFE.getDouble(place(address, below, end, offset, base));
        }
        return pagedF64(address, offset, instance);
    }

    private static double pagedF64(int address, int offset, Instance instance) {
        return Double.longBitsToDouble(PagedView.getI64(instance.memory0, address, offset));
    }

    /** Writes a 64-bit float; the address and the offset are unsigned. */
    public static void setF64(int address, double value, int offset, int below, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address - below, end) < 0) {
            put(address, below, end, offset, base, value);
            return;
        }
        pagedF64(address, value, offset, instance);
    }

    private static void pagedF64(int address, double value, int offset, Instance instance) {
        PagedView.setI64(instance.memory0, address, offset, Double.doubleToRawLongBits(value));
    }
}
