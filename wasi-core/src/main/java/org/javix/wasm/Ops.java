package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * What compiled code calls: the instructions that have no JVM instruction of their own
 * (WebAssembly specification, section 4.3). Public for compiled code only.
 */
public final class Ops {
    /** An 8-bit integer in linear memory. */
    public static final ValueLayout.OfByte I8 = ValueLayout.JAVA_BYTE;

    /** A 16-bit integer in linear memory. */
    public static final ValueLayout.OfShort I16 =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A 32-bit integer in linear memory. */
    public static final ValueLayout.OfInt I32 =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A 64-bit integer in linear memory. */
    public static final ValueLayout.OfLong I64 =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** After a block of more bytes, the guest can be ended, and the next iteration polls. */
    private static final int LONG_BLOCK = 1 << 16;

    private Ops() {}

    /** What a failure of the JVM means to the guest; everything else stays what it is. */
    static RuntimeException trap(Throwable failure) {
        return switch (failure) {
            case Trap trap -> trap;
            case IndexOutOfBoundsException e -> new Trap(Trap.Kind.OUT_OF_BOUNDS_MEMORY, e);
            case ArithmeticException e -> new Trap(Trap.Kind.DIVIDE_BY_ZERO, e);
            case StackOverflowError e -> new Trap(Trap.Kind.STACK_EXHAUSTED, e);
            case RuntimeException e -> e;
            default -> throw new AssertionError(failure);
        };
    }

    /** {@code unreachable}. */
    public static Trap unreachable() {
        return TrapPoint.raise(Trap.Kind.UNREACHABLE);
    }

    // ---- Integers ----

    /** {@code i32.div_s}. */
    public static int divS(int a, int b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        if (b == -1 && a == Integer.MIN_VALUE) {
            throw TrapPoint.raise(Trap.Kind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    /** {@code i64.div_s}. */
    public static long divS(long a, long b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        if (b == -1 && a == Long.MIN_VALUE) {
            throw TrapPoint.raise(Trap.Kind.INTEGER_OVERFLOW);
        }
        return a / b;
    }

    /** {@code i32.div_u}. */
    public static int divU(int a, int b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return Integer.divideUnsigned(a, b);
    }

    /** {@code i64.div_u}. */
    public static long divU(long a, long b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return Long.divideUnsigned(a, b);
    }

    /** {@code i32.rem_s}. */
    public static int remS(int a, int b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return a % b;
    }

    /** {@code i64.rem_s}. */
    public static long remS(long a, long b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return a % b;
    }

    /** {@code i32.rem_u}. */
    public static int remU(int a, int b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return Integer.remainderUnsigned(a, b);
    }

    /** {@code i64.rem_u}. */
    public static long remU(long a, long b) {
        if (b == 0) {
            throw TrapPoint.raise(Trap.Kind.DIVIDE_BY_ZERO);
        }
        return Long.remainderUnsigned(a, b);
    }

    // ---- Floating point ----

    /** {@code f32.trunc}. */
    public static float trunc(float a) {
        return (float) trunc((double) a);
    }

    /** {@code f64.trunc}. */
    public static double trunc(double a) {
        return a < 0 ? Math.ceil(a) : floor(a);
    }

    /** {@code f32.ceil}. */
    public static float ceil(float a) {
        return (float) Math.ceil(a);
    }

    /** {@code f32.floor}. */
    public static float floor(float a) {
        return (float) Math.floor(a);
    }

    /** {@code f64.ceil}: unlike Java's, it never gives a signalling NaN. */
    public static double ceil(double a) {
        return a == a ? Math.ceil(a) : a + a;
    }

    /** {@code f64.floor}: unlike Java's, it never gives a signalling NaN. */
    public static double floor(double a) {
        return a == a ? Math.floor(a) : a + a;
    }

    /** {@code f32.nearest}. */
    public static float nearest(float a) {
        return (float) Math.rint(a);
    }

    /** {@code f32.min}: unlike Java's, it never gives a signalling NaN. */
    public static float min(float a, float b) {
        float result = Math.min(a, b);
        return result == result ? result : a + b;
    }

    /** {@code f64.min}: unlike Java's, it never gives a signalling NaN. */
    public static double min(double a, double b) {
        double result = Math.min(a, b);
        return result == result ? result : a + b;
    }

    /** {@code f32.max}: unlike Java's, it never gives a signalling NaN. */
    public static float max(float a, float b) {
        float result = Math.max(a, b);
        return result == result ? result : a + b;
    }

    /** {@code f64.max}: unlike Java's, it never gives a signalling NaN. */
    public static double max(double a, double b) {
        double result = Math.max(a, b);
        return result == result ? result : a + b;
    }

    /** {@code f32.sqrt}. */
    public static float sqrt(float a) {
        return (float) Math.sqrt(a);
    }

    /** {@code f32.abs}: the sign bit alone, so that a NaN keeps its payload. */
    public static float abs(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) & 0x7fff_ffff);
    }

    /** {@code f64.abs}. */
    public static double abs(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) & Long.MAX_VALUE);
    }

    /** {@code f32.neg}. */
    public static float neg(float a) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(a) ^ Integer.MIN_VALUE);
    }

    /** {@code f64.neg}. */
    public static double neg(double a) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(a) ^ Long.MIN_VALUE);
    }

    /** {@code f32.copysign}. */
    public static float copysign(float a, float b) {
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(a) & 0x7fff_ffff | Float.floatToRawIntBits(b) & Integer.MIN_VALUE);
    }

    /** {@code f64.copysign}. */
    public static double copysign(double a, double b) {
        return Double.longBitsToDouble(
                Double.doubleToRawLongBits(a) & Long.MAX_VALUE | Double.doubleToRawLongBits(b) & Long.MIN_VALUE);
    }

    // ---- Conversions ----

    private static Trap conversion(double a) {
        return TrapPoint.raise(Double.isNaN(a) ? Trap.Kind.INVALID_CONVERSION : Trap.Kind.INTEGER_OVERFLOW);
    }

    /** {@code i32.trunc_f64_s}; an f32 converts exactly. */
    public static int truncI32S(double a) {
        if (!(a > -2147483649.0 && a < 2147483648.0)) {
            throw conversion(a);
        }
        return (int) a;
    }

    /** {@code i32.trunc_f64_u}. */
    public static int truncI32U(double a) {
        if (!(a > -1.0 && a < 4294967296.0)) {
            throw conversion(a);
        }
        return (int) (long) a;
    }

    /** {@code i64.trunc_f64_s}. */
    public static long truncI64S(double a) {
        if (!(a >= -0x1p63 && a < 0x1p63)) {
            throw conversion(a);
        }
        return (long) a;
    }

    /** {@code i64.trunc_f64_u}. */
    public static long truncI64U(double a) {
        if (!(a > -1.0 && a < 0x1p64)) {
            throw conversion(a);
        }
        return truncSatI64U(a);
    }

    /** {@code i32.trunc_sat_f64_u}. */
    public static int truncSatI32U(double a) {
        return a >= 4294967295.0 ? -1 : a > 0 ? (int) (long) a : 0;
    }

    /** {@code i64.trunc_sat_f64_u}. */
    public static long truncSatI64U(double a) {
        if (a < 0x1p63) {
            return a > 0 ? (long) a : 0;
        }
        return a < 0x1p64 ? (long) (a - 0x1p63) ^ Long.MIN_VALUE : Double.isNaN(a) ? 0 : -1;
    }

    /** {@code f32.convert_i64_u}: rounds once, since the lowest bit keeps what is shifted out. */
    public static float convertF32U(long a) {
        return a >= 0 ? (float) a : (float) (a >>> 1 | a & 1) * 2;
    }

    /** {@code f64.convert_i64_u}. */
    public static double convertF64U(long a) {
        return a >= 0 ? (double) a : (double) (a >>> 1 | a & 1) * 2;
    }

    // ---- Branches ----

    /** {@code br_table} with a large table: the number of the place that an index leads to; 0 for one behind the table. */
    public static int place(int index, String table) {
        return Integer.compareUnsigned(index, table.length()) < 0 ? table.charAt(index) : 0;
    }

    // ---- Calls ----

    /** The function at a table's index. */
    public static FuncRef element(Table table, int index) {
        Object[] elements = table.elements;
        if (index < 0 || index >= elements.length) {
            throw TrapPoint.raise(Trap.Kind.UNDEFINED_ELEMENT);
        }
        FuncRef function = (FuncRef) elements[index];
        if (function == null) {
            throw TrapPoint.raise(Trap.Kind.UNINITIALIZED_ELEMENT);
        }
        return function;
    }

    /** The function that a reference is to, which is called. */
    public static FuncRef callee(Object reference) {
        if (reference == null) {
            throw TrapPoint.raise(Trap.Kind.NULL_FUNCTION_REFERENCE);
        }
        return (FuncRef) reference;
    }

    /** {@code ref.as_non_null}. */
    public static Object nonNull(Object reference) {
        if (reference == null) {
            throw TrapPoint.raise(Trap.Kind.NULL_REFERENCE);
        }
        return reference;
    }

    /** {@code call_indirect}: a function of the instance itself has the other type. */
    public static Trap typeMismatch() {
        return TrapPoint.raise(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
    }

    /** {@code call_indirect} of another instance's or the host's function. */
    public static void invokeForeign(FuncRef function, int type, long[] slots, Instance caller) throws Unwind {
        if (!function.type().equals(caller.code.module().types().get(type))) {
            throw typeMismatch();
        }
        function.invoke(caller, slots);
    }

    /**
     * {@code call_indirect} of any other function, where its type may be another one: superfluous arguments
     * are dropped, missing ones are 0, as is a missing result.
     */
    public static void invokeLoosely(FuncRef function, int type, long[] slots, Instance caller) throws Unwind {
        FuncType expected = caller.code.module().types().get(type);
        FuncType actual = function.type();
        if (actual.equals(expected)) {
            function.invoke(caller, slots);
            return;
        }
        if (!isLoose(expected) || !isLoose(actual)) {
            throw typeMismatch();
        }
        int parameters = actual.params().size();
        long[] adapted = Arrays.copyOf(slots, Math.max(1, parameters));
        Arrays.fill(adapted, Math.min(expected.params().size(), parameters), adapted.length, 0);
        function.invoke(caller, adapted);
        slots[0] = actual.results().isEmpty() ? 0 : adapted[0];
    }

    /** Whether a function is one that C can declare, without vectors. */
    private static boolean isLoose(FuncType type) {
        return type.resultSlots() <= 1
                && type.parameterSlots() == type.params().size()
                && type.params().stream().noneMatch(ValType::isReference)
                && type.results().stream().noneMatch(ValType::isReference);
    }

    // ---- Memory ----

    /** The view of a memory in which a range lies; both numbers are unsigned. */
    private static MemoryView range(MemoryView memory, long at, long length, boolean store) {
        MemoryView now = memory;
        while (true) {
            long size = now.segment.byteSize();
            if (at >= 0 && length >= 0 && length <= size && at <= size - length) {
                return now;
            }
            now = now.outOfBounds(at < 0 ? at : Math.max(at, size), store);
        }
    }

    /** The unsigned sum of a 64-bit address and an offset; far below 0 from 2^63 on, which is out of bounds. */
    public static long wideAddress(long address, long offset) {
        long sum = address + offset;
        return (address | offset | sum) < 0 ? Long.MIN_VALUE : sum;
    }

    /** {@code memory.grow}; the pages are unsigned. */
    public static long memoryGrow(long pages, Instance instance, int memory) {
        return instance.memories[memory].grow(pages);
    }

    /** What the function's count of iterations ({@link FunctionScope#fuelSlot}) must be at least after a block of so many bytes. */
    private static int fuelAfter(long length, Instance instance) {
        if (length <= LONG_BLOCK) {
            return 0;
        }
        instance.afterLongWork();
        return FunctionCompiler.LAST;
    }

    /** The count of iterations, at least as given. One that has overflowed stays, so that the loop polls. */
    public static int fuel(int least, int count) {
        return Integer.compareUnsigned(count, least) < 0 ? least : count;
    }

    /** {@code memory.fill}. It and {@code memory.copy} answer what the function's count of iterations must be at least. */
    public static int memoryFill(int to, int value, int length, MemoryView memory, Instance instance) {
        return memoryFill(Integer.toUnsignedLong(to), value, Integer.toUnsignedLong(length), memory, instance);
    }

    /** The same number; but HotSpot knows it here only, by its sign ({@link CaseLocal}). */
    public static int here(int number) {
        return Integer.compareUnsigned(number, Integer.MAX_VALUE) < 0
                ? Objects.checkIndex(number, Integer.MAX_VALUE)
                : hereNegative(number);
    }

    private static int hereNegative(int number) {
        return Integer.compareUnsigned(~number, Integer.MAX_VALUE) < 0 ? ~Objects.checkIndex(~number, Integer.MAX_VALUE) : number;
    }

    /** {@code memory.fill} of a memory with 64-bit addresses. */
    public static int memoryFill(long to, int value, long length, MemoryView memory, Instance instance) {
        if (memory.pages != null) {
            memory.pages.fill(to, length, (byte) value);
        } else {
            Blocks.fill(range(memory, to, length, true), to, length, (byte) value);
        }
        return fuelAfter(length, instance);
    }

    /** {@code memory.copy}. */
    public static int memoryCopy(int to, int from, int length, MemoryView target, MemoryView source, Instance instance) {
        return memoryCopy(Integer.toUnsignedLong(to), Integer.toUnsignedLong(from), Integer.toUnsignedLong(length), target, source, instance);
    }

    /** {@code memory.copy} between memories with 64-bit addresses. */
    public static int memoryCopy(long to, long from, long length, MemoryView target, MemoryView source, Instance instance) {
        if (target.pages != null) {
            PageTable.copy(target.pages, to, source.pages, from, length);
        } else {
            MemoryView read = range(source, from, length, false);
            Blocks.copy(read, from, range(target, to, length, true), to, length);
        }
        return fuelAfter(length, instance);
    }

    /** {@code memory.copy} from 32-bit to 64-bit addresses. */
    public static int memoryCopy(long to, int from, int length, MemoryView target, MemoryView source, Instance instance) {
        return memoryCopy(to, Integer.toUnsignedLong(from), Integer.toUnsignedLong(length), target, source, instance);
    }

    /** {@code memory.copy} from 64-bit to 32-bit addresses. */
    public static int memoryCopy(int to, long from, int length, MemoryView target, MemoryView source, Instance instance) {
        return memoryCopy(Integer.toUnsignedLong(to), from, Integer.toUnsignedLong(length), target, source, instance);
    }

    /** {@code memory.init}. */
    public static void memoryInit(int to, int from, int length, MemoryView memory, int segment, Instance instance) {
        memoryInit(Integer.toUnsignedLong(to), from, length, memory, segment, instance);
    }

    /** {@code memory.init} of a memory with 64-bit addresses. */
    public static void memoryInit(long at, int from, int length, MemoryView memory, int segment, Instance instance) {
        MemorySegment data = instance.data[segment];
        long count = Integer.toUnsignedLong(length);
        long of = Integer.toUnsignedLong(from);
        if (of + count > (data == null ? 0 : data.byteSize())) {
            throw TrapPoint.raise(Trap.Kind.OUT_OF_BOUNDS_MEMORY);
        }
        if (memory.pages != null) {
            memory.pages.require(at, count, true);
            memory.pages.write(at, count == 0 ? MemorySegment.NULL : data, of, count);
            return;
        }
        MemorySegment target = range(memory, at, count, true).segment;
        if (count > 0) {
            MemorySegment.copy(data, of, target, at, count);
        }
    }

    // ---- Tables ----

    private static void check(long at, long count, long size) {
        if (at + count > size) {
            throw TrapPoint.raise(Trap.Kind.OUT_OF_BOUNDS_TABLE);
        }
    }

    /** The index that a 64-bit index stands for in a table; no table reaches that of one over 32 bits. */
    public static int tableIndex(long index) {
        return index >>> 32 == 0 ? (int) index : -1;
    }

    /** {@code table.get}. */
    public static Object tableGet(int index, Table table) {
        check(Integer.toUnsignedLong(index), 1, table.elements.length);
        return table.elements[index];
    }

    /** {@code table.set}. */
    public static void tableSet(int index, Object value, Table table) {
        check(Integer.toUnsignedLong(index), 1, table.elements.length);
        table.elements[index] = value;
    }

    /** {@code table.get} of a table with 64-bit indices. */
    public static Object tableGet(long index, Table table) {
        return tableGet(tableIndex(index), table);
    }

    /** {@code table.set} of a table with 64-bit indices. */
    public static void tableSet(long index, Object value, Table table) {
        tableSet(tableIndex(index), value, table);
    }

    /** {@code table.grow} of a table with 64-bit indices. */
    public static long tableGrow(Object value, long count, Table table) {
        return table.grow(count, value);
    }

    /** {@code table.fill} of a table with 64-bit indices. */
    public static void tableFill(long at, Object value, long count, Table table) {
        tableFill(tableIndex(at), value, tableIndex(count), table);
    }

    /** {@code table.copy} between tables with 64-bit indices. */
    public static void tableCopy(long to, long from, long count, Table target, Table source) {
        tableCopy(tableIndex(to), tableIndex(from), tableIndex(count), target, source);
    }

    /** {@code table.copy} from 32-bit to 64-bit indices. */
    public static void tableCopy(long to, int from, int count, Table target, Table source) {
        tableCopy(tableIndex(to), from, count, target, source);
    }

    /** {@code table.copy} from 64-bit to 32-bit indices. */
    public static void tableCopy(int to, long from, int count, Table target, Table source) {
        tableCopy(to, tableIndex(from), count, target, source);
    }

    /** {@code table.init} of a table with 64-bit indices. */
    public static void tableInit(long to, int from, int count, Table table, int segment, Instance instance) {
        tableInit(tableIndex(to), from, count, table, segment, instance);
    }

    /** {@code table.grow}. */
    public static int tableGrow(Object value, int count, Table table) {
        return table.grow(Integer.toUnsignedLong(count), value);
    }

    /** {@code table.fill}. */
    public static void tableFill(int at, Object value, int count, Table table) {
        check(Integer.toUnsignedLong(at), Integer.toUnsignedLong(count), table.elements.length);
        java.util.Arrays.fill(table.elements, at, at + count, value);
    }

    /** {@code table.copy}. */
    public static void tableCopy(int to, int from, int count, Table target, Table source) {
        long n = Integer.toUnsignedLong(count);
        check(Integer.toUnsignedLong(from), n, source.elements.length);
        check(Integer.toUnsignedLong(to), n, target.elements.length);
        System.arraycopy(source.elements, from, target.elements, to, count);
    }

    /** {@code table.init}. */
    public static void tableInit(int to, int from, int count, Table table, int segment, Instance instance) {
        Object[] elements = instance.elements[segment];
        long n = Integer.toUnsignedLong(count);
        check(Integer.toUnsignedLong(from), n, elements == null ? 0 : elements.length);
        check(Integer.toUnsignedLong(to), n, table.elements.length);
        if (count != 0) {
            System.arraycopy(elements, from, table.elements, to, count);
        }
    }

    // ---- Exceptions ----

    /** The stack has ended within a try: what the guest is to catch there. */
    public static WasmException exhausted(StackOverflowError error) {
        return TrapPoint.exhausted(error);
    }

    /** {@code throw_ref}: the exception, or a trap for null. */
    public static WasmException thrown(Object exception) {
        if (exception == null) {
            throw TrapPoint.raise(Trap.Kind.NULL_REFERENCE);
        }
        return (WasmException) exception;
    }
}
