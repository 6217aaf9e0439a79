package org.javix.wasm;

import java.util.function.BiPredicate;

/**
 * How a module is compiled. Modules compiled with options of different names do not share code.
 *
 * @param name a short word for the options, as it can stand in a Java package's name; may be empty
 * @param suspending which of a module's imported functions may throw {@link Unwind}; where there is none,
 *     nothing in the module's code is prepared for it
 */
public record CompileOptions(String name, BiPredicate<Module, Module.Import> suspending) {
    /** Nothing can unwind. */
    public static final CompileOptions PLAIN = new CompileOptions("", (module, imported) -> false);
}
