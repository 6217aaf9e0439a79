package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.List;

/**
 * What is fixed about each instruction's type (WebAssembly specification, section 3.4): operands and
 * result of the plain ones, and the width of memory accesses.
 *
 * <p>In the tables below a type is one letter: i and l for i32 and i64, f and d for f32 and f64, v for
 * v128; operands stand before the colon, the result behind it. A memory access's address is left out,
 * since its type is the memory's.
 */
final class InstructionTypes {
    private static final int SIZE = 0x450;

    /** By {@link #slot}; null where the instruction needs rules of its own, or is unknown. */
    private static final FuncType[] TYPES = new FuncType[SIZE];

    /** The exponent of a memory access's width, by slot. */
    private static final byte[] WIDTHS = new byte[SIZE];

    /** Which slots are instructions. */
    private static final boolean[] KNOWN = new boolean[SIZE];

    private InstructionTypes() {}

    /** The type of a plain instruction, without an access's address; null for others. */
    static FuncType of(int opcode) {
        return TYPES[slot(opcode)];
    }

    /** The exponent of the number of bytes that a memory access reads or writes. */
    static int width(int opcode) {
        return WIDTHS[slot(opcode)];
    }

    /** The number of lanes that a lane index may name. */
    static int lanes(int opcode) {
        return opcode >= V128_LOAD8_LANE ? 16 >> width(opcode)
                : opcode <= I8X16_REPLACE_LANE ? 16
                : opcode <= I16X8_REPLACE_LANE ? 8
                : opcode <= I32X4_REPLACE_LANE ? 4
                : opcode <= I64X2_REPLACE_LANE ? 2
                : opcode <= F32X4_REPLACE_LANE ? 4
                : 2;
    }

    /** Whether the opcode is an instruction's. */
    static boolean known(int opcode) {
        return KNOWN[slot(opcode)];
    }

    /** The fault of an opcode that is not {@link #known}, in the words of the test suite. */
    static String illegal(int opcode) {
        int prefix = opcode >= FD ? 0xfd : opcode >> 8;
        String number = Integer.toHexString(opcode >= FD ? opcode & 0xfff : opcode & 0xff);
        String name = prefix == 0 ? number : Integer.toHexString(prefix) + " " + number;
        return switch (opcode) {
            case 0xd3, 0xfb -> "unsupported: garbage collection, opcode " + name;
            default -> (opcode >= (FD | 0x100) ? "unsupported: relaxed vectors, opcode " : "illegal opcode ") + name;
        };
    }

    /** A dense number for an opcode: prefix 0xFC from 0x100, 0xFD from 0x200, 0xFE from 0x400. */
    private static int slot(int opcode) {
        if (opcode < 0x100) {
            return opcode;
        }
        int slot = opcode >= FD
                ? Math.min(0x200 + (opcode & 0xfff), 0x3ff)
                : opcode < FE ? 0x100 + (opcode & 0xff) : 0x400 + (opcode & 0xff);
        return Math.min(slot, SIZE - 1);
    }

    private static void plain(String signature, int... opcodes) {
        int colon = signature.indexOf(':');
        FuncType type = new FuncType(types(signature.substring(0, colon)), types(signature.substring(colon + 1)));
        for (int opcode : opcodes) {
            int slot = slot(opcode);
            KNOWN[slot] = true;
            TYPES[slot] = type;
        }
    }

    /** Declares all opcodes from first to last. */
    private static void range(String signature, int first, int last) {
        for (int opcode = first; opcode <= last; opcode++) {
            plain(signature, opcode);
        }
    }

    private static void access(String signature, int width, int... opcodes) {
        plain(signature, opcodes);
        for (int opcode : opcodes) {
            WIDTHS[slot(opcode)] = (byte) width;
        }
    }

    private static List<ValType> types(String letters) {
        return letters.chars().mapToObj(InstructionTypes::type).toList();
    }

    private static ValType type(int letter) {
        return switch (letter) {
            case 'i' -> ValType.I32;
            case 'l' -> ValType.I64;
            case 'f' -> ValType.F32;
            case 'd' -> ValType.F64;
            default -> ValType.V128;
        };
    }

    static {
        for (int opcode : new int[] {
            UNREACHABLE, NOP, BLOCK, LOOP, IF, ELSE, TRY, CATCH, THROW, RETHROW, THROW_REF, END, BR, BR_IF,
            BR_TABLE, RETURN, CALL, CALL_INDIRECT, RETURN_CALL, RETURN_CALL_INDIRECT, DELEGATE, CATCH_ALL,
            DROP, SELECT, SELECT_TYPED, TRY_TABLE, LOCAL_GET, LOCAL_SET, LOCAL_TEE, GLOBAL_GET, GLOBAL_SET,
            TABLE_GET, TABLE_SET, MEMORY_SIZE, MEMORY_GROW, REF_NULL, REF_IS_NULL, REF_FUNC, MEMORY_INIT,
            DATA_DROP, MEMORY_COPY, MEMORY_FILL, TABLE_INIT, ELEM_DROP, TABLE_COPY, TABLE_GROW, TABLE_SIZE,
            TABLE_FILL, CALL_REF, RETURN_CALL_REF, REF_AS_NON_NULL, BR_ON_NULL, BR_ON_NON_NULL
        }) {
            KNOWN[slot(opcode)] = true;
        }
        numbers();
        accesses();
        vectors();
        atomics();
    }

    private static void numbers() {
        plain(":i", I32_CONST);
        plain(":l", I64_CONST);
        plain(":f", F32_CONST);
        plain(":d", F64_CONST);
        plain("i:i", I32_EQZ);
        range("ii:i", I32_EQ, I32_GE_U);
        plain("l:i", I64_EQZ);
        range("ll:i", I64_EQ, I64_GE_U);
        range("ff:i", F32_EQ, F32_GE);
        range("dd:i", F64_EQ, F64_GE);
        range("i:i", I32_CLZ, I32_POPCNT);
        range("ii:i", I32_ADD, I32_ROTR);
        range("l:l", I64_CLZ, I64_POPCNT);
        range("ll:l", I64_ADD, I64_ROTR);
        range("f:f", F32_ABS, F32_SQRT);
        range("ff:f", F32_ADD, F32_COPYSIGN);
        range("d:d", F64_ABS, F64_SQRT);
        range("dd:d", F64_ADD, F64_COPYSIGN);
        plain("l:i", I32_WRAP_I64);
        plain("f:i", I32_TRUNC_F32_S, I32_TRUNC_F32_U, I32_TRUNC_SAT_F32_S, I32_TRUNC_SAT_F32_U);
        plain("d:i", I32_TRUNC_F64_S, I32_TRUNC_F64_U, I32_TRUNC_SAT_F64_S, I32_TRUNC_SAT_F64_U);
        plain("i:l", I64_EXTEND_I32_S, I64_EXTEND_I32_U);
        plain("f:l", I64_TRUNC_F32_S, I64_TRUNC_F32_U, I64_TRUNC_SAT_F32_S, I64_TRUNC_SAT_F32_U);
        plain("d:l", I64_TRUNC_F64_S, I64_TRUNC_F64_U, I64_TRUNC_SAT_F64_S, I64_TRUNC_SAT_F64_U);
        plain("i:f", F32_CONVERT_I32_S, F32_CONVERT_I32_U, F32_REINTERPRET_I32);
        plain("l:f", F32_CONVERT_I64_S, F32_CONVERT_I64_U);
        plain("d:f", F32_DEMOTE_F64);
        plain("i:d", F64_CONVERT_I32_S, F64_CONVERT_I32_U);
        plain("l:d", F64_CONVERT_I64_S, F64_CONVERT_I64_U, F64_REINTERPRET_I64);
        plain("f:d", F64_PROMOTE_F32);
        plain("f:i", I32_REINTERPRET_F32);
        plain("d:l", I64_REINTERPRET_F64);
        plain("i:i", I32_EXTEND8_S, I32_EXTEND16_S);
        plain("l:l", I64_EXTEND8_S, I64_EXTEND16_S, I64_EXTEND32_S);
    }

    private static void accesses() {
        access(":i", 0, I32_LOAD8_S, I32_LOAD8_U);
        access(":i", 1, I32_LOAD16_S, I32_LOAD16_U);
        access(":i", 2, I32_LOAD);
        access(":l", 0, I64_LOAD8_S, I64_LOAD8_U);
        access(":l", 1, I64_LOAD16_S, I64_LOAD16_U);
        access(":l", 2, I64_LOAD32_S, I64_LOAD32_U);
        access(":l", 3, I64_LOAD);
        access(":f", 2, F32_LOAD);
        access(":d", 3, F64_LOAD);
        access("i:", 0, I32_STORE8);
        access("i:", 1, I32_STORE16);
        access("i:", 2, I32_STORE);
        access("l:", 0, I64_STORE8);
        access("l:", 1, I64_STORE16);
        access("l:", 2, I64_STORE32);
        access("l:", 3, I64_STORE);
        access("f:", 2, F32_STORE);
        access("d:", 3, F64_STORE);
        access(":v", 0, V128_LOAD8_SPLAT);
        access(":v", 1, V128_LOAD16_SPLAT);
        access(":v", 2, V128_LOAD32_SPLAT, V128_LOAD32_ZERO);
        access(":v", 3, V128_LOAD8X8_S, V128_LOAD8X8_U, V128_LOAD16X4_S, V128_LOAD16X4_U, V128_LOAD32X2_S,
                V128_LOAD32X2_U, V128_LOAD64_SPLAT, V128_LOAD64_ZERO);
        access(":v", 4, V128_LOAD);
        access("v:", 4, V128_STORE);
        access("v:v", 0, V128_LOAD8_LANE);
        access("v:v", 1, V128_LOAD16_LANE);
        access("v:v", 2, V128_LOAD32_LANE);
        access("v:v", 3, V128_LOAD64_LANE);
        access("v:", 0, V128_STORE8_LANE);
        access("v:", 1, V128_STORE16_LANE);
        access("v:", 2, V128_STORE32_LANE);
        access("v:", 3, V128_STORE64_LANE);
    }

    private static void vectors() {
        // Most take two vectors and give one; the others are declared over that.
        range("vv:v", I8X16_EQ, F64X2_GE);
        range("vv:v", I8X16_ABS, F64X2_CONVERT_LOW_I32X4_U);
        plain(":v", V128_CONST);
        plain("vv:v", I8X16_SHUFFLE, I8X16_SWIZZLE, V128_AND, V128_ANDNOT, V128_OR, V128_XOR);
        plain("i:v", I8X16_SPLAT, I16X8_SPLAT, I32X4_SPLAT);
        plain("l:v", I64X2_SPLAT);
        plain("f:v", F32X4_SPLAT);
        plain("d:v", F64X2_SPLAT);
        plain("v:i", I8X16_EXTRACT_LANE_S, I8X16_EXTRACT_LANE_U, I16X8_EXTRACT_LANE_S, I16X8_EXTRACT_LANE_U,
                I32X4_EXTRACT_LANE);
        plain("v:l", I64X2_EXTRACT_LANE);
        plain("v:f", F32X4_EXTRACT_LANE);
        plain("v:d", F64X2_EXTRACT_LANE);
        plain("vi:v", I8X16_REPLACE_LANE, I16X8_REPLACE_LANE, I32X4_REPLACE_LANE);
        plain("vl:v", I64X2_REPLACE_LANE);
        plain("vf:v", F32X4_REPLACE_LANE);
        plain("vd:v", F64X2_REPLACE_LANE);
        plain("v:v", V128_NOT, F32X4_DEMOTE_F64X2_ZERO, F64X2_PROMOTE_LOW_F32X4);
        plain("vvv:v", V128_BITSELECT);
        plain("v:i", V128_ANY_TRUE, I8X16_ALL_TRUE, I8X16_BITMASK, I16X8_ALL_TRUE, I16X8_BITMASK,
                I32X4_ALL_TRUE, I32X4_BITMASK, I64X2_ALL_TRUE, I64X2_BITMASK);
        plain("v:v", I8X16_ABS, I8X16_NEG, I8X16_POPCNT, I16X8_ABS, I16X8_NEG, I32X4_ABS, I32X4_NEG,
                I64X2_ABS, I64X2_NEG, F32X4_ABS, F32X4_NEG, F32X4_SQRT, F64X2_ABS, F64X2_NEG, F64X2_SQRT);
        plain("v:v", F32X4_CEIL, F32X4_FLOOR, F32X4_TRUNC, F32X4_NEAREST, F64X2_CEIL, F64X2_FLOOR,
                F64X2_TRUNC, F64X2_NEAREST);
        plain("vi:v", I8X16_SHL, I8X16_SHR_S, I8X16_SHR_U, I16X8_SHL, I16X8_SHR_S, I16X8_SHR_U, I32X4_SHL,
                I32X4_SHR_S, I32X4_SHR_U, I64X2_SHL, I64X2_SHR_S, I64X2_SHR_U);
        range("v:v", I16X8_EXTADD_PAIRWISE_I8X16_S, I32X4_EXTADD_PAIRWISE_I16X8_U);
        range("v:v", I16X8_EXTEND_LOW_I8X16_S, I16X8_EXTEND_HIGH_I8X16_U);
        range("v:v", I32X4_EXTEND_LOW_I16X8_S, I32X4_EXTEND_HIGH_I16X8_U);
        range("v:v", I64X2_EXTEND_LOW_I32X4_S, I64X2_EXTEND_HIGH_I32X4_U);
        range("v:v", I32X4_TRUNC_SAT_F32X4_S, F64X2_CONVERT_LOW_I32X4_U);
        for (int hole : new int[] {
            0x9a, 0xa2, 0xa5, 0xa6, 0xaf, 0xb0, 0xb2, 0xb3, 0xb4, 0xbb, 0xc2, 0xc5, 0xc6, 0xcf, 0xd0, 0xd2,
            0xd3, 0xd4, 0xe2, 0xee
        }) {
            KNOWN[slot(FD | hole)] = false;
            TYPES[slot(FD | hole)] = null;
        }
    }

    private static void atomics() {
        access("i:i", 2, MEMORY_ATOMIC_NOTIFY);
        access("il:i", 2, MEMORY_ATOMIC_WAIT32);
        access("ll:i", 3, MEMORY_ATOMIC_WAIT64);
        plain(":", ATOMIC_FENCE);
        // Seven forms of each operation: i32, i64, i32 on 8 and 16 bits, i64 on 8, 16 and 32 bits.
        char[] types = {'i', 'l', 'i', 'i', 'l', 'l', 'l'};
        int[] widths = {2, 3, 0, 1, 0, 1, 2};
        for (int i = 0; i < 7; i++) {
            char t = types[i];
            access(":" + t, widths[i], I32_ATOMIC_LOAD + i);
            access(t + ":", widths[i], I32_ATOMIC_STORE + i);
            for (int first = I32_ATOMIC_RMW_ADD; first <= I32_ATOMIC_RMW_XCHG; first += 7) {
                access(t + ":" + t, widths[i], first + i);
            }
            access("" + t + t + ":" + t, widths[i], I32_ATOMIC_RMW_CMPXCHG + i);
        }
    }
}
