package org.javix.wasm;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a module lie in the classes that it is compiled to.
 *
 * <pre>
 * M       extends Instance: the globals, and switches over the other classes
 * D       calls by type: imports, indirect calls, calls from the host
 * F0, F1… function bodies: f12(parameters…, M)
 * R0, R1… resume bodies: r12(Frame, M), loaded when a process first forks
 * </pre>
 */
final class ModuleLayout {
    /** Functions are dealt out to classes of about this many bytes of Wasm. */
    private static final int CLASS_SIZE = 48 << 10;

    final Module module;
    final DispatchTable dispatch;
    final CallGraph graph;
    final String packageName;
    final boolean looseCalls;
    final ClassDesc instance;
    final ClassDesc dispatcher;
    private final int[] part;
    private final int parts;

    ModuleLayout(Module module, DispatchTable dispatch, CallGraph graph, String packageName, boolean looseCalls) {
        this.module = module;
        this.dispatch = dispatch;
        this.graph = graph;
        this.packageName = packageName;
        this.looseCalls = looseCalls;
        this.instance = ClassDesc.of(packageName, "M");
        this.dispatcher = ClassDesc.of(packageName, "D");
        part = new int[module.functions().length];
        int current = 0;
        int size = 0;
        for (int i = 0; i < module.code().size(); i++) {
            int length = module.code().get(i).end() - module.code().get(i).start() + 16;
            if (size > 0 && size + length > CLASS_SIZE) {
                current++;
                size = 0;
            }
            size += length;
            part[module.importedFunctions() + i] = current;
        }
        parts = current + 1;
    }

    /** The number of classes that function bodies are dealt out to. */
    int parts() {
        return parts;
    }

    /** The number of the class that holds a function's body. */
    int part(int function) {
        return part[function];
    }

    /** The class of a function's body. */
    ClassDesc bodyClass(int function) {
        return bodyClassOfPart(part[function]);
    }

    ClassDesc bodyClassOfPart(int n) {
        return ClassDesc.of(packageName, "F" + n);
    }

    /** The class of a function's resume body. */
    ClassDesc resumeClass(int function) {
        return resumeClassOfPart(part[function]);
    }

    ClassDesc resumeClassOfPart(int n) {
        return ClassDesc.of(packageName, "R" + n);
    }

    static String bodyName(int function) {
        return "f" + function;
    }

    /** What a caller calls: the function's trampoline where it has one, else its body. Both have one type. */
    String entryName(int function) {
        return graph.tail.bounces(function) ? trampolineName(function) : bodyName(function);
    }

    static String trampolineName(int function) {
        return "t" + function;
    }

    static String resumeName(int function) {
        return "r" + function;
    }

    static String importName(int function) {
        return "import" + function;
    }

    static String indirectName(int type, int table) {
        return "indirect" + type + "_" + table;
    }

    /** The type of an index, slot by slot ({@link FuncType#inSlots}): what the methods here take. */
    FuncType type(int index) {
        return module.types().get(index).inSlots();
    }

    /** A function's type, slot by slot. */
    FuncType functionType(int function) {
        return module.functionType(function).inSlots();
    }

    /** {@code (parameters…, M) -> result}: how functions are compiled. */
    MethodTypeDesc bodyType(FuncType type) {
        return methodType(type, instance);
    }

    /** A method with the parameters of a function type and more behind them. */
    MethodTypeDesc methodType(FuncType type, ClassDesc... more) {
        List<ClassDesc> params = new ArrayList<>();
        for (ValType param : type.params()) {
            params.add(Emitter.desc(param));
        }
        params.addAll(List.of(more));
        return MethodTypeDesc.of(resultDesc(type), params);
    }

    /** The JVM type of a table's indices. */
    ClassDesc indexDesc(int table) {
        return module.tables().get(table).address64() ? ConstantDescs.CD_long : ConstantDescs.CD_int;
    }

    /** {@code (Frame, M) -> raw result}. */
    MethodTypeDesc resumeType() {
        return MethodTypeDesc.of(ConstantDescs.CD_long, ClassDesc.of("org.javix.wasm.Frame"), instance);
    }

    /** The JVM result of a function: none also where there are several. */
    static ClassDesc resultDesc(FuncType type) {
        return type.results().size() == 1 ? Emitter.desc(type.results().getFirst()) : ConstantDescs.CD_void;
    }

    static TypeKind resultKind(FuncType type) {
        return type.results().size() == 1 ? Emitter.kind(type.results().getFirst()) : TypeKind.VOID;
    }

    /** The number of JVM locals that a function's parameters take. */
    static int parameterSlots(FuncType type) {
        int slots = 0;
        for (ValType param : type.params()) {
            slots += Emitter.kind(param).slotSize();
        }
        return slots;
    }

    /** Whether a global is imported. */
    boolean importsGlobal(int global) {
        return global < module.globals().size() - module.globalInits().size();
    }
}
