package org.javix.wasm;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;
import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/** Compiles the vector instructions that touch linear memory. */
final class VectorAccess {
    /** The accessors' types and the suffixes of their names, by the exponent of an access's width. */
    private static final ClassDesc[] CELLS = {CD_byte, CD_short, CD_int, CD_long};

    private static final String[] NAMES = {"I8", "I16", "I32", "I64"};
    private static final String[] LANES = {"I8x16", "I16x8", "I32x4", "I64x2"};

    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;

    VectorAccess(FunctionScope scope) {
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = scope.memory;
    }

    /** Compiles an instruction if it is one of these. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        if (opcode < FD || !CodeReader.hasMemoryArgument(opcode)) {
            return false;
        }
        long offset = body.immediates[i];
        int index = body.seconds[i];
        int width = InstructionTypes.width(opcode);
        if (opcode == V128_STORE) {
            store(offset, index);
        } else if (opcode >= V128_STORE8_LANE && opcode <= V128_STORE64_LANE) {
            storeLane(width, (Integer) body.objects[i], offset, index);
        } else if (opcode >= V128_LOAD8_LANE && opcode <= V128_LOAD64_LANE) {
            loadLane(width, (Integer) body.objects[i], offset, index);
        } else {
            load(opcode, width, offset, index);
        }
        return true;
    }

    private void load(int opcode, int width, long offset, int index) {
        Target target = target(index, 0, offset);
        stack.drop(1);
        if (opcode == V128_LOAD) {
            get(3, target, 0);
            get(3, target, 8);
        } else if (opcode >= V128_LOAD8X8_S && opcode <= V128_LOAD32X2_U) {
            get(3, target, 0);
            int packed = stack.temporary(TypeKind.LONG);
            e.store(TypeKind.LONG, packed);
            ClassDesc owner = lanes(1 + (opcode - V128_LOAD8X8_S) / 2);
            String name = (opcode - V128_LOAD8X8_S) % 2 == 0 ? "extendS" : "extendU";
            e.load(TypeKind.LONG, packed);
            e.invokeStatic(owner, name + "Low", CD_long, CD_long);
            e.load(TypeKind.LONG, packed);
            e.invokeStatic(owner, name + "High", CD_long, CD_long);
        } else if (opcode >= V128_LOAD8_SPLAT && opcode <= V128_LOAD64_SPLAT) {
            get(width, target, 0);
            e.invokeStatic(lanes(width), "splat", CD_long, width == 3 ? CD_long : CD_int);
            e.op(Opcode.DUP2);
        } else {
            get(width, target, 0);
            if (opcode == V128_LOAD32_ZERO) {
                e.convert(TypeKind.INT, TypeKind.LONG);
                e.constant(0xffff_ffffL);
                e.op(Opcode.LAND);
            }
            e.constant(0L);
        }
        stack.push(ValType.V128);
        stack.push(ValType.V128);
    }

    private void store(long offset, int index) {
        Target target = target(index, 2, offset);
        // The high half first: where the vector does not fit, nothing is stored.
        set(3, target, 8, () -> stack.loadDeferred(0));
        set(3, target, 0, () -> stack.loadDeferred(1));
        stack.drop(3);
    }

    private void loadLane(int width, int lane, long offset, int index) {
        Target target = target(index, 2, offset);
        int perHalf = 8 >> width;
        for (int half = 0; half < 2; half++) {
            stack.loadDeferred(1 - half);
            if (lane / perHalf == half) {
                e.constant(lane % perHalf);
                get(width, target, 0);
                e.invokeStatic(lanes(width), "replace", CD_long, CD_long, CD_int, width == 3 ? CD_long : CD_int);
            }
        }
        stack.drop(3);
        stack.push(ValType.V128);
        stack.push(ValType.V128);
    }

    private void storeLane(int width, int lane, long offset, int index) {
        Target target = target(index, 2, offset);
        int perHalf = 8 >> width;
        set(width, target, 0, () -> {
            stack.loadDeferred(lane < perHalf ? 1 : 0);
            e.constant((lane % perHalf) * (8 << width));
            e.op(Opcode.LUSHR);
            if (width < 3) {
                e.convert(TypeKind.LONG, TypeKind.INT);
            }
            if (width < 2) {
                e.convert(TypeKind.INT, width == 0 ? TypeKind.BYTE : TypeKind.SHORT);
            }
        });
        stack.drop(3);
    }

    /**
     * Where an access goes.
     *
     * @param memory its index
     * @param address the JVM local of the address: an exact one as a long, or an int
     * @param place what goes with an int; null for an exact address
     */
    private record Target(int memory, int address, MemoryAccess.Place place) {}

    /** Moves the address, below operands that are off the JVM's stack, to a JVM local. */
    private Target target(int index, int fromTop, long offset) {
        stack.defer(fromTop + 1);
        if (!memory.isDirect(index, offset)) {
            return new Target(index, memory.storeAddress(index, fromTop, offset), null);
        }
        MemoryAccess.Place place = memory.place(fromTop, offset);
        stack.loadDeferred(fromTop);
        int address = stack.temporary(TypeKind.INT);
        e.store(TypeKind.INT, address);
        return new Target(index, address, place);
    }

    private static ClassDesc lanes(int width) {
        return ClassDesc.of("org.javix.wasm.simd", LANES[width]);
    }

    private void get(int width, Target target, int beyond) {
        if (target.place != null) {
            e.load(TypeKind.INT, target.address);
            memory.get(target.place.beyond(beyond), NAMES[width], CELLS[width]);
            return;
        }
        loadExact(target, beyond);
        e.invokeStatic(memory.accessors(), "get" + NAMES[width], CELLS[width], Emitter.VIEW, CD_long);
    }

    private void set(int width, Target target, int beyond, Runnable value) {
        if (target.place != null) {
            e.load(TypeKind.INT, target.address);
            value.run();
            memory.set(target.place.beyond(beyond), NAMES[width], CELLS[width]);
            return;
        }
        loadExact(target, beyond);
        value.run();
        e.invokeStatic(memory.accessors(), "set" + NAMES[width], CD_void, Emitter.VIEW, CD_long, CELLS[width]);
    }

    private void loadExact(Target target, int beyond) {
        memory.loadView(target.memory);
        e.load(TypeKind.LONG, target.address);
        if (beyond != 0) {
            e.constant((long) beyond);
            e.op(Opcode.LADD);
        }
    }
}
