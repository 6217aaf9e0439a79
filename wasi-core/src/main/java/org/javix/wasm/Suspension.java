package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.javix.wasm.FunctionScope.Mode;

/**
 * Makes a function's stack frame something that can be taken away and put back.
 *
 * <p><b>Unwinding.</b> A function that can be on the stack when it is unwound has numbered <em>sites</em>:
 * its calls that can unwind, and its polls. Before each, the number is stored in a local, and every
 * operand that outlives the call lies in a local. A handler around all sites catches {@link Unwind},
 * saves all locals in a {@link Frame} and throws on; those that are dead it may set to zero before ({@link DeadLocals}).
 *
 * <p><b>Resuming.</b> The same function is compiled a second time as a resume body. It starts by loading
 * the locals from a frame, and gets to the site by way of the headers of the loops around it: each
 * header, while the local {@code entry} is not 0, switches to the site or to the next loop inside. So no
 * loop is entered but at its header, and HotSpot compiles resume bodies as well as ordinary ones. At the
 * site, it lets the next inner frame continue instead of making the call.
 */
final class Suspension {
    private static final ClassDesc FRAME = ClassDesc.of("org.javix.wasm.Frame");
    private static final ClassDesc UNWIND = ClassDesc.of("org.javix.wasm.Unwind");

    /** The loops and operands around all sites of a function together. */
    private static final long MOST_WEIGHT = 20_000_000;

    private final FunctionScope scope;
    private final FunctionBody body;
    private final FunctionPlan plan;
    private final Emitter e;
    private final Mode mode;
    private final OperandStack stack;
    private final boolean suspends;
    private final int[] exceptionSlots;
    private final int siteSlot;
    private final int entrySlot;
    private final ArrayList<Integer> loops = new ArrayList<>();
    private final List<Label> siteLabels = new ArrayList<>();
    private final Map<Integer, Label> headers = new HashMap<>();
    private final List<Range> ranges = new ArrayList<>();
    private int site;

    /** Where the site that was begun or arrived at last can be unwound from. */
    private Label unwindable;

    /** Where an unwinding leaves from, and what need not be saved then. */
    private record Range(Label start, Label end, DeadLocals.Group group) {}

    Suspension(FunctionScope scope) {
        this.scope = scope;
        this.body = scope.body;
        this.plan = scope.plan;
        this.e = scope.e;
        this.mode = scope.mode;
        this.stack = scope.stack;
        this.suspends = scope.suspends;
        exceptionSlots = new int[mode == Mode.DRY ? 0 : plan.exceptions];
        for (int i = 0; i < exceptionSlots.length; i++) {
            exceptionSlots[i] = scope.allocate(TypeKind.REFERENCE);
        }
        siteSlot = suspends ? scope.allocate(TypeKind.INT) : -1;
        entrySlot = mode == Mode.RESUME ? scope.allocate(TypeKind.INT) : -1;
    }

    /** Makes the locals ready: zeroes, or what the frame says; a resume body goes on to its site. */
    void enter() {
        if (mode == Mode.RESUME) {
            restoreFrame();
            dispatchSites(-1);
        } else {
            zeroLocals();
        }
    }

    /** The JVM local for the exception caught by the try at a depth of nesting. */
    int exceptionSlot(int depth) {
        if (mode == Mode.DRY) {
            plan.exceptions = Math.max(plan.exceptions, depth + 1);
            return 0;
        }
        return exceptionSlots[depth];
    }

    /** The label to use as a loop's header. */
    Label header(int loop) {
        Label known = headers.get(loop);
        return known != null ? known : e.label();
    }

    /** At a loop's header, which was just bound. */
    void beginLoop(int loop) {
        loops.add(loop);
        if (headers.containsKey(loop)) {
            Label go = e.label();
            e.load(TypeKind.INT, entrySlot);
            e.branch(Opcode.IFEQ, go);
            dispatchSites(loop);
            e.bind(go);
        }
    }

    void endLoop() {
        loops.removeLast();
    }

    /** At the function's end: saves the frame when the body is unwound. */
    void leave() {
        if (suspends && site > 0) {
            saveFrame();
        }
    }

    /** Zeroes the locals that are no parameters. */
    void zeroDeclaredLocals() {
        for (int i = body.type.params().size(); i < body.locals.length; i++) {
            zero(body.locals[i], scope.localSlots[i]);
        }
    }

    private void zeroLocals() {
        zeroDeclaredLocals();
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
    private void eachSaved(BiConsumer<ValType, Integer> action) {
        for (int i = 0; i < body.locals.length; i++) {
            action.accept(body.locals[i], scope.localSlots[i]);
        }
        for (int key : plan.savedSlots) {
            action.accept(OperandStack.keyType(key), stack.slot(key));
        }
        for (int slot : exceptionSlots) {
            action.accept(ValType.EXNREF, slot);
        }
    }

    private void saveFrame() {
        int unwind = stack.temporary(TypeKind.REFERENCE);
        Label save = e.label();
        forget(unwind, save);
        e.bind(save);
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
        e.invokeVirtual(UNWIND, "push", ConstantDescs.CD_void, ConstantDescs.CD_int, ConstantDescs.CD_int, Emitter.LONGS, Emitter.OBJECTS);
        e.load(TypeKind.REFERENCE, unwind);
        e.checkCast(UNWIND);
        e.throwIt();
    }

    /** The handlers: each keeps the unwinding, sets to zero what is dead at its sites, and goes on to save the rest. */
    private void forget(int unwind, Label save) {
        List<Runnable> zeroes = new ArrayList<>();
        eachSaved((type, slot) -> zeroes.add(() -> zero(type, slot)));
        Map<DeadLocals.Group, Label> handlers = new LinkedHashMap<>();
        for (Range range : ranges) {
            e.handler(range.start, range.end, handlers.computeIfAbsent(range.group, group -> e.label()), UNWIND);
        }
        Map<DeadLocals.Group, Label> groups = new LinkedHashMap<>();
        groups.put(null, save);
        handlers.forEach((group, handler) -> {
            e.bind(handler);
            e.store(TypeKind.REFERENCE, unwind);
            for (DeadLocals.Group g = group; ; g = g.rest()) {
                Label known = groups.get(g);
                if (known != null) {
                    e.goTo(known);
                    return;
                }
                Label label = e.label();
                groups.put(g, label);
                e.bind(label);
                for (int place : g.dead()) {
                    zeroes.get(place).run();
                }
            }
        });
    }

    private void restoreFrame() {
        for (FunctionPlan.Site s : plan.sites) {
            siteLabels.add(e.label());
            for (int loop : s.loops()) {
                if (!headers.containsKey(loop)) {
                    headers.put(loop, e.label());
                }
            }
        }
        e.load(TypeKind.REFERENCE, scope.frameSlot);
        e.invokeVirtual(FRAME, "site", ConstantDescs.CD_int);
        e.store(TypeKind.INT, entrySlot);
        e.constant(0);
        e.store(TypeKind.INT, siteSlot);
        int[] at = new int[2];
        int values = stack.temporary(TypeKind.REFERENCE);
        e.load(TypeKind.REFERENCE, scope.frameSlot);
        e.invokeVirtual(FRAME, "values", Emitter.LONGS);
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
        e.load(TypeKind.REFERENCE, scope.frameSlot);
        e.invokeVirtual(FRAME, "references", Emitter.OBJECTS);
        e.store(TypeKind.REFERENCE, values);
        eachSaved((type, slot) -> {
            if (type.isReference()) {
                e.load(TypeKind.REFERENCE, values);
                e.constant(at[1]++);
                e.arrayLoad(TypeKind.REFERENCE);
                e.store(TypeKind.REFERENCE, slot);
            }
        });
        scope.memory.reload();
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

    /**
     * Starts a site whose operands lie on top of the stack; emits the store of its number.
     *
     * @param place where it is ({@link FunctionPlan.Site})
     */
    int beginSite(int operands, int place) {
        int number = ++site;
        if (mode == Mode.DRY) {
            plan.weight += loops.size() + stack.height();
            if (plan.weight > MOST_WEIGHT) {
                throw new UnsupportedFeature("a function that can be suspended in too many places");
            }
            int[] slots = stack.slotKeys(operands);
            Arrays.stream(slots).forEach(plan.savedSlots::add);
            plan.sites.add(new FunctionPlan.Site(loops.stream().mapToInt(Integer::intValue).toArray(), place, stack.locals(), slots));
        }
        e.constant(number);
        e.store(TypeKind.INT, siteSlot);
        unwindable = e.mark();
        return number;
    }

    /** Behind what unwinds at the site that was begun or arrived at last. */
    void endSite() {
        ranges.add(new Range(unwindable, e.mark(), plan.dead == null ? null : plan.dead[site - 1]));
    }

    /** In a resume body: arrives at a site, and lets the next inner frame continue; its raw result is left. */
    void arriveAt(int number) {
        e.bind(siteLabels.get(number - 1));
        e.constant(0);
        e.store(TypeKind.INT, entrySlot);
        // The inner frames may be unwound again: this frame is then at the same site.
        e.constant(number);
        e.store(TypeKind.INT, siteSlot);
        scope.loadInstance();
        unwindable = e.mark();
        e.invokeVirtual(Emitter.INSTANCE, "resumeInner", ConstantDescs.CD_long);
        endSite();
    }

    /** At the function's entry. A resume body runs this poll only when it was unwound there. */
    void pollAtEntry() {
        if (!scope.layout.polls) {
            return;
        }
        if (mode == Mode.RESUME) {
            resumePoll();
        } else {
            poll(0);
        }
    }

    /**
     * Looks whether the host wants something, where the JVM's stack is empty.
     *
     * @param place where that is ({@link FunctionPlan.Site})
     */
    void poll(int place) {
        if (!scope.layout.polls) {
            return;
        }
        Label go = e.label();
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "poll", ConstantDescs.CD_int);
        e.branch(Opcode.IFEQ, go);
        int number = suspends ? beginSite(0, place) : 0;
        scope.loadInstance();
        e.invokeVirtual(Emitter.INSTANCE, "pollNow", ConstantDescs.CD_void);
        if (suspends) {
            endSite();
        }
        if (mode == Mode.RESUME && suspends) {
            Label after = e.label();
            e.goTo(after);
            arriveAt(number);
            e.pop(TypeKind.LONG);
            e.bind(after);
        }
        scope.memory.refresh();
        e.bind(go);
    }

    private void resumePoll() {
        int number = ++site;
        Label after = e.label();
        e.goTo(after);
        arriveAt(number);
        e.pop(TypeKind.LONG);
        e.bind(after);
    }
}
