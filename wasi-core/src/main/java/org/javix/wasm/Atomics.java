package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.internal.misc.Unsafe;

/**
 * The atomic instructions (threads proposal). Public for compiled code only.
 *
 * <p>All are sequentially consistent. 8 and 16 bits travel zero-extended; what changes them replaces the
 * 32-bit word around them, since Java's handles have atomic updates of memory for no less.
 *
 * <p>Where memory can be accessed directly (see {@link MemoryView}), each is a comparison and one machine instruction.
 * Everything else, faults included, takes the exact way, by {@link #place}.
 */
public final class Atomics {
    private static final Unsafe UNSAFE = MemoryView.isDirect() ? Unsafe.getUnsafe() : null;

    private static final VarHandle I8 = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle I16 = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle I32 = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();
    private static final VarHandle I64 = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    private Atomics() {}

    /** What an update does with the old value and the operand. */
    private enum Update {
        ADD,
        SUB,
        AND,
        OR,
        XOR,
        XCHG;

        int apply(int old, int operand) {
            return switch (this) {
                case ADD -> old + operand;
                case SUB -> old - operand;
                case AND -> old & operand;
                case OR -> old | operand;
                case XOR -> old ^ operand;
                case XCHG -> operand;
            };
        }
    }

    /** Where in {@link #place} an address is. */
    private static long at(MemoryView memory, long address) {
        return memory.pages == null ? address : PageTable.inPage(address);
    }

    /** The segment in which an access lies whose address must be a multiple of its width in bytes. */
    private static MemorySegment place(MemoryView memory, long address, int width, boolean store) {
        MemoryView now = memory;
        while (true) {
            // A negative one is beyond all memories.
            if (address >= 0 && (address & width - 1) != 0) {
                TrapPoint.access(Trap.Kind.UNALIGNED_ATOMIC, address, store);
            } else if (memory.pages != null) {
                return memory.pages.place(address, width, store);
            } else if (address < 0 || address > now.segment.byteSize() - width) {
                now = now.outOfBounds(address, store);
            } else {
                return now.segment;
            }
        }
    }

    /** Faults where the bytes cannot be changed. */
    private static void require(MemoryView memory, long address, int width) {
        if (memory.direct(address, width, true) == 0) {
            place(memory, address, width, true);
        }
    }

    /** An access by the host: traps where {@link #place} would fault. */
    static void check(MemorySegment memory, long address, int width) {
        if (address >= 0 && (address & width - 1) != 0) {
            throw new Trap(Trap.Kind.UNALIGNED_ATOMIC);
        }
        if (address < 0 || address > memory.byteSize() - width) {
            throw new Trap(Trap.Kind.OUT_OF_BOUNDS_MEMORY);
        }
    }

    /** A 32-bit integer, read by the host. */
    static int read32(MemorySegment memory, long address) {
        check(memory, address, 4);
        return (int) I32.getVolatile(memory, address);
    }

    /** A 64-bit integer, read by the host. */
    static long read64(MemorySegment memory, long address) {
        check(memory, address, 8);
        return (long) I64.getVolatile(memory, address);
    }

    /** {@code atomic.fence}. */
    public static void fence() {
        VarHandle.fullFence();
    }

    // ---- 8 and 16 bits ----

    private static int update(MemoryView memory, long address, int width, Update update, int operand) {
        require(memory, address, width);
        long word = address & ~3;
        int shift = (int) (address & 3) << 3;
        int mask = (1 << 8 * width) - 1;
        while (true) {
            int old = load32(memory, word);
            int part = old >>> shift & mask;
            int replaced = old & ~(mask << shift) | (update.apply(part, operand) & mask) << shift;
            if (cmpxchg32(memory, word, old, replaced) == old) {
                return part;
            }
        }
    }

    private static int exchange(MemoryView memory, long address, int width, int expected, int replacement) {
        require(memory, address, width);
        long word = address & ~3;
        int shift = (int) (address & 3) << 3;
        int mask = (1 << 8 * width) - 1;
        while (true) {
            int old = load32(memory, word);
            int part = old >>> shift & mask;
            if (part != (expected & mask)
                    || cmpxchg32(memory, word, old, old & ~(mask << shift) | (replacement & mask) << shift) == old) {
                return part;
            }
        }
    }

    /** {@code i32.atomic.load8_u}. */
    public static int load8(MemoryView memory, long address) {
        long at = memory.direct(address, 1, false);
        byte value = at != 0
                ? UNSAFE.getByteVolatile(null, at)
                : (byte) I8.getVolatile(place(memory, address, 1, false), at(memory, address));
        return value & 0xff;
    }

    /** {@code i32.atomic.store8}. */
    public static void store8(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 1, true);
        if (at != 0) {
            UNSAFE.putByteVolatile(null, at, (byte) value);
        } else {
            I8.setVolatile(place(memory, address, 1, true), at(memory, address), (byte) value);
        }
    }

    /** {@code i32.atomic.rmw8.add_u}. */
    public static int add8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.ADD, value);
    }

    /** {@code i32.atomic.rmw8.sub_u}. */
    public static int sub8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.SUB, value);
    }

    /** {@code i32.atomic.rmw8.and_u}. */
    public static int and8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.AND, value);
    }

    /** {@code i32.atomic.rmw8.or_u}. */
    public static int or8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.OR, value);
    }

    /** {@code i32.atomic.rmw8.xor_u}. */
    public static int xor8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.XOR, value);
    }

    /** {@code i32.atomic.rmw8.xchg_u}. */
    public static int xchg8(MemoryView memory, long address, int value) {
        return update(memory, address, 1, Update.XCHG, value);
    }

    /** {@code i32.atomic.rmw8.cmpxchg_u}. */
    public static int cmpxchg8(MemoryView memory, long address, int expected, int replacement) {
        return exchange(memory, address, 1, expected, replacement);
    }

    /** {@code i32.atomic.load16_u}. */
    public static int load16(MemoryView memory, long address) {
        long at = memory.direct(address, 2, false);
        short value = at != 0
                ? UNSAFE.getShortVolatile(null, at)
                : (short) I16.getVolatile(place(memory, address, 2, false), at(memory, address));
        return value & 0xffff;
    }

    /** {@code i32.atomic.store16}. */
    public static void store16(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 2, true);
        if (at != 0) {
            UNSAFE.putShortVolatile(null, at, (short) value);
        } else {
            I16.setVolatile(place(memory, address, 2, true), at(memory, address), (short) value);
        }
    }

    /** {@code i32.atomic.rmw16.add_u}. */
    public static int add16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.ADD, value);
    }

    /** {@code i32.atomic.rmw16.sub_u}. */
    public static int sub16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.SUB, value);
    }

    /** {@code i32.atomic.rmw16.and_u}. */
    public static int and16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.AND, value);
    }

    /** {@code i32.atomic.rmw16.or_u}. */
    public static int or16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.OR, value);
    }

    /** {@code i32.atomic.rmw16.xor_u}. */
    public static int xor16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.XOR, value);
    }

    /** {@code i32.atomic.rmw16.xchg_u}. */
    public static int xchg16(MemoryView memory, long address, int value) {
        return update(memory, address, 2, Update.XCHG, value);
    }

    /** {@code i32.atomic.rmw16.cmpxchg_u}. */
    public static int cmpxchg16(MemoryView memory, long address, int expected, int replacement) {
        return exchange(memory, address, 2, expected, replacement);
    }

    // ---- 32 bits ----

    /** {@code i32.atomic.load}. */
    public static int load32(MemoryView memory, long address) {
        long at = memory.direct(address, 4, false);
        return at != 0
                ? UNSAFE.getIntVolatile(null, at)
                : (int) I32.getVolatile(place(memory, address, 4, false), at(memory, address));
    }

    /** {@code i32.atomic.store}. */
    public static void store32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        if (at != 0) {
            UNSAFE.putIntVolatile(null, at, value);
        } else {
            I32.setVolatile(place(memory, address, 4, true), at(memory, address), value);
        }
    }

    /** {@code i32.atomic.rmw.add}. */
    public static int add32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.getAndAddInt(null, at, value)
                : (int) I32.getAndAdd(place(memory, address, 4, true), at(memory, address), value);
    }

    /** {@code i32.atomic.rmw.sub}. */
    public static int sub32(MemoryView memory, long address, int value) {
        return add32(memory, address, -value);
    }

    /** {@code i32.atomic.rmw.and}. */
    public static int and32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.getAndBitwiseAndInt(null, at, value)
                : (int) I32.getAndBitwiseAnd(place(memory, address, 4, true), at(memory, address), value);
    }

    /** {@code i32.atomic.rmw.or}. */
    public static int or32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.getAndBitwiseOrInt(null, at, value)
                : (int) I32.getAndBitwiseOr(place(memory, address, 4, true), at(memory, address), value);
    }

    /** {@code i32.atomic.rmw.xor}. */
    public static int xor32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.getAndBitwiseXorInt(null, at, value)
                : (int) I32.getAndBitwiseXor(place(memory, address, 4, true), at(memory, address), value);
    }

    /** {@code i32.atomic.rmw.xchg}. */
    public static int xchg32(MemoryView memory, long address, int value) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.getAndSetInt(null, at, value)
                : (int) I32.getAndSet(place(memory, address, 4, true), at(memory, address), value);
    }

    /** {@code i32.atomic.rmw.cmpxchg}. */
    public static int cmpxchg32(MemoryView memory, long address, int expected, int replacement) {
        long at = memory.direct(address, 4, true);
        return at != 0
                ? UNSAFE.compareAndExchangeInt(null, at, expected, replacement)
                : (int) I32.compareAndExchange(place(memory, address, 4, true), at(memory, address), expected, replacement);
    }

    // ---- 64 bits ----

    /** {@code i64.atomic.load}. */
    public static long load64(MemoryView memory, long address) {
        long at = memory.direct(address, 8, false);
        return at != 0
                ? UNSAFE.getLongVolatile(null, at)
                : (long) I64.getVolatile(place(memory, address, 8, false), at(memory, address));
    }

    /** {@code i64.atomic.store}. */
    public static void store64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        if (at != 0) {
            UNSAFE.putLongVolatile(null, at, value);
        } else {
            I64.setVolatile(place(memory, address, 8, true), at(memory, address), value);
        }
    }

    /** {@code i64.atomic.rmw.add}. */
    public static long add64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.getAndAddLong(null, at, value)
                : (long) I64.getAndAdd(place(memory, address, 8, true), at(memory, address), value);
    }

    /** {@code i64.atomic.rmw.sub}. */
    public static long sub64(MemoryView memory, long address, long value) {
        return add64(memory, address, -value);
    }

    /** {@code i64.atomic.rmw.and}. */
    public static long and64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.getAndBitwiseAndLong(null, at, value)
                : (long) I64.getAndBitwiseAnd(place(memory, address, 8, true), at(memory, address), value);
    }

    /** {@code i64.atomic.rmw.or}. */
    public static long or64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.getAndBitwiseOrLong(null, at, value)
                : (long) I64.getAndBitwiseOr(place(memory, address, 8, true), at(memory, address), value);
    }

    /** {@code i64.atomic.rmw.xor}. */
    public static long xor64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.getAndBitwiseXorLong(null, at, value)
                : (long) I64.getAndBitwiseXor(place(memory, address, 8, true), at(memory, address), value);
    }

    /** {@code i64.atomic.rmw.xchg}. */
    public static long xchg64(MemoryView memory, long address, long value) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.getAndSetLong(null, at, value)
                : (long) I64.getAndSet(place(memory, address, 8, true), at(memory, address), value);
    }

    /** {@code i64.atomic.rmw.cmpxchg}. */
    public static long cmpxchg64(MemoryView memory, long address, long expected, long replacement) {
        long at = memory.direct(address, 8, true);
        return at != 0
                ? UNSAFE.compareAndExchangeLong(null, at, expected, replacement)
                : (long) I64.compareAndExchange(place(memory, address, 8, true), at(memory, address), expected, replacement);
    }

    // ---- Waiting ----

    /** {@code memory.atomic.notify}. */
    public static int notify(long address, int count, Instance instance, int memory) {
        place(instance.memories[memory].view(), address, 4, false);
        return instance.memories[memory].notify(address, count);
    }

    /** {@code memory.atomic.wait32} of a memory with 32-bit addresses. */
    public static int wait32(int address, int expected, long timeout, Instance instance, long offset, int memory)
            throws Unwind {
        return wait(Integer.toUnsignedLong(address) + offset, expected, false, timeout, instance, memory);
    }

    /** {@code memory.atomic.wait32} of a memory with 64-bit addresses. */
    public static int wait32(long address, int expected, long timeout, Instance instance, long offset, int memory)
            throws Unwind {
        return wait(Ops.wideAddress(address, offset), expected, false, timeout, instance, memory);
    }

    /** {@code memory.atomic.wait64} of a memory with 32-bit addresses. */
    public static int wait64(int address, long expected, long timeout, Instance instance, long offset, int memory)
            throws Unwind {
        return wait(Integer.toUnsignedLong(address) + offset, expected, true, timeout, instance, memory);
    }

    /** {@code memory.atomic.wait64} of a memory with 64-bit addresses. */
    public static int wait64(long address, long expected, long timeout, Instance instance, long offset, int memory)
            throws Unwind {
        return wait(Ops.wideAddress(address, offset), expected, true, timeout, instance, memory);
    }

    private static int wait(long address, long expected, boolean wide, long timeout, Instance instance, int memory)
            throws Unwind {
        place(instance.memories[memory].view(), address, wide ? 8 : 4, false);
        return MemoryWaits.await(instance, new MemoryWaits.Request(memory, address, expected, wide, timeout));
    }
}
