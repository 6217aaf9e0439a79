package org.javix.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in C without a C library, in {@code src/test/c/bare}, that clang compiles to newer WebAssembly. */
@Timeout(60)
class BareProgramTest {
    private static final Path STATM = Path.of("/proc/self/statm");

    private static CompiledModule compile(String name, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("-O2", "-nostdlib", "-Wl,--no-entry"));
        all.addAll(List.of(options));
        Path source = GuestToolchain.sources("c/bare", "c").stream()
                .filter(path -> path.endsWith(name + ".c"))
                .findFirst()
                .orElseThrow();
        byte[] binary = GuestToolchain.c(source, all.toArray(String[]::new));
        return Compiler.compile(Module.decode(binary), CompileOptions.PLAIN);
    }

    @Test
    void tailCalls() throws Throwable {
        Instance instance = compile("tail", "-mtail-call").instantiate(new Imports());
        assertEquals(10_000_001, instance.call("run", 10_000_000));
        assertEquals(1, instance.call("even", 10_000_000));
    }

    @Test
    void pointersOf64Bits() throws Throwable {
        Instance instance = compile("wide", "--target=wasm64").instantiate(new Imports());
        long bytes = 5L << 30;
        long sum = 0;
        for (long i = 0; i < bytes / 4; i += 1 << 20) {
            sum += 2 * (int) i;
        }
        assertEquals(sum + 7, instance.call("sum", bytes, 1));
        instance.close();
    }

    @Test
    void aTebibyteOfWhichLittleIsTouched() throws Throwable {
        assumeTrue(Files.exists(STATM), "memory that is taken when it is touched is Linux's");
        CompiledModule code = compile("sparse", "--target=wasm64");
        Instance instance = code.instantiate(new Imports(), 16 + (1L << 24));
        long before = resident();
        assertEquals(5_000, instance.call("scatter", 1L << 40, 5_000));
        long more = resident() - before;
        assertTrue(more < 200L << 20, more + " bytes more are resident");
        instance.close();
    }

    /** The resident size of this process, in bytes. */
    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(STATM).split(" ")[1]) * 4096;
    }

    @Test
    void threads() throws Throwable {
        CompiledModule code = compile(
                "threads", "-matomics", "-mbulk-memory", "-Wl,--import-memory,--shared-memory,--max-memory=1048576");
        Module.MemoryType type = code.module().memories().getFirst();
        Memory memory = new Memory(type);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            instances.add(code.instantiate(new Imports().add("env", "memory", memory)));
        }
        List<Thread> threads = new ArrayList<>();
        for (Instance instance : instances) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    instance.call("work", 2_000);
                } catch (Throwable e) {
                    throw new AssertionError(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(8_000, instances.getFirst().call("counter"));
        memory.close();
    }
}
