package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random statements that throw and catch. */
final class RandomExceptions {
    private final RandomCode code;
    private final RandomModule module;
    private final Random random;
    private final List<List<ValType>> labels;
    private final BinaryWriter out;

    RandomExceptions(RandomCode code, RandomModule module, List<List<ValType>> labels, BinaryWriter out) {
        this.code = code;
        this.module = module;
        this.random = module.random;
        this.labels = labels;
        this.out = out;
    }

    /** One that leaves nothing. */
    void statement(int depth) {
        if (module.tags.isEmpty()) {
            return;
        }
        int tag = random.nextInt(module.tags.size());
        if (random.nextInt(6) == 0) {
            raise(tag, depth);
        } else if (module.features.legacyExceptions() && (!module.features.exceptions() || random.nextBoolean())) {
            legacy(tag, depth);
        } else if (module.features.exceptions()) {
            standard(tag, depth);
        }
    }

    /** Throws on some condition. */
    private void raise(int tag, int depth) {
        code.expression(ValType.I32, depth);
        code.open(IF, List.of());
        module.tags.get(tag).forEach(type -> code.expression(type, depth));
        out.opcode(THROW).u32(tag);
        code.close();
    }

    private void drop(List<ValType> types) {
        types.forEach(type -> out.opcode(DROP));
    }

    /** A block around a try_table, which is left with the exception's values, or with others. */
    private void standard(int tag, int depth) {
        boolean all = random.nextInt(3) == 0;
        boolean reference = random.nextBoolean();
        List<ValType> caught = new ArrayList<>(all ? List.of() : module.tags.get(tag));
        if (reference) {
            caught.add(ValType.EXNREF);
        }
        code.open(BLOCK, List.of());
        code.open(BLOCK, caught);
        out.opcode(TRY_TABLE).u8(0x40).u32(1).u8((all ? 2 : 0) + (reference ? 1 : 0));
        if (!all) {
            out.u32(tag);
        }
        out.u32(0);
        labels.add(List.of());
        code.statements(depth);
        raise(random.nextInt(module.tags.size()), depth);
        code.close();
        out.opcode(BR).u32(1);
        code.close();
        if (reference) {
            if (random.nextInt(5) == 0) {
                out.opcode(THROW_REF);
            } else {
                out.opcode(DROP);
            }
        }
        drop(all ? List.of() : module.tags.get(tag));
        code.statements(depth);
        code.close();
    }

    private void legacy(int tag, int depth) {
        code.open(TRY, List.of());
        code.statements(depth);
        raise(random.nextInt(module.tags.size()), depth);
        switch (random.nextInt(4)) {
            case 0 -> {
                labels.removeLast();
                out.opcode(DELEGATE).u32(random.nextInt(labels.size()));
                return;
            }
            case 1 -> {
                out.opcode(CATCH).u32(tag);
                drop(module.tags.get(tag));
                code.statements(depth);
                if (random.nextInt(5) == 0) {
                    out.opcode(RETHROW).u32(0);
                }
            }
            case 2 -> {
                out.opcode(CATCH).u32(tag);
                drop(module.tags.get(tag));
                out.opcode(CATCH_ALL);
                code.statements(depth);
            }
            default -> out.opcode(CATCH_ALL);
        }
        code.close();
    }
}
