package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

/**
 * A small loop that calls ({@link CallingLoops}) and moves nothing and contains no other. Its body is compiled several times in a row, so
 * that it counts and polls, and HotSpot does, only once in as many iterations.
 */
final class TightLoop {
    /** The instructions that all copies of a body may have together; each of the two of an interpreter may have as many. */
    private static final int MOST_INSTRUCTIONS = 320;

    private static final int MOST_COPIES = 8;

    private TightLoop() {}

    /** How many copies of a loop's body there are to be; 1 where it is not such a loop. */
    static int copies(FunctionBody body, int loop) {
        int end = body.endOf(loop);
        int copies = Math.min(MOST_COPIES, MOST_INSTRUCTIONS / (end - loop));
        if (copies == 1 && isSwitch(body, loop, end)) {
            copies = 2;
        }
        FuncType type = body.blockType(loop);
        if (copies < 2
                || !type.params().isEmpty()
                || !type.results().isEmpty()
                || body.callsInLoop(loop)
                || body.movesBlocksBetween(loop, end)) {
            return 1;
        }
        for (int i = loop + 1; i < end; i++) {
            switch (body.opcodes[i]) {
                case LOOP, TRY, TRY_TABLE -> {
                    return 1;
                }
                default -> {}
            }
        }
        return copies;
    }

    /** Whether it jumps by a table, and so executes a small part of itself in an iteration. */
    private static boolean isSwitch(FunctionBody body, int loop, int end) {
        for (int i = loop + 1; i < end; i++) {
            if (body.opcodes[i] == BR_TABLE) {
                return true;
            }
        }
        return false;
    }
}
