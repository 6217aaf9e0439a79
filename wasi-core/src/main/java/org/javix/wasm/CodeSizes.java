package org.javix.wasm;

import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How large a module's functions are, in WebAssembly and as JVM methods; as read from its class files.
 *
 * @param functions the functions that are not imported, in order
 * @param methods the number of methods in all classes
 * @param largestMethod the largest of them, in bytes of bytecode
 * @param tooLarge how many of them HotSpot leaves to its interpreter
 */
public record CodeSizes(List<Function> functions, int methods, int largestMethod, int tooLarge) {
    /** HotSpot compiles no method with more bytes of bytecode, unless {@code -XX:-DontCompileHugeMethods} tells it to. */
    public static final int LIMIT = FunctionSplitter.LARGEST;

    /**
     * A function's sizes.
     *
     * @param index its index in the module
     * @param name its name in the name section, or else one that it is exported under; may be empty
     * @param wasmBytes the size of its instructions in the binary
     * @param largestMethod the largest of its methods, those of its pieces and for resuming included, in bytes
     * @param pieces how many pieces were taken out of it
     */
    public record Function(int index, String name, int wasmBytes, int largestMethod, int pieces) {}

    /** The sizes of a module and its {@linkplain Compiler#classes class files}. */
    public static CodeSizes of(Module module, Map<String, byte[]> classes) {
        int[] largest = new int[module.functions().length];
        int[] pieces = new int[module.functions().length];
        int methods = 0;
        int tooLarge = 0;
        int most = 0;
        for (byte[] file : classes.values()) {
            for (MethodModel method : ClassFile.of().parse(file).methods()) {
                int size = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
                methods++;
                most = Math.max(most, size);
                tooLarge += size > LIMIT ? 1 : 0;
                String name = method.methodName().stringValue();
                int function = ModuleLayout.functionOf(name);
                if (function >= 0) {
                    largest[function] = Math.max(largest[function], size);
                    pieces[function] += ModuleLayout.isBodyOfPiece(name) ? 1 : 0;
                }
            }
        }
        List<Function> functions = new ArrayList<>();
        for (int f = module.importedFunctions(); f < largest.length; f++) {
            Module.Code code = module.code().get(f - module.importedFunctions());
            functions.add(new Function(f, name(module, f), code.end() - code.start(), largest[f], pieces[f]));
        }
        return new CodeSizes(List.copyOf(functions), methods, most, tooLarge);
    }

    private static String name(Module module, int function) {
        String name = function < module.names().size() ? module.names().get(function) : "";
        if (!name.isEmpty()) {
            return name;
        }
        for (Module.Export export : module.exports()) {
            if (export.kind() == Module.Kind.FUNCTION && export.index() == function) {
                return export.name();
            }
        }
        return "";
    }
}
