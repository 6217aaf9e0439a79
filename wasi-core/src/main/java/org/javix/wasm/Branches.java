package org.javix.wasm;

import static org.javix.wasm.Opcodes.LOOP;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javix.wasm.FunctionScope.Mode;

/** The blocks around the instruction that is being compiled, and branches out of them. */
final class Branches {
    /** Compiling takes time by the square of the nesting: what no compiler emits is refused. */
    private static final int MOST_NESTED = 5000;

    /** Tables in which so many entries lead where others do are switched over by text. */
    private static final int REPEATS = 1000;

    /** A string in a class file has at most 65,535 bytes, up to three for each character. */
    private static final int LARGEST_TABLE = 21_845;

    private final FunctionScope scope;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;
    private final CallCompiler calls;

    /** From the function itself on inwards. */
    final ArrayList<Control> controls = new ArrayList<>();

    /** Whether any path leads to the instruction. */
    boolean reachable = true;

    Branches(FunctionScope scope, CallCompiler calls) {
        this.scope = scope;
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = scope.memory;
        this.calls = calls;
    }

    /** The block that a label stands for. */
    Control control(long depth) {
        return controls.get(controls.size() - 1 - (int) depth);
    }

    /** Enters a block. */
    Control begin(int i, Label label) {
        if (controls.size() > MOST_NESTED) {
            throw new UnsupportedFeature("nesting of more than " + MOST_NESTED + " blocks");
        }
        stack.settle();
        FuncType type = body.blockType(i);
        stack.use(type.params().size());
        Control control = new Control(body.opcodes[i], i, type, stack.height() - type.params().size(), label);
        controls.add(control);
        return control;
    }

    /** Leaves what a conditional branch looks at, with nothing else on the JVM's stack. */
    void loadCondition(int operands, Comparison comparison) {
        stack.spillBelow(operands);
        stack.load(operands);
        stack.drop(operands);
        stack.settle();
        if (comparison != null) {
            comparison.prepare(e);
        }
    }

    /** Ends one arm of a block that has several: leaves the results and goes to the end. */
    void finishArm(Control control) {
        if (reachable) {
            branch(control);
            reachable = false;
        }
    }

    /** Branches to a block. */
    void branch(Control target) {
        if (controls.getFirst() == target) {
            returnTop();
            return;
        }
        int count = target.branchTypes().size();
        stack.moveTo(target.height, count);
        note(target);
        e.goTo(target.label);
    }

    /** Notes that a branch from here reaches the end of a block. */
    private void note(Control target) {
        target.used = true;
        if (target.opcode != LOOP) {
            target.endFresh &= memory.fresh();
        }
    }

    /** Branches where a condition, or a comparison of operands, holds. */
    void branchIf(Control target, Opcode when, int operands, Comparison comparison) {
        loadCondition(operands, comparison);
        branchWhen(target, when);
    }

    /** {@code br_on_null} and {@code br_on_non_null}: the reference stays where it is not null. */
    void branchOnNull(Control target, boolean whenNull) {
        stack.spillBelow(1);
        ValType type = stack.pop();
        int slot = stack.nextSlot(type);
        e.store(TypeKind.REFERENCE, slot);
        stack.settle();
        if (!whenNull) {
            stack.pushSlot(type);
        }
        e.load(TypeKind.REFERENCE, slot);
        branchWhen(target, whenNull ? Opcode.IFNULL : Opcode.IFNONNULL);
        if (whenNull) {
            stack.pushSlot(type);
        } else {
            stack.drop(1);
        }
    }

    /** Branches by a condition that lies on the JVM's stack, which holds nothing else. */
    private void branchWhen(Control target, Opcode when) {
        boolean isReturn = controls.getFirst() == target;
        int count = target.branchTypes().size();
        if (!isReturn && stack.inPlace(target.height, count)) {
            note(target);
            e.branch(when, target.label);
            return;
        }
        Label stay = e.label();
        e.branch(Comparison.negated(when), stay);
        if (isReturn) {
            copyReturn();
        } else {
            stack.copyTo(target.height, count);
            note(target);
            e.goTo(target.label);
        }
        e.bind(stay);
    }

    /** {@code br_table}. */
    void branchTable(int i) {
        int[] labels = (int[]) body.objects[i];
        stack.spillBelow(1);
        stack.load(1);
        stack.drop(1);
        stack.settle();
        List<Label> targets = new ArrayList<>(labels.length);
        Map<Integer, Label> stubs = new HashMap<>();
        for (int depth : labels) {
            Control target = control(depth);
            if (controls.getFirst() != target && stack.inPlace(target.height, target.branchTypes().size())) {
                note(target);
                targets.add(target.label);
            } else {
                // A dry run's labels are null, and its stubs count all the same.
                if (!stubs.containsKey(depth)) {
                    stubs.put(depth, e.label());
                }
                targets.add(stubs.get(depth));
            }
        }
        Label otherwise = targets.removeLast();
        if (targets.isEmpty()) {
            e.pop(TypeKind.INT);
            e.goTo(otherwise);
        } else if (targets.size() > REPEATS && targets.size() <= LARGEST_TABLE && repeats(labels) >= REPEATS) {
            switchByText(labels, targets, otherwise);
        } else {
            shortestSwitch(labels, targets, otherwise);
        }
        stubs.forEach((depth, label) -> {
            Control target = control(depth);
            e.bind(label);
            if (controls.getFirst() == target) {
                copyReturn();
            } else {
                stack.copyTo(target.height, target.branchTypes().size());
                note(target);
                e.goTo(target.label);
            }
        });
        int local = CaseLocal.of(body, i);
        for (int k = 0; k < labels.length && local != CaseLocal.NONE; k++) {
            control(labels[k]).caseLocal = local;
        }
        reachable = false;
    }

    /** Most tables of compilers are short, or lead to the default but for a few entries. */
    private void shortestSwitch(int[] depths, List<Label> targets, Label otherwise) {
        if (targets.size() == 1) {
            e.branch(Opcode.IFEQ, targets.getFirst());
            e.goTo(otherwise);
            return;
        }
        List<SwitchCase> cases = new ArrayList<>();
        for (int k = 0; k < targets.size(); k++) {
            if (depths[k] != depths[targets.size()]) {
                cases.add(e.dry() ? null : SwitchCase.of(k, targets.get(k)));
            }
        }
        if (2 * cases.size() < targets.size()) {
            e.lookupSwitch(cases, otherwise);
        } else {
            e.tableSwitch(0, targets, otherwise);
        }
    }

    /** How many entries of a table lead where others do. */
    private static long repeats(int[] depths) {
        return depths.length - Arrays.stream(depths).distinct().count();
    }

    /**
     * A table of thousands of entries, as switches over characters have, would fill a method that nothing can be taken out
     * of. Most of its entries lead to few places: a string, which takes no room in the method, has the number of the place
     * for each.
     */
    private void switchByText(int[] depths, List<Label> targets, Label otherwise) {
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Label> places = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < targets.size(); k++) {
            Integer number = numbers.putIfAbsent(depths[k], places.size());
            if (number == null) {
                number = places.size();
                places.add(targets.get(k));
            }
            // From 1 on: a class file has a zero in two bytes.
            text.append((char) (number + 1));
        }
        e.constant(text.toString());
        e.invokeStatic(Emitter.OPS, "place", ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_String);
        e.tableSwitch(1, places, otherwise);
    }

    /** {@code return}. */
    void returnResults() {
        returnTop();
        reachable = false;
    }

    /** Returns the operands on top. */
    void returnTop() {
        int count = body.type.results().size();
        if (count == 1) {
            stack.load(1);
            emitReturn();
        } else {
            if (count > 1) {
                stack.settle();
            }
            copyReturn();
        }
    }

    /** Returns the top operands, none of which lies on the JVM's stack. */
    private void copyReturn() {
        List<ValType> results = body.type.results();
        if (results.size() == 1) {
            stack.loadDeferred(0);
        } else {
            for (int r = 0; r < results.size(); r++) {
                ValType type = results.get(r);
                scope.loadValues(type);
                e.constant(r);
                stack.loadDeferred(results.size() - 1 - r);
                e.toRaw(type);
                e.arrayStore(FunctionScope.arrayKind(type));
            }
        }
        emitReturn();
    }

    private void emitReturn() {
        List<ValType> results = body.type.results();
        calls.handBack();
        if (scope.mode != Mode.RESUME) {
            e.returnValue(ModuleLayout.resultKind(body.type));
            return;
        }
        if (results.size() == 1 && results.getFirst().isReference()) {
            int value = stack.temporary(TypeKind.REFERENCE);
            e.store(TypeKind.REFERENCE, value);
            scope.loadValues(results.getFirst());
            e.constant(0);
            e.load(TypeKind.REFERENCE, value);
            e.arrayStore(TypeKind.REFERENCE);
            e.constant(0L);
        } else if (results.size() == 1) {
            e.toRaw(results.getFirst());
        } else {
            e.constant(0L);
        }
        e.returnValue(TypeKind.LONG);
    }
}
