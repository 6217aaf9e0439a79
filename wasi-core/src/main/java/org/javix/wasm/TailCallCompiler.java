package org.javix.wasm;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import org.javix.wasm.FunctionScope.Mode;

/** Compiles tail calls that bounce ({@link TailGraph}): the function returns with the call pending in the instance. */
final class TailCallCompiler {
    static final ClassDesc PENDING = ClassDesc.of("org.javix.wasm.PendingCall");
    static final ClassDesc FUNCREF = ClassDesc.of("org.javix.wasm.FuncRef");
    private static final ClassDesc TABLE = ClassDesc.of("org.javix.wasm.Table");

    private final FunctionScope scope;
    private final ModuleLayout layout;
    private final Emitter e;
    private final OperandStack stack;

    TailCallCompiler(FunctionScope scope) {
        this.scope = scope;
        this.layout = scope.layout;
        this.e = scope.e;
        this.stack = scope.stack;
    }

    /** {@code return_call}. */
    void call(int function) {
        stack.spillAll();
        storeArguments(layout.functionType(function), 0);
        scope.loadInstance();
        scope.loadInstance();
        e.constant(function);
        e.invokeVirtual(Emitter.INSTANCE, "function", FUNCREF, ConstantDescs.CD_int);
        leave();
    }

    /** {@code return_call_indirect}, with the index on top. */
    void callIndirect(int typeIndex, int table) {
        stack.spillAll();
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "tables", TABLE.arrayType());
        e.constant(table);
        e.arrayLoad(TypeKind.REFERENCE);
        stack.loadDeferred(0);
        if (layout.module.tables().get(table).address64()) {
            e.invokeStatic(Emitter.OPS, "tableIndex", ConstantDescs.CD_int, ConstantDescs.CD_long);
        }
        e.constant(layout.dispatch.canonical(typeIndex));
        scope.loadInstance();
        e.invokeStatic(
                PENDING, layout.looseCalls ? "looseTarget" : "target", FUNCREF,
                TABLE, ConstantDescs.CD_int, ConstantDescs.CD_int, Emitter.INSTANCE);
        int target = stack.temporary(TypeKind.REFERENCE);
        e.store(TypeKind.REFERENCE, target);
        storeArguments(layout.type(typeIndex), 1);
        scope.loadInstance();
        e.load(TypeKind.REFERENCE, target);
        leave();
    }

    /** {@code return_call_ref}, with the reference on top. */
    void callReference(int typeIndex) {
        stack.spillAll();
        stack.loadDeferred(0);
        e.invokeStatic(Emitter.OPS, "callee", FUNCREF, Emitter.OBJECT);
        int target = stack.temporary(TypeKind.REFERENCE);
        e.store(TypeKind.REFERENCE, target);
        storeArguments(layout.type(typeIndex), 1);
        scope.loadInstance();
        e.load(TypeKind.REFERENCE, target);
        leave();
    }

    /** Puts the arguments, which lie below some operands, where a dispatched call takes them. */
    private void storeArguments(FuncType type, int below) {
        int count = type.params().size();
        for (int k = 0; k < count; k++) {
            ValType param = type.params().get(k);
            scope.loadValues(param);
            e.constant(k);
            stack.loadDeferred(below + count - 1 - k);
            e.toRaw(param);
            e.arrayStore(FunctionScope.arrayKind(param));
        }
    }

    /** With the instance and the target on the JVM's stack: returns, with a result that nobody reads. */
    private void leave() {
        e.putField(Emitter.INSTANCE, "pending", FUNCREF);
        if (scope.mode == Mode.RESUME) {
            e.constant(0L);
            e.returnValue(TypeKind.LONG);
            return;
        }
        FuncType type = scope.body.type;
        if (type.results().size() == 1) {
            e.constant(type.results().getFirst(), 0);
        }
        e.returnValue(ModuleLayout.resultKind(type));
    }
}
