package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.javix.posix.ApiModule;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxException;
import org.javix.posix.SandboxLimits;
import org.javix.posix.SandboxProcess;
import org.javix.posix.SandboxTerminal;
import org.javix.process.Signal;
import org.javix.process.WaitStatus;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The public API, as its users use it. */
@Timeout(120)
class SandboxTest {
    private static Sandbox.Builder builder() throws IOException {
        return JavixMachine.builder().user(Credentials.ROOT);
    }

    private static String sh(Sandbox sandbox, String script) throws IOException {
        return sandbox.command("sh", "-c", script).mergeError().run().text();
    }

    /** The example of the README and of {@link Sandbox}. */
    @Test
    void runsTheExample() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        assertTrue(readme.contains("sandbox.exec(\"sh\", \"-c\", \"echo hello | tr a-z A-Z\")"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true);
        try (Sandbox sandbox = builder().environment("LANG", "C").build()) {
            ExecResult result = sandbox.exec("sh", "-c", "echo hello | tr a-z A-Z");
            out.print(result.text()); // HELLO
            assertEquals(new WaitStatus.Exited(3), sandbox.exec("sh", "-c", "exit 3").status());
        }
        assertEquals("HELLO\n", printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void filesLiveAcrossProgramsAndNotAcrossSandboxes() throws IOException {
        try (Sandbox one = builder().build();
                Sandbox other = builder().build()) {
            one.exec("sh", "-c", "echo kept >/tmp/file");
            assertEquals("kept\n", one.exec("cat", "/tmp/file").text());
            assertEquals("kept\n", one.files().readString("/tmp/file"));
            assertFalse(other.files().exists("/tmp/file"));
            assertEquals(1, other.exec("cat", "/tmp/file").exitCode());
        }
    }

    @Test
    void tellsHowAProgramEnded() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            assertEquals(new WaitStatus.Exited(7), sandbox.exec("sh", "-c", "exit 7").status());
            ExecResult killed = sandbox.exec("sh", "-c", "kill -TERM $$");
            assertEquals(WaitStatus.signaled(Signal.SIGTERM), killed.status());
            assertEquals(143, killed.exitCode());
        }
    }

    @Test
    void whatCannotBeStartedThrowsTheErrno() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            assertEquals(Errno.ENOENT, errno(sandbox, "no-such-program"));
            assertEquals(Errno.EACCES, errno(sandbox, "/etc"));
            sandbox.files().write("/tmp/text", "neither script nor module".getBytes(StandardCharsets.UTF_8), 0755);
            assertEquals(Errno.ENOEXEC, errno(sandbox, "/tmp/text"));
            sandbox.files().write("/tmp/text", new byte[0], 0644);
        }
    }

    private static int errno(Sandbox sandbox, String program) {
        return assertThrows(SandboxException.class, () -> sandbox.exec(program)).errno();
    }

    @Test
    void givesInputAndSeparatesOutputs() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            ExecResult result =
                    sandbox.command("sh", "-c", "tr a-z A-Z; echo oops >&2").input("some text\n").run();
            assertEquals("SOME TEXT\n", result.text());
            assertEquals("oops\n", result.errorText());
        }
    }

    @Test
    void environmentAndDirectoryReachTheProgram() throws IOException {
        try (Sandbox sandbox = builder().environment("SANDBOX", "1").build()) {
            String script = "echo $SANDBOX $COMMAND; pwd";
            ExecResult result = sandbox.command("sh", "-c", script)
                    .environment("COMMAND", "ü")
                    .directory("/usr")
                    .run();
            assertEquals("1 ü\n/usr\n", result.text());
        }
    }

    @Test
    void aStartedProcessHasStreams() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            SandboxProcess cat = sandbox.command("cat").start();
            BufferedReader lines = new BufferedReader(new InputStreamReader(cat.output(), StandardCharsets.UTF_8));
            for (String line : List.of("first", "second")) {
                cat.input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                assertEquals(line, lines.readLine());
            }
            assertTrue(cat.isAlive());
            assertNull(cat.waitFor(Duration.ofMillis(1)));
            cat.input().close();
            assertNull(lines.readLine());
            assertEquals(WaitStatus.SUCCESS, cat.waitFor());
        }
    }

    @Test
    void aSignalEndsABusyLoop() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            SandboxProcess busy = sandbox.command("sh", "-c", "while :; do :; done").start();
            assertNull(busy.waitFor(Duration.ofMillis(100)));
            busy.signal(Signal.SIGINT);
            assertEquals(WaitStatus.signaled(Signal.SIGINT), busy.waitFor());
        }
    }

    @Test
    void looksLikeAJavaProcess() throws IOException, InterruptedException {
        try (Sandbox sandbox = builder().build()) {
            java.lang.Process process = sandbox.command("sh", "-c", "read line; echo got $line; exit 5")
                    .start()
                    .asProcess();
            process.getOutputStream().write("it\n".getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            assertEquals(5, process.waitFor());
            assertEquals(5, process.exitValue());
            assertFalse(process.isAlive());
            assertEquals("got it\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));

            java.lang.Process sleeper = sandbox.command("sleep", "1000").start().asProcess();
            assertThrows(IllegalThreadStateException.class, sleeper::exitValue);
            assertEquals(137, sleeper.destroyForcibly().waitFor());
        }
    }

    @Test
    void aTimeoutKillsTheWholeSession() throws IOException {
        try (Sandbox sandbox = builder().build()) {
            ExecResult result = sandbox.command("sh", "-c", "sleep 1000 & while :; do :; done")
                    .timeout(Duration.ofMillis(300))
                    .run();
            assertTrue(result.timedOut());
            assertEquals(WaitStatus.signaled(Signal.SIGKILL), result.status());
        }
    }

    @Test
    void limitsHold() throws IOException {
        SandboxLimits limits = SandboxLimits.DEFAULT.withDisk(1 << 20).withProcesses(8);
        try (Sandbox sandbox = builder().limits(limits).build()) {
            String full = sh(sandbox, "head -c 4000000 /dev/zero >/tmp/big; echo $?");
            assertTrue(full.contains("No space left on device"), full);
            String fork = sh(sandbox, "for i in 1 2 3 4 5 6 7 8 9; do sleep 1 & done");
            assertTrue(fork.contains("Cannot fork"), fork);
        }
    }

    @Test
    void openFilesOfAllProcessesTogetherAreLimited() throws IOException {
        try (Sandbox sandbox = builder().limits(SandboxLimits.DEFAULT.withOpenFiles(20)).build()) {
            String many = "exec 3</ 4</ 5</ 6</ 7</ 8</ 9</; ";
            assertEquals("fine\n", sh(sandbox, many + "exec 5<&3; (exec 6<&3); echo fine"));
            String full = sh(sandbox, many + "(" + many + "(" + many + "echo never))");
            assertTrue(full.contains("Too many open files in system"), full);
            assertFalse(full.contains("never"), full);
            assertEquals("fine\n", sh(sandbox, many + "echo fine | cat"));
        }
    }

    @Test
    void aModuleThatIsOffIsNotImplemented() throws IOException {
        try (Sandbox sandbox = builder().without(ApiModule.POSIX_IPC).build()) {
            String pipe = sh(sandbox, "echo x | cat");
            assertTrue(pipe.contains("Pipe call failed"), pipe);
            assertEquals("fine\n", sh(sandbox, "echo fine"));
        }
    }

    @Test
    void mountsDirectoriesOfTheHost(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("file"), "from the host\n");
        Path writable = Files.createDirectory(directory.resolve("writable"));
        try (Sandbox sandbox =
                builder().mount(directory, "/mnt/ro").mountWritable(writable, "/mnt/rw").build()) {
            assertEquals("from the host\n", sh(sandbox, "cat /mnt/ro/file"));
            assertTrue(sh(sandbox, "echo x >/mnt/ro/file").contains("Read-only file system"));
            assertEquals("", sh(sandbox, "echo to the host >/mnt/rw/new"));
        }
        assertEquals("to the host\n", Files.readString(writable.resolve("new")));
        assertEquals("from the host\n", Files.readString(directory.resolve("file")));
    }

    @Test
    void theClockAndTheUserAreWhatTheBuilderSays() throws IOException {
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(86_400));
        try (Sandbox sandbox = builder()
                .clock(clock)
                .user(Credentials.of(1000, 100))
                .hostname("machine")
                .build()) {
            assertEquals("86400 1000 100 machine\n", sh(sandbox, "echo $(date +%s) $(id -u) $(id -g) $(uname -n)"));
        }
    }

    @Test
    void tracesCalls() throws IOException {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (Sandbox sandbox = builder().trace(lines::add).build()) {
            sandbox.exec("cat", "/etc/hostname");
        }
        String all = String.join("\n", lines);
        assertTrue(all.contains("openat(AT_FDCWD, \"/etc/hostname\", O_RDONLY"), all);
        assertTrue(all.contains("exit_group("), all);
        assertTrue(lines.getFirst().startsWith("[pid "), all);
    }

    @Test
    void theInterruptCharacterReachesTheForeground() throws IOException {
        try (Sandbox sandbox = builder().build();
                SandboxTerminal terminal = sandbox.newTerminal(24, 80)) {
            SandboxProcess busy = sandbox.command("sh", "-c", "echo ready; while :; do :; done")
                    .terminal(terminal)
                    .start();
            BufferedReader screen = new BufferedReader(new InputStreamReader(terminal.screen(), StandardCharsets.UTF_8));
            assertEquals("ready", screen.readLine());
            terminal.keyboard().write(3);
            assertEquals(WaitStatus.signaled(Signal.SIGINT), busy.waitFor());
        }
    }

    @Test
    void closingLeavesNoThreadBehind() throws IOException {
        Sandbox sandbox = builder().build();
        SandboxProcess busy = sandbox.command("sh", "-c", "sleep 1000 & while :; do :; done").start();
        sandbox.close();
        assertEquals(WaitStatus.signaled(Signal.SIGKILL), busy.waitFor());
        assertTrue(sandbox.kernel().processes().stream().allMatch(process -> process.pid() == 1));
        assertEquals(-1, busy.output().read());
    }
}
