package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The labels and operands that validation keeps (WebAssembly specification, appendix on validation).
 *
 * <p>The operand stack holds types, null for one that is unknown because the code there is not
 * reachable. The label stack holds the open blocks; the function itself is label 0. Below a label's
 * height its block sees nothing; once its code is unreachable, it sees as many unknown operands as
 * it needs.
 */
final class ControlStack {
    /** Operands beyond this are refused: a call of two bytes can push a thousand. */
    private static final int MAX_OPERANDS = 1 << 20;

    /** Blocks nested deeper are refused. */
    private static final int MAX_LABELS = 1 << 20;

    private ValType[] operands = new ValType[256];
    private int height;
    private Label[] labels = new Label[32];
    private int depth;

    /** The locals without a default that have been set, in this order; what a block sets is unset behind it. */
    private final ArrayList<Integer> set = new ArrayList<>();

    private final BitSet isSet = new BitSet();

    /** Where the present instruction starts: the offset of faults. */
    int at;

    /** An open block. */
    static final class Label {
        /** The instruction that opened it, or its present arm. */
        int opcode;

        FuncType type;
        private int height;
        private boolean unreachable;

        /** How many locals without a default had been set when the block began. */
        private int set;

        /** What a branch to the label takes along. */
        List<ValType> branch() {
            return opcode == LOOP ? type.params() : type.results();
        }
    }

    /** Starts an expression with these results at an offset. */
    void begin(int at, List<ValType> results) {
        this.at = at;
        height = 0;
        depth = -1;
        set.clear();
        isSet.clear();
        open(BLOCK, new FuncType(List.of(), results));
    }

    /** Whether the expression's last end has not been seen. */
    boolean isOpen() {
        return depth >= 0;
    }

    // Labels.

    /** Enters a block, whose parameters it takes along. */
    void enter(int opcode, FuncType block) {
        pop(block.params());
        open(opcode, block);
        push(block.params());
    }

    private void open(int opcode, FuncType block) {
        if (++depth == labels.length) {
            if (depth >= MAX_LABELS) {
                throw invalid("blocks nested too deeply");
            }
            labels = Arrays.copyOf(labels, depth * 2);
        }
        Label label = labels[depth];
        if (label == null) {
            label = labels[depth] = new Label();
        }
        label.opcode = opcode;
        label.type = block;
        label.height = height;
        label.unreachable = false;
        label.set = set.size();
    }

    /** A local without a default was set. */
    void setLocal(int local) {
        if (!isSet.get(local)) {
            isSet.set(local);
            set.add(local);
        }
    }

    /** Whether a local without a default has been set wherever the present instruction is reached from. */
    boolean isSet(int local) {
        return isSet.get(local);
    }

    /** The innermost label, which must be of one of two kinds for the present instruction. */
    private Label inside(int opcode, int other) {
        Label label = labels[depth];
        if (label.opcode != opcode && label.opcode != other) {
            throw new InvalidModuleException(true, at, "END opcode expected");
        }
        return label;
    }

    /** Starts the next arm of the innermost block, which was opened by, or whose arm is, one of two opcodes. */
    void arm(int opcode, int other, int next, List<ValType> values) {
        Label label = inside(opcode, other);
        close(label);
        label.opcode = next;
        label.unreachable = false;
        push(values);
    }

    /** Starts the second arm of an {@code if}. */
    void otherwise() {
        arm(IF, IF, ELSE, labels[depth].type.params());
    }

    /** Ends a {@code try} that gives its exceptions to an outer label. */
    void delegate(int index) {
        Label label = inside(TRY, TRY);
        close(label);
        depth--;
        label(index);
        push(label.type.results());
    }

    /** Takes the results at the end of the innermost block or of one of its arms. */
    private void close(Label label) {
        List<ValType> results = label.type.results();
        require(results);
        if (height > label.height + results.size()) {
            throw invalid("type mismatch: block requires " + results + " but stack has " + top(label.height));
        }
        height = label.height;
        while (set.size() > label.set) {
            isSet.clear(set.removeLast());
        }
    }

    /** Ends the innermost block; its results are operands of the next. */
    void end() {
        Label label = labels[depth];
        close(label);
        if (label.opcode == IF && !isSubtypes(label.type.params(), label.type.results())) {
            throw invalid("type mismatch: if without else requires " + label.type.params() + " to be "
                    + label.type.results());
        }
        depth--;
        if (depth >= 0) {
            push(label.type.results());
        }
    }

    /** What follows in the innermost block is not reachable. */
    void unreachable() {
        Label label = labels[depth];
        height = label.height;
        label.unreachable = true;
    }

    /** A label by its number, the innermost being 0. */
    Label label(int index) {
        if (index < 0 || index > depth) {
            throw invalid("unknown label " + Integer.toUnsignedString(index));
        }
        return labels[depth - index];
    }

    // Operands.

    void apply(FuncType instruction) {
        pop(instruction.params());
        push(instruction.results());
    }

    void push(ValType type) {
        if (height == operands.length) {
            if (height >= MAX_OPERANDS) {
                throw invalid("too many operands");
            }
            operands = Arrays.copyOf(operands, height * 2);
        }
        operands[height++] = type;
    }

    void push(List<ValType> types) {
        for (int i = 0; i < types.size(); i++) {
            push(types.get(i));
        }
    }

    void pop(ValType expected) {
        Label label = labels[depth];
        if (height > label.height) {
            ValType actual = operands[height - 1];
            if (actual != null && !actual.isSubtypeOf(expected)) {
                throw mismatch(List.of(expected));
            }
            height--;
        } else if (!label.unreachable) {
            throw mismatch(List.of(expected));
        }
    }

    void pop(List<ValType> types) {
        require(types);
        height = Math.max(labels[depth].height, height - types.size());
    }

    /** Pops an operand of any type; null where it is unknown. */
    ValType popAny() {
        Label label = labels[depth];
        if (height > label.height) {
            return operands[--height];
        }
        if (!label.unreachable) {
            throw invalid("type mismatch: instruction requires an operand but stack has []");
        }
        return null;
    }

    /** The topmost operands must be of these types; they stay. */
    void require(List<ValType> types) {
        if (!fits(types)) {
            throw mismatch(types);
        }
    }

    /** Whether the topmost operands are of the types. */
    private boolean fits(List<ValType> types) {
        Label label = labels[depth];
        for (int i = types.size() - 1, top = height - 1; i >= 0; i--, top--) {
            if (top < label.height) {
                return label.unreachable;
            }
            ValType actual = operands[top];
            if (actual != null && !actual.isSubtypeOf(types.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether each type of a list is a subtype of the other's. */
    static boolean isSubtypes(List<ValType> types, List<ValType> others) {
        if (types.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < types.size(); i++) {
            if (!types.get(i).isSubtypeOf(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Pops a reference of any type; {@link ValType#UNKNOWN_REFERENCE} where it is unknown. */
    ValType popReference() {
        ValType reference = popAny();
        if (reference == null) {
            return ValType.UNKNOWN_REFERENCE;
        }
        if (!reference.isReference()) {
            throw invalid("type mismatch: instruction requires a reference but stack has " + reference);
        }
        return reference;
    }

    private InvalidModuleException mismatch(List<ValType> required) {
        int from = Math.max(labels[depth].height, height - required.size());
        return invalid("type mismatch: instruction requires " + required + " but stack has " + top(from));
    }

    private List<ValType> top(int from) {
        return Arrays.asList(Arrays.copyOfRange(operands, Math.max(from, height - 20), height));
    }

    private InvalidModuleException invalid(String fault) {
        return new InvalidModuleException(false, at, fault);
    }
}
