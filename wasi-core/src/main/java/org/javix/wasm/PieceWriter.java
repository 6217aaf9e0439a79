package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Writes a piece: a function of its own with the instructions of a {@link Cut}.
 *
 * <p>Around the instructions lies a block for each exit. A branch that leaves the run goes to its exit's block,
 * which keeps the values in locals; those are handed back as well. At the end the piece returns the number of
 * its exit, or 0 where the run ended by itself, provided that there is more than one way.
 *
 * <pre>
 * block (result i32)
 *   block (result values of exit 2)
 *     block (result values of exit 1)
 *       the run  i32.const 0  br 2
 *     end  local.set…  i32.const 1  br 1
 *   end  local.set…  i32.const 2
 * end
 * </pre>
 */
final class PieceWriter {
    static final FuncType NO_VALUES = new FuncType(List.of(), List.of());

    /** The kind of a clause of try_table that catches everything, and passes it on as a reference. */
    private static final int CATCH_ALL_REF = 3;

    private static final FuncType CODE = new FuncType(List.of(), List.of(ValType.I32));

    private final FunctionBody from;
    private final BodyTrace trace;
    private final BodyStructure structure;
    private final Cut cut;
    private final List<Cut.Exit> exits;
    private final Map<Integer, Integer> localNumbers = new HashMap<>();
    private final LocalPool locals = new LocalPool();

    /** The label of the innermost block of an exit, counted from outside. */
    private final int innermostExit;

    /** The label of the innermost structured instruction around the run, counted from outside. */
    private final int around;

    private FunctionBody piece;

    PieceWriter(FunctionBody from, BodyTrace trace, BodyStructure structure, Cut cut) {
        this.from = from;
        this.trace = trace;
        this.structure = structure;
        this.cut = cut;
        this.exits = List.copyOf(cut.exits);
        this.innermostExit = exits.size() + (cut.hasCode() ? 1 : 0);
        this.around = innermostExit + (cut.thrown == null ? 0 : 1);
    }

    /** The piece, as the function of a number. */
    FunctionBody write(int number) {
        List<ValType> params = new ArrayList<>(cut.consumed);
        if (cut.isRing()) {
            params.add(ValType.I32);
        }
        int entry = params.size() - 1;
        for (int local : cut.taken) {
            localNumbers.put(local, params.size());
            params.add(from.locals[local]);
        }
        params.forEach(locals::add);
        for (int local : cut.own) {
            localNumbers.put(local, locals.add(from.locals[local]));
        }
        List<int[]> valuesOfExits = new ArrayList<>();
        for (Cut.Exit exit : exits) {
            valuesOfExits.add(locals.take(exit.values()));
            locals.giveBack();
        }
        int[] values = locals.pooled();
        int[] produced = new int[cut.produced.size()];
        for (int p = 0; p < produced.length; p++) {
            produced[p] = locals.add(cut.produced.get(p));
        }
        int[] back = Arrays.stream(cut.handedBack).map(localNumbers::get).toArray();
        FuncType type = new FuncType(params, cut.hasCode() ? List.of(ValType.I32) : List.of());
        piece = new FunctionBody(from, number, type, locals.types(), concat(back, values, produced));
        writeExitBlocks();
        if (cut.thrown != null) {
            int[][] catches = {{CATCH_ALL_REF, -1, exits.indexOf(cut.thrown)}};
            piece.add(TRY_TABLE, 0, 0, new FunctionBody.TryTable(new FuncType(List.of(), cut.produced), catches));
        }
        int[] consumed = new int[cut.consumed.size()];
        Arrays.setAll(consumed, k -> k);
        LocalPool.addGets(piece, consumed, cut.consumed);
        if (cut.isRing()) {
            writeRing(entry);
        } else {
            copy(cut.stretches.getFirst());
        }
        if (cut.thrown != null) {
            piece.add(END, 0);
        }
        writeEnds(produced, valuesOfExits);
        piece.add(END, 0);
        piece.finish();
        return piece;
    }

    static int[] concat(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private void writeExitBlocks() {
        if (cut.hasCode()) {
            piece.add(BLOCK, 0, 0, CODE);
        }
        for (int x = exits.size() - 1; x >= 0; x--) {
            piece.add(BLOCK, 0, 0, new FuncType(List.of(), exits.get(x).values()));
        }
    }

    private void writeEnds(int[] produced, List<int[]> valuesOfExits) {
        boolean code = cut.hasCode();
        int first = 0;
        if (cut.endReachable()) {
            LocalPool.addSets(piece, produced, cut.produced);
            if (code) {
                piece.add(I32_CONST, first++);
                if (!exits.isEmpty()) {
                    piece.add(BR, exits.size());
                }
            }
        }
        for (int x = 0; x < exits.size(); x++) {
            piece.add(END, 0);
            LocalPool.addSets(piece, valuesOfExits.get(x), exits.get(x).values());
            if (code) {
                piece.add(I32_CONST, first + x);
                if (x < exits.size() - 1) {
                    piece.add(BR, exits.size() - 1 - x);
                }
            }
        }
        if (code) {
            piece.add(END, 0);
        }
    }

    private void writeRing(int entry) {
        int blocks = cut.blocks.size();
        for (int b = 0; b < blocks; b++) {
            piece.add(BLOCK, 0, 0, NO_VALUES);
        }
        int[] labels = new int[blocks];
        for (int tail = 0; tail < blocks; tail++) {
            labels[tail] = blocks - 1 - tail;
        }
        piece.add(LOCAL_GET, entry);
        piece.add(BR_TABLE, 0, 0, labels);
        for (int tail = blocks - 1; tail >= 0; tail--) {
            piece.add(END, 0);
            copy(cut.stretches.get(tail));
        }
    }

    private void copy(Cut.Stretch stretch) {
        for (int i = trace.reached.nextSetBit(stretch.start()); i >= 0 && i < stretch.end(); i = trace.reached.nextSetBit(i + 1)) {
            int opcode = from.opcodes[i];
            switch (opcode) {
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> piece.add(opcode, localNumbers.get((int) from.immediates[i]));
                case CALL_PIECE -> {
                    PieceCall call = (PieceCall) from.objects[i];
                    int[] back = Arrays.stream(call.handedBack()).map(localNumbers::get).toArray();
                    piece.add(opcode, 0, 0, new PieceCall(call.piece(), call.type(), back));
                }
                case RETURN, RETURN_CALL, RETURN_CALL_INDIRECT -> exit(i, cut.exitOf(i));
                case RETHROW -> {
                    if (structure.nest[i] - from.immediates[i] <= cut.level.nest) {
                        exit(i, cut.exitOf(i));
                    } else {
                        copyRelabelled(from, structure, i, piece, innerNest(i), this::label);
                    }
                }
                default -> copyRelabelled(from, structure, i, piece, innerNest(i), this::label);
            }
        }
    }

    /** How many structured instructions of the piece are around an instruction. */
    private int innerNest(int i) {
        return structure.nest[i] - cut.level.nest + around;
    }

    private void exit(int i, Cut.Exit exit) {
        piece.add(BR, innerNest(i) - blockOf(exit));
    }

    /** The label, counted from outside, of an exit's block. */
    private int blockOf(Cut.Exit exit) {
        return innermostExit - exits.indexOf(exit);
    }

    /** The label in the piece, counted from outside, for one of the function. */
    private int label(int target) {
        return target > cut.level.nest ? target - cut.level.nest + around : blockOf(cut.branchExit(target));
    }

    /**
     * Copies an instruction to a place with other labels around it.
     *
     * @param nest how many structured instructions are around the copy
     * @param label gives the new label for an old one, both counted from outside
     */
    static void copyRelabelled(
            FunctionBody from, BodyStructure structure, int i, FunctionBody to, int nest, IntUnaryOperator label) {
        int opcode = from.opcodes[i];
        long immediate = from.immediates[i];
        Object object = from.objects[i];
        int around = structure.nest[i];
        switch (opcode) {
            case BR, BR_IF, RETHROW -> immediate = nest - label.applyAsInt(around - (int) immediate);
            case DELEGATE -> immediate = nest - 1 - label.applyAsInt(around - 1 - (int) immediate);
            case BR_TABLE -> object = Arrays.stream((int[]) object)
                    .map(depth -> nest - label.applyAsInt(around - depth))
                    .toArray();
            case TRY_TABLE -> {
                FunctionBody.TryTable table = (FunctionBody.TryTable) object;
                int[][] catches = table.catches().clone();
                for (int c = 0; c < catches.length; c++) {
                    catches[c] = catches[c].clone();
                    catches[c][2] = nest - label.applyAsInt(around - catches[c][2]);
                }
                object = new FunctionBody.TryTable(table.type(), catches);
            }
            default -> {}
        }
        to.add(opcode, immediate, from.seconds[i], object);
    }
}
