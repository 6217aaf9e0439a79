package org.javix.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
    void aMountIsReadOnlyUnlessItSaysOtherwise(@TempDir Path host) {
        assertFalse(MountOption.parse(host + ":/mnt").writable());
        assertFalse(MountOption.parse(host + ":/mnt:ro").writable());
        MountOption writable = MountOption.parse(host + ":/mnt:rw");
        assertTrue(writable.writable());
        assertEquals("/mnt", writable.guest());
        assertEquals(host, writable.host());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ":/mnt", "/no/such/directory:/mnt", "/:mnt", "/:mnt:rw", "/:/mnt:rx"})
    void aMalformedMountIsRefused(String mount) {
        assertEquals(ExitCode.FAILED, execute("shell", "-v", mount));
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
    @ValueSource(strings = {"", "--no-such-option", "frobnicate", "run", "shell --timeout x", "shell -c"})
    void mistakesAreExplainedInOneLineAndEndWith125(String arguments) {
        assertEquals(ExitCode.FAILED, execute(arguments.isEmpty() ? new String[0] : arguments.split(" ")));
        assertTrue(err.toString().startsWith("javix: "), err::toString);
        assertEquals(2, err.toString().lines().count(), err::toString);
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
}
