package org.javix.wasm;

/** Instances of modules that tests write as text. */
final class Wat {
    private Wat() {}

    /** Compiles a module's text. */
    static CompiledModule compile(String text) {
        return compile(text, CompileOptions.PLAIN);
    }

    static CompiledModule compile(String text, CompileOptions options) {
        return Compiler.compile(Module.decode(WatModule.assemble(text)), options);
    }

    /** An instance of a module that imports nothing. */
    static Instance instance(String text) {
        return instance(text, new Imports());
    }

    static Instance instance(String text, Imports imports) {
        return compile(text).instantiate(imports);
    }
}
