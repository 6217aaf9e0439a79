package org.javix.wasm;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.util.List;

/** Compiles what makes, throws and takes apart the exceptions of guests. */
final class ExceptionCompiler {
    static final ClassDesc EXCEPTION = ClassDesc.of("org.javix.wasm.WasmException");
    private static final ClassDesc OVERFLOW = ClassDesc.of("java.lang.StackOverflowError");
    private static final ClassDesc TAG = ClassDesc.of("org.javix.wasm.Tag");

    private final FunctionScope scope;
    private final Module module;
    private final Emitter e;
    private final OperandStack stack;

    ExceptionCompiler(FunctionScope scope) {
        this.scope = scope;
        this.module = scope.module;
        this.e = scope.e;
        this.stack = scope.stack;
    }

    /**
     * Catches what is thrown in a range: goes on behind, at {@code entry}, with the exception on the JVM's stack. The end of the
     * stack arrives there as what the guest makes of it. No place is both a handler and one that other code goes to:
     * HotSpot's first compiler refuses methods with such a place.
     */
    void catchAll(Label start, Label end, Label handler, Label entry) {
        Label exhausted = e.label();
        e.handler(start, end, exhausted, OVERFLOW);
        e.bind(exhausted);
        e.invokeStatic(Emitter.OPS, "exhausted", EXCEPTION, OVERFLOW);
        e.goTo(entry);
        e.handler(start, end, handler, EXCEPTION);
        e.bind(handler);
        e.nop();
        e.bind(entry);
    }

    /** Leaves the exception that a try has caught. */
    void load(Control control) {
        e.load(TypeKind.REFERENCE, control.exceptionSlot);
        e.checkCast(EXCEPTION);
    }

    /** Goes to {@code otherwise} unless the caught exception has the tag. */
    void testTag(Control control, int tag, Label otherwise) {
        load(control);
        e.getField(EXCEPTION, "tag", TAG);
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "tags", TAG.arrayType());
        e.constant(tag);
        e.arrayLoad(TypeKind.REFERENCE);
        e.branch(Opcode.IF_ACMPNE, otherwise);
    }

    /** Pushes the values of the caught exception. */
    void pushValues(Control control, int tag) {
        List<ValType> types = scope.layout.type(module.tags()[tag]).params();
        for (int k = 0; k < types.size(); k++) {
            ValType type = types.get(k);
            load(control);
            e.getField(EXCEPTION, type.isReference() ? "references" : "values", type.isReference() ? Emitter.OBJECTS : Emitter.LONGS);
            e.constant(k);
            e.arrayLoad(FunctionScope.arrayKind(type));
            e.fromRaw(type);
            e.store(Emitter.kind(type), stack.nextSlot(type));
            stack.pushSlot(type);
        }
    }

    /** Throws an exception with the top operands. */
    void throwTag(int tag) {
        List<ValType> types = scope.layout.type(module.tags()[tag]).params();
        stack.spillAll();
        e.instantiate(EXCEPTION);
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "tags", TAG.arrayType());
        e.constant(tag);
        e.arrayLoad(TypeKind.REFERENCE);
        packTop(types, false);
        if (types.stream().anyMatch(ValType::isReference)) {
            packTop(types, true);
        } else {
            e.nullReference();
        }
        e.construct(EXCEPTION, TAG, Emitter.LONGS, Emitter.OBJECTS);
        e.throwIt();
        stack.drop(types.size());
    }

    /** Leaves an array of the top operands that are references, or that are not. */
    private void packTop(List<ValType> types, boolean references) {
        TypeKind kind = references ? TypeKind.REFERENCE : TypeKind.LONG;
        e.newArray(kind, types.size());
        for (int k = 0; k < types.size(); k++) {
            if (types.get(k).isReference() == references) {
                e.dup();
                e.constant(k);
                stack.loadDeferred(types.size() - 1 - k);
                e.toRaw(types.get(k));
                e.arrayStore(kind);
            }
        }
    }
}
