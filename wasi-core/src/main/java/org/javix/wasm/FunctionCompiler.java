package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javix.wasm.FunctionScope.Mode;

/**
 * Compiles one function: its structure and branches; the other instructions are compiled by {@link Numeric},
 * {@link ScalarAccess}, {@link MemoryAccess}, {@link VariableAccess}, {@link VectorCompiler}, {@link CallCompiler} and
 * {@link ExceptionCompiler}, and {@link Suspension} makes its stack frame something that can be taken away and put
 * back.
 */
final class FunctionCompiler {
    /** Compiling takes time by the square of the nesting: what no compiler emits is refused. */
    private static final int MOST_NESTED = 5000;

    private static final int MOST_TRIES = 100;

    /** A function's loops poll once in this many iterations. */
    private static final int ITERATIONS = 1000;

    private final FunctionScope scope;
    private final Module module;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;
    private final ScalarAccess scalars;
    private final VariableAccess variables;
    private final VectorCompiler vectors;
    private final AtomicAccess atomics;
    private final Suspension suspension;
    private final CallCompiler calls;
    private final TailCallCompiler tailCalls;
    private final ExceptionCompiler exceptions;
    private final JumpPoints jumpPoints;
    private final ArrayList<Control> controls = new ArrayList<>();
    private final int fuelSlot;
    private int exceptionDepth;
    private boolean reachable = true;
    private Label rethrow;

    /** Where a function that calls itself last goes on. */
    private Label repetition;

    /** Of a dry run: what is told about each instruction, or null. */
    private BodyTrace trace;

    FunctionCompiler(ModuleLayout layout, FunctionBody body, Emitter e, Mode mode, FunctionPlan plan) {
        this.scope = new FunctionScope(layout, body, e, mode, plan);
        this.module = layout.module;
        this.body = body;
        this.e = e;
        this.stack = scope.stack;
        this.memory = scope.memory;
        this.scalars = new ScalarAccess(scope);
        this.variables = new VariableAccess(scope);
        this.vectors = new VectorCompiler(scope);
        this.suspension = new Suspension(scope);
        this.calls = new CallCompiler(scope, suspension);
        this.tailCalls = new TailCallCompiler(scope);
        this.exceptions = new ExceptionCompiler(scope);
        this.jumpPoints = new JumpPoints(scope, suspension, exceptions);
        this.exceptionDepth = jumpPoints.exceptionSlots();
        this.atomics = new AtomicAccess(scope, calls);
        this.fuelSlot = scope.allocate(TypeKind.INT);
    }

    /** Finds out a function's plan. */
    static FunctionPlan plan(ModuleLayout layout, FunctionBody body) {
        return plan(layout, body, null);
    }

    /** Finds out a function's plan, and what there is to know about each instruction. */
    static FunctionPlan plan(ModuleLayout layout, FunctionBody body, BodyTrace trace) {
        FunctionPlan plan = new FunctionPlan();
        Emitter counter = new Emitter(null);
        FunctionCompiler compiler = new FunctionCompiler(layout, body, counter, Mode.DRY, plan);
        compiler.trace = trace;
        compiler.compile();
        plan.size = counter.size();
        plan.frameEntries = (long) counter.labels() * compiler.scope.slots();
        return plan;
    }

    /** The size of a function's resume body in bytes, estimated from above. */
    static int resumeSize(ModuleLayout layout, FunctionBody body, FunctionPlan plan) {
        Emitter counter = new Emitter(null);
        new FunctionCompiler(layout, body, counter, Mode.RESUME, plan).compile();
        return counter.size();
    }

    /** Emits the function. */
    void compile() {
        Label start = e.label();
        Label end = e.label();
        beginFuel();
        suspension.enter();
        e.bind(start);
        controls.add(new Control(BLOCK, -1, body.type, 0, null));
        if (scope.layout.graph.tail.repeats(body.function)) {
            beginRepetition();
        } else if (scope.layout.graph.pollsAtEntry(body.function)) {
            suspension.pollAtEntry();
        }
        for (int i = 0; i < body.length; i++) {
            i = trace == null ? step(i) : traced(i);
        }
        e.bind(end);
        if (rethrow != null) {
            e.bind(rethrow);
            e.throwIt();
        }
        jumpPoints.finish(start, end);
        suspension.leave(start, end);
    }

    /** Where there are loops, sets the number of iterations until they poll. */
    private void beginFuel() {
        boolean loops = false;
        boolean calls = false;
        for (int i = 0; i < body.length && !calls; i++) {
            if (body.opcodes[i] == LOOP) {
                loops = true;
                calls = body.callsBetween(i, body.endOf(i));
            }
        }
        if (loops && scope.layout.polls) {
            // A function that is called by a loop and calls others in its own must not multiply the time between polls.
            e.constant(calls ? 0 : ITERATIONS);
            e.store(TypeKind.INT, fuelSlot);
        }
    }

    // ---- Structure ----

    /** Compiles or skips an instruction, and perhaps those that belong to it; answers the last one's index. */
    private int step(int i) {
        return reachable ? instruction(i) : skip(i);
    }

    private int traced(int i) {
        int size = e.size();
        int sites = scope.plan.sites.size();
        trace.arrive(i, reachable, stack);
        int last = step(i);
        trace.leave(i, last, e.size() - size, scope.plan.sites.subList(sites, scope.plan.sites.size()), stack);
        return last;
    }

    /** Skips code that no path reaches, up to what makes the code after it reachable again. */
    private int skip(int i) {
        switch (body.opcodes[i]) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> {
                return body.endOf(i);
            }
            case ELSE, END, CATCH, CATCH_ALL, DELEGATE -> {
                return instruction(i);
            }
            default -> {
                return i;
            }
        }
    }

    private Control control(long depth) {
        return controls.get(controls.size() - 1 - (int) depth);
    }

    /** Compiles an instruction, and perhaps those that belong to it; answers the last one's index. */
    private int instruction(int i) {
        int opcode = body.opcodes[i];
        long immediate = body.immediates[i];
        Comparison comparison = Comparison.of(opcode);
        if (comparison != null) {
            int user = fuse(i, comparison);
            if (user > i) {
                return user;
            }
        }
        Numeric numeric = Numeric.of(opcode);
        if (numeric != null) {
            int operands = numeric.params().length;
            stack.load(operands);
            stack.drop(operands);
            numeric.emit().accept(e);
            stack.push(numeric.result());
            return i;
        }
        if (scalars.access(i) || variables.access(i) || memory.access(i) || vectors.compile(i) || atomics.access(i)) {
            return i;
        }
        switch (opcode) {
            case UNREACHABLE -> {
                e.invokeStatic(Emitter.OPS, "unreachable", ClassDesc.of("org.javix.wasm.Trap"));
                e.throwIt();
                reachable = false;
            }
            case NOP -> {}
            case BLOCK -> begin(i, e.label());
            case LOOP -> beginLoop(i);
            case IF -> beginIf(i, Opcode.IFEQ, 1, null);
            case ELSE -> otherwise(i);
            case TRY, TRY_TABLE -> beginTry(i);
            case CATCH, CATCH_ALL -> beginCatch(i);
            case DELEGATE -> endDelegate(i);
            case END -> end();
            case BR -> {
                branch(control(immediate));
                reachable = false;
            }
            case BR_IF -> branchIf(control(immediate), Opcode.IFNE, 1, null);
            case BR_ON_NULL, BR_ON_NON_NULL -> branchOnNull(control(immediate), opcode == BR_ON_NULL);
            case BR_TABLE -> branchTable((int[]) body.objects[i]);
            case RETURN -> returnResults();
            case THROW -> {
                exceptions.throwTag((int) immediate);
                reachable = false;
            }
            case RETHROW -> {
                exceptions.load(control(immediate));
                e.throwIt();
                reachable = false;
            }
            case THROW_REF -> {
                stack.pop();
                e.invokeStatic(Emitter.OPS, "thrown", ExceptionCompiler.EXCEPTION, Emitter.OBJECT);
                e.throwIt();
                reachable = false;
            }
            case CALL -> calls.call((int) immediate);
            case CALL_INDIRECT -> calls.callIndirect((int) immediate, body.seconds[i]);
            case JUMP_POINT -> jumpPoint();
            case CALL_PIECE -> calls.callPiece((PieceCall) body.objects[i]);
            case CALL_REF -> calls.callReference((int) immediate);
            case RETURN_CALL -> tailCall((int) immediate);
            case RETURN_CALL_REF -> {
                tailCalls.callReference((int) immediate);
                reachable = false;
            }
            case RETURN_CALL_INDIRECT -> {
                tailCalls.callIndirect((int) immediate, body.seconds[i]);
                reachable = false;
            }
            default -> throw new UnsupportedFeature(String.format("opcode 0x%x", opcode));
        }
        return i;
    }

    private Control begin(int i, Label label) {
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

    /**
     * A loop of the guest becomes two: the inner one counts down what is left of a number of iterations, and the outer
     * one polls when nothing is left. A poll is a volatile read, and within the inner loop it would keep HotSpot from
     * moving anything out of it. All loops of a function share the number, so that entering one costs nothing.
     */
    private void beginLoop(int i) {
        stack.settle();
        // The parameters must lie in their slots, where branches leave them.
        FuncType type = body.blockType(i);
        int params = type.params().size();
        stack.moveTo(stack.height() - params, params);
        Control control = begin(i, e.label());
        if (memory.moves() || body.callsBetween(i, body.endOf(i))) {
            memory.forget();
        } else {
            memory.ensure();
        }
        control.otherwiseFresh = memory.fresh();
        control.outer = suspension.header(i);
        e.bind(control.outer);
        // Two places, or it would be one loop.
        e.nop();
        control.inner = e.label();
        e.bind(control.inner);
        suspension.beginLoop(i);
    }

    /** At a loop's end: the place that branches to it go to. */
    private void endLoop(Control control) {
        if (control.used) {
            boolean falls = reachable;
            boolean fresh = memory.fresh();
            Label after = e.label();
            if (falls) {
                stack.moveTo(control.height, control.type.results().size());
                e.goTo(after);
            }
            e.bind(control.label);
            stack.truncate(control.height);
            control.type.params().forEach(stack::pushSlot);
            memory.setFresh(control.otherwiseFresh);
            if (scope.layout.polls) {
                e.increment(fuelSlot, -1);
                e.load(TypeKind.INT, fuelSlot);
                e.branch(Opcode.IFGE, control.inner);
                suspension.poll();
                memory.refresh();
                e.constant(ITERATIONS);
                e.store(TypeKind.INT, fuelSlot);
            }
            e.goTo(control.outer);
            stack.truncate(control.height);
            if (falls) {
                e.bind(after);
                control.type.results().forEach(stack::pushSlot);
                memory.setFresh(fresh);
            }
        }
        suspension.endLoop();
    }

    /** With the condition's operands on top; branches to else where {@code comparison} does not hold. */
    private void beginIf(int i, Opcode toElse, int operands, Comparison comparison) {
        loadCondition(operands, comparison);
        // Nothing may lie on the JVM's stack at else: loadCondition has spilled what is below.
        FuncType type = body.blockType(i);
        int params = type.params().size();
        Control control = new Control(IF, i, type, stack.height() - params, e.label());
        if (!stack.inPlace(control.height, params)) {
            // Only without a comparison: the condition is one int.
            int condition = stack.temporary(TypeKind.INT);
            e.store(TypeKind.INT, condition);
            stack.moveTo(control.height, params);
            e.load(TypeKind.INT, condition);
        }
        control.otherwise = e.label();
        control.elsePending = true;
        control.otherwiseFresh = memory.fresh();
        controls.add(control);
        e.branch(toElse, control.otherwise);
    }

    private void loadCondition(int operands, Comparison comparison) {
        stack.spillBelow(operands);
        stack.load(operands);
        stack.drop(operands);
        stack.settle();
        if (comparison != null) {
            comparison.prepare(e);
        }
    }

    private void otherwise(int i) {
        Control control = controls.getLast();
        finishArm(control);
        e.bind(control.otherwise);
        control.elsePending = false;
        stack.truncate(control.height);
        control.type.params().forEach(stack::pushSlot);
        memory.setFresh(control.otherwiseFresh);
        reachable = true;
    }

    /** Ends one arm of a block that has several: leaves the results and goes to the end. */
    private void finishArm(Control control) {
        if (reachable) {
            branch(control);
            reachable = false;
        }
    }

    private void end() {
        Control control = controls.removeLast();
        if (controls.isEmpty()) {
            if (reachable) {
                returnTop();
            }
            reachable = false;
            return;
        }
        switch (control.opcode) {
            case LOOP -> {
                endLoop(control);
                return;
            }
            case IF -> {
                if (control.elsePending) {
                    finishArm(control);
                    e.bind(control.otherwise);
                    // The parameters are the results: they lie in the same slots.
                    control.endFresh &= control.otherwiseFresh;
                    control.used = true;
                }
            }
            case TRY -> endTry(control);
            case TRY_TABLE -> endTryTable(control);
            default -> {}
        }
        if (!control.used) {
            return;
        }
        if (reachable) {
            stack.moveTo(control.height, control.type.results().size());
            control.endFresh &= memory.fresh();
        }
        e.bind(control.label);
        stack.truncate(control.height);
        control.type.results().forEach(stack::pushSlot);
        memory.setFresh(control.endFresh);
        reachable = true;
    }

    // ---- Branches ----

    private void branch(Control target) {
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

    private void branchIf(Control target, Opcode when, int operands, Comparison comparison) {
        loadCondition(operands, comparison);
        branchWhen(target, when);
    }

    /** {@code br_on_null} and {@code br_on_non_null}: the reference stays where it is not null. */
    private void branchOnNull(Control target, boolean whenNull) {
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

    private void branchTable(int[] labels) {
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
        } else {
            e.tableSwitch(0, targets, otherwise);
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
        reachable = false;
    }

    /** Fuses a comparison with the branch or if that follows it; answers the last instruction used. */
    private int fuse(int i, Comparison comparison) {
        int j = i + 1;
        Opcode when = comparison.branch();
        while (body.opcodes[j] == I32_EQZ) {
            when = Comparison.negated(when);
            j++;
        }
        if (body.opcodes[j] == BR_IF) {
            branchIf(control(body.immediates[j]), when, comparison.operands(), comparison);
            return j;
        }
        if (body.opcodes[j] == IF && body.blockType(j).params().isEmpty()) {
            beginIf(j, Comparison.negated(when), comparison.operands(), comparison);
            return j;
        }
        return i;
    }

    private void returnResults() {
        returnTop();
        reachable = false;
    }

    private void returnTop() {
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

    // ---- Tail calls ----

    /** Makes the whole body a loop, for the function's tail calls of itself. */
    private void beginRepetition() {
        // The loops of a body are known by their instructions; this one belongs to none.
        int loop = body.length;
        repetition = suspension.header(loop);
        e.bind(repetition);
        suspension.beginLoop(loop);
        suspension.poll();
    }

    private void tailCall(int function) {
        if (function == body.function) {
            int params = body.type.params().size();
            stack.spillBelow(params);
            stack.load(params);
            for (int k = params - 1; k >= 0; k--) {
                e.store(Emitter.kind(body.locals[k]), scope.localSlots[k]);
            }
            suspension.zeroDeclaredLocals();
            e.goTo(repetition);
        } else if (scope.layout.graph.tail.bounces(body.function)) {
            tailCalls.call(function);
        } else {
            calls.call(function);
            returnTop();
        }
        reachable = false;
    }

    // ---- Exceptions ----

    private void beginTry(int i) {
        if (exceptionDepth == MOST_TRIES) {
            throw new UnsupportedFeature("nesting of more than " + MOST_TRIES + " try blocks");
        }
        Control control = begin(i, e.label());
        control.tryStart = e.label();
        control.handler = e.label();
        control.exceptionSlot = suspension.exceptionSlot(exceptionDepth++);
        e.bind(control.tryStart);
        // A range of no instructions would be no range.
        e.nop();
    }

    private void jumpPoint() {
        int around = controls.size() - 1;
        while (around > 0 && !protects(controls.get(around))) {
            around--;
        }
        // Operands below the try would have to be put back as well; C compilers leave none there.
        if (around > 0 && controls.get(around).height == 0) {
            stack.spillAll();
            jumpPoints.point(controls.get(around).handler);
        }
        stack.pushConstant(ValType.I32, 0);
    }

    /** Ends the protected part: what is thrown in it arrives at the handler. */
    private void closeTry(Control control) {
        Label tryEnd = e.label();
        e.bind(tryEnd);
        exceptions.catchExhaustion(control.tryStart, tryEnd);
        e.handler(control.tryStart, tryEnd, control.handler, ExceptionCompiler.EXCEPTION);
        e.bind(control.handler);
        e.store(TypeKind.REFERENCE, control.exceptionSlot);
        control.catching = true;
        stack.truncate(control.height);
        memory.forget();
    }

    private void beginCatch(int i) {
        Control control = controls.getLast();
        finishArm(control);
        if (!control.catching) {
            closeTry(control);
        } else {
            stack.truncate(control.height);
            memory.forget();
            e.bind(control.otherwise);
        }
        if (body.opcodes[i] == CATCH) {
            control.otherwise = e.label();
            int tag = (int) body.immediates[i];
            exceptions.testTag(control, tag, control.otherwise);
            exceptions.pushValues(control, tag);
        } else {
            control.catchesAll = true;
        }
        reachable = true;
    }

    private void endTry(Control control) {
        finishArm(control);
        exceptionDepth--;
        if (control.catchesAll) {
            return;
        }
        if (control.catching) {
            e.bind(control.otherwise);
        } else {
            closeTry(control);
        }
        exceptions.load(control);
        e.throwIt();
    }

    private void endDelegate(int i) {
        Control control = controls.removeLast();
        finishArm(control);
        exceptionDepth--;
        Label tryEnd = e.label();
        e.bind(tryEnd);
        e.handler(control.tryStart, tryEnd, control.handler, ExceptionCompiler.EXCEPTION);
        e.bind(control.handler);
        // Label 0 is the block around the try; the nearest try from there on handles the exception.
        int target = controls.size() - 1 - (int) body.immediates[i];
        while (target > 0 && !protects(controls.get(target))) {
            target--;
        }
        if (target > 0) {
            e.goTo(controls.get(target).handler);
        } else {
            if (rethrow == null) {
                rethrow = e.label();
            }
            e.goTo(rethrow);
        }
        reachable = false;
        if (control.used) {
            e.bind(control.label);
            stack.truncate(control.height);
            control.type.results().forEach(stack::pushSlot);
            memory.setFresh(control.endFresh);
            reachable = true;
        }
    }

    private static boolean protects(Control control) {
        return (control.opcode == TRY || control.opcode == TRY_TABLE) && !control.catching;
    }

    private void endTryTable(Control control) {
        finishArm(control);
        exceptionDepth--;
        closeTry(control);
        FunctionBody.TryTable table = (FunctionBody.TryTable) body.objects[control.start];
        boolean all = false;
        for (int[] clause : table.catches()) {
            int kind = clause[0];
            Label otherwise = e.label();
            if (kind < 2) {
                exceptions.testTag(control, clause[1], otherwise);
                exceptions.pushValues(control, clause[1]);
            }
            if ((kind & 1) == 1) {
                e.load(TypeKind.REFERENCE, control.exceptionSlot);
                e.store(TypeKind.REFERENCE, stack.nextSlot(ValType.EXNREF));
                stack.pushSlot(ValType.EXNREF);
            }
            branch(control(clause[2]));
            stack.truncate(control.height);
            if (kind >= 2) {
                all = true;
                break;
            }
            e.bind(otherwise);
        }
        if (!all) {
            exceptions.load(control);
            e.throwIt();
        }
        reachable = false;
    }
}
