package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.BitSet;
import java.util.List;

/** What a dry run tells about each instruction of a function. */
final class BodyTrace {
    /** What a site adds to a resume body, without its places in the loops' switches. */
    private static final int SITE = 30;

    /** So many operands are noted: each is an object. */
    private static final int MOST_OPERANDS = 20_000_000;

    /** The operands at one moment: the top one, and those below it. */
    record Operands(ValType top, Operands below, int height) {
        static final Operands NONE = new Operands(null, null, 0);
    }

    /** The instructions that some path reaches. */
    final BitSet reached;

    /** The operands before each instruction; null where no path reaches it, or where it belongs to the one before. */
    final Operands[] before;

    /** How many operands, from below, each instruction leaves alone. */
    final int[] lows;

    /** The JVM bytes of all instructions before each, in the fast body or the resume body, whichever is larger. */
    final int[] sizes;

    final FunctionBody body;
    private Operands operands = Operands.NONE;
    private int noted;

    BodyTrace(FunctionBody body) {
        this.body = body;
        reached = new BitSet(body.length);
        before = new Operands[body.length + 1];
        lows = new int[body.length];
        sizes = new int[body.length + 1];
    }

    /** The bytes of a range of instructions. */
    int size(int from, int to) {
        return sizes[to] - sizes[from];
    }

    /** Before an instruction is compiled. */
    void arrive(int i, boolean reachable, OperandStack stack) {
        follow(stack);
        if (reachable) {
            before[i] = operands;
        }
    }

    /** After instructions were compiled or skipped: how many bytes they took, and which sites they have. */
    void leave(int first, int last, int bytes, List<FunctionPlan.Site> sites, OperandStack stack) {
        int low = follow(stack);
        boolean separates = switch (body.opcodes[first]) {
            case ELSE, CATCH, CATCH_ALL, DELEGATE, END -> true;
            default -> false;
        };
        if (before[first] != null || separates) {
            reached.set(first, last + 1);
        }
        int size = bytes;
        for (FunctionPlan.Site site : sites) {
            size += SITE + 4 * (site.loops().length + 1);
        }
        for (int i = first; i <= last; i++) {
            lows[i] = low;
            sizes[i + 1] = sizes[first] + size;
        }
    }

    private int follow(OperandStack stack) {
        int low = stack.takeLow();
        while (operands.height() > low) {
            operands = operands.below();
        }
        noted += Math.max(0, stack.height() - operands.height());
        if (noted > MOST_OPERANDS) {
            throw new UnsupportedFeature("a function with too many operands at its branches");
        }
        for (int h = operands.height(); h < stack.height(); h++) {
            operands = new Operands(stack.type(h), operands, h + 1);
        }
        return low;
    }
}
