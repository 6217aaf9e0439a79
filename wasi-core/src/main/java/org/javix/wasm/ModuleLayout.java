package org.javix.wasm;

import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the parts of a module lie in the classes that it is compiled to.
 *
 * <pre>
 * M       extends Instance: the globals, and switches over the other classes
 * D       calls by type: imports, indirect calls, calls from the host; in large modules also D0, D1…
 * F0, F1… function bodies: f12(parameters…, M); in the last ones pieces: f12p0 is one of function 12
 * R0, R1… resume bodies: r12(Frame, M), loaded when a process first forks
 * </pre>
 */
final class ModuleLayout {
    /** The name of a body or resume body, of a function or of a piece. */
    private static final Pattern BODY = Pattern.compile("[fr](\\d+)(p\\d+)?");

    /** Functions are dealt out to classes of about this many bytes of Wasm. */
    private static final int CLASS_SIZE = 48 << 10;

    final Module module;
    final DispatchTable dispatch;
    final CallGraph graph;
    final String packageName;
    final boolean looseCalls;

    /** Whether accesses to memory ask what its pages allow. */
    final boolean protects;

    /** Whether loops and recursive functions poll. */
    final boolean polls;

    final ClassDesc instance;
    final ClassDesc dispatcher;
    private int[] part;
    private int parts;
    private int functions;
    private final List<String> pieceNames = new ArrayList<>();

    /** The size of the last part with pieces. */
    private int lastPart = CLASS_SIZE;

    /** How many values of each type a piece can hand back: the instance has a field for each. */
    private final int[] handedBack = new int[ValType.values().size()];

    ModuleLayout(Module module, DispatchTable dispatch, CallGraph graph, String packageName, CompileOptions options) {
        this.module = module;
        this.dispatch = dispatch;
        this.graph = graph;
        this.packageName = packageName;
        this.looseCalls = options.looseCalls();
        this.polls = options.polls();
        this.protects = options.protects().test(module);
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
        functions = part.length;
    }

    /** The number of functions, with imports and pieces. */
    int functions() {
        return functions;
    }

    /**
     * Makes room for a piece, whose number is the next: pieces have classes of their own.
     *
     * @param owner the function of the module that it was taken out of
     * @param n how many were taken out of it before
     */
    void addPiece(FunctionBody piece, int owner, int n) {
        pieceNames.add(owner + "p" + n);
        int length = 2 * piece.length + 16;
        if (lastPart + length > CLASS_SIZE) {
            parts++;
            lastPart = 0;
        }
        lastPart += length;
        if (functions == part.length) {
            part = Arrays.copyOf(part, 2 * functions + 16);
        }
        part[functions++] = parts - 1;
        int[] counts = new int[handedBack.length];
        for (int local : piece.handedBack) {
            int type = piece.locals[local].kind().ordinal();
            handedBack[type] = Math.max(handedBack[type], ++counts[type]);
        }
        graph.addPiece(piece);
    }

    /** How many values of a type a piece can hand back. */
    int handedBack(ValType type) {
        return handedBack[type.kind().ordinal()];
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

    String bodyName(int function) {
        return "f" + name(function);
    }

    /** What a caller calls: the function's trampoline where it has one, else its body. Both have one type. */
    String entryName(int function) {
        return graph.tail.bounces(function) ? trampolineName(function) : bodyName(function);
    }

    static String trampolineName(int function) {
        return "t" + function;
    }

    String resumeName(int function) {
        return "r" + name(function);
    }

    private String name(int function) {
        int piece = function - module.functions().length;
        return piece < 0 ? Integer.toString(function) : pieceNames.get(piece);
    }

    /** The function of the module that a body or resume body belongs to by its name; -1 for other methods. */
    static int functionOf(String method) {
        Matcher matcher = BODY.matcher(method);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
    }

    /** Whether a method is the body of a piece. */
    static boolean isBodyOfPiece(String method) {
        Matcher matcher = BODY.matcher(method);
        return matcher.matches() && matcher.group(2) != null && method.startsWith("f");
    }

    static String importName(int function) {
        return "import" + function;
    }

    static String indirectName(int type, int table) {
        return "indirect" + type + "_" + table;
    }

    static String referenceName(int type) {
        return "reference" + type;
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
