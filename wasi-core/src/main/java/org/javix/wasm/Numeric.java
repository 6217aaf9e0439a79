package org.javix.wasm;

import static java.lang.classfile.Opcode.*;
import static org.javix.wasm.Opcodes.*;
import static org.javix.wasm.ValType.*;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A numeric instruction: it takes its operands from the JVM stack and leaves its result there.
 *
 * @param params the operands' types
 * @param result the result's type
 * @param emit emits it
 */
record Numeric(ValType[] params, ValType result, Consumer<Emitter> emit) {
    private static final Map<Integer, Numeric> ALL = new HashMap<>();
    private static final Numeric[] ONE_BYTE = new Numeric[256];

    /** The instruction of an opcode, or null where it is not numeric. */
    static Numeric of(int opcode) {
        return opcode < 256 ? ONE_BYTE[opcode] : ALL.get(opcode);
    }

    static {
        for (int opcode = I32_EQZ; opcode <= F64_GE; opcode++) {
            comparison(opcode);
        }

        call(I32_CLZ, Integer.class, "numberOfLeadingZeros", I32, I32);
        call(I32_CTZ, Integer.class, "numberOfTrailingZeros", I32, I32);
        call(I32_POPCNT, Integer.class, "bitCount", I32, I32);
        jvm(I32_ADD, IADD, I32, I32, I32);
        jvm(I32_SUB, ISUB, I32, I32, I32);
        jvm(I32_MUL, IMUL, I32, I32, I32);
        ops(I32_DIV_S, "divS", I32, I32, I32);
        ops(I32_DIV_U, "divU", I32, I32, I32);
        ops(I32_REM_S, "remS", I32, I32, I32);
        ops(I32_REM_U, "remU", I32, I32, I32);
        jvm(I32_AND, IAND, I32, I32, I32);
        jvm(I32_OR, IOR, I32, I32, I32);
        jvm(I32_XOR, IXOR, I32, I32, I32);
        jvm(I32_SHL, ISHL, I32, I32, I32);
        jvm(I32_SHR_S, ISHR, I32, I32, I32);
        jvm(I32_SHR_U, IUSHR, I32, I32, I32);
        call(I32_ROTL, Integer.class, "rotateLeft", I32, I32, I32);
        call(I32_ROTR, Integer.class, "rotateRight", I32, I32, I32);

        count(I64_CLZ, "numberOfLeadingZeros");
        count(I64_CTZ, "numberOfTrailingZeros");
        count(I64_POPCNT, "bitCount");
        jvm(I64_ADD, LADD, I64, I64, I64);
        jvm(I64_SUB, LSUB, I64, I64, I64);
        jvm(I64_MUL, LMUL, I64, I64, I64);
        ops(I64_DIV_S, "divS", I64, I64, I64);
        ops(I64_DIV_U, "divU", I64, I64, I64);
        ops(I64_REM_S, "remS", I64, I64, I64);
        ops(I64_REM_U, "remU", I64, I64, I64);
        jvm(I64_AND, LAND, I64, I64, I64);
        jvm(I64_OR, LOR, I64, I64, I64);
        jvm(I64_XOR, LXOR, I64, I64, I64);
        shift(I64_SHL, LSHL);
        shift(I64_SHR_S, LSHR);
        shift(I64_SHR_U, LUSHR);
        rotate(I64_ROTL, "rotateLeft");
        rotate(I64_ROTR, "rotateRight");

        ops(F32_ABS, "abs", F32, F32);
        ops(F32_NEG, "neg", F32, F32);
        ops(F32_CEIL, "ceil", F32, F32);
        ops(F32_FLOOR, "floor", F32, F32);
        ops(F32_TRUNC, "trunc", F32, F32);
        ops(F32_NEAREST, "nearest", F32, F32);
        ops(F32_SQRT, "sqrt", F32, F32);
        jvm(F32_ADD, FADD, F32, F32, F32);
        jvm(F32_SUB, FSUB, F32, F32, F32);
        jvm(F32_MUL, FMUL, F32, F32, F32);
        jvm(F32_DIV, FDIV, F32, F32, F32);
        ops(F32_MIN, "min", F32, F32, F32);
        ops(F32_MAX, "max", F32, F32, F32);
        ops(F32_COPYSIGN, "copysign", F32, F32, F32);
        ops(F64_ABS, "abs", F64, F64);
        ops(F64_NEG, "neg", F64, F64);
        ops(F64_CEIL, "ceil", F64, F64);
        ops(F64_FLOOR, "floor", F64, F64);
        ops(F64_TRUNC, "trunc", F64, F64);
        call(F64_NEAREST, Math.class, "rint", F64, F64);
        call(F64_SQRT, Math.class, "sqrt", F64, F64);
        jvm(F64_ADD, DADD, F64, F64, F64);
        jvm(F64_SUB, DSUB, F64, F64, F64);
        jvm(F64_MUL, DMUL, F64, F64, F64);
        jvm(F64_DIV, DDIV, F64, F64, F64);
        ops(F64_MIN, "min", F64, F64, F64);
        ops(F64_MAX, "max", F64, F64, F64);
        ops(F64_COPYSIGN, "copysign", F64, F64, F64);

        convert(I32_WRAP_I64, I64, I32);
        truncate(I32_TRUNC_F32_S, "truncI32S", I32, F32);
        truncate(I32_TRUNC_F32_U, "truncI32U", I32, F32);
        truncate(I32_TRUNC_F64_S, "truncI32S", I32, F64);
        truncate(I32_TRUNC_F64_U, "truncI32U", I32, F64);
        convert(I64_EXTEND_I32_S, I32, I64);
        call(I64_EXTEND_I32_U, Integer.class, "toUnsignedLong", I64, I32);
        truncate(I64_TRUNC_F32_S, "truncI64S", I64, F32);
        truncate(I64_TRUNC_F32_U, "truncI64U", I64, F32);
        truncate(I64_TRUNC_F64_S, "truncI64S", I64, F64);
        truncate(I64_TRUNC_F64_U, "truncI64U", I64, F64);
        convert(F32_CONVERT_I32_S, I32, F32);
        convertUnsigned(F32_CONVERT_I32_U, F32);
        convert(F32_CONVERT_I64_S, I64, F32);
        ops(F32_CONVERT_I64_U, "convertF32U", F32, I64);
        convert(F32_DEMOTE_F64, F64, F32);
        convert(F64_CONVERT_I32_S, I32, F64);
        convertUnsigned(F64_CONVERT_I32_U, F64);
        convert(F64_CONVERT_I64_S, I64, F64);
        ops(F64_CONVERT_I64_U, "convertF64U", F64, I64);
        convert(F64_PROMOTE_F32, F32, F64);
        call(I32_REINTERPRET_F32, Float.class, "floatToRawIntBits", I32, F32);
        call(I64_REINTERPRET_F64, Double.class, "doubleToRawLongBits", I64, F64);
        call(F32_REINTERPRET_I32, Float.class, "intBitsToFloat", F32, I32);
        call(F64_REINTERPRET_I64, Double.class, "longBitsToDouble", F64, I64);

        add(I32_EXTEND8_S, I32, e -> e.convert(TypeKind.INT, TypeKind.BYTE), I32);
        add(I32_EXTEND16_S, I32, e -> e.convert(TypeKind.INT, TypeKind.SHORT), I32);
        extend(I64_EXTEND8_S, TypeKind.BYTE);
        extend(I64_EXTEND16_S, TypeKind.SHORT);
        extend(I64_EXTEND32_S, TypeKind.INT);

        convert(I32_TRUNC_SAT_F32_S, F32, I32);
        truncate(I32_TRUNC_SAT_F32_U, "truncSatI32U", I32, F32);
        convert(I32_TRUNC_SAT_F64_S, F64, I32);
        truncate(I32_TRUNC_SAT_F64_U, "truncSatI32U", I32, F64);
        convert(I64_TRUNC_SAT_F32_S, F32, I64);
        truncate(I64_TRUNC_SAT_F32_U, "truncSatI64U", I64, F32);
        convert(I64_TRUNC_SAT_F64_S, F64, I64);
        truncate(I64_TRUNC_SAT_F64_U, "truncSatI64U", I64, F64);
    }

    private static void add(int opcode, ValType result, Consumer<Emitter> emit, ValType... params) {
        Numeric numeric = new Numeric(params, result, emit);
        if (opcode < 256) {
            ONE_BYTE[opcode] = numeric;
        } else {
            ALL.put(opcode, numeric);
        }
    }

    private static void comparison(int opcode) {
        Comparison comparison = Comparison.of(opcode);
        ValType[] params = new ValType[comparison.operands()];
        java.util.Arrays.fill(params, comparison.type());
        add(opcode, I32, e -> {
            var yes = e.label();
            var done = e.label();
            comparison.prepare(e);
            e.branch(comparison.branch(), yes);
            e.constant(0);
            e.goTo(done);
            e.bind(yes);
            e.constant(1);
            e.bind(done);
        }, params);
    }

    private static void jvm(int opcode, Opcode instruction, ValType result, ValType... params) {
        add(opcode, result, e -> e.op(instruction), params);
    }

    private static void call(int opcode, ClassDesc owner, String name, ValType result, ValType... params) {
        ClassDesc[] descs = new ClassDesc[params.length];
        for (int i = 0; i < descs.length; i++) {
            descs[i] = Emitter.desc(params[i]);
        }
        add(opcode, result, e -> e.invokeStatic(owner, name, Emitter.desc(result), descs), params);
    }

    private static void call(int opcode, Class<?> owner, String name, ValType result, ValType... params) {
        call(opcode, owner.describeConstable().orElseThrow(), name, result, params);
    }

    private static void ops(int opcode, String name, ValType result, ValType... params) {
        call(opcode, Emitter.OPS, name, result, params);
    }

    private static void convert(int opcode, ValType from, ValType to) {
        add(opcode, to, e -> e.convert(Emitter.kind(from), Emitter.kind(to)), from);
    }

    private static void convertUnsigned(int opcode, ValType to) {
        add(opcode, to, e -> {
            e.invokeStatic(ConstantDescs.CD_Integer, "toUnsignedLong", ConstantDescs.CD_long, ConstantDescs.CD_int);
            e.convert(TypeKind.LONG, Emitter.kind(to));
        }, I32);
    }

    private static void truncate(int opcode, String name, ValType to, ValType from) {
        add(opcode, to, e -> {
            if (from == F32) {
                e.convert(TypeKind.FLOAT, TypeKind.DOUBLE);
            }
            e.invokeStatic(Emitter.OPS, name, Emitter.desc(to), ConstantDescs.CD_double);
        }, from);
    }

    private static void count(int opcode, String name) {
        add(opcode, I64, e -> {
            e.invokeStatic(ConstantDescs.CD_Long, name, ConstantDescs.CD_int, ConstantDescs.CD_long);
            e.convert(TypeKind.INT, TypeKind.LONG);
        }, I64);
    }

    private static void shift(int opcode, Opcode instruction) {
        add(opcode, I64, e -> {
            e.convert(TypeKind.LONG, TypeKind.INT);
            e.op(instruction);
        }, I64, I64);
    }

    private static void rotate(int opcode, String name) {
        add(opcode, I64, e -> {
            e.convert(TypeKind.LONG, TypeKind.INT);
            e.invokeStatic(ConstantDescs.CD_Long, name, ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_int);
        }, I64, I64);
    }

    private static void extend(int opcode, TypeKind through) {
        add(opcode, I64, e -> {
            e.convert(TypeKind.LONG, TypeKind.INT);
            if (through != TypeKind.INT) {
                e.convert(TypeKind.INT, through);
            }
            e.convert(TypeKind.INT, TypeKind.LONG);
        }, I64);
    }
}
