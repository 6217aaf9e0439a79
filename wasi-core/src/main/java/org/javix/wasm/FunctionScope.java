package org.javix.wasm;

import java.lang.classfile.TypeKind;

/** What the parts of the compiler share while they compile one function. */
final class FunctionScope {
    /** What is compiled. */
    enum Mode {
        /** Nothing is emitted: fills a plan. */
        DRY,
        BODY,
        RESUME
    }

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

    /** In a resume body, the JVM local of the frame. */
    final int frameSlot;

    final OperandStack stack;
    final MemoryAccess memory;
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
        int given = 0;
        if (mode == Mode.RESUME) {
            frameSlot = allocate(TypeKind.REFERENCE);
        } else {
            frameSlot = -1;
            given = body.type.params().size();
            for (int i = 0; i < given; i++) {
                localSlots[i] = allocate(Emitter.kind(body.locals[i]));
            }
        }
        instanceSlot = allocate(TypeKind.REFERENCE);
        // Used most, so among the first, which need the fewest bytes.
        int baseSlot = allocate(TypeKind.LONG);
        int endSlot = allocate(TypeKind.INT);
        for (int i = given; i < body.locals.length; i++) {
            localSlots[i] = allocate(Emitter.kind(body.locals[i]));
        }
        stack = new OperandStack(e, this::allocate, localSlots);
        memory = new MemoryAccess(this, baseSlot, endSlot);
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
