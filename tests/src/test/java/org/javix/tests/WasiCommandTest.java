package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code javix run} of WASI programs, as a suite of tests for WASI runtimes starts them. */
@Timeout(120)
class WasiCommandTest {
    private static final String LAUNCHER = System.getProperty("javix.launcher");
    private static final Path PROGRAM = Path.of("target/wasi/look.wasm").toAbsolutePath();

    @TempDir
    private Path directory;

    private record Result(int status, String output, String error) {}

    @BeforeAll
    static void compile() throws Exception {
        Files.createDirectories(PROGRAM.getParent());
        HostMachine.build(List.of(
                "clang-19", "--target=wasm32-wasi", "-O1", "src/wasi/look.c", "-o", PROGRAM.toString()));
    }

    private Result run(String input, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER, "run"));
        command.addAll(List.of(words));
        Path in = Files.writeString(directory.resolve("in"), input);
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void seesWhatItIsGivenAndNothingElse() throws Exception {
        Result result = run("", PROGRAM.toString());
        assertEquals("\n", result.output);
        assertEquals("", result.error);
        assertEquals(7, result.status);
        result = run("", "--env", "A=1", "-e", "B=x y", PROGRAM.toString(), "one", "-e", "");
        assertEquals("[one][-e][]{A=1}{B=x y}\n", result.output);
    }

    @Test
    void changesFilesOfTheDirectoriesThatItIsGiven() throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        assertEquals(7, run("line\n", "--dir", "data", PROGRAM.toString(), "data/file").status);
        assertEquals(7, run("more\n", "--dir", data + "::/", PROGRAM.toString(), "/file").status);
        assertEquals(7, run("last\n", "--dir", data + "::/x", "--dir", ".", PROGRAM.toString(), "/x/file").status);
        assertEquals("line\nmore\nlast\n", Files.readString(data.resolve("file")));

        Result refused = run("x\n", "-v", data + ":/", PROGRAM.toString(), "/file");
        assertEquals(1, refused.status);
        assertTrue(refused.error.contains("Read-only"), refused.error);
        assertEquals(1, run("x\n", PROGRAM.toString(), "/file").status);
        assertEquals("line\nmore\nlast\n", Files.readString(data.resolve("file")));
    }

    @Test
    void listensOnPortsOfTheHost() throws Exception {
        assertEquals(7, run("", "--listen", "0", "--listen", "127.0.0.1:0", PROGRAM.toString()).status);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Result refused = run("", "--listen", Integer.toString(taken.getLocalPort()), PROGRAM.toString());
            assertEquals(125, refused.status);
            assertTrue(refused.error.startsWith("javix: cannot listen on the host's port " + taken.getLocalPort()), refused.error);
        }
        assertEquals(125, run("", "--listen", "0", "true").status);
        Result bad = run("", "--listen", "65536", PROGRAM.toString());
        assertEquals(125, bad.status);
        assertTrue(bad.error.contains("'65536' is not [ADDRESS:]PORT"), bad.error);
    }

    @Test
    void theStatusSaysHowItEnded() throws Exception {
        Result trap = run("", PROGRAM.toString(), "trap");
        assertEquals(134, trap.status);
        assertEquals("[trap]\n", trap.output);
        assertEquals("javix: " + PROGRAM + ": trap: unreachable\n", trap.error);

        assertEquals(125, run("", "--dir", "nowhere", PROGRAM.toString()).status);
        assertEquals(125, run("", "--dir", ".", "true").status);
    }

    @Test
    void whatIsNoModuleIsRefusedInOneLine() throws Exception {
        assertEquals("offset 0x0: magic header not detected", refusal("text".getBytes(StandardCharsets.UTF_8)));
        assertEquals("offset 0x4: unknown binary version", refusal("\0asm nonsense".getBytes(StandardCharsets.UTF_8)));
        assertEquals("nesting of more than 5000 blocks is not supported yet", refusal(nested(6000)));
    }

    private String refusal(byte[] module) throws Exception {
        Files.write(directory.resolve("bad.wasm"), module);
        Result result = run("", "bad.wasm");
        assertEquals(126, result.status);
        String begin = "javix: bad.wasm: ";
        assertTrue(result.error.startsWith(begin) && result.error.endsWith("\n"), result.error);
        return result.error.substring(begin.length(), result.error.length() - 1);
    }

    /** A module whose {@code _start} is so many blocks in one another, fewer than 2^19. */
    private static byte[] nested(int blocks) {
        int size = 3 * blocks + 2;
        return HexFormat.of().parseHex("0061736d01000000" + "010401600000" + "03020100" + "070a01065f73746172740000"
                + "0a" + threeBytes(size + 4) + "01" + threeBytes(size) + "00" + "0240".repeat(blocks) + "0b".repeat(blocks) + "0b");
    }

    /** LEB128 of a number below 2^21. */
    private static String threeBytes(int number) {
        return HexFormat.of().formatHex(
                new byte[] {(byte) (number | 0x80), (byte) (number >> 7 | 0x80), (byte) (number >> 14)});
    }

    @Test
    void traceShowsTheCalls() throws Exception {
        Result result = run("", "--trace", PROGRAM.toString());
        assertTrue(result.error.startsWith("--> ._start()\n\t==> wasi_snapshot_preview1."), result.error);
        assertTrue(
                result.error.endsWith("\t==> wasi_snapshot_preview1.proc_exit(rval=7)\n\t<== exit 7\n<-- exit 7\n"),
                result.error);
    }

    @Test
    void aTerminalIsOne() throws Exception {
        Process process = new ProcessBuilder("script", "-qefc", LAUNCHER + " run " + PROGRAM + " </dev/null", "/dev/null")
                .redirectErrorStream(true)
                .start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(7, process.waitFor());
        assertEquals("terminal\r\n", shown);
    }
}
