package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The official WebAssembly test suite, a test for each script. The archive lies beside the repository; where
 * it does not, the suite is skipped. What is left out is listed in {@code spec-exclusions.txt}.
 */
class SpecSuiteTest {
    private static final long STACK = 16 << 20;

    private static int passed;
    private static int failed;
    private static int text;
    private static int unsupported;
    private static int excluded;

    @TestFactory
    Stream<DynamicTest> scripts() throws IOException {
        assumeTrue(Files.exists(SpecArchive.PATH), () -> "skipped: there is no " + SpecArchive.PATH);
        SpecExclusions exclusions = new SpecExclusions();
        return SpecArchive.scripts().entrySet().stream()
                .map(script -> dynamicTest(script.getKey(), () -> run(script.getKey(), script.getValue(), exclusions)));
    }

    private static void run(String name, String source, SpecExclusions exclusions) throws InterruptedException {
        String reason = exclusions.script(name);
        if (reason != null) {
            abort("excluded: " + reason);
        }
        SpecScript script = new SpecScript(name, source, exclusions, CompileOptions.PLAIN);
        // A thread of its own gives endless recursions a small stack.
        Thread thread = new Thread(null, script::run, name, STACK);
        thread.start();
        thread.join();
        passed += script.passed();
        failed += script.failures.size();
        text += script.text();
        unsupported += script.unsupported();
        excluded += script.excluded();
        assertEquals(List.of(), script.failures, () -> String.join("\n", script.failures));
        assertEquals(exclusions.unsupported(name), script.unsupported(), () -> "unsupported: " + script.unsupported);
    }

    @AfterAll
    static void report() {
        System.out.printf(
                "WebAssembly test suite: %d passed, %d failed; %d about the text format, %d unsupported, %d excluded%n",
                passed, failed, text, unsupported, excluded);
    }
}
