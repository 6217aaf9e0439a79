package org.javix.wasm;

import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * How a module is compiled. Modules compiled with options of different names do not share code.
 *
 * @param name a short word for the options, as it can stand in a Java package's name; may be empty
 * @param suspending which of a module's imported functions may throw {@link Unwind}; where there is none,
 *     nothing in the module's code is prepared for it
 * @param jumpPoint which of a module's imported functions, of type {@code [] → [i32]}, are never called: where a function
 *     calls one within a try, an exception that leaves the function later on, from anywhere in it, is caught there, with all
 *     locals as they were; the call gives 0. C's compilers let calls only jump back to a {@code setjmp}, and not
 *     what faults, nor the handlers of signals
 * @param looseCalls whether an indirect call of a function of another type works as on a real machine, where
 *     superfluous arguments are ignored, instead of trapping: C programs call functions so
 * @param protects which modules' accesses to memory ask what the {@link PageTable pages} allow, which takes time
 * @param largestMethod the size in bytes over which a method is split; HotSpot compiles none of more than 8,000
 * @param polls whether loops and recursive functions look whether the host wants something. Without, nothing can stop
 *     them or deliver a signal: only for measuring what that costs
 */
public record CompileOptions(
        String name,
        BiPredicate<Module, Module.Import> suspending,
        BiPredicate<Module, Module.Import> jumpPoint,
        boolean looseCalls,
        Predicate<Module> protects,
        int largestMethod,
        boolean polls) {
    /** Nothing can unwind. */
    public static final CompileOptions PLAIN = new CompileOptions("", (module, imported) -> false);

    /** Without jump points and loose calls. */
    public CompileOptions(String name, BiPredicate<Module, Module.Import> suspending) {
        this(name, suspending, (module, imported) -> false, false);
    }

    /** With methods as large as HotSpot compiles them. */
    public CompileOptions(
            String name,
            BiPredicate<Module, Module.Import> suspending,
            BiPredicate<Module, Module.Import> jumpPoint,
            boolean looseCalls) {
        this(name, suspending, jumpPoint, looseCalls, module -> false, FunctionSplitter.LARGEST, true);
    }

    /** The same options, but with methods of another size. */
    public CompileOptions withLargestMethod(int bytes) {
        return new CompileOptions(name + "_m" + bytes, suspending, jumpPoint, looseCalls, protects, bytes, polls);
    }

    /** The same options, but with other modules' pages protected. The name must tell which they are. */
    public CompileOptions withProtection(Predicate<Module> modules) {
        return new CompileOptions(name, suspending, jumpPoint, looseCalls, modules, largestMethod, polls);
    }

    /** The same options, but without {@link #polls}. */
    public CompileOptions withoutPolls() {
        return new CompileOptions(name + "_nopolls", suspending, jumpPoint, looseCalls, protects, largestMethod, false);
    }
}
