/**
 * The WebAssembly engine: decode, validate, compile to JVM classes, instances, fork.
 *
 * {@snippet :
 * CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
 * Imports imports = new Imports()
 *         .add(HostFunction.of("env", "log(level: i32)", (caller, a) -> log((int) a[0])));
 * try (Instance instance = code.instantiate(imports, new InstanceOptions().memoryPages(16))) {
 *     int sum = (int) instance.function("add").apply(40, 2);
 * }
 * }
 *
 * <p>docs/EMBEDDING.md shows the rest: limits, deadlines, linking, caches, traces.
 */
package org.javix.wasm;
