package org.javix.wasm;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static org.javix.wasm.Opcodes.I8X16_SHUFFLE;

import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.List;
import org.javix.wasm.VectorOperation.Shape;

/**
 * Compiles the vector instructions.
 *
 * <p>A v128 is two longs, the low half and the high half, and never an object. Each half of a result is computed by
 * a static method of {@code org.javix.wasm.simd}, which HotSpot inlines; {@link VectorOperation} says which.
 */
final class VectorCompiler {
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final VectorAccess memory;
    private final Shuffle shuffle;

    VectorCompiler(FunctionScope scope) {
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = new VectorAccess(scope);
        this.shuffle = new Shuffle(e);
    }

    /** Compiles an instruction if it is a vector instruction. */
    boolean compile(int i) {
        int opcode = body.opcodes[i];
        VectorOperation operation = VectorOperation.of(opcode);
        if (operation != null) {
            compute(operation, InstructionTypes.of(opcode), (int) body.immediates[i]);
            return true;
        }
        if (opcode == I8X16_SHUFFLE) {
            stack.defer(4);
            byte[] lanes = (byte[]) body.objects[i];
            shuffle.half(lanes, 0, source -> stack.loadDeferred(3 - source));
            shuffle.half(lanes, 8, source -> stack.loadDeferred(3 - source));
            stack.drop(4);
            pushVector();
            return true;
        }
        return memory.access(i);
    }

    /** Notes a vector whose halves were just left on the JVM's stack. */
    private void pushVector() {
        stack.push(ValType.V128);
        stack.push(ValType.V128);
    }

    private void compute(VectorOperation operation, FuncType type, int lane) {
        int vectors = (int) type.params().stream().filter(param -> param == ValType.V128).count();
        int scalars = type.params().size() - vectors;
        int operands = 2 * vectors + scalars;
        ValType scalar = scalars == 0 ? null : type.params().getLast();
        if (operation.shape() == Shape.SPLAT) {
            stack.load(1);
            stack.drop(1);
            call(operation, "", CD_long, List.of(Emitter.desc(scalar)));
            e.op(java.lang.classfile.Opcode.DUP2);
            pushVector();
            return;
        }
        stack.defer(operands);
        switch (operation.shape()) {
            case EACH -> {
                half(operation, "", vectors, scalar, 0);
                half(operation, "", vectors, scalar, 1);
            }
            case WIDEN_LOW, WIDEN_HIGH -> {
                int half = operation.shape() == Shape.WIDEN_LOW ? 0 : 1;
                half(operation, "Low", vectors, null, half);
                half(operation, "High", vectors, null, half);
            }
            case NARROW -> {
                of(operation, CD_long, 3, 2);
                of(operation, CD_long, 1, 0);
            }
            case NARROW_ZERO -> {
                of(operation, CD_long, 1, 0);
                e.constant(0L);
            }
            case LOOK_UP -> {
                of(operation, CD_long, 3, 2, 1);
                of(operation, CD_long, 3, 2, 0);
            }
            case REDUCE -> of(operation, CD_int, 1, 0);
            case EXTRACT -> extract(operation, type.results().getFirst(), lane, lanesPerHalf(operation));
            case REPLACE -> replace(operation, scalar, lane, lanesPerHalf(operation));
            default -> throw new IllegalStateException();
        }
        stack.drop(operands);
        if (type.results().getFirst() == ValType.V128) {
            pushVector();
        } else {
            stack.push(type.results().getFirst());
        }
    }

    private static int lanesPerHalf(VectorOperation operation) {
        String shape = operation.owner().displayName();
        return Integer.parseInt(shape.substring(shape.indexOf('x') + 1)) / 2;
    }

    /** Calls the method with one half of each vector, and the scalar if there is one. */
    private void half(VectorOperation operation, String suffix, int vectors, ValType scalar, int half) {
        List<ClassDesc> params = new ArrayList<>();
        int above = scalar == null ? 0 : 1;
        for (int v = vectors - 1; v >= 0; v--) {
            stack.loadDeferred(above + 2 * v + 1 - half);
            params.add(CD_long);
        }
        if (scalar != null) {
            stack.loadDeferred(0);
            params.add(Emitter.desc(scalar));
        }
        call(operation, suffix, CD_long, params);
    }

    /** Calls the method with halves that are named by their distance from the top. */
    private void of(VectorOperation operation, ClassDesc result, int... fromTop) {
        List<ClassDesc> params = new ArrayList<>();
        for (int operand : fromTop) {
            stack.loadDeferred(operand);
            params.add(CD_long);
        }
        call(operation, "", result, params);
    }

    private void extract(VectorOperation operation, ValType result, int lane, int perHalf) {
        stack.loadDeferred(lane < perHalf ? 1 : 0);
        e.constant(lane % perHalf);
        call(operation, "", Emitter.desc(result), List.of(CD_long, CD_int));
    }

    private void replace(VectorOperation operation, ValType scalar, int lane, int perHalf) {
        for (int half = 0; half < 2; half++) {
            stack.loadDeferred(2 - half);
            if (lane / perHalf == half) {
                e.constant(lane % perHalf);
                stack.loadDeferred(0);
                call(operation, "", CD_long, List.of(CD_long, CD_int, Emitter.desc(scalar)));
            }
        }
    }

    private void call(VectorOperation operation, String suffix, ClassDesc result, List<ClassDesc> params) {
        e.invokeStatic(operation.owner(), operation.name() + suffix, result, params.toArray(new ClassDesc[0]));
    }
}
