package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import org.javix.vfs.TmpFs;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;
import org.javix.wasm.WatModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** WASI calls of programs with large memories, none, or pointers that overlap. */
@Timeout(60)
class HugeNumbersTest {
    private static final int EINVAL = 28;
    private static final int EFAULT = 21;
    private static final int ENAMETOOLONG = 37;

    private static WasiProgram.Builder program(String memory, String code) {
        String text =
                """
                (module
                  (import "wasi_snapshot_preview1" "proc_exit" (func $exit (param i32)))
                  (import "wasi_snapshot_preview1" "random_get" (func $random (param i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "poll_oneoff" (func $poll (param i32 i32 i32 i32) (result i32)))
                  (import "wasi_snapshot_preview1" "path_create_directory" (func $mkdir (param i32 i32 i32) (result i32)))
                  %s
                  (func (export "_start") %s))
                """
                        .formatted(memory, code);
        return WasiProgram.builder(Compiler.compile(Module.decode(WatModule.assemble(text)), CompileOptions.PLAIN))
                .directory("/", TmpFs.create());
    }

    private static int run(String memory, String call) {
        return program(memory, "(call $exit " + call + ")").build().run();
    }

    @Test
    void withoutAMemoryEveryPointerIsBad() {
        assertEquals(EFAULT, run("", "(call $random (i32.const 0) (i32.const 1))"));
    }

    @Test
    void pathsOfGibibytes() {
        String fill = "(memory.fill (i32.const 0) (i32.const 97) (i32.const 100000))";
        for (String length : new String[] {"100000", "0x7fffffff", "0x80000000", "0xffffffff"}) {
            String call = "(call $exit (call $mkdir (i32.const 3) (i32.const 0) (i32.const " + length + ")))";
            assertEquals(ENAMETOOLONG, program("(memory 65536)", fill + call).build().run(), length);
        }
    }

    @Test
    void moreSubscriptionsThanThereIsToWaitFor() {
        assertEquals(EINVAL, run("(memory 65536)", "(call $poll (i32.const 0) (i32.const 0) (i32.const 80000000) (i32.const 0))"));
    }

    @Test
    void gibibytesOfRandomBytesStopInTime() {
        WasiProgram program = program("(memory 65536)", "(loop (drop (call $random (i32.const 0) (i32.const 0xffffffff))) (br 0))")
                .timeLimit(Duration.ofMillis(300))
                .build();
        long began = System.nanoTime();
        assertThrows(ProgramStopped.class, program::run);
        assertEquals(0, (System.nanoTime() - began) / 10_000_000_000L);
    }

    /** The first buffer is where the vectors are: they count as they were. */
    @Test
    void vectorsThatAreReadOver() {
        String vectors =
                """
                (i32.store (i32.const 0) (i32.const 8)) (i32.store (i32.const 4) (i32.const 8))
                (i32.store (i32.const 8) (i32.const 100)) (i32.store (i32.const 12) (i32.const 4))
                (drop (call $read (i32.const 0) (i32.const 0) (i32.const 2) (i32.const 50)))
                (call $exit (i32.add (i32.load8_u (i32.const 103)) (i32.load (i32.const 50))))
                """;
        byte[] input = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
        int status = program("(memory 1)", vectors).stdin(new ByteArrayInputStream(input)).build().run();
        assertEquals(12 + 12, status);
    }
}
