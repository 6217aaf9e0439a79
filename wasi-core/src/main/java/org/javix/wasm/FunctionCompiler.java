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

/**
 * Compiles one function.
 *
 * <p><b>Unwinding.</b> A function that can be on the stack when it is unwound has numbered <em>sites</em>:
 * its calls that can unwind, and its polls. Before each, the number is stored in a local, and every
 * operand that outlives the call lies in a local. One handler around the body catches {@link Unwind},
 * saves all locals in a {@link Frame} and throws on. On the normal path that costs nothing.
 *
 * <p><b>Resuming.</b> The same function is compiled a second time as a resume body. It starts by loading
 * the locals from a frame, and gets to the site by way of the headers of the loops around it: each
 * header, while the local {@code entry} is not 0, switches to the site or to the next loop inside. So no
 * loop is entered but at its header, and HotSpot compiles resume bodies as well as ordinary ones. At the
 * site, it lets the next inner frame continue instead of making the call.
 */
final class FunctionCompiler {
    /** What is compiled. */
    enum Mode {
        /** Nothing is emitted: fills a plan. */
        DRY,
        BODY,
        RESUME
    }

    private static final ClassDesc FRAME = ClassDesc.of("org.javix.wasm.Frame");
    private static final ClassDesc UNWIND = ClassDesc.of("org.javix.wasm.Unwind");
    private static final ClassDesc EXCEPTION = ClassDesc.of("org.javix.wasm.WasmException");
    private static final ClassDesc TAG = ClassDesc.of("org.javix.wasm.Tag");
    private static final ClassDesc TABLE = ClassDesc.of("org.javix.wasm.Table");
    private static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    private static final ClassDesc OBJECTS = Emitter.OBJECT.arrayType();

    /** A loop polls before its first iteration, and then once in this many. */
    private static final int ITERATIONS = 1000;

    /** A structured instruction that is being compiled. */
    private static final class Control {
        final int opcode;
        final int start;
        final FuncType type;
        final int height;
        /** Where a branch to it goes: the header of a loop, else the end. */
        final Label label;
        Label otherwise;
        boolean used;
        /** At the end, or at else: whether the local that holds the memory is up to date. */
        boolean endFresh = true;
        boolean otherwiseFresh;
        Label tryStart;
        Label handler;
        int exceptionSlot = -1;
        boolean catching;
        boolean catchesAll;
        /** An if whose else has not come yet. */
        boolean elsePending;

        Control(int opcode, int start, FuncType type, int height, Label label) {
            this.opcode = opcode;
            this.start = start;
            this.type = type;
            this.height = height;
            this.label = label;
        }

        List<ValType> branchTypes() {
            return opcode == LOOP ? type.params() : type.results();
        }
    }

    private final ModuleLayout layout;
    private final Module module;
    private final FunctionBody body;
    private final Emitter e;
    private final Mode mode;
    private final FunctionPlan plan;
    private final boolean suspends;
    private final OperandStack stack;
    private final MemoryAccess memory;
    private final ArrayList<Control> controls = new ArrayList<>();
    private final ArrayList<Integer> loops = new ArrayList<>();
    private final int[] localSlots;
    private final int[] exceptionSlots;
    private final int instanceSlot;
    private int nextSlot;
    private int siteSlot;
    private int fuelSlot;
    private int entrySlot;
    private int frameSlot;
    private int site;
    private int exceptionDepth;
    private boolean reachable = true;
    private List<Label> siteLabels;
    private final Map<Integer, Label> headers = new HashMap<>();
    private Label rethrow;

    FunctionCompiler(ModuleLayout layout, FunctionBody body, Emitter e, Mode mode, FunctionPlan plan) {
        this.layout = layout;
        this.module = layout.module;
        this.body = body;
        this.e = e;
        this.mode = mode;
        this.plan = plan;
        this.suspends = layout.graph.suspends(body.function);
        localSlots = new int[body.locals.length];
        int params = body.type.params().size();
        if (mode == Mode.RESUME) {
            frameSlot = allocate(TypeKind.REFERENCE);
            instanceSlot = allocate(TypeKind.REFERENCE);
            params = 0;
        } else {
            for (int i = 0; i < params; i++) {
                localSlots[i] = allocate(Emitter.kind(body.locals[i]));
            }
            instanceSlot = allocate(TypeKind.REFERENCE);
        }
        for (int i = params; i < body.locals.length; i++) {
            localSlots[i] = allocate(Emitter.kind(body.locals[i]));
        }
        stack = new OperandStack(e, this::allocate, localSlots);
        exceptionSlots = new int[mode == Mode.DRY ? 0 : plan.exceptions];
        for (int i = 0; i < exceptionSlots.length; i++) {
            exceptionSlots[i] = allocate(TypeKind.REFERENCE);
        }
        memory = new MemoryAccess(
                layout, e, stack, instanceSlot, allocate(TypeKind.REFERENCE), allocate(TypeKind.INT));
    }

    private int allocate(TypeKind kind) {
        int slot = nextSlot;
        nextSlot += kind.slotSize();
        if (nextSlot > 65535) {
            throw new UnsupportedFeature("a function with more than 65,535 words of locals");
        }
        return slot;
    }

    /** Finds out a function's plan. */
    static FunctionPlan plan(ModuleLayout layout, FunctionBody body) {
        FunctionPlan plan = new FunctionPlan();
        Emitter counter = new Emitter(null);
        new FunctionCompiler(layout, body, counter, Mode.DRY, plan).compile();
        plan.size = counter.size();
        return plan;
    }

    /** Emits the function. */
    void compile() {
        if (suspends) {
            siteSlot = allocate(TypeKind.INT);
        }
        fuelSlot = allocate(TypeKind.INT);
        e.constant(0);
        e.store(TypeKind.INT, fuelSlot);
        Label start = e.label();
        Label end = e.label();
        if (mode == Mode.RESUME) {
            restoreFrame();
            dispatchSites(-1);
        } else {
            zeroLocals();
        }
        e.bind(start);
        controls.add(new Control(BLOCK, -1, body.type, 0, null));
        if (layout.graph.pollsAtEntry(body.function) && mode != Mode.RESUME) {
            poll();
        } else if (layout.graph.pollsAtEntry(body.function)) {
            resumePoll();
        }
        for (int i = 0; i < body.length; i++) {
            if (reachable) {
                i = instruction(i);
            } else {
                i = skip(i);
            }
        }
        e.bind(end);
        if (rethrow != null) {
            e.bind(rethrow);
            e.throwIt();
        }
        if (suspends && site > 0) {
            saveFrame(start, end);
        }
    }

    // ---- Locals, frames and sites ----

    private void zeroLocals() {
        for (int i = body.type.params().size(); i < body.locals.length; i++) {
            zero(body.locals[i], localSlots[i]);
        }
        if (suspends) {
            if (mode == Mode.BODY) {
                for (int key : plan.savedSlots) {
                    zero(OperandStack.keyType(key), stack.slot(key));
                }
            }
            e.constant(0);
            e.store(TypeKind.INT, siteSlot);
        }
        for (int slot : exceptionSlots) {
            e.nullReference();
            e.store(TypeKind.REFERENCE, slot);
        }
    }

    private void zero(ValType type, int slot) {
        e.constant(type, 0);
        e.store(Emitter.kind(type), slot);
    }

    /** What a frame holds, in order: the number's or reference's type and its JVM local. */
    private void eachSaved(java.util.function.BiConsumer<ValType, Integer> action) {
        for (int i = 0; i < body.locals.length; i++) {
            action.accept(body.locals[i], localSlots[i]);
        }
        for (int key : plan.savedSlots) {
            action.accept(OperandStack.keyType(key), stack.slot(key));
        }
        for (int slot : exceptionSlots) {
            action.accept(ValType.EXNREF, slot);
        }
    }

    private void saveFrame(Label start, Label end) {
        Label handler = e.label();
        e.bind(handler);
        int unwind = stack.temporary(TypeKind.REFERENCE);
        e.store(TypeKind.REFERENCE, unwind);
        e.load(TypeKind.REFERENCE, unwind);
        e.checkCast(UNWIND);
        e.constant(body.function);
        e.load(TypeKind.INT, siteSlot);
        int[] counts = new int[2];
        eachSaved((type, slot) -> counts[type.isReference() ? 1 : 0]++);
        e.newArray(TypeKind.LONG, counts[0]);
        int[] at = new int[1];
        eachSaved((type, slot) -> {
            if (!type.isReference()) {
                e.dup();
                e.constant(at[0]++);
                e.load(Emitter.kind(type), slot);
                e.toRaw(type);
                e.arrayStore(TypeKind.LONG);
            }
        });
        if (counts[1] == 0) {
            e.nullReference();
        } else {
            e.newArray(TypeKind.REFERENCE, counts[1]);
            at[0] = 0;
            eachSaved((type, slot) -> {
                if (type.isReference()) {
                    e.dup();
                    e.constant(at[0]++);
                    e.load(TypeKind.REFERENCE, slot);
                    e.arrayStore(TypeKind.REFERENCE);
                }
            });
        }
        e.invokeVirtual(UNWIND, "push", ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int, LONGS, OBJECTS);
        e.load(TypeKind.REFERENCE, unwind);
        e.checkCast(UNWIND);
        e.throwIt();
        e.handler(start, end, handler, UNWIND);
    }

    private void restoreFrame() {
        entrySlot = allocate(TypeKind.INT);
        siteLabels = new ArrayList<>();
        for (FunctionPlan.Site s : plan.sites) {
            siteLabels.add(e.label());
            for (int loop : s.loops()) {
                headers.computeIfAbsent(loop, key -> e.label());
            }
        }
        e.load(TypeKind.REFERENCE, frameSlot);
        e.invokeVirtual(FRAME, "site", ConstantDescs.CD_int);
        e.store(TypeKind.INT, entrySlot);
        e.constant(0);
        e.store(TypeKind.INT, siteSlot);
        int[] at = new int[2];
        int values = stack.temporary(TypeKind.REFERENCE);
        e.load(TypeKind.REFERENCE, frameSlot);
        e.invokeVirtual(FRAME, "values", LONGS);
        e.store(TypeKind.REFERENCE, values);
        eachSaved((type, slot) -> {
            if (!type.isReference()) {
                e.load(TypeKind.REFERENCE, values);
                e.constant(at[0]++);
                e.arrayLoad(TypeKind.LONG);
                e.fromRaw(type);
                e.store(Emitter.kind(type), slot);
            }
        });
        e.load(TypeKind.REFERENCE, frameSlot);
        e.invokeVirtual(FRAME, "references", OBJECTS);
        e.store(TypeKind.REFERENCE, values);
        eachSaved((type, slot) -> {
            if (type.isReference()) {
                e.load(TypeKind.REFERENCE, values);
                e.constant(at[1]++);
                e.arrayLoad(TypeKind.REFERENCE);
                e.store(TypeKind.REFERENCE, slot);
            }
        });
        memory.reload();
    }

    /** From the function's start (-1) or a loop's header, goes on to the site in {@code entry}. */
    private void dispatchSites(int loop) {
        int first = 0;
        List<Label> targets = new ArrayList<>();
        for (int s = 0; s < plan.sites.size(); s++) {
            int[] around = plan.sites.get(s).loops();
            int depth = -1;
            for (int i = 0; i < around.length; i++) {
                if (around[i] == loop) {
                    depth = i;
                }
            }
            if (loop >= 0 && depth < 0) {
                continue;
            }
            if (targets.isEmpty()) {
                first = s + 1;
            }
            targets.add(depth + 1 < around.length ? headers.get(around[depth + 1]) : siteLabels.get(s));
        }
        if (targets.isEmpty()) {
            return;
        }
        e.load(TypeKind.INT, entrySlot);
        e.tableSwitch(first, targets, targets.getFirst());
    }

    /** Starts a site whose operands lie on top of the stack; emits the store of its number. */
    private int beginSite(int operands) {
        int number = ++site;
        if (mode == Mode.DRY) {
            plan.sites.add(new FunctionPlan.Site(loops.stream().mapToInt(Integer::intValue).toArray()));
            stack.slotKeys(operands, plan.savedSlots::add);
        }
        e.constant(number);
        e.store(TypeKind.INT, siteSlot);
        return number;
    }

    /** In a resume body: arrives at a site, and lets the next inner frame continue; its raw result is left. */
    private void arriveAt(int number) {
        e.bind(siteLabels.get(number - 1));
        e.constant(0);
        e.store(TypeKind.INT, entrySlot);
        // The inner frames may be unwound again: this frame is then at the same site.
        e.constant(number);
        e.store(TypeKind.INT, siteSlot);
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.invokeVirtual(Emitter.INSTANCE, "resumeInner", ConstantDescs.CD_long);
    }

    /** Looks whether the host wants something, at a point where the JVM's stack is empty. */
    private void poll() {
        Label go = e.label();
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.getField(Emitter.INSTANCE, "poll", ConstantDescs.CD_int);
        e.branch(Opcode.IFEQ, go);
        int number = suspends ? beginSite(0) : 0;
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.invokeVirtual(Emitter.INSTANCE, "pollNow", ConstantDescs.CD_void);
        if (mode == Mode.RESUME && suspends) {
            Label after = e.label();
            e.goTo(after);
            arriveAt(number);
            e.pop(TypeKind.LONG);
            e.bind(after);
        }
        memory.refresh();
        e.bind(go);
    }

    /** A resume body runs the poll at its entry only when it was unwound there. */
    private void resumePoll() {
        int number = ++site;
        Label after = e.label();
        e.goTo(after);
        arriveAt(number);
        e.pop(TypeKind.LONG);
        e.bind(after);
    }

    // ---- Structure ----

    /** Skips code that no path reaches, up to what makes the code after it reachable again. */
    private int skip(int i) {
        switch (body.opcodes[i]) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> {
                int j = body.next[i];
                while (body.opcodes[j] != END && body.opcodes[j] != DELEGATE) {
                    j = body.next[j];
                }
                return j;
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
        if (memory.access(body, i)) {
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
            case BR_TABLE -> branchTable((int[]) body.objects[i]);
            case RETURN -> returnResults();
            case THROW -> throwTag((int) immediate);
            case RETHROW -> {
                e.load(TypeKind.REFERENCE, control(immediate).exceptionSlot);
                e.checkCast(EXCEPTION);
                e.throwIt();
                reachable = false;
            }
            case THROW_REF -> {
                stack.pop();
                e.invokeStatic(Emitter.OPS, "thrown", EXCEPTION, Emitter.OBJECT);
                e.throwIt();
                reachable = false;
            }
            case CALL -> call((int) immediate);
            case CALL_INDIRECT -> callIndirect((int) immediate, body.seconds[i]);
            case RETURN_CALL -> {
                call((int) immediate);
                returnResults();
            }
            case RETURN_CALL_INDIRECT -> {
                callIndirect((int) immediate, body.seconds[i]);
                returnResults();
            }
            case DROP -> stack.discard();
            case SELECT, SELECT_TYPED -> select();
            case LOCAL_GET -> {
                int local = (int) immediate;
                if (body.addresses.get(i)) {
                    stack.pushLocal(body.locals[local], local);
                } else {
                    e.load(Emitter.kind(body.locals[local]), localSlots[local]);
                    stack.push(body.locals[local]);
                }
            }
            case LOCAL_SET, LOCAL_TEE -> setLocal((int) immediate, opcode == LOCAL_TEE);
            case GLOBAL_GET -> getGlobal((int) immediate);
            case GLOBAL_SET -> setGlobal((int) immediate);
            case I32_CONST, I64_CONST, F32_CONST, F64_CONST -> {
                ValType type = switch (opcode) {
                    case I32_CONST -> ValType.I32;
                    case I64_CONST -> ValType.I64;
                    case F32_CONST -> ValType.F32;
                    default -> ValType.F64;
                };
                if (body.addresses.get(i)) {
                    stack.pushConstant(type, immediate);
                } else {
                    e.constant(type, immediate);
                    stack.push(type);
                }
            }
            case REF_NULL -> stack.pushConstant((ValType) body.objects[i], 0);
            case REF_IS_NULL -> {
                stack.pop();
                Label yes = e.label();
                Label done = e.label();
                e.branch(Opcode.IFNULL, yes);
                e.constant(0);
                e.goTo(done);
                e.bind(yes);
                e.constant(1);
                e.bind(done);
                stack.push(ValType.I32);
            }
            case REF_FUNC -> {
                e.load(TypeKind.REFERENCE, instanceSlot);
                e.constant((int) immediate);
                e.invokeVirtual(Emitter.INSTANCE, "function", ClassDesc.of("org.javix.wasm.FuncRef"), ConstantDescs.CD_int);
                stack.push(ValType.FUNCREF);
            }
            case TABLE_GET, TABLE_SET, TABLE_GROW, TABLE_SIZE, TABLE_FILL, TABLE_COPY, TABLE_INIT, ELEM_DROP ->
                tableOperation(i);
            default -> throw new UnsupportedFeature(String.format("opcode 0x%x", opcode));
        }
        return i;
    }

    private Control begin(int i, Label label) {
        stack.settle();
        FuncType type = body.blockType(i);
        Control control = new Control(body.opcodes[i], i, type, stack.height() - type.params().size(), label);
        controls.add(control);
        return control;
    }

    private int endOf(int i) {
        int j = body.next[i];
        while (body.opcodes[j] != END && body.opcodes[j] != DELEGATE) {
            j = body.next[j];
        }
        return j;
    }

    private void beginLoop(int i) {
        stack.settle();
        // The parameters must lie in their slots, where branches leave them.
        FuncType type = body.blockType(i);
        int params = type.params().size();
        stack.moveTo(stack.height() - params, params);
        Label header = mode == Mode.RESUME ? headers.getOrDefault(i, e.label()) : e.label();
        Control control = begin(i, header);
        // An outer loop polls and an inner one counts down: a poll is a volatile read, and within the
        // inner loop it would keep HotSpot from moving anything out of it.
        Label outer = e.label();
        e.bind(outer);
        poll();
        e.constant(ITERATIONS);
        e.store(TypeKind.INT, fuelSlot);
        memory.forget();
        if (!body.callsBetween(i, endOf(i))) {
            memory.ensure();
        }
        loops.add(i);
        e.bind(control.label);
        if (mode == Mode.RESUME && headers.containsKey(i)) {
            Label go = e.label();
            e.load(TypeKind.INT, entrySlot);
            e.branch(Opcode.IFEQ, go);
            dispatchSites(i);
            e.bind(go);
        }
        e.increment(fuelSlot, -1);
        e.load(TypeKind.INT, fuelSlot);
        e.branch(Opcode.IFLT, outer);
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
                loops.removeLast();
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
                targets.add(stubs.computeIfAbsent(depth, key -> e.label()));
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
                e.load(TypeKind.REFERENCE, instanceSlot);
                e.getField(Emitter.INSTANCE, type.isReference() ? "references" : "results", type.isReference() ? OBJECTS : LONGS);
                e.constant(r);
                stack.loadDeferred(results.size() - 1 - r);
                e.toRaw(type);
                e.arrayStore(type.isReference() ? TypeKind.REFERENCE : TypeKind.LONG);
            }
        }
        emitReturn();
    }

    private void emitReturn() {
        List<ValType> results = body.type.results();
        if (mode != Mode.RESUME) {
            e.returnValue(ModuleLayout.resultKind(body.type));
            return;
        }
        if (results.size() == 1 && results.getFirst().isReference()) {
            int value = stack.temporary(TypeKind.REFERENCE);
            e.store(TypeKind.REFERENCE, value);
            e.load(TypeKind.REFERENCE, instanceSlot);
            e.getField(Emitter.INSTANCE, "references", OBJECTS);
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

    // ---- Exceptions ----

    private void beginTry(int i) {
        Control control = begin(i, e.label());
        control.tryStart = e.label();
        control.handler = e.label();
        control.exceptionSlot = exceptionSlot(exceptionDepth++);
        if (mode == Mode.DRY) {
            plan.exceptions = Math.max(plan.exceptions, exceptionDepth);
        }
        e.bind(control.tryStart);
        // A range of no instructions would be no range.
        e.nop();
    }

    private int exceptionSlot(int depth) {
        return mode == Mode.DRY ? 0 : exceptionSlots[depth];
    }

    /** Ends the protected part: what is thrown in it arrives at the handler. */
    private void closeTry(Control control) {
        Label tryEnd = e.label();
        e.bind(tryEnd);
        e.handler(control.tryStart, tryEnd, control.handler, EXCEPTION);
        e.bind(control.handler);
        e.store(TypeKind.REFERENCE, control.exceptionSlot);
        control.catching = true;
        stack.truncate(control.height);
        memory.forget();
    }

    private void loadException(Control control) {
        e.load(TypeKind.REFERENCE, control.exceptionSlot);
        e.checkCast(EXCEPTION);
    }

    /** Goes to {@code otherwise} unless the caught exception has the tag. */
    private void testTag(Control control, int tag, Label otherwise) {
        loadException(control);
        e.getField(EXCEPTION, "tag", TAG);
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.getField(Emitter.INSTANCE, "tags", TAG.arrayType());
        e.constant(tag);
        e.arrayLoad(TypeKind.REFERENCE);
        e.branch(Opcode.IF_ACMPNE, otherwise);
    }

    /** Pushes the values of the caught exception. */
    private void pushValues(Control control, int tag) {
        List<ValType> types = module.types().get(module.tags()[tag]).params();
        for (int k = 0; k < types.size(); k++) {
            ValType type = types.get(k);
            loadException(control);
            e.getField(EXCEPTION, type.isReference() ? "references" : "values", type.isReference() ? OBJECTS : LONGS);
            e.constant(k);
            e.arrayLoad(type.isReference() ? TypeKind.REFERENCE : TypeKind.LONG);
            e.fromRaw(type);
            e.store(Emitter.kind(type), stack.nextSlot(type));
            stack.pushSlot(type);
        }
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
            testTag(control, tag, control.otherwise);
            pushValues(control, tag);
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
        loadException(control);
        e.throwIt();
    }

    private void endDelegate(int i) {
        Control control = controls.removeLast();
        finishArm(control);
        exceptionDepth--;
        Label tryEnd = e.label();
        e.bind(tryEnd);
        e.handler(control.tryStart, tryEnd, control.handler, EXCEPTION);
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
                testTag(control, clause[1], otherwise);
                pushValues(control, clause[1]);
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
            loadException(control);
            e.throwIt();
        }
        reachable = false;
    }

    private void throwTag(int tag) {
        List<ValType> types = module.types().get(module.tags()[tag]).params();
        int count = types.size();
        stack.spillAll();
        e.instantiate(EXCEPTION);
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.getField(Emitter.INSTANCE, "tags", TAG.arrayType());
        e.constant(tag);
        e.arrayLoad(TypeKind.REFERENCE);
        packTop(types, false);
        if (types.stream().anyMatch(ValType::isReference)) {
            packTop(types, true);
        } else {
            e.nullReference();
        }
        e.construct(EXCEPTION, TAG, LONGS, OBJECTS);
        e.throwIt();
        stack.drop(count);
        reachable = false;
    }

    /** Leaves an array of the top operands that are references, or that are not. */
    private void packTop(List<ValType> types, boolean references) {
        TypeKind kind = references ? TypeKind.REFERENCE : TypeKind.LONG;
        e.newArray(kind, types.size());
        for (int k = 0; k < types.size(); k++) {
            if (types.get(k).isReference() == references) {
                e.dup();
                e.constant(k);
                stack.loadDeferred(types.size() - 1 - k);
                e.toRaw(types.get(k));
                e.arrayStore(kind);
            }
        }
    }

    // ---- Calls ----

    private void call(int function) {
        FuncType type = module.functionType(function);
        boolean imported = function < module.importedFunctions();
        emitCall(type, type.params().size(), layout.graph.suspends(function), () -> {
            if (imported) {
                e.invokeStatic(layout.dispatcher, ModuleLayout.importName(function), layout.bodyType(type));
            } else {
                e.invokeStatic(layout.bodyClass(function), ModuleLayout.bodyName(function), layout.bodyType(type));
            }
        });
    }

    private void callIndirect(int typeIndex, int table) {
        int canonical = layout.dispatch.canonical(typeIndex);
        FuncType type = module.types().get(typeIndex);
        emitCall(type, type.params().size() + 1, layout.graph.typeSuspends(canonical), () -> e.invokeStatic(
                layout.dispatcher,
                ModuleLayout.indirectName(canonical, table),
                layout.methodType(type, ConstantDescs.CD_int, layout.instance)));
    }

    private void emitCall(FuncType type, int operands, boolean unwinds, Runnable invoke) {
        if (unwinds) {
            stack.spillBelow(operands);
        }
        stack.load(operands);
        int number = unwinds ? beginSite(operands) : 0;
        stack.drop(operands);
        e.load(TypeKind.REFERENCE, instanceSlot);
        invoke.run();
        memory.forget();
        List<ValType> results = type.results();
        boolean resumes = unwinds && mode == Mode.RESUME;
        if (results.size() == 1 && !resumes) {
            stack.push(results.getFirst());
            return;
        }
        if (!resumes) {
            if (!results.isEmpty()) {
                stack.spillAll();
                takeResults(results);
                results.forEach(stack::pushSlot);
            }
            return;
        }
        Label after = e.label();
        boolean single = results.size() == 1;
        if (single) {
            e.store(Emitter.kind(results.getFirst()), stack.nextSlot(results.getFirst()));
        }
        e.goTo(after);
        arriveAt(number);
        if (single && !results.getFirst().isReference()) {
            e.fromRaw(results.getFirst());
            e.store(Emitter.kind(results.getFirst()), stack.nextSlot(results.getFirst()));
        } else {
            e.pop(TypeKind.LONG);
            if (single) {
                takeResults(results);
            }
        }
        e.bind(after);
        if (!single) {
            takeResults(results);
        }
        results.forEach(stack::pushSlot);
    }

    /** Stores the results that a call left in the instance in the slots of the operands to come. */
    private void takeResults(List<ValType> results) {
        for (int r = 0; r < results.size(); r++) {
            ValType type = results.get(r);
            e.load(TypeKind.REFERENCE, instanceSlot);
            e.getField(Emitter.INSTANCE, type.isReference() ? "references" : "results", type.isReference() ? OBJECTS : LONGS);
            e.constant(r);
            e.arrayLoad(type.isReference() ? TypeKind.REFERENCE : TypeKind.LONG);
            e.fromRaw(type);
            e.store(Emitter.kind(type), stack.slot(OperandStack.key(stack.height() + r, type)));
        }
    }

    // ---- Variables, tables ----

    private void select() {
        stack.load(3);
        stack.drop(1);
        ValType type = stack.type(stack.height() - 1);
        Label first = e.label();
        e.branch(Opcode.IFNE, first);
        if (Emitter.kind(type).slotSize() == 2) {
            e.op(Opcode.DUP2_X2);
            e.pop(TypeKind.LONG);
        } else {
            e.op(Opcode.SWAP);
        }
        e.bind(first);
        e.pop(Emitter.kind(type));
        stack.drop(2);
        stack.push(type);
    }

    private void setLocal(int local, boolean keep) {
        stack.beforeLocalChanges(local);
        ValType type = body.locals[local];
        stack.load(1);
        if (keep) {
            if (Emitter.kind(type).slotSize() == 2) {
                e.op(Opcode.DUP2);
            } else {
                e.dup();
            }
        } else {
            stack.drop(1);
        }
        e.store(Emitter.kind(type), localSlots[local]);
    }

    private static final ClassDesc GLOBAL = ClassDesc.of("org.javix.wasm.Global");

    private void getGlobal(int global) {
        ValType type = module.globals().get(global).type();
        e.load(TypeKind.REFERENCE, instanceSlot);
        if (layout.importsGlobal(global)) {
            e.getField(layout.instance, "i" + global, GLOBAL);
            if (type.isReference()) {
                e.invokeVirtual(GLOBAL, "getReference", Emitter.OBJECT);
            } else {
                e.invokeVirtual(GLOBAL, "get", ConstantDescs.CD_long);
                e.fromRaw(type);
            }
        } else {
            e.getField(layout.instance, "g" + global, Emitter.desc(type));
        }
        stack.push(type);
    }

    private void setGlobal(int global) {
        ValType type = stack.pop();
        int value = stack.temporary(Emitter.kind(type));
        e.store(Emitter.kind(type), value);
        e.load(TypeKind.REFERENCE, instanceSlot);
        if (layout.importsGlobal(global)) {
            e.getField(layout.instance, "i" + global, GLOBAL);
            e.load(Emitter.kind(type), value);
            if (type.isReference()) {
                e.invokeVirtual(GLOBAL, "setReference", ConstantDescs.CD_void, Emitter.OBJECT);
            } else {
                e.toRaw(type);
                e.invokeVirtual(GLOBAL, "set", ConstantDescs.CD_void, ConstantDescs.CD_long);
            }
        } else {
            e.load(Emitter.kind(type), value);
            e.putField(layout.instance, "g" + global, Emitter.desc(type));
        }
    }

    private void loadTable(int table) {
        e.load(TypeKind.REFERENCE, instanceSlot);
        e.getField(Emitter.INSTANCE, "tables", TABLE.arrayType());
        e.constant(table);
        e.arrayLoad(TypeKind.REFERENCE);
    }

    private void tableOperation(int i) {
        int first = (int) body.immediates[i];
        ClassDesc integer = ConstantDescs.CD_int;
        ClassDesc none = ConstantDescs.CD_void;
        switch (body.opcodes[i]) {
            case TABLE_GET -> {
                stack.pop();
                loadTable(first);
                e.invokeStatic(Emitter.OPS, "tableGet", Emitter.OBJECT, integer, TABLE);
                stack.push(module.tables().get(first).element());
            }
            case TABLE_SET -> {
                stack.load(2);
                stack.drop(2);
                loadTable(first);
                e.invokeStatic(Emitter.OPS, "tableSet", none, integer, Emitter.OBJECT, TABLE);
            }
            case TABLE_GROW -> {
                stack.load(2);
                stack.drop(2);
                loadTable(first);
                e.invokeStatic(Emitter.OPS, "tableGrow", integer, Emitter.OBJECT, integer, TABLE);
                stack.push(ValType.I32);
            }
            case TABLE_SIZE -> {
                loadTable(first);
                e.invokeVirtual(TABLE, "size", integer);
                stack.push(ValType.I32);
            }
            case TABLE_FILL -> {
                stack.load(3);
                stack.drop(3);
                loadTable(first);
                e.invokeStatic(Emitter.OPS, "tableFill", none, integer, Emitter.OBJECT, integer, TABLE);
            }
            case TABLE_COPY -> {
                stack.load(3);
                stack.drop(3);
                loadTable(first);
                loadTable(body.seconds[i]);
                e.invokeStatic(Emitter.OPS, "tableCopy", none, integer, integer, integer, TABLE, TABLE);
            }
            case TABLE_INIT -> {
                stack.load(3);
                stack.drop(3);
                loadTable(body.seconds[i]);
                e.constant(first);
                e.load(TypeKind.REFERENCE, instanceSlot);
                e.invokeStatic(Emitter.OPS, "tableInit", none, integer, integer, integer, TABLE, integer, Emitter.INSTANCE);
            }
            default -> {
                e.load(TypeKind.REFERENCE, instanceSlot);
                e.getField(Emitter.INSTANCE, "elements", OBJECTS.arrayType());
                e.constant(first);
                e.nullReference();
                e.arrayStore(TypeKind.REFERENCE);
            }
        }
    }
}
