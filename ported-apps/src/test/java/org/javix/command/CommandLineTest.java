package org.javix.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.javix.command.MountOption.Access;
import org.javix.posix.SandboxLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** What the command line accepts, refuses and prints, without running a guest. */
class CommandLineTest {
    /** One function, exported as "answer": i32.const 42. */
    private static final byte[] ANSWER = HexFormat.of().parseHex(
            "0061736d01000000" + "0105016000" + "017f" + "03020100" + "070a0106616e737765720000" + "0a06010400412a0b");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void optionsEndAtTheProgramsName() {
        CommandLine line = Main.commandLine();
        var run = line.parseArgs("run", "-e", "A=1", "ls", "-e", "--timeout", "x").subcommand();
        assertEquals(
                List.of("ls", "-e", "--timeout", "x"),
                run.matchedPositionals().stream()
                        .flatMap(word -> word.originalStringValues().stream())
                        .toList());
        assertTrue(run.unmatched().isEmpty());
    }

    @Test
    void environmentVariablesAreSetOrPassedOn() {
        SandboxOptions options = new SandboxOptions();
        CommandSpec spec = CommandSpec.create();
        options.addTo(spec);
        new CommandLine(spec).parseArgs("-e", "A=1=2", "-e", "HOSTS", "-e", "UNSET", "-e", "B=", "-e", "A=3");
        assertEquals(Map.of("A", "3", "HOSTS", "x", "B", ""), options.environment(Map.of("HOSTS", "x", "B", "y")));
    }

    @Test
    void memoryIsLimitedOnlyIfItIsAskedFor() {
        assertEquals(SandboxLimits.UNLIMITED_MEMORY, new SandboxOptions().limits().residentMemory());
        SandboxOptions options = new SandboxOptions();
        CommandSpec spec = CommandSpec.create();
        options.addTo(spec);
        new CommandLine(spec).parseArgs("--memory", "200m");
        assertEquals(200 << 20, options.limits().residentMemory());
    }

    @Test
    void aMountIsReadOnlyUnlessItSaysOtherwise(@TempDir Path host) throws IOException {
        assertEquals(new MountOption(host, "/mnt", Access.RO, 0), MountOption.parse(host + ":/mnt"));
        assertEquals(new MountOption(host, "/mnt", Access.RO, 0), MountOption.parse(host + ":/mnt:ro"));
        assertEquals(new MountOption(host, "/mnt", Access.OVERLAY, 0), MountOption.parse(host + ":/mnt:overlay"));
        assertEquals(new MountOption(host, "/mnt", Access.RW, 0), MountOption.parse(host + ":/mnt:rw"));
        assertEquals(new MountOption(host, "/mnt", Access.RW, 0), MountOption.parseLong("source=" + host + ",target=/mnt,mode=rw"));
        assertEquals(new MountOption(null, "/t", Access.RW, 5 << 20), MountOption.parseLong("type=tmpfs,target=/t,size=5m"));
        Path file = Files.createFile(host.resolve("file"));
        assertEquals(file, MountOption.parse(file + ":/file").host());
        assertThrows(TypeConversionException.class, () -> MountOption.parse(file + ":/file:overlay"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v=/", "-v=:/mnt", "-v=/no/such/directory:/mnt", "-v=/:mnt", "-v=/:mnt:rw", "-v=/:/mnt:rx",
        "--mount=type=ext4,target=/x", "--mount=target=/x", "--mount=source=/", "--mount=type=tmpfs,target=/x,size=lots",
        "--mount=source=/,target=/x,mode=w", "--mount=x",
        "--tar-in=file", "--tar-in=:/x", "--tar-out=file:x"})
    void aMalformedMountIsRefused(String mount) {
        assertEquals(ExitCode.FAILED, execute("shell", mount));
        assertTrue(err.toString().startsWith("javix: "), err::toString);
    }

    @ParameterizedTest
    @CsvSource({"10,10000", "0.5,500", "1.5s,1500", "2m,120000", "1h,3600000", "1d,86400000"})
    void timesAreThoseOfTimeout(String text, long milliseconds) {
        assertEquals(Duration.ofMillis(milliseconds), DurationOption.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0", "-1", "1w", "s"})
    void otherTimesAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> DurationOption.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "--no-such-option", "frobnicate", "run", "shell --timeout x", "shell --memory lots", "shell --memory 0",
                "shell --memory 99999999999g", "shell -e =x", "shell --mount type=nfs", "shell -c"
            })
    void mistakesAreExplainedInOneLineAndEndWith125(String arguments) {
        assertEquals(ExitCode.FAILED, execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertTrue(err.toString().startsWith("javix: "), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "frobnicate | there is no command 'frobnicate'; there are shell, run, needs, inspect, syscalls",
        "inspect one two | there is one word too many: 'two'",
        "run -v /:/mnt:rx true | 'rx' is neither an absolute path of the guest nor ro, overlay or rw",
        "run --mount target=/x true | source= is missing",
        "run --mount source=/ true | target= is missing",
        "run --mount type=tmpfs,target=/x,mode=ro true | there is no mode= with type=tmpfs",
        "run --mount source=/,target=/x,size=1k true | there is no size= with type=host"
    })
    void mistakesAreNamed(String arguments, String message) {
        assertEquals(ExitCode.FAILED, execute(arguments.split(" ")));
        assertTrue(err.toString().lines().findFirst().orElse("").endsWith(message), err::toString);
    }

    @Test
    void syscallsListsTheCallTable() {
        assertEquals(0, execute("syscalls", "fork"));
        assertTrue(out.toString().matches("posix_process +\\w+ +fork\\(\\)(  # .*)?\\R"), out::toString);
    }

    @Test
    void helpGoesToStandardOutput() {
        assertEquals(0, execute("shell", "--help"));
        assertTrue(out.toString().contains("--strace"));
        assertEquals("", err.toString());
    }

    @Test
    void inspectReportsSizes(@TempDir Path directory) throws IOException {
        Path program = directory.resolve("answer.wasm");
        Files.write(program, ANSWER);
        assertEquals(0, execute("inspect", program.toString()), err::toString);
        assertTrue(out.toString().contains("       0         3         3       0  answer\n"), out::toString);
        assertTrue(out.toString().contains("1 function, 0 in pieces; "), out::toString);
        assertTrue(out.toString().contains("; 0 over HotSpot's limit of 8000 bytes\n"), out::toString);
        assertEquals(ExitCode.FAILED, execute("inspect", directory.resolve("nothing").toString()));
        assertTrue(err.toString().endsWith("nothing: there is no such program\n"), err::toString);
    }

    @Test
    void inspectReportsAllProgramsOfTheUserlandOnce(@TempDir Path directory) throws Exception {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.write(tree.resolve("answer"), ANSWER);
        Files.write(tree.resolve("reply"), ANSWER);
        Files.write(tree.resolve("text"), new byte[] {0, 'a', 's', 0, 0});
        Path image = directory.resolve("image.tar");
        List<String> tar = List.of("tar", "--format=ustar", "-cf", image.toString(), "-C", tree.toString(), ".");
        assertEquals(0, new ProcessBuilder(tar).inheritIO().start().waitFor());
        String userland = System.setProperty("javix.userland", image.toString());
        try {
            assertEquals(0, execute("inspect"), err::toString);
        } finally {
            if (userland == null) {
                System.clearProperty("javix.userland");
            } else {
                System.setProperty("javix.userland", userland);
            }
        }
        assertEquals(3, out.toString().lines().count(), out::toString);
        assertTrue(out.toString().contains("        1          0 "), out::toString);
        assertTrue(out.toString().contains("1 program: 1 function, 0 in pieces; "), out::toString);
        assertTrue(out.toString().contains(", 0 over HotSpot's limit of 8000 bytes\n"), out::toString);
    }

    @Test
    void needsReportsCallsAndWhatIsMissing(@TempDir Path directory) throws IOException {
        Path program = directory.resolve("forks.wasm");
        // Imports posix_process.fork and posix_fs.nothing, both without parameters or result.
        Files.write(program, HexFormat.of().parseHex(
                "0061736d01000000" + "010401600000"
                        + "0229" + "02" + "0d706f7369785f70726f63657373" + "04666f726b" + "0000"
                        + "08706f7369785f6673" + "076e6f7468696e67" + "0000"));
        assertEquals(0, execute("needs", program.toString()), err::toString);
        assertEquals(
                """
                posix_fs       nothing
                posix_process  fork
                missing        posix_fs.nothing
                runs on        Javix
                forks          yes: its stack can be captured: larger code
                maps memory    no
                shares memory  no
                """,
                out.toString());
    }
}
