package org.javix.wasm;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Builds class D: calls of imports, and calls by type.
 *
 * <pre>
 * import3(parameters…, M)             calls the host function bound to import 3
 * call5(parameters…, position, M)     calls a function of type 5 by its position
 * indirect5_0(parameters…, index, M)  call_indirect of type 5 through table 0
 * reference5(parameters…, ref, M)     call_ref of type 5
 * invoke5(position, slots, M)         the same with arguments and results in slots
 * </pre>
 *
 * <p>Where there are more functions than a class can name, the switches over them lie in classes of their own: D0, D1…
 */
final class DispatchClass {
    private static final ClassDesc FUNCREF = ClassDesc.of("org.javix.wasm.FuncRef");
    private static final ClassDesc HOST = ClassDesc.of("org.javix.wasm.HostFunction");
    private static final ClassDesc TABLE = ClassDesc.of("org.javix.wasm.Table");
    private static final ClassDesc TRAP = ClassDesc.of("org.javix.wasm.Trap");
    private static final ClassDesc INT = ConstantDescs.CD_int;
    private static final ClassDesc LONG = ConstantDescs.CD_long;

    /** Switches are nested when they have more cases, to keep each method small enough to be compiled. */
    private static final int CASES = 128;

    /** A class names up to 65,535 things, and a function with its class takes three. */
    private static final int MOST_IN_ONE = 12_000;

    /** The switches of a class that holds nothing else. */
    private static final int SWITCHES = 64;

    private final ModuleLayout layout;
    private final Module module;

    /** By type, the number of the first of its switches; null where all lie in D. */
    private final int[] firstSwitch;

    private int switches;

    DispatchClass(ModuleLayout layout) {
        this.layout = layout;
        this.module = layout.module;
        int[] first = new int[module.types().size()];
        int functions = 0;
        for (int t = 0; t < first.length; t++) {
            first[t] = switches;
            int count = callable(t) ? layout.dispatch.functions(t).length : 0;
            functions += count;
            switches += chunks(count);
        }
        firstSwitch = functions > MOST_IN_ONE ? first : null;
    }

    /** The JVM's methods have at most 255 words of parameters. */
    private boolean callable(int t) {
        return ModuleLayout.parameterSlots(layout.type(t)) <= 250;
    }

    private static int chunks(int functions) {
        return (functions + CASES - 1) / CASES;
    }

    /** The class of a type's switch. */
    private ClassDesc switchClass(int t, int chunk) {
        return firstSwitch == null ? layout.dispatcher : ClassDesc.of(layout.packageName, "D" + (firstSwitch[t] + chunk) / SWITCHES);
    }

    /** What is built into the classes D0, D1…, by their names; nothing where all lies in D. */
    Map<ClassDesc, List<Consumer<ClassBuilder>>> switchClasses() {
        Map<ClassDesc, List<Consumer<ClassBuilder>>> content = new LinkedHashMap<>();
        for (int t = 0; firstSwitch != null && t < firstSwitch.length; t++) {
            int type = t;
            for (int c = 0; callable(t) && c < chunks(layout.dispatch.functions(t).length); c++) {
                int chunk = c;
                content.computeIfAbsent(switchClass(t, c), name -> new ArrayList<>()).add(builder -> chunk(builder, type, chunk));
            }
        }
        return content;
    }

    static MethodTypeDesc invokeType(ModuleLayout layout) {
        return MethodTypeDesc.of(ConstantDescs.CD_void, INT, Emitter.LONGS, layout.instance);
    }

    void build(ClassBuilder builder) {
        for (int f = 0; f < module.importedFunctions(); f++) {
            int function = f;
            FuncType type = layout.functionType(f);
            method(builder, ModuleLayout.importName(f), layout.bodyType(type), e -> importStub(e, function, type));
        }
        TreeSet<Integer> types = new TreeSet<>();
        for (int t = 0; t < module.types().size(); t++) {
            types.add(layout.dispatch.canonical(t));
        }
        for (int t : types) {
            FuncType type = layout.type(t);
            if (!callable(t)) {
                continue;
            }
            // Only what is called: a few bytes declare a type or a table, and their pairs would be many.
            BitSet tables = layout.graph.tables(t);
            boolean byReference = layout.graph.calledByReference(t);
            boolean fromHost = layout.dispatch.functions(t).length > 0;
            if (fromHost || byReference || !tables.isEmpty()) {
                call(builder, t, type);
            }
            tables.stream().forEach(table -> {
                MethodTypeDesc signature = layout.methodType(type, layout.indexDesc(table), layout.instance);
                method(builder, ModuleLayout.indirectName(t, table), signature, e -> indirect(e, t, type, table));
            });
            if (byReference) {
                MethodTypeDesc signature = layout.methodType(type, Emitter.OBJECT, layout.instance);
                method(builder, ModuleLayout.referenceName(t), signature, e -> reference(e, t, type));
            }
            if (fromHost) {
                method(builder, "invoke" + t, invokeType(layout), e -> invoke(e, t, type));
            }
        }
    }

    private void method(ClassBuilder builder, String name, MethodTypeDesc type, Consumer<Emitter> body) {
        builder.withMethodBody(name, type, ModuleCompiler.STATIC, code -> body.accept(new Emitter(code)));
    }

    private MethodTypeDesc callType(FuncType type) {
        return layout.methodType(type, INT, layout.instance);
    }

    /** Pushes a method's parameters, which are those of a function type. */
    static void loadParameters(Emitter e, FuncType type) {
        int slot = 0;
        for (ValType param : type.params()) {
            e.load(Emitter.kind(param), slot);
            slot += Emitter.kind(param).slotSize();
        }
    }

    private void importStub(Emitter e, int function, FuncType type) {
        int params = type.params().size();
        int instance = ModuleLayout.parameterSlots(type);
        storeReferences(e, type, instance);
        e.load(TypeKind.REFERENCE, instance);
        e.getField(Emitter.INSTANCE, "hosts", HOST.arrayType());
        e.constant(function);
        e.arrayLoad(TypeKind.REFERENCE);
        e.load(TypeKind.REFERENCE, instance);
        if (params <= 6 && type.results().size() <= 1) {
            int slot = 0;
            for (ValType param : type.params()) {
                if (param.isReference()) {
                    e.constant(0L);
                } else {
                    e.load(Emitter.kind(param), slot);
                    e.toRaw(param);
                }
                slot += Emitter.kind(param).slotSize();
            }
            for (int i = params; i < 6; i++) {
                e.constant(0L);
            }
            e.invokeVirtual(HOST, "call", LONG, Emitter.INSTANCE, LONG, LONG, LONG, LONG, LONG, LONG);
            returnRaw(e, type, instance);
            return;
        }
        int array = instance + 1;
        packParameters(e, type, array);
        e.load(TypeKind.REFERENCE, array);
        e.invokeVirtual(HOST, "call", LONG, Emitter.INSTANCE, Emitter.LONGS);
        if (type.results().size() > 1) {
            e.pop(TypeKind.LONG);
            copyResults(e, type, array, instance);
            e.returnValue(TypeKind.VOID);
        } else {
            returnRaw(e, type, instance);
        }
    }

    /** Puts the reference parameters where the host finds them. */
    private static void storeReferences(Emitter e, FuncType type, int instance) {
        int slot = 0;
        for (int i = 0; i < type.params().size(); i++) {
            ValType param = type.params().get(i);
            if (param.isReference()) {
                e.load(TypeKind.REFERENCE, instance);
                e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
                e.constant(i);
                e.load(TypeKind.REFERENCE, slot);
                e.arrayStore(TypeKind.REFERENCE);
            }
            slot += Emitter.kind(param).slotSize();
        }
    }

    /** Stores an array of the raw parameters, long enough for the results, in a local. */
    private static void packParameters(Emitter e, FuncType type, int array) {
        e.newArray(TypeKind.LONG, Math.max(1, Math.max(type.params().size(), type.results().size())));
        e.store(TypeKind.REFERENCE, array);
        int slot = 0;
        for (int i = 0; i < type.params().size(); i++) {
            ValType param = type.params().get(i);
            if (!param.isReference()) {
                e.load(TypeKind.REFERENCE, array);
                e.constant(i);
                e.load(Emitter.kind(param), slot);
                e.toRaw(param);
                e.arrayStore(TypeKind.LONG);
            }
            slot += Emitter.kind(param).slotSize();
        }
    }

    /** Copies several results from an array to where the caller takes them. */
    private static void copyResults(Emitter e, FuncType type, int array, int instance) {
        e.load(TypeKind.REFERENCE, array);
        e.constant(0);
        e.load(TypeKind.REFERENCE, instance);
        e.getField(Emitter.INSTANCE, "results", Emitter.LONGS);
        e.constant(0);
        e.constant(type.results().size());
        e.invokeStatic(
                ClassDesc.of("java.lang.System"), "arraycopy", ConstantDescs.CD_void, Emitter.OBJECT, INT, Emitter.OBJECT, INT, INT);
    }

    /** Returns the raw long on the stack as the only result, or none. */
    private static void returnRaw(Emitter e, FuncType type, int instance) {
        if (type.results().isEmpty()) {
            e.pop(TypeKind.LONG);
        } else if (type.results().getFirst().isReference()) {
            e.pop(TypeKind.LONG);
            e.load(TypeKind.REFERENCE, instance);
            e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
            e.constant(0);
            e.arrayLoad(TypeKind.REFERENCE);
        } else {
            e.fromRaw(type.results().getFirst());
        }
        e.returnValue(ModuleLayout.resultKind(type));
    }

    private void call(ClassBuilder builder, int t, FuncType type) {
        int[] functions = layout.dispatch.functions(t);
        if (functions.length == 0 || functions.length <= CASES && firstSwitch == null) {
            method(builder, "call" + t, callType(type), e -> callSwitch(e, functions, 0, type));
            return;
        }
        int chunks = chunks(functions.length);
        for (int c = 0; firstSwitch == null && c < chunks; c++) {
            chunk(builder, t, c);
        }
        method(builder, "call" + t, callType(type), e -> {
            int position = ModuleLayout.parameterSlots(type);
            List<Label> labels = new ArrayList<>();
            for (int c = 0; c < chunks; c++) {
                labels.add(e.label());
            }
            e.load(TypeKind.INT, position);
            e.constant(Integer.numberOfTrailingZeros(CASES));
            e.op(Opcode.IUSHR);
            e.tableSwitch(0, labels, labels.getLast());
            for (int c = 0; c < chunks; c++) {
                e.bind(labels.get(c));
                loadParameters(e, type);
                e.load(TypeKind.INT, position);
                e.load(TypeKind.REFERENCE, position + 1);
                e.invokeStatic(switchClass(t, c), "call" + t + "_" + c, callType(type));
                e.returnValue(ModuleLayout.resultKind(type));
            }
        });
    }

    /** One of a type's switches. */
    private void chunk(ClassBuilder builder, int t, int c) {
        FuncType type = layout.type(t);
        int[] functions = layout.dispatch.functions(t);
        int first = c * CASES;
        int[] chunk = Arrays.copyOfRange(functions, first, Math.min(functions.length, first + CASES));
        method(builder, "call" + t + "_" + c, callType(type), e -> callSwitch(e, chunk, first, type));
    }

    private void callSwitch(Emitter e, int[] functions, int first, FuncType type) {
        int position = ModuleLayout.parameterSlots(type);
        Label otherwise = e.label();
        if (functions.length > 0) {
            List<Label> labels = new ArrayList<>();
            for (int i = 0; i < functions.length; i++) {
                labels.add(e.label());
            }
            e.load(TypeKind.INT, position);
            e.tableSwitch(first, labels, otherwise);
            for (int i = 0; i < functions.length; i++) {
                e.bind(labels.get(i));
                loadParameters(e, type);
                e.load(TypeKind.REFERENCE, position + 1);
                int f = functions[i];
                if (f < module.importedFunctions()) {
                    e.invokeStatic(layout.dispatcher, ModuleLayout.importName(f), layout.bodyType(type));
                } else {
                    e.invokeStatic(layout.bodyClass(f), layout.entryName(f), layout.bodyType(type));
                }
                e.returnValue(ModuleLayout.resultKind(type));
            }
        }
        e.bind(otherwise);
        e.invokeStatic(Emitter.OPS, "typeMismatch", TRAP);
        e.throwIt();
    }

    private void indirect(Emitter e, int t, FuncType type, int table) {
        boolean wide = module.tables().get(table).address64();
        int index = ModuleLayout.parameterSlots(type);
        int instance = index + (wide ? 2 : 1);
        int function = instance + 1;
        e.load(TypeKind.REFERENCE, instance);
        e.getField(Emitter.INSTANCE, "tables", TABLE.arrayType());
        e.constant(table);
        e.arrayLoad(TypeKind.REFERENCE);
        if (wide) {
            e.load(TypeKind.LONG, index);
            e.invokeStatic(Emitter.OPS, "tableIndex", INT, LONG);
        } else {
            e.load(TypeKind.INT, index);
        }
        e.invokeStatic(Emitter.OPS, "element", FUNCREF, TABLE, INT);
        e.store(TypeKind.REFERENCE, function);
        callFunction(e, t, type, instance);
    }

    private void reference(Emitter e, int t, FuncType type) {
        int reference = ModuleLayout.parameterSlots(type);
        int instance = reference + 1;
        e.load(TypeKind.REFERENCE, reference);
        e.invokeStatic(Emitter.OPS, "callee", FUNCREF, Emitter.OBJECT);
        e.store(TypeKind.REFERENCE, instance + 1);
        callFunction(e, t, type, instance);
    }

    /** Calls the function in the local behind the instance, with a method's parameters, and returns. */
    private void callFunction(Emitter e, int t, FuncType type, int instance) {
        int function = instance + 1;
        Label foreign = e.label();
        Label mismatch = e.label();
        e.load(TypeKind.REFERENCE, function);
        e.getField(FUNCREF, "instance", Emitter.INSTANCE);
        e.load(TypeKind.REFERENCE, instance);
        e.branch(Opcode.IF_ACMPNE, foreign);
        e.load(TypeKind.REFERENCE, function);
        e.getField(FUNCREF, "typeIndex", INT);
        e.constant(t);
        e.branch(Opcode.IF_ICMPNE, layout.looseCalls ? foreign : mismatch);
        loadParameters(e, type);
        e.load(TypeKind.REFERENCE, function);
        e.getField(FUNCREF, "position", INT);
        e.load(TypeKind.REFERENCE, instance);
        e.invokeStatic(layout.dispatcher, "call" + t, callType(type));
        e.returnValue(ModuleLayout.resultKind(type));

        e.bind(foreign);
        int array = function + 1;
        storeReferences(e, type, instance);
        packParameters(e, type, array);
        e.load(TypeKind.REFERENCE, function);
        e.constant(t);
        e.load(TypeKind.REFERENCE, array);
        e.load(TypeKind.REFERENCE, instance);
        String invoke = layout.looseCalls ? "invokeLoosely" : "invokeForeign";
        e.invokeStatic(Emitter.OPS, invoke, ConstantDescs.CD_void, FUNCREF, INT, Emitter.LONGS, Emitter.INSTANCE);
        if (type.results().size() > 1) {
            copyResults(e, type, array, instance);
            e.returnValue(TypeKind.VOID);
        } else {
            e.load(TypeKind.REFERENCE, array);
            e.constant(0);
            e.arrayLoad(TypeKind.LONG);
            returnRaw(e, type, instance);
        }
        if (!layout.looseCalls) {
            e.bind(mismatch);
            e.invokeStatic(Emitter.OPS, "typeMismatch", TRAP);
            e.throwIt();
        }
    }

    private void invoke(Emitter e, int t, FuncType type) {
        int slots = 1;
        int instance = 2;
        for (int i = 0; i < type.params().size(); i++) {
            ValType param = type.params().get(i);
            if (param.isReference()) {
                e.load(TypeKind.REFERENCE, instance);
                e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
                e.constant(i);
                e.arrayLoad(TypeKind.REFERENCE);
            } else {
                e.load(TypeKind.REFERENCE, slots);
                e.constant(i);
                e.arrayLoad(TypeKind.LONG);
                e.fromRaw(param);
            }
        }
        e.load(TypeKind.INT, 0);
        e.load(TypeKind.REFERENCE, instance);
        e.invokeStatic(layout.dispatcher, "call" + t, callType(type));
        List<ValType> results = type.results();
        if (results.size() == 1) {
            ValType result = results.getFirst();
            TypeKind kind = Emitter.kind(result);
            int value = 3;
            e.store(kind, value);
            e.load(TypeKind.REFERENCE, result.isReference() ? instance : slots);
            if (result.isReference()) {
                e.getField(Emitter.INSTANCE, "references", Emitter.OBJECTS);
            }
            e.constant(0);
            e.load(kind, value);
            e.toRaw(result);
            e.arrayStore(result.isReference() ? TypeKind.REFERENCE : TypeKind.LONG);
        } else if (results.size() > 1) {
            e.load(TypeKind.REFERENCE, instance);
            e.getField(Emitter.INSTANCE, "results", Emitter.LONGS);
            e.constant(0);
            e.load(TypeKind.REFERENCE, slots);
            e.constant(0);
            e.constant(results.size());
            e.invokeStatic(
                    ClassDesc.of("java.lang.System"), "arraycopy", ConstantDescs.CD_void, Emitter.OBJECT, INT, Emitter.OBJECT, INT, INT);
        }
        e.returnValue(TypeKind.VOID);
    }
}
