package org.javix.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.javix.process.Signal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plain WASI programs as processes of a sandbox. */
@Timeout(60)
class WasiProgramsTest {
    private static byte[] program;

    @BeforeAll
    static void compile(@TempDir Path directory) throws IOException, InterruptedException {
        Path binary = directory.resolve("wasi.wasm");
        List<String> command = List.of(
                "clang-19", "--target=wasm32-wasi", "-O1", "-o", binary.toString(), "src/test/c/wasi.c");
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(compiler.getInputStream().readAllBytes());
        assertEquals(0, compiler.waitFor(), output);
        program = Files.readAllBytes(binary);
    }

    private static Sandbox.Builder sandbox() {
        return Sandbox.builder().environment("HOME", "/home");
    }

    private static Sandbox build(Sandbox.Builder builder) throws IOException {
        Sandbox sandbox = builder.build();
        sandbox.files().createDirectories("/bin", 0755);
        sandbox.files().createDirectories("/tmp", 0777);
        sandbox.files().createDirectories("/work", 0777);
        sandbox.files().write("/bin/wasi", program, 0755);
        return sandbox;
    }

    @Test
    void argumentsEnvironmentAndStatus() throws IOException {
        try (Sandbox sandbox = build(sandbox())) {
            ExecResult result = sandbox.exec("/bin/wasi", "show", "two words");
            assertEquals("/bin/wasi\nshow\ntwo words\nHOME=/home\n", result.text());
            assertEquals(7, result.exitCode());
        }
    }

    @Test
    void standardInput() throws IOException {
        try (Sandbox sandbox = build(sandbox())) {
            assertEquals("some\ntext", sandbox.command("/bin/wasi", "copy").input("some\ntext").run().text());
        }
    }

    @Test
    void filesFromTheWorkingDirectoryAndTheRoot() throws IOException {
        try (Sandbox sandbox = build(sandbox())) {
            ExecResult result = sandbox.command("/bin/wasi", "files").directory("/work").run();
            assertEquals("", result.errorText());
            assertEquals("one", sandbox.files().readString("/work/relative"));
            assertEquals("two", sandbox.files().readString("/tmp/absolute"));
            assertEquals(0, sandbox.command("/bin/wasi", "files").directory("/").run().exitCode());
            assertTrue(sandbox.files().exists("/relative"));
        }
    }

    @Test
    void aRaisedSignalKills() throws IOException {
        try (Sandbox sandbox = build(sandbox())) {
            assertEquals(128 + Signal.SIGTERM, sandbox.exec("/bin/wasi", "raise").exitCode());
        }
    }

    @Test
    void aBusyOrSleepingProgramCanBeKilled() throws IOException {
        try (Sandbox sandbox = build(sandbox())) {
            for (String how : List.of("spin", "sleep")) {
                ExecResult result = sandbox.command("/bin/wasi", how)
                        .timeout(Duration.ofMillis(300))
                        .run();
                assertTrue(result.timedOut());
            }
        }
    }

    @Test
    void itsCallsAreTraced() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Sandbox sandbox = build(sandbox().trace(lines::add))) {
            sandbox.exec("/bin/wasi", "raise");
        }
        assertTrue(lines.stream().anyMatch(line -> line.contains("==> wasi_snapshot_preview1.proc_raise(sig=15)")));
    }
}
