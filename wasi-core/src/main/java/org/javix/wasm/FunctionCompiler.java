package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import org.javix.wasm.Control.Polls;
import org.javix.wasm.FunctionScope.Mode;

/**
 * Compiles one function: its structure; the other instructions are compiled by {@link Branches}, {@link TryCompiler},
 * {@link Numeric}, {@link ScalarAccess}, {@link MemoryAccess}, {@link VariableAccess}, {@link VectorCompiler}, {@link
 * CallCompiler} and {@link ExceptionCompiler}, and {@link Suspension} makes its stack frame something that can be taken
 * away and put back.
 */
final class FunctionCompiler {
    /**
     * The count of iterations in the last one before a poll: it goes up, and they poll when it overflows. HotSpot takes such a count neither for
     * the loop's own nor for one that it can compare before it has changed.
     */
    static final int LAST = Integer.MAX_VALUE;

    /** The count when all iterations are left. */
    private static final int FULL = LAST - CallGraph.ITERATIONS + 1;

    /** Of a loop that calls, in instructions: HotSpot does not inline all that it calls. */
    private static final int LARGE_LOOP = 1_000;

    /** A function with copies of its loops' bodies has at most this many bytes; a larger one is compiled without them. */
    private static final int MOST_WITH_COPIES = 6000;

    private final FunctionScope scope;
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
    private final Branches branches;
    private final TryCompiler tries;

    /** Where a function that calls itself last goes on. */
    private Label repetition;

    /** The loop whose body is compiled once more after the current instruction, or -1. */
    private int again = -1;

    /** Of a dry run: what is told about each instruction, or null. */
    private BodyTrace trace;

    FunctionCompiler(ModuleLayout layout, FunctionBody body, Emitter e, Mode mode, FunctionPlan plan) {
        this.scope = new FunctionScope(layout, body, e, mode, plan);
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
        this.branches = new Branches(scope, calls);
        this.tries = new TryCompiler(scope, branches, suspension, exceptions);
        this.atomics = new AtomicAccess(scope, calls);
    }

    /** Finds out a function's plan. */
    static FunctionPlan plan(ModuleLayout layout, FunctionBody body) {
        return plan(layout, body, null);
    }

    /** Finds out a function's plan, and what there is to know about each instruction. */
    static FunctionPlan plan(ModuleLayout layout, FunctionBody body, BodyTrace trace) {
        BitSet kept = new BitSet();
        if (body.hasJumpPoints()) {
            // What its locals are for is known after a dry run only.
            BodyTrace first = new BodyTrace(body);
            dryRun(layout, body, first, new FunctionPlan());
            kept = JumpPoints.kept(body, first);
        }
        // A trace has one place for each instruction.
        FunctionPlan plan = new FunctionPlan();
        plan.keptByJumpPoints.or(kept);
        plan.copiesLoops = trace == null;
        dryRun(layout, body, trace, plan);
        if (plan.copiedLoops > 0 && plan.size > MOST_WITH_COPIES) {
            plan = new FunctionPlan();
            plan.keptByJumpPoints.or(kept);
            dryRun(layout, body, null, plan);
        }
        return plan;
    }

    private static void dryRun(ModuleLayout layout, FunctionBody body, BodyTrace trace, FunctionPlan plan) {
        Emitter counter = new Emitter(null);
        FunctionCompiler compiler = new FunctionCompiler(layout, body, counter, Mode.DRY, plan);
        compiler.trace = trace;
        compiler.compile();
        plan.size = counter.size();
        plan.frameEntries = (long) counter.labels() * compiler.scope.slots();
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
        scope.enter();
        beginFuel();
        suspension.enter();
        e.bind(start);
        branches.controls.add(new Control(BLOCK, -1, body.type, 0, null));
        if (scope.layout.graph.tail.repeats(body.function)) {
            beginRepetition();
        } else if (scope.layout.graph.pollsAtEntry(body.function)) {
            suspension.pollAtEntry();
        }
        for (int i = 0; i < body.length; i++) {
            i = trace == null ? step(i) : traced(i);
            if (again >= 0) {
                i = again;
                again = -1;
            }
        }
        e.bind(end);
        tries.finish(start, end);
        suspension.leave();
    }

    /** Where there are loops, sets the number of iterations until they poll. */
    private void beginFuel() {
        if (scope.fuelSlot < 0) {
            return;
        }
        boolean calls = false;
        for (int i = 0; i < body.length && !calls; i++) {
            calls = body.opcodes[i] == LOOP && body.callsInLoop(i);
        }
        // A function that is called by a loop and calls others in its own must not multiply the time between polls.
        e.constant(calls && !scope.layout.graph.pollsAtEntry(body.function) ? LAST : FULL);
        e.store(TypeKind.INT, scope.fuelSlot);
    }

    // ---- Structure ----

    /** Compiles or skips an instruction, and perhaps those that belong to it; answers the last one's index. */
    private int step(int i) {
        if (!branches.reachable) {
            return skip(i);
        }
        return instruction(i);
    }

    private int traced(int i) {
        int size = e.size();
        int sites = scope.plan.sites.size();
        trace.arrive(i, branches.reachable, stack);
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

    /** Compiles an instruction, and perhaps those that belong to it; answers the last one's index. */
    private int instruction(int i) {
        scope.instruction = i;
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
        int incremented = variables.increment(i);
        if (incremented > i) {
            return incremented;
        }
        if (scalars.access(i) || variables.access(i) || memory.access(i) || vectors.compile(i) || atomics.access(i)) {
            return i;
        }
        switch (opcode) {
            case UNREACHABLE -> {
                e.invokeStatic(Emitter.OPS, "unreachable", ClassDesc.of("org.javix.wasm.Trap"));
                e.throwIt();
                branches.reachable = false;
            }
            case NOP -> {}
            case BLOCK -> branches.begin(i, e.label());
            case LOOP -> beginLoop(i);
            case IF -> beginIf(i, Opcode.IFEQ, 1, null);
            case ELSE -> otherwise(i);
            case TRY, TRY_TABLE -> tries.beginTry(i);
            case CATCH, CATCH_ALL -> tries.beginCatch(i);
            case DELEGATE -> tries.endDelegate(i);
            case END -> end(i);
            case BR -> {
                branches.branch(branches.control(immediate));
                branches.reachable = false;
            }
            case BR_IF -> {
                Control target = branches.control(immediate);
                branches.branchIf(target, target.when(Opcode.IFNE), 1, null);
            }
            case BR_ON_NULL, BR_ON_NON_NULL -> branches.branchOnNull(branches.control(immediate), opcode == BR_ON_NULL);
            case BR_TABLE -> branches.branchTable(i);
            case RETURN -> branches.returnResults();
            case THROW -> {
                exceptions.throwTag((int) immediate);
                branches.reachable = false;
            }
            case RETHROW -> {
                exceptions.load(branches.control(immediate));
                e.throwIt();
                branches.reachable = false;
            }
            case THROW_REF -> {
                stack.pop();
                e.invokeStatic(Emitter.OPS, "thrown", ExceptionCompiler.EXCEPTION, Emitter.OBJECT);
                e.throwIt();
                branches.reachable = false;
            }
            case CALL -> calls.call((int) immediate);
            case CALL_INDIRECT -> calls.callIndirect((int) immediate, body.seconds[i]);
            case JUMP_POINT -> tries.jumpPoint();
            case POLL -> {
                stack.settle();
                suspension.poll(i);
            }
            case CALL_PIECE -> calls.callPiece((PieceCall) body.objects[i]);
            case CALL_REF -> calls.callReference((int) immediate);
            case RETURN_CALL -> tailCall((int) immediate);
            case RETURN_CALL_REF -> {
                tailCalls.callReference((int) immediate);
                branches.reachable = false;
            }
            case RETURN_CALL_INDIRECT -> {
                tailCalls.callIndirect((int) immediate, body.seconds[i]);
                branches.reachable = false;
            }
            default -> throw new UnsupportedFeature(String.format("opcode 0x%x", opcode));
        }
        return i;
    }

    /**
     * A loop of the guest becomes two: the inner one counts a number of iterations, and the outer
     * one polls when none is left. A poll is a volatile read, and within the inner loop it would keep HotSpot from
     * moving anything out of it. All loops of a function share the number, so that entering one costs an addition. A {@link ShortLoop}
     * takes all of its iterations from it at once, and a {@link TightLoop} counts once for several. A large one that calls does not count.
     */
    private void beginLoop(int i) {
        stack.settle();
        // The parameters must lie in their slots, where branches leave them.
        FuncType type = body.blockType(i);
        int params = type.params().size();
        stack.moveTo(stack.height() - params, params);
        Control control = branches.begin(i, e.label());
        if (memory.moves() || body.callsInLoop(i)) {
            memory.forget();
        } else {
            memory.ensure();
        }
        control.otherwiseFresh = memory.fresh();
        control.shortLoop = ShortLoop.of(body, i);
        if (control.shortLoop != null && scope.layout.polls) {
            spend(control.shortLoop.iterations());
        } else if (scope.layout.polls && scope.plan.copiesLoops) {
            control.copies = TightLoop.copies(body, i);
            scope.plan.copiedLoops += control.copies > 1 ? 1 : 0;
        }
        control.after = e.label();
        control.outer = suspension.header(i);
        e.bind(control.outer);
        // Two places, or it would be one loop.
        e.nop();
        control.inner = e.label();
        e.bind(control.inner);
        control.polls = polls(control);
        if (control.polls == Polls.COUNTING_STARTS) {
            e.increment(scope.fuelSlot, body.weight(i));
        }
        suspension.beginLoop(i);
    }

    /** Takes a number of iterations from what is left until the next poll, but for the last one. */
    private void spend(int iterations) {
        e.load(TypeKind.INT, scope.fuelSlot);
        e.constant(LAST - iterations);
        e.invokeStatic(Emitter.MATH, "min", ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
        e.constant(iterations);
        e.op(Opcode.IADD);
        e.store(TypeKind.INT, scope.fuelSlot);
    }

    private Polls polls(Control loop) {
        if (!scope.layout.polls || loop.shortLoop != null) {
            return Polls.NEVER;
        }
        if (body.callsInLoop(loop.start) && body.endOf(loop.start) - loop.start >= LARGE_LOOP) {
            // Nothing stays in a register across its calls, a count no more than what a poll keeps from staying there.
            return Polls.ALWAYS;
        }
        // Counted at the end, HotSpot would keep both the old number and the new one in the body, for what traps; but not with copies.
        return loop.copies == 1 ? Polls.COUNTING_STARTS : Polls.COUNTING_ENDS;
    }

    private void pollAtEnd(Control loop) {
        switch (loop.polls) {
            case NEVER -> {}
            case ALWAYS -> suspension.poll(~loop.start);
            case COUNTING_STARTS, COUNTING_ENDS -> {
                if (loop.polls == Polls.COUNTING_ENDS) {
                    e.increment(scope.fuelSlot, body.weight(loop.start));
                }
                e.load(TypeKind.INT, scope.fuelSlot);
                e.branch(Opcode.IFGE, loop.inner);
                suspension.poll(~loop.start);
                memory.refresh();
                e.constant(FULL);
                e.store(TypeKind.INT, scope.fuelSlot);
            }
        }
    }

    /** At a loop's end: the place that branches to it go to. */
    private void endLoop(Control control) {
        if (control.used) {
            boolean fresh = memory.fresh();
            if (branches.reachable) {
                stack.moveTo(control.height, control.type.results().size());
                e.goTo(control.after);
                control.falls = true;
            }
            e.bind(control.label);
            stack.truncate(control.height);
            control.type.params().forEach(stack::pushSlot);
            memory.setFresh(control.otherwiseFresh);
            if (control.copies > 1) {
                branches.controls.add(control.nextCopy(e.label()));
                branches.reachable = true;
                again = control.start;
                return;
            }
            pollAtEnd(control);
            e.goTo(control.outer);
            branches.reachable = false;
            memory.setFresh(fresh);
        }
        if (control.falls) {
            e.bind(control.after);
            stack.truncate(control.height);
            control.type.results().forEach(stack::pushSlot);
            branches.reachable = true;
        }
        suspension.endLoop();
    }

    /** With the condition's operands on top; branches to else where {@code comparison} does not hold. */
    private void beginIf(int i, Opcode toElse, int operands, Comparison comparison) {
        branches.loadCondition(operands, comparison);
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
        branches.controls.add(control);
        e.branch(toElse, control.otherwise);
    }

    private void otherwise(int i) {
        Control control = branches.controls.getLast();
        branches.finishArm(control);
        e.bind(control.otherwise);
        control.elsePending = false;
        stack.truncate(control.height);
        control.type.params().forEach(stack::pushSlot);
        memory.setFresh(control.otherwiseFresh);
        branches.reachable = true;
    }

    private void end(int i) {
        Control control = branches.controls.removeLast();
        if (branches.controls.isEmpty()) {
            if (branches.reachable) {
                branches.returnTop();
            }
            branches.reachable = false;
            return;
        }
        switch (control.opcode) {
            case LOOP -> {
                endLoop(control);
                return;
            }
            case IF -> {
                if (control.elsePending) {
                    branches.finishArm(control);
                    e.bind(control.otherwise);
                    // The parameters are the results: they lie in the same slots.
                    control.endFresh &= control.otherwiseFresh;
                    control.used = true;
                }
            }
            case TRY -> tries.endTry(control);
            case TRY_TABLE -> tries.endTryTable(control);
            default -> {}
        }
        if (!control.used) {
            return;
        }
        if (branches.reachable) {
            stack.moveTo(control.height, control.type.results().size());
            control.endFresh &= memory.fresh();
        }
        e.bind(control.label);
        stack.truncate(control.height);
        control.type.results().forEach(stack::pushSlot);
        memory.setFresh(control.endFresh);
        branches.reachable = true;
        if (control.caseLocal != CaseLocal.NONE && CaseLocal.isDecoded(body, i, control.caseLocal)) {
            int slot = scope.localSlots[control.caseLocal];
            e.load(TypeKind.INT, slot);
            e.invokeStatic(Emitter.OPS, "here", ConstantDescs.CD_int, ConstantDescs.CD_int);
            e.store(TypeKind.INT, slot);
        }
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
            Control target = branches.control(body.immediates[j]);
            branches.branchIf(target, target.when(when), comparison.operands(), comparison);
            return j;
        }
        if (body.opcodes[j] == IF && body.blockType(j).params().isEmpty()) {
            beginIf(j, Comparison.negated(when), comparison.operands(), comparison);
            return j;
        }
        return i;
    }

    // ---- Tail calls ----

    /** Makes the whole body a loop, for the function's tail calls of itself. */
    private void beginRepetition() {
        // The loops of a body are known by their instructions; this one belongs to none.
        int loop = body.length;
        repetition = suspension.header(loop);
        e.bind(repetition);
        suspension.beginLoop(loop);
        suspension.poll(0);
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
            branches.returnTop();
        }
        branches.reachable = false;
    }
}
