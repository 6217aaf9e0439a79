package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.List;

/**
 * Writes what follows the call of a piece: the function goes where the piece asked for.
 *
 * <pre>
 * block (param i32)            behind its end: the run has ended by itself
 *   block (param i32)          behind its end: an exit that takes more than a branch
 *     br_table 1 0 …           other exits are branches
 *   end  local.get…  return
 * end
 * </pre>
 */
final class ExitWriter {
    private static final FuncType TAKES_CODE = new FuncType(List.of(ValType.I32), List.of());

    private final FunctionBody to;
    private final Cut cut;
    private final List<Cut.Exit> exits;
    private final List<int[]> values;
    private final int nest;
    private final int[] labels;

    /**
     * @param values of each exit, the locals that hold its operands
     * @param nest how many structured instructions are open
     * @param labels the labels that exits name, in the function that is written; both counted from outside
     */
    ExitWriter(FunctionBody to, Cut cut, List<int[]> values, int nest, int[] labels) {
        this.to = to;
        this.cut = cut;
        this.exits = List.copyOf(cut.exits);
        this.values = values;
        this.nest = nest;
        this.labels = labels;
    }

    /** With the piece's result on the stack, if it has one. */
    void write() {
        if (exits.isEmpty()) {
            if (!cut.endReachable()) {
                // The piece throws or traps.
                to.add(UNREACHABLE, 0);
            }
            return;
        }
        if (!cut.hasCode()) {
            take(0, nest);
        } else if (cut.endReachable() && exits.size() == 1) {
            if (exits.getFirst().isPlainBranch()) {
                to.add(BR_IF, nest - labels[exits.getFirst().target()]);
            } else {
                to.add(IF, 0, 0, PieceWriter.NO_VALUES);
                take(0, nest + 1);
                to.add(END, 0);
            }
        } else {
            writeSwitch();
        }
    }

    private void writeSwitch() {
        int first = cut.endReachable() ? 1 : 0;
        int blocks = first + (int) exits.stream().filter(exit -> !exit.isPlainBranch()).count();
        int inside = nest + blocks;
        int[] table = new int[first + exits.size()];
        // The block of the first exit that needs one is the innermost; the run's own end is the outermost.
        int depth = 0;
        for (int x = 0; x < exits.size(); x++) {
            Cut.Exit exit = exits.get(x);
            table[first + x] = exit.isPlainBranch() ? inside - labels[exit.target()] : depth++;
        }
        if (first > 0) {
            table[0] = blocks - 1;
        }
        for (int b = 0; b < blocks; b++) {
            to.add(BLOCK, 0, 0, TAKES_CODE);
        }
        to.add(BR_TABLE, 0, 0, table);
        int open = inside;
        for (int x = 0; x < exits.size(); x++) {
            if (!exits.get(x).isPlainBranch()) {
                to.add(END, 0);
                take(x, --open);
            }
        }
        if (first > 0) {
            to.add(END, 0);
        }
    }

    /** Executes an exit. */
    private void take(int x, int open) {
        Cut.Exit exit = exits.get(x);
        LocalPool.addGets(to, values.get(x), exit.values());
        switch (exit.opcode()) {
            case BR, RETHROW -> to.add(exit.opcode(), open - labels[exit.target()]);
            default -> to.add(exit.opcode(), exit.immediate(), exit.second(), null);
        }
    }
}
