package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a user starts it: the launcher, options, streams, exit statuses, the terminal. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LauncherTest {
    private static final String LAUNCHER = System.getProperty("javix.launcher");

    @TempDir
    private Path directory;

    private record Result(int status, String output, String error) {}

    private Result javix(String input, String... arguments) throws IOException, InterruptedException {
        return javix(Map.of(), input, arguments);
    }

    private Result javix(Map<String, String> environment, String input, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(LAUNCHER));
        command.addAll(List.of(arguments));
        return execute(environment, input, command);
    }

    /** Runs a line of the host's shell, in which {@code $javix} is the launcher. */
    private Result host(String line) throws IOException, InterruptedException {
        return execute(Map.of("javix", LAUNCHER), "", List.of("sh", "-c", line));
    }

    private Result execute(Map<String, String> environment, String input, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", null);
        Path err = Files.createTempFile(directory, "err", null);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        }
        return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
    }

    // ---- exit statuses ----

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "7   | exit 7",
        "143 | kill -TERM $$",
        "137 | kill -KILL $$",
        "127 | no-such-program",
        "126 | /etc/passwd",
    })
    void aShellsExitStatusIsPassedOn(int status, String command) throws Exception {
        assertEquals(status, javix("", "shell", "-c", command).status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "127 | run no-such-program",
        "127 | run /no/such/program",
        "126 | run /etc/passwd",
        "125 | shell --no-such-option",
        "125 | shell -v /no/such/directory:/mnt",
        "125 | shell -w /no/such/directory",
        "125 | shell -w /etc/passwd",
        "125 | frobnicate",
        "0   | --help",
        "0   | shell --help",
        "0   | syscalls",
    })
    void theExitStatusSaysWhatHappened(int status, String words) throws Exception {
        assertEquals(status, javix("", words.split(" ")).status);
    }

    @Test
    void whatCannotBeStartedIsNamed() throws Exception {
        Files.createDirectory(directory.resolve("folder.wasm"));
        refuses(126, "folder.wasm is a directory", "run", "folder.wasm");
        refuses(126, "./folder.wasm is a directory", "run", "./folder.wasm");
        Files.write(directory.resolve("program.wasm"), new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        refuses(126, "program.wasm is a WebAssembly program, not a script; 'javix run' starts it", "shell", "program.wasm");
        refuses(127, "'': No such file or directory", "run", "");
        refuses(125, "/etc: Is a directory", "run", "-v", "program.wasm:/etc", "true");
    }

    @Test
    void theCurrentDirectoryMayBeGone() throws Exception {
        Result result = host("mkdir gone && cd gone && rmdir ../gone && exec $javix run true");
        assertEquals(125, result.status);
        assertTrue(result.error.endsWith("javix: the current directory is gone; start javix from another one\n"), result.error);
    }

    private void refuses(int status, String message, String... words) throws Exception {
        assertEquals(new Result(status, "", "javix: " + message + "\n"), javix("", words));
    }

    @Test
    void timeoutKillsEverythingAndIsToldApart() throws Exception {
        long began = System.nanoTime();
        assertEquals(124, javix("", "shell", "--timeout", "0.5", "-c", "while :; do :; done").status);
        assertTrue(Duration.ofNanos(System.nanoTime() - began).toSeconds() < 60);
    }

    @Test
    void allProgramsTogetherHaveSoMuchMemory() throws Exception {
        String grow = "awk 'BEGIN { x = \"x\"; while (length(x) < 60000000) x = x x }' 2>/dev/null || echo refused";
        assertEquals("refused\n", javix("", "shell", "--memory", "50m", "-c", grow).output);
        assertEquals("", javix("", "shell", "--memory", "1g", "-c", grow).output);
    }

    // ---- streams ----

    @Test
    void commandsAreReadFromStandardInput() throws Exception {
        assertEquals("HI\n", javix("echo hi | tr a-z A-Z\n", "shell").output);
    }

    @Test
    void dataIsReadFromStandardInput() throws Exception {
        assertEquals("2\n", javix("one\ntwo\nthree\n", "run", "grep", "-c", "o").output);
    }

    @Test
    void standardErrorIsSeparate() throws Exception {
        Result result = javix("", "shell", "-c", "echo out; echo err >&2");
        assertEquals("out\n", result.output);
        assertEquals("err\n", result.error);
    }

    @Test
    void outputOfTheBackgroundIsWaitedFor() throws Exception {
        assertEquals("first\nlast\n", javix("", "shell", "-c", "(sleep 1; echo last) & echo first").output);
    }

    @Test
    void whatTheHostCannotWriteFails() throws Exception {
        Result full = host("$javix shell -c 'printf x; echo $? >&2' >/dev/full");
        assertTrue(full.error.matches("sh: .*I/O error\n[12]\n"), full.error);
        assertEquals("141\n", host("{ $javix shell -c yes; echo $? >&2; } | true").error);
        assertEquals(
                new Result(125, "", "javix: standard output: No space left on device\n"), host("$javix syscalls >/dev/full"));
    }

    /** The number of a closed stream is not that of a file that the JVM opens. */
    @Test
    void closedStreamsStayClosed() throws Exception {
        assertEquals("none\n", host("$javix shell -c 'read line || echo none' <&-").output);
        Result result = host("$javix shell -c 'printf x; echo $? >&2' >&-");
        assertTrue(result.error.matches("sh: .*I/O error\n[12]\n"), result.error);
        assertEquals("x\n", host("$javix shell -c 'echo x; echo y >&2' 2>&-").output);
    }

    // ---- arguments, environment, files ----

    @Test
    void argumentsArriveUnchanged() throws Exception {
        assertEquals(
                "[name][a b][][-x][ünï]\n",
                javix(Map.of("LC_ALL", "C"), "", "shell", "-c", "printf '[%s]' \"$0\" \"$@\"; echo", "name", "a b", "", "-x", "ünï")
                        .output);
    }

    @Test
    void optionsEndAtTheProgramsName() throws Exception {
        assertEquals("-w x\n", javix("", "run", "echo", "-w", "x").output);
    }

    @Test
    void theHostsEnvironmentStaysOutside() throws Exception {
        Map<String, String> host = Map.of("SECRET", "1", "PASSED", "2", "LC_ALL", "C");
        Result result = javix(host, "", "shell", "-e", "PASSED", "-e", "SET=3", "-c", "echo \"$SECRET,$PASSED,$SET,$LC_ALL,$HOME\"");
        assertEquals(",2,3,C,/root\n", result.output);
    }

    @Test
    void directoriesOfTheHostAreMountedReadOnlyUnlessAskedOtherwise() throws Exception {
        Files.writeString(directory.resolve("file"), "content\n");
        String mount = directory + ":/mnt";
        assertEquals("content\n", javix("", "shell", "-v", mount, "-c", "cat /mnt/file").output);
        assertEquals(2, javix("", "shell", "-v", mount, "-c", "echo x > /mnt/new").status);
        assertTrue(Files.notExists(directory.resolve("new")));
        assertEquals(0, javix("", "shell", "-v", mount + ":rw", "-w", "/mnt", "-c", "echo x > new").status);
        assertEquals("x\n", Files.readString(directory.resolve("new")));
    }

    @Test
    void scriptsOfTheHostAreRunUnderTheirOwnName() throws Exception {
        Files.writeString(directory.resolve("script"), "echo \"$0 $1\"; ls\n");
        assertEquals("script one\nscript\n", javix("", "shell", "script", "one").output);
        Path script = directory.resolve("script");
        assertTrue(javix("", "shell", script.toString(), "two").output.startsWith(script + " two\n"));
    }

    @Test
    void straceShowsTheCalls() throws Exception {
        Result result = javix("", "shell", "--strace", "-c", "echo hi");
        assertEquals("hi\n", result.output);
        assertTrue(result.error.contains("write(1, \"hi\\n\", 3) = 3"), result.error);
    }

    @Test
    void theLauncherMayBeALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of(LAUNCHER));
        Process process = new ProcessBuilder(link.toString(), "shell", "-c", "exit 5").start();
        assertEquals(5, process.waitFor());
    }

    // ---- the terminal ----

    @Test
    void theTerminalIsAPersonsOwn() throws Exception {
        try (Screen screen = new Screen(directory, LAUNCHER + " shell")) {
            screen.await("# ");
            screen.type("echo $0 $SHELL\r");
            screen.await("bash /bin/bash\r\n");
            screen.type("echo \"$((6 * 7)) ünï\"; test -t 0 && echo terminal\r");
            screen.await("42 ünï\r\nterminal\r\n");
            screen.type("while :; do :; done\r");
            screen.await("done\r\n");
            screen.pause();
            screen.type("\003");
            screen.await("^C\r\n");
            screen.type("echo \"status $?\"\r");
            screen.await("status 130\r\n");
            screen.type("sleep 100\r");
            screen.await("sleep 100\r\n");
            screen.pause();
            screen.type("\003echo \"again $?\"\r");
            screen.await("again 130\r\n");
            screen.type("exit 9\r");
            assertEquals(9, screen.waitFor());
        }
    }

    @Test
    void theTerminalsSettingsAreRestored() throws Exception {
        String show = "stty -a | sed 's/rows.*columns.*;//' ";
        try (Screen screen = new Screen(
                directory, show + "> before; " + LAUNCHER + " run sleep 0.1; " + show + "> after; cmp before after")) {
            assertEquals(0, screen.waitFor());
        }
    }

    /** A terminal of the host, by script(1), with somebody typing. */
    private static final class Screen implements AutoCloseable {
        private final Process process;
        private final InputStream shown;
        private final StringBuilder text = new StringBuilder();

        Screen(Path directory, String command) throws IOException {
            process = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            shown = process.getInputStream();
        }

        void type(String keys) throws IOException {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        }

        /** Waits until the text is shown, and forgets everything up to it. */
        void await(String expected) throws IOException {
            // Bytes of a character may come in parts: a char for each byte here.
            String wanted = new String(expected.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            byte[] bytes = new byte[4096];
            while (text.indexOf(wanted) < 0) {
                int count = shown.read(bytes);
                assertTrue(count > 0, () -> "expected: " + expected + ", shown: " + text);
                text.append(new String(bytes, 0, count, StandardCharsets.ISO_8859_1));
            }
            text.delete(0, text.indexOf(wanted) + wanted.length());
        }

        /** So that what was typed last is running. */
        void pause() throws InterruptedException {
            Thread.sleep(500);
        }

        int waitFor() throws IOException, InterruptedException {
            shown.readAllBytes();
            return process.waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }
}
