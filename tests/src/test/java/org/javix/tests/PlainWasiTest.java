package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Programs that know WASI alone, one in C by clang and wasi-libc and one in Rust, run in the same system
 * and with the same descriptors as those that know Unix.
 */
@Timeout(120)
class PlainWasiTest {
    private static final Path TARGET = Path.of("target/wasi");

    private static Sandbox sandbox;

    @BeforeAll
    static void compile() throws Exception {
        sandbox = JavixMachine.builder().build();
        Files.createDirectories(TARGET);
        install("shout", List.of("clang-19", "--target=wasm32-wasi", "-O1", "src/wasi/shout.c", "-o"));
        install("words", List.of("/usr/bin/rustc", "--target", "wasm32-wasi", "-O", "src/wasi/words.rs", "-o"));
    }

    private static void install(String name, List<String> compiler) throws Exception {
        Path program = TARGET.resolve(name + ".wasm");
        HostMachine.build(Stream.concat(compiler.stream(), Stream.of(program.toString()))
                .toList());
        sandbox.files().write("/usr/bin/" + name, Files.readAllBytes(program), 0755);
    }

    @AfterAll
    static void close() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void aloneWithArgumentsInputAndStatus() throws IOException {
        ExecResult result = sandbox.command("shout", "you").input("quiet\n").run();
        assertEquals("hello you\nQUIET\n", result.text());
        assertEquals(2, result.exitCode());
        assertEquals("2 b\n1 a\n", sandbox.command("words").input("b a b\n").run().text());
    }

    @Test
    void asAStageOfAPipeline() throws IOException {
        assertEquals("A\nB\nC\n", shell("printf 'c\\na\\nb\\n' | sort | shout"));
        assertEquals("3 X\n1 Y\n", shell("echo x y x x | shout | words"));
        assertEquals("2 one\n", shell("printf 'one two\\none\\n' | words | grep one"));
    }

    @Test
    void inSubshellsSubstitutionsAndTheBackground() throws IOException {
        assertEquals("[HI]\n", shell("x=$(echo hi | shout); echo \"[$x]\""));
        assertEquals("1\nDATA\n3\n", shell("(echo data | shout >f; echo $?); cat f; shout a b </dev/null >/dev/null & wait $!; echo $?"));
    }

    @Test
    void withRedirectionsAndFilesOfTheSameTree() throws IOException {
        assertEquals("2\n1 p\n1 q\n", shell("echo q p >in; words count <in >out; cat count out"));
        assertEquals("A\nB\n", shell("exec 3>both; echo a | shout >&3; echo b | shout >&3; exec 3>&-; cat both"));
    }

    @Test
    void dieOfSigpipeAndOfSignals() throws IOException {
        assertEquals("Y\n", shell("yes | shout | head -n 1"));
        assertEquals("143\n", shell("mkfifo p; shout <p & exec 3>p; kill $!; wait $!; echo $?"));
    }

    /** Standard output of a script that runs in a directory of its own. */
    private static String shell(String script) throws IOException {
        return sandbox.exec("sh", "-c", "cd \"$(mktemp -d)\" || exit; " + script).text();
    }
}
