package org.javix.wasm;

import java.util.function.BiPredicate;

/**
 * How a module is compiled. Modules compiled with options of different names do not share code.
 *
 * @param name a short word for the options, as it can stand in a Java package's name; may be empty
 * @param suspending which of a module's imported functions may throw {@link Unwind}; where there is none,
 *     nothing in the module's code is prepared for it
 * @param looseCalls whether an indirect call of a function of another type works as on a real machine, where
 *     superfluous arguments are ignored, instead of trapping: C programs call functions so
 * @param largestMethod the size in bytes over which a method is split; HotSpot compiles none of more than 8,000
 */
public record CompileOptions(
        String name, BiPredicate<Module, Module.Import> suspending, boolean looseCalls, int largestMethod) {
    /** Nothing can unwind. */
    public static final CompileOptions PLAIN = new CompileOptions("", (module, imported) -> false);

    /** Without loose calls. */
    public CompileOptions(String name, BiPredicate<Module, Module.Import> suspending) {
        this(name, suspending, false);
    }

    /** With methods as large as HotSpot compiles them. */
    public CompileOptions(String name, BiPredicate<Module, Module.Import> suspending, boolean looseCalls) {
        this(name, suspending, looseCalls, FunctionSplitter.LARGEST);
    }

    /** The same options, but with methods of another size. */
    public CompileOptions withLargestMethod(int bytes) {
        return new CompileOptions(name + "_m" + bytes, suspending, looseCalls, bytes);
    }
}
