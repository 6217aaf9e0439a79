package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.javix.vfs.FileSystem;
import org.javix.vfs.HostFs;
import org.javix.vfs.TmpFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the programs of six toolchains in {@code src/test/c}, {@code cpp}, {@code rs}, {@code ts} (AssemblyScript),
 * {@code go} and {@code zig}, in an empty directory {@code /}.
 * Those in C show one behaviour each, in a directory in memory and in one of the host's.
 */
class GuestProgramTest {
    /** Each program is run more than once. */
    private static final Map<Path, CompiledModule> COMPILED = new ConcurrentHashMap<>();

    static Stream<Path> cPrograms() throws Exception {
        return GuestToolchain.sources("c").stream();
    }

    static Stream<Path> cppPrograms() throws Exception {
        return GuestToolchain.sources("cpp").stream();
    }

    static Stream<Path> rustPrograms() throws Exception {
        return GuestToolchain.sources("rs").stream();
    }

    @ParameterizedTest
    @MethodSource("cPrograms")
    void cInMemory(Path source) throws Exception {
        check(source, c(source), TmpFs.create());
    }

    @ParameterizedTest
    @MethodSource("cPrograms")
    void cOnTheHost(Path source, @TempDir Path scratch) throws Exception {
        try (HostFs host = HostFs.readWrite(scratch)) {
            check(source, c(source), host);
        }
    }

    @ParameterizedTest
    @MethodSource("cppPrograms")
    void cpp(Path source) throws Exception {
        check(source, compiled(source, GuestToolchain.cpp(source)), TmpFs.create());
    }

    @ParameterizedTest
    @MethodSource("rustPrograms")
    void rust(Path source) throws Exception {
        check(source, compiled(source, GuestToolchain.rust(source)), TmpFs.create());
    }

    static Stream<Path> assemblyScriptPrograms() throws Exception {
        return GuestToolchain.sources("ts").stream();
    }

    static Stream<Path> goPrograms() throws Exception {
        return GuestToolchain.sources("go").stream();
    }

    @ParameterizedTest
    @MethodSource("assemblyScriptPrograms")
    void assemblyScript(Path source) throws Exception {
        check(source, compiled(source, GuestToolchain.fetched("assemblyscript", source)), TmpFs.create());
    }

    @ParameterizedTest
    @MethodSource("goPrograms")
    void go(Path source) throws Exception {
        check(source, compiled(source, GuestToolchain.fetched("go", source)), TmpFs.create());
    }

    static Stream<Path> zigPrograms() throws Exception {
        return GuestToolchain.sources("zig").stream();
    }

    @ParameterizedTest
    @MethodSource("zigPrograms")
    void zig(Path source) throws Exception {
        check(source, compiled(source, GuestToolchain.fetched("zig", source)), TmpFs.create());
    }

    private static CompiledModule c(Path source) throws Exception {
        return compiled(source, GuestToolchain.c(source));
    }

    private static CompiledModule compiled(Path source, byte[] binary) {
        return COMPILED.computeIfAbsent(
                source, path -> Compiler.compile(Module.decode(binary), CompileOptions.PLAIN));
    }

    private static void check(Path source, CompiledModule code, FileSystem root) throws Exception {
        Expectation expected = Expectation.read(source);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        WasiProgram.Builder builder = WasiProgram.builder(code)
                .arguments(expected.arguments().toArray(String[]::new))
                .directory("/", root)
                .stdin(new ByteArrayInputStream(expected.stdin().getBytes(StandardCharsets.UTF_8)))
                .stdout(out)
                .stderr(err);
        for (String variable : expected.environment()) {
            int equals = variable.indexOf('=');
            builder.environment(variable.substring(0, equals), variable.substring(equals + 1));
        }
        long status = Integer.toUnsignedLong(builder.build().run());
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(expected.stdout(), out.toString(StandardCharsets.UTF_8));
        assertEquals(expected.exit(), status);
    }
}
