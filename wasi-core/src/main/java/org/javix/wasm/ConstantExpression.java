package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

/** Evaluates constant expressions (WebAssembly specification, section 3.4.13), which validation has passed. */
final class ConstantExpression {
    private final Instance instance;
    private final byte[] bytes;

    private final long[] stack = new long[64];
    private long high;
    private Object reference;

    ConstantExpression(Instance instance) {
        this.instance = instance;
        this.bytes = instance.code.module().bytes();
    }

    /** The raw bits of a numeric expression at an offset of the binary; of a vector, the low half. */
    long number(int start) {
        return evaluate(start);
    }

    /** The high half of the vector that {@link #number} evaluated last. */
    long high() {
        return high;
    }

    /** The reference that an expression at an offset of the binary yields. */
    Object reference(int start) {
        evaluate(start);
        return reference;
    }

    private long evaluate(int start) {
        CodeReader in = new CodeReader(bytes, start, bytes.length, instance.code.module().types());
        long[] values = stack;
        int top = 0;
        while (true) {
            int opcode = in.opcode();
            if (top + 1 >= values.length) {
                values = java.util.Arrays.copyOf(values, 2 * values.length);
            }
            switch (opcode) {
                case END -> {
                    return top == 0 ? 0 : values[top - 1];
                }
                case I32_CONST -> values[top++] = in.s32();
                case I64_CONST -> values[top++] = in.s64();
                case F32_CONST -> values[top++] = in.word32();
                case F64_CONST -> values[top++] = in.word64();
                case V128_CONST -> {
                    values[top++] = in.word64();
                    high = in.word64();
                }
                case GLOBAL_GET -> {
                    Global global = instance.global(in.u32());
                    if (global.type().type().isReference()) {
                        reference = global.getReference();
                    } else {
                        values[top++] = global.get();
                        high = global.type().type() == ValType.V128 ? global.getHigh() : 0;
                    }
                }
                case REF_NULL -> {
                    in.heapType();
                    reference = null;
                }
                case REF_FUNC -> reference = instance.function(in.u32());
                case I32_ADD -> values[--top - 1] = (int) (values[top - 1] + values[top]);
                case I32_SUB -> values[--top - 1] = (int) (values[top - 1] - values[top]);
                case I32_MUL -> values[--top - 1] = (int) (values[top - 1] * values[top]);
                case I64_ADD -> values[--top - 1] = values[top - 1] + values[top];
                case I64_SUB -> values[--top - 1] = values[top - 1] - values[top];
                case I64_MUL -> values[--top - 1] = values[top - 1] * values[top];
                default -> throw new IllegalStateException("opcode " + opcode + " in a constant expression");
            }
        }
    }
}
