package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.constant.ClassDesc;
import org.javix.wasm.VectorOperation.Shape;

/**
 * A vector instruction that touches no memory: the static method of {@code org.javix.wasm.simd} that computes a half of
 * its result, and of which halves of its operands.
 *
 * @param shape what the method is given
 * @param owner the class
 * @param name the method's name
 */
record VectorOperation(Shape shape, ClassDesc owner, String name) {
    /** What is computed of what. In the formulas, a and b are vectors and x is the scalar operand, if there is one. */
    enum Shape {
        /** {@code f(a.low, b.low, x), f(a.high, b.high, x)}: for one to three vectors. */
        EACH,
        /** {@code fLow(a.low, b.low), fHigh(a.low, b.low)}: for one or two vectors. */
        WIDEN_LOW,
        /** {@code fLow(a.high, b.high), fHigh(a.high, b.high)}. */
        WIDEN_HIGH,
        /** {@code f(a.low, a.high), f(b.low, b.high)}. */
        NARROW,
        /** {@code f(a.low, a.high), 0}. */
        NARROW_ZERO,
        /** {@code f(a.low, a.high, b.low), f(a.low, a.high, b.high)}. */
        LOOK_UP,
        /** {@code f(x)} twice. */
        SPLAT,
        /** {@code f(a.low, a.high)}, an i32. */
        REDUCE,
        /** {@code f(half, lane in that half)}, a number. */
        EXTRACT,
        /** {@code f(half, lane in that half, x)} instead of that half. */
        REPLACE
    }

    static final ClassDesc V128 = owner("V128");
    private static final ClassDesc I8X16 = owner("I8x16");
    private static final ClassDesc I16X8 = owner("I16x8");
    private static final ClassDesc I32X4 = owner("I32x4");
    private static final ClassDesc I64X2 = owner("I64x2");
    private static final ClassDesc F32X4 = owner("F32x4");
    private static final ClassDesc F64X2 = owner("F64x2");

    private static final VectorOperation[] ALL = new VectorOperation[0x100];

    /** The operation of an opcode, or null. */
    static VectorOperation of(int opcode) {
        return opcode >= FD && opcode < FD + ALL.length ? ALL[opcode - FD] : null;
    }

    private static ClassDesc owner(String name) {
        return ClassDesc.of("org.javix.wasm.simd", name);
    }

    /** Declares the opcodes from the first one on, in their order. */
    private static void add(Shape shape, ClassDesc owner, int first, String... names) {
        for (int i = 0; i < names.length; i++) {
            ALL[first - FD + i] = new VectorOperation(shape, owner, names[i]);
        }
    }

    private static void each(ClassDesc owner, int first, String... names) {
        add(Shape.EACH, owner, first, names);
    }

    static {
        lanes();
        bytes();
        shorts();
        ints();
        longs();
        floats();
    }

    private static void lanes() {
        add(Shape.LOOK_UP, V128, I8X16_SWIZZLE, "swizzle");
        each(V128, V128_NOT, "not", "and", "andnot", "or", "xor", "bitselect");
        add(Shape.REDUCE, V128, V128_ANY_TRUE, "anyTrue");
        add(Shape.SPLAT, I8X16, I8X16_SPLAT, "splat");
        add(Shape.SPLAT, I16X8, I16X8_SPLAT, "splat");
        add(Shape.SPLAT, I32X4, I32X4_SPLAT, "splat");
        add(Shape.SPLAT, I64X2, I64X2_SPLAT, "splat");
        add(Shape.SPLAT, F32X4, F32X4_SPLAT, "splat");
        add(Shape.SPLAT, F64X2, F64X2_SPLAT, "splat");
        add(Shape.EXTRACT, I8X16, I8X16_EXTRACT_LANE_S, "extractS", "extractU");
        add(Shape.EXTRACT, I16X8, I16X8_EXTRACT_LANE_S, "extractS", "extractU");
        add(Shape.EXTRACT, I32X4, I32X4_EXTRACT_LANE, "extract");
        add(Shape.EXTRACT, I64X2, I64X2_EXTRACT_LANE, "extract");
        add(Shape.EXTRACT, F32X4, F32X4_EXTRACT_LANE, "extract");
        add(Shape.EXTRACT, F64X2, F64X2_EXTRACT_LANE, "extract");
        add(Shape.REPLACE, I8X16, I8X16_REPLACE_LANE, "replace");
        add(Shape.REPLACE, I16X8, I16X8_REPLACE_LANE, "replace");
        add(Shape.REPLACE, I32X4, I32X4_REPLACE_LANE, "replace");
        add(Shape.REPLACE, I64X2, I64X2_REPLACE_LANE, "replace");
        add(Shape.REPLACE, F32X4, F32X4_REPLACE_LANE, "replace");
        add(Shape.REPLACE, F64X2, F64X2_REPLACE_LANE, "replace");
    }

    private static void bytes() {
        each(I8X16, I8X16_EQ, "eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU");
        each(I8X16, I8X16_ABS, "abs", "neg", "popcnt");
        add(Shape.REDUCE, I8X16, I8X16_ALL_TRUE, "allTrue", "bitmask");
        add(Shape.NARROW, I8X16, I8X16_NARROW_I16X8_S, "narrowS", "narrowU");
        each(I8X16, I8X16_SHL, "shl", "shrS", "shrU");
        each(I8X16, I8X16_ADD, "add", "addSatS", "addSatU", "sub", "subSatS", "subSatU");
        each(I8X16, I8X16_MIN_S, "minS", "minU", "maxS", "maxU");
        each(I8X16, I8X16_AVGR_U, "avgrU");
    }

    private static void shorts() {
        each(I16X8, I16X8_EQ, "eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU");
        each(I16X8, I16X8_EXTADD_PAIRWISE_I8X16_S, "extaddS", "extaddU");
        each(I16X8, I16X8_ABS, "abs", "neg", "q15mulrSatS");
        add(Shape.REDUCE, I16X8, I16X8_ALL_TRUE, "allTrue", "bitmask");
        add(Shape.NARROW, I16X8, I16X8_NARROW_I32X4_S, "narrowS", "narrowU");
        widen(I16X8, I16X8_EXTEND_LOW_I8X16_S, "extend");
        each(I16X8, I16X8_SHL, "shl", "shrS", "shrU");
        each(I16X8, I16X8_ADD, "add", "addSatS", "addSatU", "sub", "subSatS", "subSatU");
        each(I16X8, I16X8_MUL, "mul", "minS", "minU", "maxS", "maxU");
        each(I16X8, I16X8_AVGR_U, "avgrU");
        widen(I16X8, I16X8_EXTMUL_LOW_I8X16_S, "extmul");
    }

    private static void ints() {
        each(I32X4, I32X4_EQ, "eq", "ne", "ltS", "ltU", "gtS", "gtU", "leS", "leU", "geS", "geU");
        each(I32X4, I32X4_EXTADD_PAIRWISE_I16X8_S, "extaddS", "extaddU");
        each(I32X4, I32X4_ABS, "abs", "neg");
        add(Shape.REDUCE, I32X4, I32X4_ALL_TRUE, "allTrue", "bitmask");
        widen(I32X4, I32X4_EXTEND_LOW_I16X8_S, "extend");
        each(I32X4, I32X4_SHL, "shl", "shrS", "shrU");
        each(I32X4, I32X4_ADD, "add");
        each(I32X4, I32X4_SUB, "sub");
        each(I32X4, I32X4_MUL, "mul", "minS", "minU", "maxS", "maxU", "dotS");
        widen(I32X4, I32X4_EXTMUL_LOW_I16X8_S, "extmul");
        each(I32X4, I32X4_TRUNC_SAT_F32X4_S, "truncSatS", "truncSatU");
        add(Shape.NARROW_ZERO, I32X4, I32X4_TRUNC_SAT_F64X2_S_ZERO, "truncSatS", "truncSatU");
    }

    private static void longs() {
        each(I64X2, I64X2_ABS, "abs", "neg");
        add(Shape.REDUCE, I64X2, I64X2_ALL_TRUE, "allTrue", "bitmask");
        widen(I64X2, I64X2_EXTEND_LOW_I32X4_S, "extend");
        each(I64X2, I64X2_SHL, "shl", "shrS", "shrU");
        each(I64X2, I64X2_ADD, "add");
        each(I64X2, I64X2_SUB, "sub");
        each(I64X2, I64X2_MUL, "mul", "eq", "ne", "ltS", "gtS", "leS", "geS");
        widen(I64X2, I64X2_EXTMUL_LOW_I32X4_S, "extmul");
    }

    private static void floats() {
        each(F32X4, F32X4_EQ, "eq", "ne", "lt", "gt", "le", "ge");
        add(Shape.NARROW_ZERO, F32X4, F32X4_DEMOTE_F64X2_ZERO, "demote");
        each(F32X4, F32X4_CEIL, "ceil", "floor", "trunc", "nearest");
        each(F32X4, F32X4_ABS, "abs", "neg");
        each(F32X4, F32X4_SQRT, "sqrt", "add", "sub", "mul", "div", "min", "max", "pmin", "pmax");
        each(F32X4, F32X4_CONVERT_I32X4_S, "convertS", "convertU");
        each(F64X2, F64X2_EQ, "eq", "ne", "lt", "gt", "le", "ge");
        add(Shape.WIDEN_LOW, F64X2, F64X2_PROMOTE_LOW_F32X4, "promote");
        each(F64X2, F64X2_CEIL, "ceil", "floor");
        each(F64X2, F64X2_TRUNC, "trunc");
        each(F64X2, F64X2_NEAREST, "nearest");
        each(F64X2, F64X2_ABS, "abs", "neg");
        each(F64X2, F64X2_SQRT, "sqrt", "add", "sub", "mul", "div", "min", "max", "pmin", "pmax");
        add(Shape.WIDEN_LOW, F64X2, F64X2_CONVERT_LOW_I32X4_S, "convertS", "convertU");
    }

    /** Four opcodes from the first one on: the low halves signed, the high ones, then both unsigned. */
    private static void widen(ClassDesc owner, int first, String name) {
        add(Shape.WIDEN_LOW, owner, first, name + "S");
        add(Shape.WIDEN_HIGH, owner, first + 1, name + "S");
        add(Shape.WIDEN_LOW, owner, first + 2, name + "U");
        add(Shape.WIDEN_HIGH, owner, first + 3, name + "U");
    }
}
