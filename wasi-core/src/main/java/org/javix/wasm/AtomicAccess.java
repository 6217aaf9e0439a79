package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** Compiles the atomic instructions to calls of {@link Atomics}, or of {@link PlainAtomics} where nobody could tell. */
final class AtomicAccess {
    private static final ClassDesc ATOMICS = ClassDesc.of("org.javix.wasm.Atomics");
    private static final ClassDesc PLAIN = ClassDesc.of("org.javix.wasm.PlainAtomics");

    /** Each operation has seven forms, in this order; see {@link #WIDE} and {@link #WIDTHS}. */
    private static final int FORMS = 7;

    /** Whether a form's operands are i64. */
    private static final boolean[] WIDE = {false, true, false, false, true, true, true};

    /** The bits that a form reads or writes. */
    private static final int[] WIDTHS = {32, 64, 8, 16, 8, 16, 32};

    /** The operations, from {@code i32.atomic.load} on. */
    private static final String[] OPERATIONS = {"load", "store", "add", "sub", "and", "or", "xor", "xchg", "cmpxchg"};

    private final FunctionScope scope;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;
    private final CallCompiler calls;

    AtomicAccess(FunctionScope scope, CallCompiler calls) {
        this.scope = scope;
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = scope.memory;
        this.calls = calls;
    }

    /** Compiles an instruction if it is atomic. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        if ((opcode & ~0xff) != FE) {
            return false;
        }
        switch (opcode) {
            case ATOMIC_FENCE -> {
                if (!isPlain()) {
                    e.invokeStatic(ATOMICS, "fence", ConstantDescs.CD_void);
                }
            }
            case MEMORY_ATOMIC_NOTIFY -> {
                stack.spillAll();
                loadAddress(i, 1);
                stack.loadDeferred(0);
                stack.drop(2);
                scope.loadInstance();
                e.constant(body.seconds[i]);
                e.invokeStatic(
                        ATOMICS, "notify", ConstantDescs.CD_int,
                        ConstantDescs.CD_long, ConstantDescs.CD_int, Emitter.INSTANCE, ConstantDescs.CD_int);
                stack.push(ValType.I32);
            }
            case MEMORY_ATOMIC_WAIT32, MEMORY_ATOMIC_WAIT64 -> await(i, opcode == MEMORY_ATOMIC_WAIT64);
            default -> operation(i, opcode - I32_ATOMIC_LOAD);
        }
        if (!isPlain()) {
            // Whatever other threads did before, such as growing the memory, counts from now on.
            memory.forget();
        }
        return true;
    }

    /** Whether no other thread can see the memories, nor another process a page of them. */
    private boolean isPlain() {
        return !scope.layout.protects && scope.module.memories().stream().noneMatch(type -> type.shared());
    }

    /** Leaves the address, which lies below some operands, all of them off the JVM's stack. */
    private void loadAddress(int i, int below) {
        memory.loadAddress(body.seconds[i], () -> stack.loadDeferred(below), stack.constant(below), body.immediates[i]);
    }

    /** A wait is a call: what makes the guest give it up may unwind the stack. */
    private void await(int i, boolean wide) {
        ClassDesc address = memory.addressDesc(body.seconds[i]);
        FuncType type = InstructionTypes.of(body.opcodes[i]);
        calls.emitCall(type, 3, scope.suspends, () -> {
            e.constant(body.immediates[i]);
            e.constant(body.seconds[i]);
            e.invokeStatic(
                    ATOMICS, wide ? "wait64" : "wait32", ConstantDescs.CD_int,
                    address, wide ? ConstantDescs.CD_long : ConstantDescs.CD_int, ConstantDescs.CD_long,
                    Emitter.INSTANCE, ConstantDescs.CD_long, ConstantDescs.CD_int);
        });
    }

    private void operation(int i, int number) {
        String operation = OPERATIONS[number / FORMS];
        int form = number % FORMS;
        int width = WIDTHS[form];
        // i64 values of fewer bits travel as ints.
        boolean narrows = WIDE[form] && width < 64;
        ClassDesc desc = width == 64 ? ConstantDescs.CD_long : ConstantDescs.CD_int;
        int values = InstructionTypes.of(body.opcodes[i]).params().size();
        stack.spillAll();
        memory.loadView(body.seconds[i]);
        loadAddress(i, values);
        ClassDesc[] params = new ClassDesc[2 + values];
        params[0] = Emitter.VIEW;
        params[1] = ConstantDescs.CD_long;
        for (int k = 0; k < values; k++) {
            stack.loadDeferred(values - 1 - k);
            if (narrows) {
                e.convert(TypeKind.LONG, TypeKind.INT);
            }
            params[2 + k] = desc;
        }
        stack.drop(1 + values);
        boolean store = operation.equals("store");
        e.invokeStatic(isPlain() ? PLAIN : ATOMICS, operation + width, store ? ConstantDescs.CD_void : desc, params);
        if (store) {
            return;
        }
        if (narrows) {
            e.unsignedToLong();
        }
        stack.push(WIDE[form] ? ValType.I64 : ValType.I32);
    }
}
