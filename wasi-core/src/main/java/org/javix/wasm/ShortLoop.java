package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;

/**
 * A loop that ends by itself soon: it counts from one constant to another, calls ({@link CallingLoops}) and moves nothing, and contains
 * no other loop. It needs no poll; and HotSpot, which then finds nothing but the guest's own count in it, compares its addresses once,
 * before the loop, unrolls it, and leaves its own poll out.
 *
 * <p>It ends as clang ends such loops: {@code local.get c, i32.const step, i32.add, local.tee c}, {@code i32.const limit,
 * i32.ne} unless the limit is 0, and {@code br_if 0}.
 *
 * @param iterations how many it has at most
 * @param ascending whether it counts up
 */
record ShortLoop(int iterations, boolean ascending) {
    /** It comes to at most this many instructions, which take about half a millisecond. */
    private static final long MOST_INSTRUCTIONS = 1 << 21;

    /** The same in a piece of a large function, which may have very many such loops, one after the other. */
    private static final long MOST_IN_PIECE = 1 << 16;

    /** Finds out whether a loop is short; if not, answers null. */
    static ShortLoop of(FunctionBody body, int loop) {
        int end = body.endOf(loop);
        int branch = end - 1;
        if (body.callsInLoop(loop)
                || body.movesBlocksBetween(loop, end)
                || branch - loop <= 6 || body.opcodes[branch] != BR_IF) {
            return null;
        }
        int tee = branch - 1;
        long limit = 0;
        if (body.opcodes[tee] == I32_NE && body.opcodes[tee - 1] == I32_CONST) {
            limit = body.immediates[tee - 1];
            tee -= 2;
        }
        if (body.opcodes[tee] != LOCAL_TEE
                || body.opcodes[tee - 1] != I32_ADD
                || body.opcodes[tee - 2] != I32_CONST
                || body.opcodes[tee - 3] != LOCAL_GET
                || body.immediates[tee - 3] != body.immediates[tee]
                || !endsAt(body, loop, tee, branch)) {
            return null;
        }
        long step = body.immediates[tee - 2];
        int start = constantBefore(body, loop, body.immediates[tee]);
        if (start < 0 || step == 0) {
            return null;
        }
        long distance = limit - body.immediates[start];
        long iterations = distance / step;
        long most = body.isPiece() ? MOST_IN_PIECE : MOST_INSTRUCTIONS;
        boolean isShort = distance % step == 0 && iterations > 0 && iterations * (end - loop) <= most;
        return isShort ? new ShortLoop((int) iterations, step > 0) : null;
    }

    /** Whether each iteration comes to its end or leaves the loop, and sets the local that counts there only. */
    private static boolean endsAt(FunctionBody body, int loop, int tee, int branch) {
        int depth = 0;
        for (int i = loop + 1; i < branch; i++) {
            long immediate = body.immediates[i];
            switch (body.opcodes[i]) {
                case BLOCK, IF -> depth++;
                case END -> depth--;
                case LOOP, TRY, TRY_TABLE -> {
                    return false;
                }
                case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> {
                    if (immediate == depth) {
                        return false;
                    }
                }
                case BR_TABLE -> {
                    for (int label : (int[]) body.objects[i]) {
                        if (label == depth) {
                            return false;
                        }
                    }
                }
                case LOCAL_SET, LOCAL_TEE -> {
                    if (immediate == body.immediates[tee] && i != tee) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return body.immediates[branch] == depth;
    }

    /** The instruction that gives the constant which a local surely has before the loop; or -1. */
    private static int constantBefore(FunctionBody body, int loop, long local) {
        for (int i = loop - 1; i > 0; i--) {
            switch (body.opcodes[i]) {
                case LOCAL_SET, LOCAL_TEE -> {
                    if (body.immediates[i] == local) {
                        return body.opcodes[i - 1] == I32_CONST ? i - 1 : -1;
                    }
                }
                case LOOP, ELSE, END, CATCH, CATCH_ALL, DELEGATE, CALL_PIECE, JUMP_POINT -> {
                    return -1;
                }
                default -> {}
            }
        }
        return -1;
    }

    /**
     * The comparison by which it goes on, for one of inequality. Both are the same, since the count comes to the limit exactly; but HotSpot
     * counts loops with steps of more than one by this one only.
     */
    Opcode goesOn(Opcode unequal) {
        return switch (unequal) {
            case IFNE -> ascending ? Opcode.IFLT : Opcode.IFGT;
            case IF_ICMPNE -> ascending ? Opcode.IF_ICMPLT : Opcode.IF_ICMPGT;
            default -> throw new IllegalArgumentException(unequal.toString());
        };
    }
}
