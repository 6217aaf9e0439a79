package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/**
 * Emits the trampolines of functions that can return with a tail call pending. A trampoline is called as the
 * function would be; it calls the function, and then what is pending, until nothing is.
 *
 * <p>It has no frame when the stack is unwound: its caller's frame and that of the function it had called last
 * are enough, since {@link Instance#resumeInner} makes pending calls as well.
 */
final class Trampoline {
    private final ModuleLayout layout;

    Trampoline(ModuleLayout layout) {
        this.layout = layout;
    }

    /** {@code t12(parameters…, M)}: a function with everything that it leads to. */
    void wrapper(Emitter e, int function) {
        FuncType type = layout.functionType(function);
        int instance = ModuleLayout.parameterSlots(type);
        TypeKind kind = ModuleLayout.resultKind(type);
        Label bounced = e.label();
        DispatchClass.loadParameters(e, type);
        e.load(TypeKind.REFERENCE, instance);
        e.invokeStatic(layout.bodyClass(function), layout.bodyName(function), layout.bodyType(type));
        e.load(TypeKind.REFERENCE, instance);
        e.getField(Emitter.INSTANCE, "pending", TailCallCompiler.FUNCREF);
        e.branch(Opcode.IFNONNULL, bounced);
        e.returnValue(kind);
        e.bind(bounced);
        if (kind != TypeKind.VOID) {
            e.pop(kind);
        }
        e.load(TypeKind.REFERENCE, instance);
        e.invokeStatic(TailCallCompiler.PENDING, "finish", ConstantDescs.CD_void, Emitter.INSTANCE);
        if (kind != TypeKind.VOID) {
            ValType result = type.results().getFirst();
            loadValue(e, result, 0, instance);
        }
        e.returnValue(kind);
    }

    /**
     * One step of a trampoline, in M: calls a function's body, with the arguments from the instance's arrays and the
     * result to there.
     */
    void step(Emitter e, int function) {
        FuncType type = layout.functionType(function);
        ClassDesc instance = layout.instance;
        for (int k = 0; k < type.params().size(); k++) {
            loadValue(e, type.params().get(k), k, 0);
        }
        e.load(TypeKind.REFERENCE, 0);
        e.invokeStatic(layout.bodyClass(function), layout.bodyName(function), layout.methodType(type, instance));
        if (type.results().size() == 1) {
            ValType result = type.results().getFirst();
            int value = 2;
            Label bounced = e.label();
            e.store(Emitter.kind(result), value);
            // Where the next call is pending already, its arguments lie in the arrays.
            e.load(TypeKind.REFERENCE, 0);
            e.getField(Emitter.INSTANCE, "pending", TailCallCompiler.FUNCREF);
            e.branch(Opcode.IFNONNULL, bounced);
            e.load(TypeKind.REFERENCE, 0);
            loadArray(e, result);
            e.constant(0);
            e.load(Emitter.kind(result), value);
            e.toRaw(result);
            e.arrayStore(FunctionScope.arrayKind(result));
            e.bind(bounced);
        }
        e.returnValue(TypeKind.VOID);
    }

    private static void loadValue(Emitter e, ValType type, int position, int instance) {
        e.load(TypeKind.REFERENCE, instance);
        loadArray(e, type);
        e.constant(position);
        e.arrayLoad(FunctionScope.arrayKind(type));
        e.fromRaw(type);
    }

    private static void loadArray(Emitter e, ValType type) {
        if (type.isReference()) {
            e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
        } else {
            e.getField(Emitter.INSTANCE, "results", Emitter.LONGS);
        }
    }
}
