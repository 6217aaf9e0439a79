package org.javix.wasm;

import java.lang.classfile.TypeKind;
import java.util.Arrays;
import java.util.List;

/** What the parts of the compiler share while they compile one function. */
final class FunctionScope {
    /** What is compiled. */
    enum Mode {
        /** Nothing is emitted: fills a plan. */
        DRY,
        BODY,
        RESUME
    }

    /** How many slots the instance and the memory's base and end take. */
    private static final int FIRST_SLOTS = 4;

    final ModuleLayout layout;
    final Module module;
    final FunctionBody body;
    final Emitter e;
    final Mode mode;

    /** Filled by the dry run. */
    final FunctionPlan plan;

    /** Whether the function can be on the stack when it is unwound. */
    final boolean suspends;

    /** The JVM local of each guest local. */
    final int[] localSlots;

    /** The JVM local of the instance. */
    final int instanceSlot;

    /** The method's parameters, but for the instance, which is the last. */
    private final List<TypeKind> params;

    /** Whether they are moved behind what is used more often. */
    private final boolean moved;

    /** In a resume body, the JVM local of the frame. */
    final int frameSlot;

    /** The JVM local that counts iterations until the function's loops poll ({@link FunctionCompiler#LAST}); -1 where none does. */
    final int fuelSlot;

    final OperandStack stack;
    final MemoryAccess memory;

    /** The instruction that is being compiled. */
    int instruction;

    private int nextSlot;

    FunctionScope(ModuleLayout layout, FunctionBody body, Emitter e, Mode mode, FunctionPlan plan) {
        this.layout = layout;
        this.module = layout.module;
        this.body = body;
        this.e = e;
        this.mode = mode;
        this.plan = plan;
        this.suspends = layout.graph.suspends(body.function);
        localSlots = new int[body.locals.length];
        params = mode == Mode.RESUME ? List.of(TypeKind.REFERENCE) : body.type.params().stream().map(Emitter::kind).toList();
        moved = memoryFirst();
        int[] paramSlots = new int[params.size()];
        if (!moved) {
            Arrays.setAll(paramSlots, p -> allocate(params.get(p)));
        }
        // Used most, so among the first, which need the fewest bytes.
        instanceSlot = allocate(TypeKind.REFERENCE);
        int baseSlot = allocate(TypeKind.LONG);
        int endSlot = allocate(TypeKind.INT);
        if (moved) {
            Arrays.setAll(paramSlots, p -> allocate(params.get(p)));
        }
        boolean resumes = mode == Mode.RESUME;
        frameSlot = resumes ? paramSlots[0] : -1;
        int given = resumes ? 0 : paramSlots.length;
        System.arraycopy(paramSlots, 0, localSlots, 0, given);
        fuelSlot = layout.polls && body.hasLoops() ? allocate(TypeKind.INT) : -1;
        for (int i = given; i < body.locals.length; i++) {
            localSlots[i] = allocate(Emitter.kind(body.locals[i]));
        }
        stack = new OperandStack(e, this::allocate, localSlots);
        memory = new MemoryAccess(this, baseSlot, endSlot);
    }

    /**
     * Whether the instance and the memory's base and end get the first slots, which need the fewest bytes, and the parameters are
     * moved behind them.
     */
    private boolean memoryFirst() {
        int words = params.stream().mapToInt(TypeKind::slotSize).sum();
        // In bytes: a move takes four, and slots from 4 on take one more than those before.
        int saved = (words > 3 ? 1 : 0) + (words > 2 ? 1 : 0) + (words > 0 ? 1 : 0);
        int gain = -2 - 4 * params.size();
        for (int i = 0; i < body.length; i++) {
            int opcode = body.opcodes[i];
            if (opcode >= Opcodes.I32_LOAD && opcode <= Opcodes.I64_STORE32) {
                gain += saved;
            } else if (mode != Mode.RESUME
                    && (opcode == Opcodes.LOCAL_GET || opcode == Opcodes.LOCAL_SET || opcode == Opcodes.LOCAL_TEE)
                    && body.immediates[i] < Math.min(FIRST_SLOTS, params.size())) {
                gain--;
            }
        }
        return gain > 0;
    }

    /** At the very start of the method: moves the parameters where they are expected. */
    void enter() {
        if (!moved) {
            return;
        }
        int slot = 0;
        for (TypeKind param : params) {
            e.load(param, slot);
            slot += param.slotSize();
        }
        e.load(TypeKind.REFERENCE, slot);
        e.store(TypeKind.REFERENCE, instanceSlot);
        for (int p = params.size() - 1; p >= 0; p--) {
            slot -= params.get(p).slotSize();
            e.store(params.get(p), FIRST_SLOTS + slot);
        }
    }

    /** The number of JVM locals so far. */
    int slots() {
        return nextSlot;
    }

    /** A fresh JVM local. */
    int allocate(TypeKind kind) {
        int slot = nextSlot;
        nextSlot += kind.slotSize();
        if (nextSlot > 65535) {
            throw new UnsupportedFeature("a function with more than 65,535 words of locals");
        }
        return slot;
    }

    void loadInstance() {
        e.load(TypeKind.REFERENCE, instanceSlot);
    }

    /** Leaves the instance's array for a value of the type: references or raw numbers. */
    void loadValues(ValType type) {
        loadInstance();
        if (type.isReference()) {
            e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
        } else {
            e.getField(Emitter.INSTANCE, "results", Emitter.LONGS);
        }
    }

    /** How an array holds values of the type. */
    static TypeKind arrayKind(ValType type) {
        return type.isReference() ? TypeKind.REFERENCE : TypeKind.LONG;
    }
}
