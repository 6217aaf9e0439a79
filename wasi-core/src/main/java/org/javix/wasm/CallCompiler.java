package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;
import org.javix.wasm.FunctionScope.Mode;

/** Compiles calls. */
final class CallCompiler {
    private final FunctionScope scope;
    private final ModuleLayout layout;
    private final Module module;
    private final Emitter e;
    private final OperandStack stack;
    private final Suspension suspension;

    CallCompiler(FunctionScope scope, Suspension suspension) {
        this.scope = scope;
        this.layout = scope.layout;
        this.module = scope.module;
        this.e = scope.e;
        this.stack = scope.stack;
        this.suspension = suspension;
    }

    void call(int function) {
        FuncType type = layout.functionType(function);
        boolean imported = function < module.importedFunctions();
        emitCall(type, type.params().size(), layout.graph.suspends(function), () -> {
            if (imported) {
                e.invokeStatic(layout.dispatcher, ModuleLayout.importName(function), layout.bodyType(type));
            } else {
                e.invokeStatic(layout.bodyClass(function), layout.entryName(function), layout.bodyType(type));
            }
        });
    }

    void callIndirect(int typeIndex, int table) {
        int canonical = layout.dispatch.canonical(typeIndex);
        FuncType type = layout.type(typeIndex);
        emitCall(type, type.params().size() + 1, layout.graph.typeSuspends(canonical), () -> e.invokeStatic(
                layout.dispatcher,
                ModuleLayout.indirectName(canonical, table),
                layout.methodType(type, layout.indexDesc(table), layout.instance)));
    }

    /** Calls a piece, and takes what it hands back. */
    void callPiece(PieceCall call) {
        FuncType type = call.type();
        emitCall(type, type.params().size(), layout.graph.suspends(call.piece()), () ->
                e.invokeStatic(layout.bodyClass(call.piece()), layout.bodyName(call.piece()), layout.bodyType(type)));
        for (int local : call.handedBack()) {
            stack.beforeLocalChanges(local);
        }
        eachHandedBack(call.handedBack(), (valType, field, slot) -> {
            scope.loadInstance();
            e.getField(layout.instance, field, Emitter.desc(valType));
            e.store(Emitter.kind(valType), slot);
        });
    }

    /** Before a piece returns: leaves what it hands back where its caller takes it. */
    void handBack() {
        eachHandedBack(scope.body.handedBack, (type, field, slot) -> {
            scope.loadInstance();
            e.load(Emitter.kind(type), slot);
            e.putField(layout.instance, field, Emitter.desc(type));
        });
    }

    private interface HandedBack {
        void accept(ValType type, String field, int slot);
    }

    private void eachHandedBack(int[] locals, HandedBack action) {
        int[] counts = new int[ValType.values().size()];
        for (int local : locals) {
            ValType type = scope.body.locals[local];
            action.accept(type, PieceCall.field(type, counts[type.kind().ordinal()]++), scope.localSlots[local]);
        }
    }

    /** {@code call_ref}, with the reference on top. */
    void callReference(int typeIndex) {
        int canonical = layout.dispatch.canonical(typeIndex);
        FuncType type = layout.type(typeIndex);
        emitCall(type, type.params().size() + 1, layout.graph.typeSuspends(canonical), () -> e.invokeStatic(
                layout.dispatcher,
                ModuleLayout.referenceName(canonical),
                layout.methodType(type, Emitter.OBJECT, layout.instance)));
    }

    /**
     * Calls something with the operands on top, and the instance behind them.
     *
     * @param unwinds whether the call can be unwound
     * @param invoke emits the call itself
     */
    void emitCall(FuncType type, int operands, boolean unwinds, Runnable invoke) {
        if (unwinds) {
            stack.spillBelow(operands);
        }
        stack.load(operands);
        int number = unwinds ? suspension.beginSite(operands, scope.instruction) : 0;
        stack.drop(operands);
        scope.loadInstance();
        invoke.run();
        scope.memory.forget();
        if (unwinds) {
            suspension.endSite();
        }
        List<ValType> results = type.results();
        boolean resumes = unwinds && scope.mode == Mode.RESUME;
        if (results.size() == 1 && !resumes) {
            stack.push(results.getFirst());
            return;
        }
        if (!resumes) {
            if (!results.isEmpty()) {
                stack.spillAll();
                takeResults(results);
                results.forEach(stack::pushSlot);
            }
            return;
        }
        Label after = e.label();
        boolean single = results.size() == 1;
        if (single) {
            e.store(Emitter.kind(results.getFirst()), stack.nextSlot(results.getFirst()));
        }
        e.goTo(after);
        suspension.arriveAt(number);
        if (single && !results.getFirst().isReference()) {
            e.fromRaw(results.getFirst());
            e.store(Emitter.kind(results.getFirst()), stack.nextSlot(results.getFirst()));
        } else {
            e.pop(TypeKind.LONG);
            if (single) {
                takeResults(results);
            }
        }
        e.bind(after);
        if (!single) {
            takeResults(results);
        }
        results.forEach(stack::pushSlot);
    }

    /** Stores the results that a call left in the instance in the slots of the operands to come. */
    private void takeResults(List<ValType> results) {
        for (int r = 0; r < results.size(); r++) {
            ValType type = results.get(r);
            scope.loadValues(type);
            e.constant(r);
            e.arrayLoad(FunctionScope.arrayKind(type));
            e.fromRaw(type);
            e.store(Emitter.kind(type), stack.slot(OperandStack.key(stack.height() + r, type)));
        }
    }
}
