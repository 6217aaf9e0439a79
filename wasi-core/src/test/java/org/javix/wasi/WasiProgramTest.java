package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.javix.vfs.TmpFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.LinkException;
import org.javix.wasm.Module;
import org.javix.wasm.Trap;
import org.javix.wasm.WatModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Running plain WASI programs from Java. */
@Timeout(60)
class WasiProgramTest {
    private static CompiledModule program(String name) throws Exception {
        byte[] binary = GuestToolchain.c(Path.of("src", "test", "c", "embedded", name));
        return Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
    }

    /** The example of the package's description. */
    @Test
    void example() throws Exception {
        CompiledModule code = program("wc.c");
        TmpFs scratch = TmpFs.create();
        var output = new ByteArrayOutputStream();
        int status = WasiProgram.builder(code)
                .arguments("wc", "-w")
                .environment("LANG", "C")
                .directory("/", scratch)
                .stdin(new ByteArrayInputStream("to be or not to be".getBytes()))
                .stdout(output)
                .build()
                .run();
        assertEquals(0, status);
        assertEquals("6\n", output.toString());
    }

    @Test
    void aFileSystemLivesFromRunToRun() throws Exception {
        CompiledModule code = program("append.c");
        TmpFs root = TmpFs.create();
        TmpFs data = TmpFs.create();
        var output = new ByteArrayOutputStream();
        WasiProgram program = WasiProgram.builder(code)
                .arguments("append", "/data/file", "x")
                .directory("/", root)
                .directory("/data", data)
                .stdout(output)
                .build();
        for (int i = 0; i < 3; i++) {
            assertEquals(0, program.run());
        }
        assertEquals("x\nxx\nxxx\n", output.toString());
        assertEquals(0, root.usedBytes());
    }

    @Test
    void withoutADirectoryThereAreNoFiles() throws Exception {
        int status = WasiProgram.builder(program("append.c"))
                .arguments("append", "/file", "x")
                .build()
                .run();
        assertEquals(1, status);
    }

    @Test
    void aRaisedSignalIsTheStatus() throws Exception {
        int status = WasiProgram.builder(program("raise.c")).arguments("raise", "15").build().run();
        assertEquals(128 + 15, status);
        status = WasiProgram.builder(program("raise.c")).arguments("raise", "16").build().run();
        assertEquals(0, status); // SIGCHLD, which does nothing
    }

    @Test
    void aTrapIsThrown() throws Exception {
        WasiProgram program = WasiProgram.builder(program("trap.c")).build();
        assertEquals(Trap.Kind.UNREACHABLE, assertThrows(Trap.class, program::run).kind());
    }

    @Test
    void aBusyProgramIsStopped() throws Exception {
        stops("spin");
    }

    @Test
    void aSleepingProgramIsStopped() throws Exception {
        stops("sleep");
    }

    @Test
    void aReadingProgramIsStopped() throws Exception {
        // Nobody ever writes to it.
        java.io.PipedInputStream silent = new java.io.PipedInputStream(new java.io.PipedOutputStream());
        WasiProgram program = WasiProgram.builder(program("wc.c"))
                .arguments("wc", "-w")
                .stdin(silent)
                .timeLimit(Duration.ofMillis(200))
                .build();
        assertThrows(ProgramStopped.class, program::run);
    }

    @Test
    void aStartFunctionMayCallWasiAndExit() {
        String module =
                """
                (module
                  (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (memory (export "memory") 1)
                  (data (i32.const 0) "\\08\\00\\00\\00\\05\\00\\00\\00early")
                  (func $early (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 64))))
                  (func (export "_start") (call $exit (i32.const 300)))
                  (start $early))
                """;
        var output = new ByteArrayOutputStream();
        assertEquals(300, run(module, output));
        assertEquals("early", output.toString());
        output.reset();
        assertEquals(4, run(module.replace("(drop (call $write", "(call $exit (i32.const 4)) (drop (call $write"), output));
        assertEquals("", output.toString());
    }

    private static int run(String module, ByteArrayOutputStream output) {
        CompiledModule code = Compiler.compile(Module.decode(WatModule.assemble(module)), CompileOptions.PLAIN);
        return WasiProgram.builder(code).stdout(output).build().run();
    }

    private static void stops(String how) throws Exception {
        WasiProgram program = WasiProgram.builder(program("forever.c")).arguments("forever", how).build();
        // Again and again, because the run may not have begun.
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Thread.sleep(100);
                    program.stop();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThrows(ProgramStopped.class, program::run);
        killer.interrupt();
        killer.join();
    }

    @Test
    void aFixedSeedGivesTheSameRandomBytes() throws Exception {
        CompiledModule code = program("random.c");
        var first = new ByteArrayOutputStream();
        var second = new ByteArrayOutputStream();
        WasiProgram.builder(code).random(new Random(7)).stdout(first).build().run();
        WasiProgram.builder(code).random(new Random(7)).stdout(second).build().run();
        assertEquals(first.toString(), second.toString());
    }

    @Test
    void aModuleWithoutStartIsNoProgram() {
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        WasiProgram program = WasiProgram.builder(
                        Compiler.compile(Module.decode(empty), CompileOptions.PLAIN))
                .build();
        assertThrows(IllegalArgumentException.class, program::run);
    }

    @Test
    void anImportOfSomethingElseIsRefused() throws Exception {
        WasiProgram program = WasiProgram.builder(program("import.c")).build();
        assertThrows(LinkException.class, program::run);
    }
}
