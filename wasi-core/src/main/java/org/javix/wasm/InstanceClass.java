package org.javix.wasm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/** Builds class M, the instance. */
final class InstanceClass {
    private static final ClassDesc GLOBAL = ClassDesc.of("org.javix.wasm.Global");
    private static final ClassDesc FRAME = ClassDesc.of("org.javix.wasm.Frame");
    private static final ClassDesc ERROR = ClassDesc.of("java.lang.IllegalArgumentException");

    /** Switches are nested when they have more cases, to keep each method small enough to be compiled. */
    private static final int CASES = 128;

    private final ModuleLayout layout;
    private final Module module;
    private final int[] resumed;

    /** @param resumed the functions and pieces that have resume bodies */
    InstanceClass(ModuleLayout layout, int[] resumed) {
        this.layout = layout;
        this.module = layout.module;
        this.resumed = resumed;
    }

    void build(ClassBuilder builder) {
        ClassDesc none = ConstantDescs.CD_void;
        ClassDesc integer = ConstantDescs.CD_int;
        ClassDesc number = ConstantDescs.CD_long;
        builder.withSuperclass(Emitter.INSTANCE);
        for (int g = 0; g < module.globals().size(); g++) {
            if (layout.importsGlobal(g)) {
                builder.withField("i" + g, GLOBAL, ClassFile.ACC_PUBLIC);
            } else {
                builder.withField("g" + g, Emitter.desc(module.globals().get(g).type()), ClassFile.ACC_PUBLIC);
                if (isVector(g)) {
                    builder.withField("h" + g, number, ClassFile.ACC_PUBLIC);
                }
            }
        }
        for (ValType type : ValType.values()) {
            for (int n = 0; n < layout.handedBack(type); n++) {
                builder.withField(PieceCall.field(type, n), Emitter.desc(type), ClassFile.ACC_PUBLIC);
            }
        }
        if (layout.protects) {
            builder.withMethodBody(
                    "protectsPages", MethodTypeDesc.of(ConstantDescs.CD_boolean), ClassFile.ACC_PROTECTED,
                    code -> code.iconst_1().ireturn());
        }
        builder.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_PUBLIC, code -> code
                .aload(0)
                .invokespecial(Emitter.INSTANCE, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .return_());
        method(builder, "create", MethodTypeDesc.of(Emitter.INSTANCE), code -> code
                .new_(layout.instance)
                .dup()
                .invokespecial(layout.instance, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .areturn());

        IntPredicate defined = g -> !layout.importsGlobal(g);
        IntPredicate reference = g -> module.globals().get(g).type().isReference();
        globals(builder, "getGlobal", MethodTypeDesc.of(number, integer), defined.and(reference.negate()), (code, g) -> {
            Emitter e = new Emitter(code);
            code.aload(0);
            getGlobal(code, g);
            e.toRaw(module.globals().get(g).type());
            code.lreturn();
        });
        globals(builder, "setGlobal", MethodTypeDesc.of(none, integer, number), defined.and(reference.negate()), (code, g) -> {
            Emitter e = new Emitter(code);
            code.aload(0).lload(2);
            e.fromRaw(module.globals().get(g).type());
            code.putfield(layout.instance, "g" + g, Emitter.desc(module.globals().get(g).type())).return_();
        });
        if (module.globals().stream().anyMatch(type -> type.type() == ValType.V128)) {
            IntPredicate vector = defined.and(this::isVector);
            globals(builder, "getGlobalHigh", MethodTypeDesc.of(number, integer), vector, (code, g) ->
                    code.aload(0).getfield(layout.instance, "h" + g, number).lreturn());
            globals(builder, "setGlobalHigh", MethodTypeDesc.of(none, integer, number), vector, (code, g) ->
                    code.aload(0).lload(2).putfield(layout.instance, "h" + g, number).return_());
        }
        globals(builder, "getGlobalReference", MethodTypeDesc.of(Emitter.OBJECT, integer), defined.and(reference), (code, g) -> {
            code.aload(0);
            getGlobal(code, g);
            code.areturn();
        });
        globals(builder, "setGlobalReference", MethodTypeDesc.of(none, integer, Emitter.OBJECT), defined.and(reference), (code, g) ->
                code.aload(0).aload(2).putfield(layout.instance, "g" + g, Emitter.OBJECT).return_());
        globals(builder, "bindGlobal", MethodTypeDesc.of(none, integer, GLOBAL), layout::importsGlobal, (code, g) ->
                code.aload(0).aload(2).putfield(layout.instance, "i" + g, GLOBAL).return_());
        globals(builder, "boundGlobal", MethodTypeDesc.of(GLOBAL, integer), layout::importsGlobal, (code, g) ->
                code.aload(0).getfield(layout.instance, "i" + g, GLOBAL).areturn());

        int[] types = java.util.stream.IntStream.range(0, module.types().size())
                .filter(t -> layout.dispatch.functions(t).length > 0)
                .toArray();
        switches(builder, "dispatch", MethodTypeDesc.of(none, integer, integer, ConstantDescs.CD_long.arrayType()), types, (code, t) -> code
                .iload(2)
                .aload(3)
                .aload(0)
                .invokestatic(layout.dispatcher, "invoke" + t, DispatchClass.invokeType(layout))
                .return_());
        switches(builder, "resumeFrame", MethodTypeDesc.of(number, integer, FRAME), resumed, (code, f) -> code
                .aload(2)
                .aload(0)
                .invokestatic(layout.resumeClass(f), layout.resumeName(f), layout.resumeType())
                .lreturn());
        tailCalls(builder);
    }

    private boolean isVector(int g) {
        return module.globals().get(g).type() == ValType.V128;
    }

    private void tailCalls(ClassBuilder builder) {
        if (!layout.graph.tail.any()) {
            return;
        }
        Trampoline trampoline = new Trampoline(layout);
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
        switches(
                builder, "tailCall", type, layout.graph.tail.destinations().stream().toArray(),
                (code, f) -> trampoline.step(new Emitter(code), f),
                code -> code.aload(0).iload(1).invokespecial(Emitter.INSTANCE, "tailCall", type).return_());
    }

    private void getGlobal(CodeBuilder code, int g) {
        code.getfield(layout.instance, "g" + g, Emitter.desc(module.globals().get(g).type()));
    }

    private interface Case {
        void emit(CodeBuilder code, int number);
    }

    private void globals(ClassBuilder builder, String name, MethodTypeDesc type, IntPredicate which, Case body) {
        int[] numbers = java.util.stream.IntStream.range(0, module.globals().size()).filter(which).toArray();
        switches(builder, name, type, numbers, body);
    }

    /** A method that switches over its first argument, an int that is one of {@code numbers}. */
    private void switches(ClassBuilder builder, String name, MethodTypeDesc type, int[] numbers, Case body) {
        switches(builder, name, type, numbers, body, code -> code
                .new_(ERROR)
                .dup()
                .invokespecial(ERROR, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                .athrow());
    }

    private void switches(
            ClassBuilder builder, String name, MethodTypeDesc type, int[] numbers, Case body, Consumer<CodeBuilder> other) {
        if (numbers.length <= CASES) {
            method(builder, name, type, code -> emitSwitch(code, numbers, body, other));
            return;
        }
        int chunks = (numbers.length + CASES - 1) / CASES;
        for (int c = 0; c < chunks; c++) {
            int[] chunk = java.util.Arrays.copyOfRange(numbers, c * CASES, Math.min(numbers.length, (c + 1) * CASES));
            method(builder, name + c, type, code -> emitSwitch(code, chunk, body, other));
        }
        method(builder, name, type, code -> {
            // Each chunk in turn: dispatch over thousands is rare and never hot.
            for (int c = 0; c < chunks; c++) {
                Label next = code.newLabel();
                if (c < chunks - 1) {
                    code.iload(1).loadConstant(numbers[(c + 1) * CASES]).if_icmpge(next);
                }
                code.aload(0);
                int slot = 1;
                for (ClassDesc param : type.parameterList()) {
                    TypeKind kind = TypeKind.from(param);
                    code.loadLocal(kind, slot);
                    slot += kind.slotSize();
                }
                code.invokevirtual(layout.instance, name + c, type);
                code.return_(TypeKind.from(type.returnType()));
                code.labelBinding(next);
            }
        });
    }

    private void emitSwitch(CodeBuilder code, int[] numbers, Case body, Consumer<CodeBuilder> other) {
        Label otherwise = code.newLabel();
        List<SwitchCase> cases = new ArrayList<>();
        List<Label> labels = new ArrayList<>();
        for (int number : numbers) {
            Label label = code.newLabel();
            labels.add(label);
            cases.add(SwitchCase.of(number, label));
        }
        if (numbers.length > 0) {
            code.iload(1).lookupswitch(otherwise, cases);
        }
        IntConsumer emit = i -> {
            code.labelBinding(labels.get(i));
            body.emit(code, numbers[i]);
        };
        java.util.stream.IntStream.range(0, numbers.length).forEach(emit);
        code.labelBinding(otherwise);
        other.accept(code);
    }

    private static void method(
            ClassBuilder builder, String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        builder.withMethodBody(name, type, ClassFile.ACC_PUBLIC, body);
    }
}
