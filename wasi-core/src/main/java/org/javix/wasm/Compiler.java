package org.javix.wasm;

import java.util.Map;

/**
 * Compiles modules to JVM classes.
 *
 * <p>Thread-safe: it has no state.
 */
public final class Compiler {
    /** Changes whenever the form of compiled code changes, so that no older code is used. */
    public static final int VERSION = 33;

    private Compiler() {}

    /**
     * Compiles a module and loads the code.
     *
     * @throws UnsupportedFeature where the module uses what is not compiled yet
     */
    public static CompiledModule compile(Module module, CompileOptions options) {
        String packageName = packageName(module, options);
        return CompiledModule.load(module, packageName, classes(module, options, packageName));
    }

    /** The package that a module's code lies in: it names the module's content and all that the code depends on. */
    public static String packageName(Module module, CompileOptions options) {
        return packageName(module.sha256(), options);
    }

    static String packageName(String sha256, CompileOptions options) {
        return "org.javix.compiled.v" + VERSION + options.name() + "_" + sha256;
    }

    /** A module's class files, by the classes' binary names. */
    public static Map<String, byte[]> classes(Module module, CompileOptions options) {
        return classes(module, options, packageName(module, options));
    }

    private static Map<String, byte[]> classes(Module module, CompileOptions options, String packageName) {
        return new ModuleCompiler(module, options, packageName).compile();
    }
}
