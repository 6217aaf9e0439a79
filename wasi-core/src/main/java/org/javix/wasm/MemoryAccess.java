package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * Compiles the instructions that touch linear memory.
 *
 * <p>Memory 0's view is kept in a JVM local. The local is <em>fresh</em> until something is called that
 * could grow the memory, and loaded again when it is next needed.
 */
final class MemoryAccess {
    private static final ClassDesc MEMORY = ClassDesc.of("org.javix.wasm.Memory");

    private final FunctionScope scope;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final int viewSlot;
    private final int addressSlot;

    /** The JVM local for a 64-bit address, or -1 as long as there is none. */
    private int wideAddressSlot = -1;

    private boolean fresh;

    MemoryAccess(FunctionScope scope, int viewSlot, int addressSlot) {
        this.scope = scope;
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.viewSlot = viewSlot;
        this.addressSlot = addressSlot;
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

    /** Loads the view into its local. */
    void reload() {
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "memory0", Emitter.VIEW);
        if (!scope.module.memories().isEmpty()) {
            // Tells HotSpot that it is not null, or each loop would find that out again.
            e.dup();
            e.getField(Emitter.VIEW, "segment", Emitter.SEGMENT);
            e.pop(TypeKind.REFERENCE);
        }
        e.store(TypeKind.REFERENCE, viewSlot);
    }

    /** Makes the local fresh. */
    void ensure() {
        if (!fresh) {
            reload();
            fresh = true;
        }
    }

    /** After something that happens on one path only: a local that counts as fresh is made so. */
    void refresh() {
        if (fresh) {
            reload();
        }
    }

    /** How a number is held in memory, with its accessor's JVM type. The names are part of the accessors'. */
    private enum Cell {
        I8(ConstantDescs.CD_byte),
        I16(ConstantDescs.CD_short),
        I32(ConstantDescs.CD_int),
        I64(ConstantDescs.CD_long);

        final ClassDesc value;

        Cell(ClassDesc value) {
            this.value = value;
        }
    }

    /** Compiles an instruction if it is one of memory's. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        if (opcode >= I32_LOAD && opcode <= I64_LOAD32_U) {
            load(opcode, body.immediates[i], body.seconds[i]);
            return true;
        }
        if (opcode >= I32_STORE && opcode <= I64_STORE32) {
            store(opcode, body.immediates[i], body.seconds[i]);
            return true;
        }
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
        ClassDesc[] params = new ClassDesc[3 + memories.length];
        for (int k = 0; k < 3; k++) {
            params[k] = Emitter.desc(stack.type(stack.height() - 3 + k));
        }
        stack.load(3);
        stack.drop(3);
        for (int k = 0; k < memories.length; k++) {
            loadView(memories[k]);
            params[3 + k] = Emitter.VIEW;
        }
        e.invokeStatic(Emitter.OPS, name, ConstantDescs.CD_void, params);
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
        if (memory == 0) {
            ensure();
            e.load(TypeKind.REFERENCE, viewSlot);
        } else {
            scope.loadInstance();
            e.getField(Emitter.INSTANCE, "memories", MEMORY.arrayType());
            e.constant(memory);
            e.arrayLoad(TypeKind.REFERENCE);
            e.invokeVirtual(MEMORY, "view", Emitter.VIEW);
        }
    }

    /** The class that reads and writes numbers. */
    ClassDesc accessors() {
        return scope.layout.protects ? Emitter.PAGED_VIEW : Emitter.VIEW;
    }

    /** Pushes the view and the place for the accessors of {@link MemoryView}; answers the place's types. */
    private ClassDesc[] loadPlace(int memory, Runnable address, Long constant, long offset) {
        loadView(memory);
        if (wide(memory) || offset > Integer.MAX_VALUE) {
            loadAddress(memory, address, constant, offset);
            return new ClassDesc[] {Emitter.VIEW, ConstantDescs.CD_long};
        }
        if (constant != null) {
            e.constant(constant.intValue());
        } else {
            address.run();
        }
        e.constant((int) offset);
        return new ClassDesc[] {Emitter.VIEW, ConstantDescs.CD_int, ConstantDescs.CD_int};
    }

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

    /** Moves the address on top of the JVM's stack to a local; answers what loads it again. */
    private Runnable storeAddress(int memory) {
        if (!wide(memory)) {
            e.store(TypeKind.INT, addressSlot);
            return () -> e.load(TypeKind.INT, addressSlot);
        }
        if (wideAddressSlot < 0) {
            wideAddressSlot = scope.allocate(TypeKind.LONG);
        }
        e.store(TypeKind.LONG, wideAddressSlot);
        return () -> e.load(TypeKind.LONG, wideAddressSlot);
    }

    private void load(int opcode, long offset, int memory) {
        Cell cell = switch (opcode) {
            case I32_LOAD, F32_LOAD, I64_LOAD32_S, I64_LOAD32_U -> Cell.I32;
            case I64_LOAD, F64_LOAD -> Cell.I64;
            case I32_LOAD8_S, I32_LOAD8_U, I64_LOAD8_S, I64_LOAD8_U -> Cell.I8;
            default -> Cell.I16;
        };
        ClassDesc[] place;
        if (stack.isDeferred(0)) {
            place = loadPlace(memory, () -> stack.loadDeferred(0), stack.constant(0), offset);
            stack.drop(1);
        } else {
            stack.pop();
            place = loadPlace(memory, storeAddress(memory), null, offset);
        }
        e.invokeStatic(accessors(), "get" + cell, cell.value, place);
        switch (opcode) {
            case I32_LOAD8_U, I64_LOAD8_U -> mask(0xff);
            case I32_LOAD16_U, I64_LOAD16_U -> mask(0xffff);
            default -> {}
        }
        ValType type = switch (opcode) {
            case I32_LOAD, I32_LOAD8_S, I32_LOAD8_U, I32_LOAD16_S, I32_LOAD16_U -> ValType.I32;
            case F32_LOAD -> ValType.F32;
            case F64_LOAD -> ValType.F64;
            default -> ValType.I64;
        };
        switch (type.kind()) {
            case F32 -> e.invokeStatic(
                    ConstantDescs.CD_Float, "intBitsToFloat", ConstantDescs.CD_float, ConstantDescs.CD_int);
            case F64 -> e.fromRaw(type);
            case I64 -> {
                if (cell != Cell.I64) {
                    e.convert(TypeKind.INT, TypeKind.LONG);
                }
                if (opcode == I64_LOAD32_U) {
                    e.constant(0xffff_ffffL);
                    e.op(Opcode.LAND);
                }
            }
            default -> {}
        }
        stack.push(type);
    }

    private void mask(int bits) {
        e.constant(bits);
        e.op(Opcode.IAND);
    }

    private void store(int opcode, long offset, int memory) {
        Cell cell = switch (opcode) {
            case I32_STORE, F32_STORE, I64_STORE32 -> Cell.I32;
            case I64_STORE, F64_STORE -> Cell.I64;
            case I32_STORE8, I64_STORE8 -> Cell.I8;
            default -> Cell.I16;
        };
        ValType type = stack.type(stack.height() - 1);
        Runnable value;
        if (stack.isDeferred(0)) {
            value = () -> stack.loadDeferred(0);
        } else {
            int temporary = stack.temporary(Emitter.kind(type));
            e.store(Emitter.kind(type), temporary);
            value = () -> e.load(Emitter.kind(type), temporary);
        }
        ClassDesc[] place;
        if (stack.isDeferred(1)) {
            place = loadPlace(memory, () -> stack.loadDeferred(1), stack.constant(1), offset);
        } else {
            // The value is off the JVM's stack or was never there: the address is on top of it.
            place = loadPlace(memory, storeAddress(memory), null, offset);
        }
        value.run();
        stack.drop(2);
        switch (type.kind()) {
            case F32 -> e.invokeStatic(
                    ConstantDescs.CD_Float, "floatToRawIntBits", ConstantDescs.CD_int, ConstantDescs.CD_float);
            case F64 -> e.toRaw(type);
            case I64 -> {
                if (cell != Cell.I64) {
                    e.convert(TypeKind.LONG, TypeKind.INT);
                }
            }
            default -> {}
        }
        if (cell == Cell.I8) {
            e.convert(TypeKind.INT, TypeKind.BYTE);
        } else if (cell == Cell.I16) {
            e.convert(TypeKind.INT, TypeKind.SHORT);
        }
        ClassDesc[] params = java.util.Arrays.copyOf(place, place.length + 1);
        params[place.length] = cell.value;
        e.invokeStatic(accessors(), "set" + cell, ConstantDescs.CD_void, params);
    }
}
