package org.javix.wasm;

import static java.lang.classfile.Opcode.*;
import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * A comparison as a conditional branch.
 *
 * @param type the operands' type
 * @param operands one or two
 * @param prepare an instruction that makes an int of the operands first, or null
 * @param unsigned whether {@code compareUnsigned} makes it
 * @param branch branches where the comparison holds
 */
record Comparison(ValType type, int operands, Opcode prepare, boolean unsigned, Opcode branch) {
    private static final Opcode[] CONDITIONS = {IFEQ, IFNE, IFLT, IFLT, IFGT, IFGT, IFLE, IFLE, IFGE, IFGE};
    private static final Opcode[] INT_CONDITIONS = {IF_ICMPEQ, IF_ICMPNE, IF_ICMPLT, null, IF_ICMPGT, null, IF_ICMPLE, null, IF_ICMPGE, null};
    private static final Opcode[] FLOAT_CONDITIONS = {IFEQ, IFNE, IFLT, IFGT, IFLE, IFGE};

    /** The comparison of an opcode, or null. */
    static Comparison of(int opcode) {
        if (opcode == I32_EQZ) {
            return new Comparison(ValType.I32, 1, null, false, IFEQ);
        }
        if (opcode == I64_EQZ) {
            return new Comparison(ValType.I64, 1, LCMP, false, IFEQ);
        }
        if (opcode >= I32_EQ && opcode <= I32_GE_U) {
            int i = opcode - I32_EQ;
            return INT_CONDITIONS[i] != null
                    ? new Comparison(ValType.I32, 2, null, false, INT_CONDITIONS[i])
                    : new Comparison(ValType.I32, 2, null, true, CONDITIONS[i]);
        }
        if (opcode >= I64_EQ && opcode <= I64_GE_U) {
            int i = opcode - I64_EQ;
            boolean unsigned = i >= 3 && i % 2 == 1;
            return new Comparison(ValType.I64, 2, unsigned ? null : LCMP, unsigned, CONDITIONS[i]);
        }
        if (opcode >= F32_EQ && opcode <= F64_GE) {
            // A comparison with NaN is false but for "ne": each picks the compare that makes it so.
            boolean single = opcode <= F32_GE;
            int i = opcode - (single ? F32_EQ : F64_EQ);
            boolean less = i == 2 || i == 4;
            Opcode compare = single ? (less ? FCMPG : FCMPL) : less ? DCMPG : DCMPL;
            return new Comparison(single ? ValType.F32 : ValType.F64, 2, compare, false, FLOAT_CONDITIONS[i]);
        }
        return null;
    }

    /** With the operands on the stack, leaves what {@link #branch} or its negation looks at. */
    void prepare(Emitter e) {
        if (operands == 1 && type == ValType.I64) {
            e.constant(0L);
        }
        if (prepare != null) {
            e.op(prepare);
        }
        if (unsigned) {
            ClassDesc operand = Emitter.desc(type);
            e.invokeStatic(
                    type == ValType.I32 ? ConstantDescs.CD_Integer : ConstantDescs.CD_Long,
                    "compareUnsigned",
                    ConstantDescs.CD_int,
                    operand,
                    operand);
        }
    }

    /** The branch where the comparison does not hold. */
    static Opcode negated(Opcode branch) {
        return switch (branch) {
            case IFEQ -> IFNE;
            case IFNE -> IFEQ;
            case IFLT -> IFGE;
            case IFGE -> IFLT;
            case IFGT -> IFLE;
            case IFLE -> IFGT;
            case IFNULL -> IFNONNULL;
            case IFNONNULL -> IFNULL;
            case IF_ICMPEQ -> IF_ICMPNE;
            case IF_ICMPNE -> IF_ICMPEQ;
            case IF_ICMPLT -> IF_ICMPGE;
            case IF_ICMPGE -> IF_ICMPLT;
            case IF_ICMPGT -> IF_ICMPLE;
            case IF_ICMPLE -> IF_ICMPGT;
            default -> throw new IllegalArgumentException(branch.toString());
        };
    }
}
