package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a function without what was cut out of it.
 *
 * <p>In place of a run stands the call of its piece, and behind it what the piece's exits ask for. A ring gets a
 * block around it; in place of each tail stands which tail it is and a branch to that block's end, where the call
 * is.
 */
final class CutWriter {
    private final FunctionBody from;
    private final BodyTrace trace;
    private final BodyStructure structure;
    private final LocalPool locals;
    private final Map<Integer, Cut> starts = new HashMap<>();
    private final Map<Integer, Tail> tails = new HashMap<>();
    private final Map<Cut, Integer> pieces;

    /** The new label, counted from outside, of each open structured instruction, by its old one. */
    private int[] labels = new int[16];

    private int nest;
    private FunctionBody to;

    private record Tail(Cut ring, int number) {}

    /** Where ring blocks end: the new label of the block around the ring. */
    private final Map<Cut, Integer> ringLabels = new HashMap<>();

    /** The local that says which tail of a ring to enter. */
    private final int entryLocal;

    /** @param pieces the number of each cut's piece */
    CutWriter(FunctionBody from, BodyTrace trace, BodyStructure structure, Map<Cut, Integer> pieces) {
        this.from = from;
        this.trace = trace;
        this.structure = structure;
        this.pieces = pieces;
        this.locals = new LocalPool(from.locals);
        Collection<Cut> cuts = pieces.keySet();
        entryLocal = cuts.stream().anyMatch(Cut::isRing) ? locals.add(ValType.I32) : -1;
        for (Cut cut : cuts) {
            starts.put(cut.start(), cut);
            for (int tail = 0; cut.isRing() && tail < cut.stretches.size(); tail++) {
                if (!cut.stretches.get(tail).isEmpty()) {
                    tails.put(cut.stretches.get(tail).start(), new Tail(cut, tail));
                }
            }
        }
    }

    /** The function, with calls of the pieces. */
    FunctionBody write() {
        // Which locals there are is known once it is written.
        to = new FunctionBody(from, from.function, from.type, from.locals, from.handedBack);
        int i = 0;
        while (i < from.length) {
            Tail tail = tails.get(i);
            Cut cut = starts.get(i);
            if (tail != null) {
                leaveRing(tail);
                i = tail.ring.stretches.get(tail.number).end();
            } else if (cut != null && !cut.isRing()) {
                call(cut);
                i = cut.end();
            } else {
                if (cut != null) {
                    to.add(BLOCK, 0, 0, PieceWriter.NO_VALUES);
                    ringLabels.put(cut, ++nest);
                }
                if (trace.reached.get(i)) {
                    copy(i);
                }
                i++;
            }
        }
        return to.withUsedLocals(locals.types());
    }

    private void copy(int i) {
        PieceWriter.copyRelabelled(from, structure, i, to, nest, target -> labels[target]);
        switch (from.opcodes[i]) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> {
                int label = structure.nest[i] + 1;
                if (label >= labels.length) {
                    labels = Arrays.copyOf(labels, 2 * label);
                }
                labels[label] = ++nest;
            }
            case END, DELEGATE -> nest--;
            default -> {}
        }
    }

    private void leaveRing(Tail tail) {
        to.add(I32_CONST, tail.number);
        to.add(LOCAL_SET, entryLocal);
        if (tail.number > 0) {
            to.add(BR, nest - ringLabels.get(tail.ring));
            return;
        }
        to.add(END, 0);
        nest--;
        call(tail.ring);
    }

    private void call(Cut cut) {
        if (cut.isRing()) {
            to.add(LOCAL_GET, entryLocal);
        }
        List<ValType> takenTypes = Arrays.stream(cut.taken).mapToObj(local -> from.locals[local]).toList();
        LocalPool.addGets(to, cut.taken, takenTypes);
        List<ValType> params = new ArrayList<>(cut.consumed);
        if (cut.isRing()) {
            params.add(ValType.I32);
        }
        params.addAll(takenTypes);
        List<int[]> values = new ArrayList<>();
        // As in the piece, the exits share the locals for their values.
        LocalPool pool = new LocalPool();
        for (Cut.Exit exit : cut.exits) {
            values.add(pool.take(exit.values()));
            pool.giveBack();
        }
        int[] valueLocals = locals.take(List.of(pool.types()));
        int[] produced = locals.take(cut.produced);
        locals.giveBack();
        values.replaceAll(numbers -> Arrays.stream(numbers).map(n -> valueLocals[n]).toArray());
        FuncType type = new FuncType(params, cut.hasCode() ? List.of(ValType.I32) : List.of());
        int[] back = PieceWriter.concat(cut.handedBack, valueLocals, produced);
        to.add(CALL_PIECE, 0, 0, new PieceCall(pieces.get(cut), type, back));
        new ExitWriter(to, cut, values, nest, labels).write();
        if (cut.endReachable()) {
            LocalPool.addGets(to, produced, cut.produced);
        }
    }
}
