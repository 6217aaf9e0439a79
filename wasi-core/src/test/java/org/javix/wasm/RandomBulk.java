package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.Random;

/** Random instructions on whole memories, tables and segments. */
final class RandomBulk {
    private RandomBulk() {}

    /** One that leaves nothing. */
    static void emit(RandomCode code, RandomModule module, BinaryWriter out, int depth) {
        Random random = module.random;
        int memory = random.nextInt(module.memories.size());
        int other = random.nextInt(module.memories.size());
        boolean wide = module.memories.get(memory);
        boolean otherWide = module.memories.get(other);
        switch (random.nextInt(9)) {
            case 0 -> {
                number(code, random, out, wide, depth);
                code.expression(ValType.I32, depth);
                number(code, random, out, wide, depth);
                out.opcode(MEMORY_FILL).u32(memory);
            }
            case 1 -> {
                number(code, random, out, wide, depth);
                number(code, random, out, otherWide, depth);
                number(code, random, out, wide && otherWide, depth);
                out.opcode(MEMORY_COPY).u32(memory).u32(other);
            }
            case 2 -> {
                number(code, random, out, wide, depth);
                small(random, out, 100);
                small(random, out, 110);
                // Endive does not drop active segments.
                out.opcode(MEMORY_INIT).u32(1).u32(memory);
            }
            case 3 -> {
                if (random.nextInt(4) == 0) {
                    out.opcode(DATA_DROP).u32(random.nextInt(2));
                }
            }
            case 4 -> {
                if (random.nextInt(4) == 0) {
                    out.opcode(ELEM_DROP).u32(random.nextInt(2));
                }
            }
            case 5 -> {
                small(random, out, 9);
                code.expression(ValType.FUNCREF, depth);
                out.opcode(TABLE_SET).u32(0);
            }
            case 6 -> {
                small(random, out, 5);
                code.expression(ValType.EXTERNREF, depth);
                small(random, out, 3);
                out.opcode(TABLE_FILL).u32(1);
            }
            case 7 -> {
                small(random, out, 8);
                small(random, out, 8);
                small(random, out, 4);
                out.opcode(TABLE_COPY).u32(0).u32(0);
            }
            default -> {
                small(random, out, 9);
                small(random, out, 2);
                small(random, out, 3);
                out.opcode(TABLE_INIT).u32(1).u32(0);
            }
        }
    }

    /** One that leaves an i32. */
    static void size(RandomCode code, RandomModule module, BinaryWriter out, int depth) {
        Random random = module.random;
        int memory = random.nextInt(module.memories.size());
        boolean wide = module.memories.get(memory);
        switch (random.nextInt(6)) {
            case 0 -> {
                out.opcode(MEMORY_SIZE).u32(memory);
                narrow(out, wide);
            }
            case 1 -> {
                out.opcode(wide ? I64_CONST : I32_CONST).signed(random.nextInt(3)).opcode(MEMORY_GROW).u32(memory);
                narrow(out, wide);
            }
            case 2 -> out.opcode(TABLE_SIZE).u32(random.nextInt(2));
            case 3 -> {
                code.expression(ValType.EXTERNREF, depth);
                small(random, out, 2);
                out.opcode(TABLE_GROW).u32(1);
            }
            case 4 -> {
                code.expression(ValType.FUNCREF, depth);
                out.opcode(REF_IS_NULL);
            }
            default -> out.opcode(REF_FUNC).u32(module.elements[random.nextInt(module.elements.length)]).opcode(REF_IS_NULL);
        }
    }

    private static void narrow(BinaryWriter out, boolean wide) {
        if (wide) {
            out.opcode(I32_WRAP_I64);
        }
    }

    private static void small(Random random, BinaryWriter out, int bound) {
        out.opcode(I32_CONST).signed(random.nextInt(bound));
    }

    /** An address or a length: small, most of the time. */
    private static void number(RandomCode code, Random random, BinaryWriter out, boolean wide, int depth) {
        code.expression(wide ? ValType.I64 : ValType.I32, depth);
        if (random.nextInt(10) != 0) {
            out.opcode(wide ? I64_CONST : I32_CONST).signed(0x3ff).opcode(wide ? I64_AND : I32_AND);
        }
    }
}
