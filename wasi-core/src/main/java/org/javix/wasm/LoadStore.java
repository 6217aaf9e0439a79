package org.javix.wasm;

import java.util.Objects;
import jdk.internal.misc.Unsafe;

/**
 * The loads and stores of compiled code in memory 0. Public for compiled code only.
 *
 * <p>Compiled code keeps two numbers of the memory in locals: its {@code base} in the host's address space, and its
 * {@code end}, below which an address is surely good for an access at any offset up to {@link MemoryView#NEAR} and of any
 * width. So an access is a comparison and one machine instruction, and HotSpot compares only once for all
 * fields of a structure. Every other access, and every one where memory cannot be accessed directly, which is an {@code
 * end} of 0, takes the exact way by {@link MemoryView}; it traps where it has to.
 *
 * <p>A constant address within the memory's least size is an offset to address 0. An offset that is not near goes
 * with an end that is {@linkplain #limit lowered} by it.
 *
 * <p>The comparison is unsigned, in the form that HotSpot's second compiler knows. The order of the parameters, and the parts that
 * stores are made of, keep each method within 35 bytes: those are inlined by its first compiler, so that a program
 * that is not warm yet runs several times as fast, and by its second where they are called rarely, too.
 */
public final class LoadStore {
    /**
     * By how many bytes the base is more than where the memory lies, and the offset that is passed less than the access's. HotSpot
     * adds an address that it knows to be below 2^31 as it is, but only where there is an offset, too: without this, an access at
     * offset 0 has one instruction more.
     */
    static final int BIAS = 1;

    private static final Unsafe UNSAFE = MemoryView.isDirect() ? Unsafe.getUnsafe() : null;

    private LoadStore() {}

    /** The memory's {@code end}, as HotSpot knows not to be negative. */
    public static int end(Instance instance) {
        return instance.memoryEnd & Integer.MAX_VALUE;
    }

    /** The {@code end} for accesses at an offset that is not near. */
    public static int limit(int end, int offset) {
        return Math.max(end - offset, 0);
    }

    /** Where an access is in the host's address space that is below the end. */
    private static long place(int address, int end, int offset, long base) {
        return base + Objects.checkIndex(address, end) + offset;
    }

    static void put(long place, byte value) {
        UNSAFE.putByte(place, value);
    }

    static void put(long place, short value) {
        UNSAFE.putShort(place, value);
    }

    static void put(long place, int value) {
        UNSAFE.putInt(place, value);
    }

    static void put(long place, long value) {
        UNSAFE.putLong(place, value);
    }

    static void put(long place, float value) {
        UNSAFE.putFloat(place, value);
    }

    static void put(long place, double value) {
        UNSAFE.putDouble(place, value);
    }

    // ---- 8-bit integers ----

    /** Reads an 8-bit integer; the address is unsigned. */
    public static byte getI8(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getByte(base + Objects.checkIndex(address, end) + offset);
        }
        return exactI8(address, offset, instance);
    }

    /** Reads an unsigned 8-bit integer; the address is unsigned. */
    public static int getU8(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return u8(place(address, end, offset, base));
        }
        return exactI8(address, offset, instance) & 0xff;
    }

    private static int u8(long place) {
        return UNSAFE.getByte(place) & 0xff;
    }

    private static byte exactI8(int address, int offset, Instance instance) {
        return MemoryView.getI8(instance.memory0, place(address, offset));
    }

    /** Writes an 8-bit integer; the address is unsigned. */
    public static void setI8(int address, byte value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactI8(address, value, offset, instance);
    }

    private static void exactI8(int address, byte value, int offset, Instance instance) {
        MemoryView.setI8(instance.memory0, place(address, offset), value);
    }

    // ---- 16-bit integers ----

    /** Reads a 16-bit integer; the address is unsigned. */
    public static short getI16(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getShort(base + Objects.checkIndex(address, end) + offset);
        }
        return exactI16(address, offset, instance);
    }

    /** Reads an unsigned 16-bit integer; the address is unsigned. */
    public static char getU16(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getChar(base + Objects.checkIndex(address, end) + offset);
        }
        return (char) exactI16(address, offset, instance);
    }

    private static short exactI16(int address, int offset, Instance instance) {
        return MemoryView.getI16(instance.memory0, place(address, offset));
    }

    /** Writes a 16-bit integer; the address is unsigned. */
    public static void setI16(int address, short value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactI16(address, value, offset, instance);
    }

    private static void exactI16(int address, short value, int offset, Instance instance) {
        MemoryView.setI16(instance.memory0, place(address, offset), value);
    }

    // ---- 32-bit integers ----

    /** Reads a 32-bit integer; the address is unsigned. */
    public static int getI32(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getInt(base + Objects.checkIndex(address, end) + offset);
        }
        return exactI32(address, offset, instance);
    }

    private static int exactI32(int address, int offset, Instance instance) {
        return MemoryView.getI32(instance.memory0, place(address, offset));
    }

    /** Writes a 32-bit integer; the address is unsigned. */
    public static void setI32(int address, int value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactI32(address, value, offset, instance);
    }

    private static void exactI32(int address, int value, int offset, Instance instance) {
        MemoryView.setI32(instance.memory0, place(address, offset), value);
    }

    // ---- 64-bit integers ----

    /** Reads a 64-bit integer; the address is unsigned. */
    public static long getI64(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getLong(base + Objects.checkIndex(address, end) + offset);
        }
        return exactI64(address, offset, instance);
    }

    private static long exactI64(int address, int offset, Instance instance) {
        return MemoryView.getI64(instance.memory0, place(address, offset));
    }

    /** Writes a 64-bit integer; the address is unsigned. */
    public static void setI64(int address, long value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactI64(address, value, offset, instance);
    }

    private static void exactI64(int address, long value, int offset, Instance instance) {
        MemoryView.setI64(instance.memory0, place(address, offset), value);
    }

    // ---- 32-bit floats ----

    /** Reads a 32-bit float; the address is unsigned. */
    public static float getF32(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getFloat(base + Objects.checkIndex(address, end) + offset);
        }
        return exactF32(address, offset, instance);
    }

    private static float exactF32(int address, int offset, Instance instance) {
        return Float.intBitsToFloat(MemoryView.getI32(instance.memory0, place(address, offset)));
    }

    /** Writes a 32-bit float; the address is unsigned. */
    public static void setF32(int address, float value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactF32(address, value, offset, instance);
    }

    private static void exactF32(int address, float value, int offset, Instance instance) {
        MemoryView.setI32(instance.memory0, place(address, offset), Float.floatToRawIntBits(value));
    }

    // ---- 64-bit floats ----

    /** Reads a 64-bit float; the address is unsigned. */
    public static double getF64(int address, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            return UNSAFE.getDouble(base + Objects.checkIndex(address, end) + offset);
        }
        return exactF64(address, offset, instance);
    }

    private static double exactF64(int address, int offset, Instance instance) {
        return Double.longBitsToDouble(MemoryView.getI64(instance.memory0, place(address, offset)));
    }

    /** Writes a 64-bit float; the address is unsigned. */
    public static void setF64(int address, double value, int offset, int end, Instance instance, long base) {
        if (Integer.compareUnsigned(address, end) < 0) {
            put(place(address, end, offset, base), value);
            return;
        }
        exactF64(address, value, offset, instance);
    }

    private static void exactF64(int address, double value, int offset, Instance instance) {
        MemoryView.setI64(instance.memory0, place(address, offset), Double.doubleToRawLongBits(value));
    }

    private static long place(int address, int offset) {
        return Integer.toUnsignedLong(address) + offset + BIAS;
    }
}
