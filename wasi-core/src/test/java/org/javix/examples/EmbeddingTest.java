package org.javix.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.javix.vfs.HostFs;
import org.javix.vfs.TmpFs;
import org.javix.wasi.GuestPrograms;
import org.javix.wasi.ProgramStopped;
import org.javix.wasi.WasiProgram;
import org.javix.wasi.WasiReactor;
import org.javix.wasm.CodeCache;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.Deadline;
import org.javix.wasm.ExportedFunction;
import org.javix.wasm.FuncType;
import org.javix.wasm.Global;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.InstanceOptions;
import org.javix.wasm.LinkException;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;
import org.javix.wasm.Tag;
import org.javix.wasm.Trap;
import org.javix.wasm.ValType;
import org.javix.wasm.WasmException;
import org.javix.wasm.WatModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The examples of docs/EMBEDDING.md, run. What stands between {@code //>} and {@code //<} is in that document
 * too; {@link EmbeddingDocumentTest} compares them.
 */
@Timeout(60)
class EmbeddingTest {
    private static final byte[] MATH = WatModule.assemble(
            """
            (module
              (func (export "add") (param i32 i32) (result i32)
                (i32.add (local.get 0) (local.get 1)))
              (func (export "divide") (param i64 i64) (result i64 i64)
                (i64.div_s (local.get 0) (local.get 1))
                (i64.rem_s (local.get 0) (local.get 1)))
              (func (export "half") (param f64) (result f64)
                (f64.div (local.get 0) (f64.const 2))))
            """);

    private static final byte[] SPIN = WatModule.assemble(
            """
            (module
              (memory (export "memory") 1)
              (table (export "table") 1 funcref)
              (func (export "spin") (loop (br 0)))
              (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
              (func (export "growTable") (param i32) (result i32) (table.grow (ref.null func) (local.get 0)))
              (func $deep (export "deep") (param i32) (result i32)
                (if (result i32) (local.get 0)
                  (then (i32.add (i32.const 1) (call $deep (i32.sub (local.get 0) (i32.const 1)))))
                  (else (i32.const 0)))))
            """);

    @Test
    void loadsAndCalls() {
        byte[] binary = MATH;
        //> load
        Module module = Module.decode(binary);
        CompiledModule code = Compiler.compile(module, CompileOptions.PLAIN);
        try (Instance instance = code.instantiate(new Imports())) {
            ExportedFunction add = instance.function("add");
            int sum = (int) add.apply(40, 2);
            //<
            assertEquals(42, sum);
            //> results
            List<Object> results = instance.function("divide").applyAll(100L, 7L);
            long quotient = (long) results.get(0);
            long rest = (long) results.get(1);
            //<
            assertEquals(14, quotient);
            assertEquals(2, rest);
            //> raw
            long raw = add.call(40, 2);
            //<
            assertEquals(42, raw);
            assertEquals(1.5, instance.function("half").apply(3.0));
            assertEquals("add", add.name());
            assertEquals(new FuncType(List.of(ValType.I32, ValType.I32), List.of(ValType.I32)), add.type());
            assertThrows(IllegalArgumentException.class, () -> add.apply(1));
            assertThrows(IllegalArgumentException.class, () -> add.apply(1, 2L));
            assertThrows(IllegalArgumentException.class, () -> instance.function("subtract"));
            Trap trap = assertThrows(Trap.class, () -> instance.function("divide").apply(1L, 0L));
            assertEquals(Trap.Kind.DIVIDE_BY_ZERO, trap.kind());
        }
    }

    @Test
    void providesFunctions() {
        byte[] binary = WatModule.assemble(
                """
                (module
                  (import "env" "log" (func $log (param i32 i32)))
                  (import "env" "scale" (func $scale (param f64 i32) (result f64)))
                  (memory (export "memory") 1)
                  (data (i32.const 16) "hello")
                  (func (export "run") (result f64)
                    (call $log (i32.const 16) (i32.const 5))
                    (call $scale (f64.const 1.5) (i32.const 4))))
                """);
        CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
        List<String> lines = new ArrayList<>();
        //> host
        Imports imports = new Imports()
                .add(HostFunction.of("env", "log(text: i32, length: i32)", (caller, a) -> {
                    MemorySegment memory = caller.memory();
                    byte[] bytes = memory.asSlice((int) a[0], (int) a[1]).toArray(ValueLayout.JAVA_BYTE);
                    lines.add(new String(bytes, StandardCharsets.UTF_8));
                    return null;
                }))
                .add(HostFunction.of("env", "scale(x: f64, factor: i32) -> f64", (caller, a) -> (double) a[0] * (int) a[1]));
        Instance instance = code.instantiate(imports);
        double result = (double) instance.function("run").apply();
        //<
        assertEquals(6.0, result);
        assertEquals(List.of("hello"), lines);
    }

    //> raw-host
    /** Adds without allocating anything. */
    static final class Add extends HostFunction {
        Add() {
            super("env", "add", new FuncType(List.of(ValType.I32, ValType.I32), List.of(ValType.I32)));
        }

        @Override
        public long call(Instance caller, long a, long b, long c, long d, long e, long f) {
            return (int) a + (int) b;
        }
    }
    //<

    @Test
    void providesRawFunctions() {
        byte[] binary = WatModule.assemble(
                """
                (module (import "env" "add" (func $add (param i32 i32) (result i32)))
                  (func (export "run") (result i32) (call $add (i32.const 2147483647) (i32.const 1))))
                """);
        Instance instance = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN)
                .instantiate(new Imports().add(new Add()));
        assertEquals(Integer.MIN_VALUE, instance.function("run").apply());
    }

    @Test
    void limitsMemoryTablesAndDepth() throws Exception {
        CompiledModule code = Compiler.compile(Module.decode(SPIN), CompileOptions.PLAIN);
        //> limits
        InstanceOptions options = new InstanceOptions()
                .memoryPages(16) // 1 MiB for each memory
                .tableElements(1_000);
        Instance instance = code.instantiate(new Imports(), options);
        //<
        assertEquals(1, instance.function("grow").apply(15));
        assertEquals(-1, instance.function("grow").apply(1));
        assertEquals(1, instance.function("growTable").apply(999));
        assertEquals(-1, instance.function("growTable").apply(1));
        assertThrows(LinkException.class, () -> code.instantiate(new Imports(), new InstanceOptions().memoryPages(0)));

        AtomicReference<Object> result = new AtomicReference<>();
        ExportedFunction deep = instance.function("deep");
        //> depth
        Thread thread = Thread.ofPlatform().unstarted(() -> {
            try {
                result.set(deep.apply(1_000_000_000));
            } catch (Trap trap) {
                result.set(trap.kind()); // STACK_EXHAUSTED
            }
        });
        //<
        thread.start();
        thread.join();
        assertEquals(Trap.Kind.STACK_EXHAUSTED, result.get());
        assertEquals(10, deep.apply(10));
    }

    @Test
    void limitsTime() {
        CompiledModule code = Compiler.compile(Module.decode(SPIN), CompileOptions.PLAIN);
        Instance instance = code.instantiate(new Imports());
        Trap trap = assertThrows(Trap.class, () -> {
            //> deadline
            try (Deadline deadline = Deadline.after(Duration.ofMillis(50), instance)) {
                instance.function("spin").apply(); // a Trap of the kind INTERRUPTED
            }
            //<
        });
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
        // It can be used again, and a deadline that was kept leaves nothing behind.
        try (Deadline deadline = Deadline.after(Duration.ofNanos(1), instance)) {
            Thread.onSpinWait();
        }
        assertEquals(3, instance.function("deep").apply(3));
    }

    @Test
    void limitsTheTimeOfLinkedInstances() {
        byte[] outer = WatModule.assemble(
                """
                (module (import "inner" "spin" (func $spin)) (func (export "run") (call $spin)))
                """);
        Instance inner = Compiler.compile(Module.decode(SPIN), CompileOptions.PLAIN).instantiate(new Imports());
        Instance instance = Compiler.compile(Module.decode(outer), CompileOptions.PLAIN)
                .instantiate(new Imports().add("inner", inner));
        try (Deadline deadline = Deadline.after(Duration.ofMillis(50), instance)) {
            Trap trap = assertThrows(Trap.class, () -> instance.function("run").apply());
            assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
        }
        assertEquals(3, inner.function("deep").apply(3));
    }

    @Test
    void interruptsFromAnotherThread() throws Exception {
        byte[] binary = WatModule.assemble(
                """
                (module (import "env" "started" (func $started))
                  (func (export "run") (call $started) (loop (br 0))))
                """);
        CountDownLatch started = new CountDownLatch(1);
        Instance instance = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN)
                .instantiate(new Imports().add(HostFunction.of("env", "started()", (caller, a) -> {
                    started.countDown();
                    return null;
                })));
        AtomicReference<Trap> end = new AtomicReference<>();
        Thread runner = Thread.ofVirtual().start(() ->
                end.set(assertThrows(Trap.class, () -> instance.function("run").apply())));
        started.await();
        //> interrupt
        instance.interrupt(); // from any thread
        //<
        runner.join();
        assertEquals(Trap.Kind.INTERRUPTED, end.get().kind());
    }

    @Test
    void linksTwoInstances() {
        byte[] store = WatModule.assemble(
                """
                (module
                  (memory (export "memory") 1)
                  (table (export "table") 4 funcref)
                  (global (export "count") (mut i32) (i32.const 0))
                  (tag (export "full") (param i32))
                  (elem (i32.const 0) $twice)
                  (func $twice (param i32) (result i32) (i32.mul (i32.const 2) (local.get 0)))
                  (func (export "put") (param i32)
                    (if (i32.ge_u (global.get 0) (i32.const 2)) (then (throw 0 (local.get 0))))
                    (i32.store8 (global.get 0) (local.get 0))
                    (global.set 0 (i32.add (global.get 0) (i32.const 1)))))
                """);
        byte[] client = WatModule.assemble(
                """
                (module
                  (import "store" "put" (func $put (param i32)))
                  (import "store" "memory" (memory 1))
                  (import "store" "table" (table 4 funcref))
                  (import "store" "count" (global $count (mut i32)))
                  (import "store" "full" (tag $full (param i32)))
                  (type $f (func (param i32) (result i32)))
                  (func (export "run") (result i32)
                    (call $put (i32.const 7))
                    (call $put (i32.const 8))
                    (block $refused (result i32)
                      (try_table (catch $full $refused)
                        (call $put (i32.const 9)))
                      (i32.const 0))
                    (call_indirect (type $f) (i32.const 0))
                    (i32.add (global.get $count))
                    (i32.add (i32.load8_u (i32.const 1)))))
                """);
        //> link
        Instance first = Compiler.compile(Module.decode(store), CompileOptions.PLAIN).instantiate(new Imports());
        Imports imports = new Imports().add("store", first); // all that it exports, as module "store"
        Instance second = Compiler.compile(Module.decode(client), CompileOptions.PLAIN).instantiate(imports);
        Object result = second.function("run").apply();
        //<
        assertEquals(9 * 2 + 2 + 8, result);
        assertEquals(2L, first.exportedGlobal("count").get());
        assertEquals(first.memory(), second.memory());
        WasmException full = assertThrows(WasmException.class, () -> first.function("put").apply(1));
        assertEquals(1, full.values[0]);
    }

    @Test
    void sharesWhatTheHostMade() {
        byte[] binary = WatModule.assemble(
                """
                (module
                  (import "host" "memory" (memory 1 2))
                  (import "host" "base" (global $base i32))
                  (import "host" "error" (tag $error (param i32)))
                  (func (export "get") (result i32) (i32.load (global.get $base)))
                  (func (export "fail") (throw $error (i32.const 5))))
                """);
        //> objects
        Memory memory = new Memory(new Module.MemoryType(new Module.Limits(1, 2), false, false));
        Tag error = new Tag(new FuncType(List.of(ValType.I32), List.of()));
        Imports imports = new Imports()
                .add("host", "memory", memory)
                .add("host", "base", Global.of(ValType.I32, false, 1024))
                .add("host", "error", error);
        //<
        memory.segment().set(ValueLayout.JAVA_INT_UNALIGNED, 1024, 77);
        Instance instance = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN).instantiate(imports);
        assertEquals(77, instance.function("get").apply());
        //> exception
        try {
            instance.function("fail").apply();
        } catch (WasmException thrown) {
            assertTrue(thrown.tag == error && thrown.values[0] == 5);
        }
        //<
    }

    @Test
    void runsAWasiProgram(@TempDir Path directory) throws Exception {
        byte[] binary = GuestPrograms.c("embedded/append.c");
        CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
        //> wasi
        TmpFs scratch = TmpFs.create();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (HostFs data = HostFs.readWrite(directory)) {
            int status = WasiProgram.builder(code)
                    .arguments("append", "/data/file", "text")
                    .environment("LANG", "C.UTF-8")
                    .directory("/", scratch)
                    .directory("/data", data)
                    .stdin(new ByteArrayInputStream(new byte[0]))
                    .stdout(output)
                    .memoryLimit(256)
                    .timeLimit(Duration.ofSeconds(10))
                    .build()
                    .run();
            //<
            assertEquals(0, status);
        }
        assertEquals("text\n", output.toString());
        assertEquals("text", Files.readString(directory.resolve("file")));
    }

    @Test
    void stopsAWasiProgram() throws Exception {
        CompiledModule code =
                Compiler.compile(Module.decode(GuestPrograms.c("embedded/forever.c")), CompileOptions.PLAIN);
        WasiProgram program = WasiProgram.builder(code)
                .arguments("forever", "sleep")
                .timeLimit(Duration.ofMillis(50))
                .build();
        assertThrows(ProgramStopped.class, program::run);
    }

    @Test
    void runsAWasiServer() throws Exception {
        CompiledModule code =
                Compiler.compile(Module.decode(GuestPrograms.c("embedded/echo.c")), CompileOptions.PLAIN);
        //> server
        try (ServerSocketChannel socket = ServerSocketChannel.open()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            WasiProgram server = WasiProgram.builder(code).listener(socket).directory("/", TmpFs.create()).build();
            Thread running = Thread.ofPlatform().start(server::run);
            //<
            for (int i = 0; i < 2; i++) {
                try (SocketChannel client = SocketChannel.open(socket.getLocalAddress())) {
                    client.socket().getOutputStream().write("text".getBytes(StandardCharsets.UTF_8));
                    client.shutdownOutput();
                    assertEquals("text", new String(client.socket().getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            running.join();
        }
    }

    @Test
    void callsALibraryThatUsesWasi() throws Exception {
        byte[] binary = GuestPrograms.c("embedded/counter.c", "-mexec-model=reactor");
        CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        //> reactor
        WasiProgram library = WasiProgram.builder(code).stdout(output).build();
        try (WasiReactor counter = library.open()) {
            counter.function("count").apply(40);
            int total = (int) counter.function("count").apply(2);
            //<
            assertEquals(42, total);
        }
        assertEquals("counting 40\ncounting 2\n", output.toString());
    }

    @Test
    void keepsCompiledCode(@TempDir Path directory) {
        byte[] binary = MATH;
        //> cache
        CodeCache cache = new CodeCache(directory);
        CompiledModule code = cache.load(binary, CompileOptions.PLAIN);
        //<
        assertEquals(3, code.instantiate(new Imports()).function("add").apply(1, 2));
        assertEquals(3, new CodeCache(directory)
                .load(binary, CompileOptions.PLAIN)
                .instantiate(new Imports())
                .function("add")
                .apply(1, 2));
    }

    @Test
    void tracesCalls() {
        byte[] binary = WatModule.assemble(
                """
                (module
                  (import "env" "add" (func $add (param i32 i32) (result i32)))
                  (func (export "run") (param i32) (result i32) (call $add (i32.const 1) (local.get 0))))
                """);
        CompiledModule code = Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
        Imports imports = new Imports()
                .add(HostFunction.of("env", "add(x: i32, y: i32) -> i32", (caller, a) -> (int) a[0] + (int) a[1]));
        StringBuilder log = new StringBuilder();
        //> trace
        InstanceOptions options = new InstanceOptions().trace(line -> log.append(line).append('\n'));
        code.instantiate(imports, options).function("run").apply(2);
        //<
        assertEquals(
                """
                --> .run(2)
                \t==> env.add(x=1,y=2)
                \t<== 3
                <-- 3
                """,
                log.toString());
    }
}
