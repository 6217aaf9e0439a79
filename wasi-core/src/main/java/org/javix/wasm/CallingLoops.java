package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.BitSet;

/**
 * Finds the loops that call something in an iteration after which there may be another.
 *
 * <p>Between a loop and its end, compilers also put what is done when it is left, an error's message say. A call from which no way leads
 * back to the loop's start is not one of the loop's. One pass goes backwards over the instructions, with the loops whose starts
 * can be reached from there.
 */
final class CallingLoops {
    /** So many loops in one another have a bit each. */
    private static final int MOST_NESTED = Long.SIZE;

    private final FunctionBody body;
    private final BitSet found = new BitSet();
    private final ArrayList<Construct> constructs = new ArrayList<>();

    /** The loops around an instruction, the outermost first. */
    private final ArrayList<Construct> loops = new ArrayList<>();

    /** Those whose starts can be reached from there, a bit each. */
    private long reached;

    /** Those in which something has been called. */
    private long calling;

    /** A structured instruction whose end has been passed. */
    private static final class Construct {
        final long atEnd;
        final long atLabel;
        long atElse;
        /** Of a loop: what can be reached from anywhere in it. */
        long inside;

        Construct(long atEnd, long atLabel) {
            this.atEnd = atEnd;
            this.atLabel = atLabel;
            this.atElse = atEnd;
        }
    }

    private CallingLoops(FunctionBody body) {
        this.body = body;
    }

    /** The loops that do, by instruction. Where exceptions or jumps may lead anywhere, all that have a call between start and end. */
    static BitSet of(FunctionBody body) {
        CallingLoops calling = new CallingLoops(body);
        int nested = 0;
        int most = 0;
        boolean jumps = false;
        BitSet loopEnds = new BitSet();
        for (int i = 0; i < body.length; i++) {
            switch (body.opcodes[i]) {
                case LOOP -> {
                    loopEnds.set(body.endOf(i));
                    calling.found.set(i, body.callsBeforeEnd(i));
                    most = Math.max(most, ++nested);
                }
                case END -> nested -= loopEnds.get(i) ? 1 : 0;
                case TRY, TRY_TABLE, JUMP_POINT -> jumps = true;
                default -> {}
            }
        }
        if (!jumps && most <= MOST_NESTED && !calling.found.isEmpty()) {
            calling.found.clear();
            calling.pass(loopEnds);
        }
        return calling.found;
    }

    private void pass(BitSet loopEnds) {
        constructs.add(new Construct(0, 0));
        for (int i = body.length - 2; i >= 0; i--) {
            if (body.opcodes[i] == END) {
                Construct construct = new Construct(reached, loopEnds.get(i) ? 1L << loops.size() : reached);
                constructs.add(construct);
                if (loopEnds.get(i)) {
                    loops.add(construct);
                }
            } else {
                step(i);
            }
            if (!loops.isEmpty()) {
                loops.getLast().inside |= reached;
            }
        }
    }

    private void step(int i) {
        if (body.callsBefore[i + 1] != body.callsBefore[i]) {
            calling |= reached;
        }
        switch (body.opcodes[i]) {
            case LOOP -> {
                constructs.removeLast();
                Construct loop = loops.removeLast();
                long bit = 1L << loops.size();
                reached = loop.inside & (bit - 1);
                if ((calling & bit) != 0) {
                    found.set(i);
                    calling = calling & ~bit | reached;
                }
            }
            case BLOCK -> constructs.removeLast();
            case IF -> reached |= constructs.removeLast().atElse;
            case ELSE -> {
                constructs.getLast().atElse = reached;
                reached = constructs.getLast().atEnd;
            }
            case BR -> reached = label((int) body.immediates[i]);
            case BR_IF, BR_ON_NULL, BR_ON_NON_NULL -> reached |= label((int) body.immediates[i]);
            case BR_TABLE -> {
                reached = 0;
                for (int depth : (int[]) body.objects[i]) {
                    reached |= label(depth);
                }
            }
            case RETURN, RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF, UNREACHABLE, THROW, RETHROW, THROW_REF -> reached = 0;
            default -> {}
        }
    }

    private long label(int depth) {
        return constructs.get(constructs.size() - 1 - depth).atLabel;
    }
}
