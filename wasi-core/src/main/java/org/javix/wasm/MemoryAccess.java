package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Compiles the instructions that touch linear memory.
 *
 * <p>Memory 0's base and end ({@link LoadStore}) are kept in JVM locals. The locals are <em>fresh</em> until something is
 * called that could grow the memory, and loaded again when they are next needed.
 */
final class MemoryAccess {
    private static final ClassDesc MEMORY = ClassDesc.of("org.javix.wasm.Memory");
    private static final ClassDesc LOAD_STORE = ClassDesc.of("org.javix.wasm.LoadStore");
    private static final ClassDesc PAGED_LOAD_STORE = ClassDesc.of("org.javix.wasm.PagedLoadStore");

    /** The width of the widest access. */
    private static final int MOST_BYTES = 16;

    private final FunctionScope scope;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final int baseSlot;
    private final int endSlot;
    private boolean fresh;

    MemoryAccess(FunctionScope scope, int baseSlot, int endSlot) {
        this.scope = scope;
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.baseSlot = baseSlot;
        this.endSlot = endSlot;
    }

    boolean fresh() {
        return fresh;
    }

    void setFresh(boolean fresh) {
        this.fresh = fresh;
    }

    /** Something may have grown the memory. */
    void forget() {
        fresh = false;
    }

    /** Loads the locals. */
    void reload() {
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "memoryBase", ConstantDescs.CD_long);
        e.store(TypeKind.LONG, baseSlot);
        scope.loadInstance();
        e.invokeStatic(LOAD_STORE, "end", ConstantDescs.CD_int, Emitter.INSTANCE);
        e.store(TypeKind.INT, endSlot);
    }

    /** Makes the locals fresh. */
    void ensure() {
        if (!fresh) {
            reload();
            fresh = true;
        }
    }

    /** After something that happens on one path only: locals that count as fresh are made so. */
    void refresh() {
        if (fresh) {
            reload();
        }
    }

    /** Compiles an instruction if it is one of memory's, but not a load or store. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        int first = (int) body.immediates[i];
        switch (opcode) {
            case MEMORY_SIZE -> {
                scope.loadInstance();
                e.constant(first);
                e.invokeVirtual(Emitter.INSTANCE, "memorySize", ConstantDescs.CD_long, ConstantDescs.CD_int);
                pushPages(first);
            }
            case MEMORY_GROW -> {
                stack.pop();
                if (!wide(first)) {
                    e.unsignedToLong();
                }
                scope.loadInstance();
                e.constant(first);
                e.invokeStatic(
                        Emitter.OPS, "memoryGrow", ConstantDescs.CD_long, ConstantDescs.CD_long, Emitter.INSTANCE, ConstantDescs.CD_int);
                forget();
                pushPages(first);
            }
            case MEMORY_FILL -> bulk("memoryFill", first);
            case MEMORY_COPY -> bulk("memoryCopy", first, body.seconds[i]);
            case MEMORY_INIT -> {
                ClassDesc address = addressDesc(body.seconds[i]);
                stack.load(3);
                stack.drop(3);
                loadView(body.seconds[i]);
                e.constant(first);
                scope.loadInstance();
                ClassDesc integer = ConstantDescs.CD_int;
                e.invokeStatic(
                        Emitter.OPS, "memoryInit", ConstantDescs.CD_void, address, integer, integer, Emitter.VIEW, integer, Emitter.INSTANCE);
            }
            case DATA_DROP -> {
                scope.loadInstance();
                e.getField(Emitter.INSTANCE, "data", Emitter.SEGMENT.arrayType());
                e.constant(first);
                e.nullReference();
                e.arrayStore(TypeKind.REFERENCE);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void bulk(String name, int... memories) {
        ClassDesc[] params = new ClassDesc[4 + memories.length];
        for (int k = 0; k < 3; k++) {
            params[k] = Emitter.desc(stack.type(stack.height() - 3 + k));
        }
        stack.load(3);
        stack.drop(3);
        for (int k = 0; k < memories.length; k++) {
            loadView(memories[k]);
            params[3 + k] = Emitter.VIEW;
        }
        scope.loadInstance();
        params[3 + memories.length] = Emitter.INSTANCE;
        e.invokeStatic(Emitter.OPS, name, ConstantDescs.CD_int, params);
        if (scope.fuelSlot < 0) {
            e.pop(TypeKind.INT);
        } else {
            e.load(TypeKind.INT, scope.fuelSlot);
            e.invokeStatic(Emitter.OPS, "fuel", ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
            e.store(TypeKind.INT, scope.fuelSlot);
        }
    }

    /** Whether other threads can grow the memory at any time. */
    boolean moves() {
        return !scope.module.memories().isEmpty() && scope.module.memories().getFirst().shared();
    }

    /** Whether a memory has 64-bit addresses. */
    private boolean wide(int memory) {
        return scope.module.memories().get(memory).address64();
    }

    /** The JVM type of a memory's addresses. */
    ClassDesc addressDesc(int memory) {
        return wide(memory) ? ConstantDescs.CD_long : ConstantDescs.CD_int;
    }

    /** Pushes the number of pages that lies on the JVM's stack as a long. */
    private void pushPages(int memory) {
        if (wide(memory)) {
            stack.push(ValType.I64);
        } else {
            e.convert(TypeKind.LONG, TypeKind.INT);
            stack.push(ValType.I32);
        }
    }

    /** Pushes a memory's view. */
    void loadView(int memory) {
        scope.loadInstance();
        if (memory == 0) {
            e.getField(Emitter.INSTANCE, "memory0", Emitter.VIEW);
        } else {
            e.getField(Emitter.INSTANCE, "memories", MEMORY.arrayType());
            e.constant(memory);
            e.arrayLoad(TypeKind.REFERENCE);
            e.invokeVirtual(MEMORY, "view", Emitter.VIEW);
        }
    }

    /** Whether accesses ask what pages allow. */
    boolean protects() {
        return scope.layout.protects;
    }

    /** The class that reads and writes numbers at exact addresses. */
    ClassDesc accessors() {
        return scope.layout.protects ? Emitter.PAGED_VIEW : Emitter.VIEW;
    }

    // ---- Accesses that may be direct ----

    /** Whether {@link LoadStore} or {@link PagedLoadStore} is for accesses of this memory at this offset. */
    boolean isDirect(int memory, long offset) {
        return memory == 0 && !wide(0) && offset <= Integer.MAX_VALUE - MOST_BYTES;
    }

    /** Whether {@link PagedView} is for such accesses, and takes the address and the offset as two ints. */
    boolean isPaged(int memory, long offset) {
        return scope.layout.protects && !wide(memory) && offset <= Integer.MAX_VALUE;
    }

    /**
     * The place of an access that may be direct, before its address is loaded on the JVM's stack.
     *
     * @param offset in bytes
     * @param fixed whether the address is the constant 0, and the place in bounds of the smallest memory
     */
    record Place(int offset, boolean fixed) {
        /** The place that lies some bytes beyond this one. */
        Place beyond(int bytes) {
            return new Place(offset + bytes, fixed);
        }
    }

    /** Looks at the operand that is an address: where it is constant and surely in bounds, it becomes an offset to 0. */
    Place place(int fromTop, long offset) {
        Long constant = stack.constant(fromTop);
        if (constant != null) {
            long least = scope.module.memories().getFirst().limits().min() * Memory.PAGE;
            long address = Integer.toUnsignedLong(constant.intValue()) + offset;
            if (address <= Math.min(least, Integer.MAX_VALUE) - MOST_BYTES) {
                stack.replaceConstant(fromTop, 0);
                return new Place((int) address, !scope.layout.protects);
            }
        }
        return new Place((int) offset, false);
    }

    /** With the address on the JVM's stack, calls an accessor. */
    void get(Place place, String cell, ClassDesc type) {
        access("get" + cell, type, place, ConstantDescs.CD_int);
    }

    /** With the address and the value on the JVM's stack, calls an accessor. */
    void set(Place place, String cell, ClassDesc type) {
        access("set" + cell, ConstantDescs.CD_void, place, ConstantDescs.CD_int, type);
    }

    private void access(String name, ClassDesc result, Place place, ClassDesc... operands) {
        ensure();
        MethodTypeDesc type = MethodTypeDesc.of(result, operands);
        e.constant(scope.layout.protects ? place.offset : place.offset - LoadStore.BIAS);
        type = type.insertParameterTypes(type.parameterCount(), ConstantDescs.CD_int);
        int lowered = place.fixed ? 0 : place.offset;
        if (scope.layout.protects) {
            boolean beyond = place.offset >= PageTable.PLAIN_START;
            e.constant(beyond ? 0 : PageTable.PLAIN_START);
            type = type.insertParameterTypes(type.parameterCount(), ConstantDescs.CD_int);
            lowered = beyond ? place.offset - PageTable.PLAIN_START : place.offset;
        }
        e.load(TypeKind.INT, endSlot);
        if (lowered > MemoryView.NEAR) {
            e.constant(lowered);
            e.invokeStatic(LOAD_STORE, "limit", ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int);
        }
        scope.loadInstance();
        e.load(TypeKind.LONG, baseSlot);
        type = type.insertParameterTypes(
                type.parameterCount(), ConstantDescs.CD_int, Emitter.INSTANCE, ConstantDescs.CD_long);
        e.invokeStatic(scope.layout.protects ? PAGED_LOAD_STORE : LOAD_STORE, name, type);
    }

    // ---- Exact addresses ----

    /**
     * Leaves an access's address as a long.
     *
     * @param address emits the operand
     * @param constant the operand where it is known, else null
     */
    void loadAddress(int memory, Runnable address, Long constant, long offset) {
        if (wide(memory)) {
            loadWideAddress(address, constant, offset);
            return;
        }
        if (constant != null) {
            e.constant(Integer.toUnsignedLong(constant.intValue()) + offset);
            return;
        }
        address.run();
        e.unsignedToLong();
        if (offset != 0) {
            e.constant(offset);
            e.op(Opcode.LADD);
        }
    }

    /** Stores the address that an access through a deferred operand reaches in a JVM local, and answers that. */
    int storeAddress(int memory, int fromTop, long offset) {
        if (wide(memory)) {
            // The halves of a vector must both be out of bounds, so even without an offset it goes through the sum.
            stack.loadDeferred(fromTop);
            e.constant(offset);
            e.invokeStatic(Emitter.OPS, "wideAddress", ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long);
        } else {
            loadAddress(memory, () -> stack.loadDeferred(fromTop), stack.constant(fromTop), offset);
        }
        int address = stack.temporary(TypeKind.LONG);
        e.store(TypeKind.LONG, address);
        return address;
    }

    /**
     * The sum of a 64-bit address and an offset, negative, and so out of bounds, from 2^63 on: no memory
     * is that large.
     */
    private void loadWideAddress(Runnable address, Long constant, long offset) {
        if (constant != null) {
            e.constant(Ops.wideAddress(constant, offset));
            return;
        }
        address.run();
        if (offset != 0) {
            e.constant(offset);
            e.invokeStatic(Emitter.OPS, "wideAddress", ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long);
        }
    }
}
