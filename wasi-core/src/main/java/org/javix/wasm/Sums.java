package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.List;

/**
 * Adds a sum's last terms first where its first ones take longer to compute.
 *
 * <p>Compilers write {@code a b + c + d +}: after {@code a}, three additions wait for one another. In {@code a b c d + + +} one does. The
 * sum is the same, since integers wrap around, and so is the order in which the terms are evaluated. HotSpot adds as it is told to.
 */
final class Sums {
    private static final int LEAST_TERMS = 4;

    /** All are on the JVM's stack at once. */
    private static final int MOST_TERMS = 16;

    /** Of a whole sum: a sum within a sum moves once more with that. */
    private static final int MOST_INSTRUCTIONS = 256;

    private final FunctionBody body;

    /** The operands, whose instructions lie one after the other, up to the current instruction. */
    private final ArrayList<Operand> operands = new ArrayList<>();

    private static final class Operand {
        final int start;
        final int end;

        /** How many instructions wait for one another, about: as if locals, constants and what memory holds were there long before. */
        int depth;

        /** Of a sum that may go on; else null. */
        List<Operand> terms;

        Operand(int start, int end, int depth) {
            this.start = start;
            this.end = end;
            this.depth = depth;
        }
    }

    private Sums(FunctionBody body) {
        this.body = body;
    }

    /** Moves the additions of a body that is not finished. */
    static void order(FunctionBody body) {
        Sums sums = new Sums(body);
        for (int i = 0; i < body.length; i++) {
            sums.instruction(i);
        }
    }

    private void instruction(int i) {
        int opcode = body.opcodes[i];
        FuncType type = InstructionTypes.of(opcode);
        boolean accesses = CodeReader.hasMemoryArgument(opcode);
        int count = opcode == LOCAL_TEE ? 1 : type == null ? 0 : type.params().size() + (accesses ? 1 : 0);
        boolean gives = opcode == LOCAL_GET || opcode == LOCAL_TEE || type != null && !type.results().isEmpty();
        List<Operand> taken = operands.subList(Math.max(0, operands.size() - count), operands.size());
        boolean adds = (opcode == I32_ADD || opcode == I64_ADD) && taken.size() == 2;
        int depth = 0;
        for (int k = adds ? 1 : 0; k < taken.size(); k++) {
            finish(taken.get(k));
            depth = Math.max(depth, taken.get(k).depth);
        }
        if (!gives || taken.size() < count) {
            operands.forEach(this::finish);
            operands.clear();
            return;
        }
        Operand result;
        if (adds) {
            Operand left = taken.getFirst();
            result = new Operand(left.start, i + 1, 0);
            result.terms = left.terms == null ? new ArrayList<>(List.of(left)) : left.terms;
            result.terms.add(taken.getLast());
        } else {
            result = new Operand(count == 0 ? i : taken.getFirst().start, i + 1, count == 0 || accesses ? 0 : depth + 1);
        }
        taken.clear();
        operands.add(result);
    }

    /** Where it is a sum, it has no more terms. */
    private void finish(Operand sum) {
        if (sum.terms == null) {
            return;
        }
        List<Operand> terms = sum.terms;
        sum.terms = null;
        int last = terms.size() - 1;
        int asWritten = 0;
        int fromLast = 0;
        boolean constants = false;
        for (int i = 0; i <= last; i++) {
            Operand term = terms.get(i);
            asWritten = Math.max(asWritten, term.depth + (i == 0 ? last : last - i + 1));
            fromLast = Math.max(fromLast, term.depth + (i == last ? last : i + 1));
            // An address with an offset.
            constants |= body.opcodes[term.end - 1] == I32_CONST || body.opcodes[term.end - 1] == I64_CONST;
        }
        boolean moves = fromLast < asWritten
                && last >= LEAST_TERMS - 1
                && last < MOST_TERMS
                && !constants
                && sum.end - sum.start <= MOST_INSTRUCTIONS;
        sum.depth = moves ? fromLast : asWritten;
        if (moves) {
            int addition = body.opcodes[sum.end - 1];
            int to = terms.get(1).end;
            for (Operand term : terms.subList(2, last + 1)) {
                body.move(term.start, term.end, to);
                to += term.end - term.start;
            }
            while (to < sum.end) {
                body.set(to++, addition);
            }
        }
    }
}
