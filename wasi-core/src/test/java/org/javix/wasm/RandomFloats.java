package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.Map;

/** Makes the results of floating point instructions independent of the engine. */
final class RandomFloats {
    private static final long NAN32 = 0x7fc0_0000L;
    private static final long NAN64 = 0x7ff8L << 48;

    private RandomFloats() {}

    /** After an instruction that may make a NaN of any bits: replaces each by the canonical one, in the scratch local, too. */
    static void canonical(BinaryWriter out, int opcode, Map<ValType, Integer> scratch) {
        ValType result = InstructionTypes.of(opcode).results().getFirst();
        switch (result.kind()) {
            case F32, F64 -> {
                boolean single = result == ValType.F32;
                boolean exact = opcode == F32_ABS || opcode == F32_NEG || opcode == F32_COPYSIGN || opcode == F64_ABS
                        || opcode == F64_NEG || opcode == F64_COPYSIGN || opcode == F32_REINTERPRET_I32
                        || opcode == F64_REINTERPRET_I64 || opcode >= FD;
                if (!exact) {
                    int local = scratch.get(result);
                    out.opcode(LOCAL_TEE).u32(local);
                    out.opcode(single ? F32_CONST : F64_CONST).word(single ? NAN32 : NAN64, single ? 4 : 8);
                    out.opcode(LOCAL_GET).u32(local).opcode(LOCAL_GET).u32(local);
                    out.opcode(single ? F32_EQ : F64_EQ).opcode(SELECT).opcode(LOCAL_TEE).u32(local);
                }
            }
            case V128 -> {
                boolean single = opcode == F32X4_DEMOTE_F64X2_ZERO
                        || opcode >= F32X4_CEIL && opcode <= F32X4_NEAREST
                        || opcode >= F32X4_SQRT && opcode <= F32X4_MAX;
                boolean wide = opcode == F64X2_PROMOTE_LOW_F32X4 || opcode == F64X2_CEIL || opcode == F64X2_FLOOR
                        || opcode == F64X2_TRUNC || opcode == F64X2_NEAREST
                        || opcode >= F64X2_SQRT && opcode <= F64X2_MAX;
                if (single || wide) {
                    int local = scratch.get(ValType.V128);
                    out.opcode(LOCAL_TEE).u32(local);
                    out.opcode(V128_CONST);
                    for (int i = 0; i < 2; i++) {
                        out.word(single ? NAN32 | NAN32 << 32 : NAN64, 8);
                    }
                    out.opcode(LOCAL_GET).u32(local).opcode(LOCAL_GET).u32(local);
                    out.opcode(single ? F32X4_EQ : F64X2_EQ).opcode(V128_BITSELECT).opcode(LOCAL_TEE).u32(local);
                }
            }
            default -> {}
        }
    }
}
