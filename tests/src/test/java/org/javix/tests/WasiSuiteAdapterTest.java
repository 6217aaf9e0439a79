package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapters for the official suite of WASI tests, called as each version of its runner does; {@code echo} is Javix. */
class WasiSuiteAdapterTest {
    private static final String MODULE = Path.of("wasi-testsuite/javix.py").toAbsolutePath().toString();
    private static final String SCRIPT = Path.of("wasi-testsuite/javix-script.py").toAbsolutePath().toString();

    /** How the runner loads an adapter. */
    private static final String LOAD = """
            import importlib.util, sys
            from types import SimpleNamespace
            spec = importlib.util.spec_from_file_location("javix.py", sys.argv[1])
            adapter = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(adapter)
            """;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        try {
            assumeTrue(new ProcessBuilder("python3", "--version").start().waitFor() == 0);
        } catch (IOException e) {
            assumeTrue(false, "python3 is missing");
        }
    }

    private static String python(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3", "-B"));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVIX", "echo");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    private static String command(String arguments) throws IOException, InterruptedException {
        return python("-c", LOAD + "print(*adapter.compute_argv(" + arguments + "))", MODULE);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "test_path='t.wasm', args=['one'], env={'A': 'x y'}, dirs=[('host', 'guest')]",
        "test_path='t.wasm', args=['one'], env={'A': 'x y'}, dirs=[('host', 'guest')], wasi_version='wasm32-wasip1'",
        "test_path='t.wasm', wasi_version='wasm32-wasip1', config=SimpleNamespace(operations=["
                + "SimpleNamespace(args=['one'], env={'A': 'x y'}, dirs=[('host', 'guest')]), SimpleNamespace(exit_code=0)])",
        "'t.wasm', (['one'], {'A': 'x y'}, [('host', 'guest')]), [], 'wasm32-wasip1'",
        "'t.wasm', (['one'], {'A': 'x y'}, [('host', 'guest')]), [], 'wasi:cli/command', 'wasm32-wasip1'"
    })
    void takesDirectories(String arguments) throws Exception {
        assertEquals("echo run --env A=x y --dir host::guest t.wasm one\n", command(arguments));
    }

    @Test
    void takesARoot() throws Exception {
        String rest = "), [], 'wasi:cli/command', 'wasm32-wasip1'";
        assertEquals("echo run --env A=x --dir host::/ t.wasm\n", command("'t.wasm', ([], {'A': 'x'}, 'host'" + rest));
        assertEquals("echo run t.wasm one\n", command("'t.wasm', (['one'], {}, None" + rest));
    }

    @Test
    void saysWhatItRunsAndHowLong() throws Exception {
        String says = "print(adapter.get_name(), adapter.get_wasi_versions(), adapter.get_wasi_worlds(),"
                + " adapter.get_timeout_seconds() > 5)";
        assertEquals(
                "javix ['wasm32-wasip1'] ['wasi:cli/command'] True\n", python("-c", LOAD + says, MODULE));
        // So a runner finds out that it is a module.
        assertEquals("", python(MODULE, "--version"));
    }

    @Test
    void isAScriptToo() throws Exception {
        assertEquals(
                "run --env A=x y --dir host::guest --dir data::data t.wasm one two\n",
                python(SCRIPT, "--test-file", "t.wasm", "--dir", "host::guest", "--dir", "data", "--env", "A=x y",
                        "--arg", "one", "--arg", "two"));
        assertTrue(python(SCRIPT, "--version").startsWith("javix "));
    }
}
