/**
 * WASI preview 1 over the virtual file system.
 *
 * <p>{@link org.javix.wasi.WasiProgram} runs a program that needs nothing else:
 *
 * {@snippet :
 * CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
 * TmpFs scratch = TmpFs.create();
 * var output = new ByteArrayOutputStream();
 * int status = WasiProgram.builder(code)
 *         .arguments("wc", "-w")
 *         .environment("LANG", "C")
 *         .directory("/", scratch)
 *         .stdin(new ByteArrayInputStream("to be or not to be".getBytes()))
 *         .stdout(output)
 *         .build()
 *         .run();
 * }
 *
 * <p>An embedder with descriptors, file systems or signals of its own gives its instances a
 * {@link org.javix.wasi.WasiContext} instead, and offers them {@link org.javix.wasi.Wasi#functions}.
 */
package org.javix.wasi;
