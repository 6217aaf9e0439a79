package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxLimits;
import org.javix.posix.SandboxProcess;
import org.javix.process.Signal;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/**
 * The programs of {@code src/attack} take all they can get. Under each of them the limits hold, a shell that was there
 * before goes on to answer, SIGKILL works, and the closed sandbox leaves nothing. How often each attacks, and for how long:
 *
 * <pre>
 * mvn -pl tests -am test -Dtest=AttackTest -Dsurefire.failIfNoSpecifiedTests=false -Djavix.attacks=1000 -Djavix.attacks.milliseconds=15
 * </pre>
 */
@Timeout(3600)
class AttackTest {
    private static final Path PROGRAMS = Path.of("src/attack");

    private static final int ROUNDS = Integer.getInteger("javix.attacks", 1);

    private static final int PROCESSES = 10_000;

    private static final SandboxLimits LIMITS = SandboxLimits.DEFAULT
            .withProcesses(PROCESSES)
            .withMemory(64 << 20)
            .withDisk(64 << 20)
            .withFiles(10_000)
            .withOpenFiles(2_000);

    /** How long an attack has to unfold, in milliseconds. */
    private static final int UNFOLDING = Integer.getInteger("javix.attacks.milliseconds", 300);

    /** An answer of a shell under attack takes less than a second: the median of so many. */
    private static final int ECHOES = 5;

    private static final long ANSWERED = 1_000_000_000;

    /** Who has not answered by then never will. */
    private static final Duration HANGING = Duration.ofMinutes(2);

    /** How often they are tried, since a host that is busy otherwise may itself stand still for a second. */
    private static final int TRIES = 3;

    /** What a round may leave: the JVM's own memory is not the same after each. */
    private static final long GROWTH = 64 << 20;

    /** What a JVM has resident beside its heap anyway: compiled code, classes. */
    private static final long BESIDE_HEAP = 128 << 20;

    @TestFactory
    Stream<DynamicTest> isSurvived() throws IOException {
        List<Path> programs;
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            programs = files.filter(file -> file.toString().endsWith(".c")).sorted().toList();
        }
        assertTrue(programs.size() > 5, programs.toString());
        return programs.stream()
                .map(source -> DynamicTest.dynamicTest(source.getFileName().toString(), () -> {
                    byte[] program = GuestCompiler.JAVIX.compile(source);
                    attack(program);
                    Footprint before = Footprint.now();
                    for (int i = 0; i < ROUNDS; i++) {
                        attack(program);
                    }
                    Footprint.now().assertNotAbove(before);
                }));
    }

    private static void attack(byte[] program) throws Exception {
        Sandbox sandbox = JavixMachine.builder().limits(LIMITS).build();
        try {
            sandbox.files().write("/tmp/attack", program, 0755);
            Echo echo = new Echo(sandbox);
            echo.nanos();
            SandboxProcess attacker =
                    sandbox.command("/tmp/attack").directory("/tmp").start();
            Thread.sleep(UNFOLDING);
            long answer = assertTimeoutPreemptively(HANGING, echo::median);
            for (int i = 1; i < TRIES && answer >= ANSWERED; i++) {
                answer = assertTimeoutPreemptively(HANGING, echo::median);
            }
            assertTrue(answer < ANSWERED, "echoes after " + answer + " ns");
            // The limit is of processes besides init.
            int processes = sandbox.kernel().processes().size() - 1;
            assertTrue(processes <= PROCESSES, processes + " processes");
            attacker.signal(Signal.SIGKILL);
            assertNotNull(attacker.waitFor(Duration.ofSeconds(10)), "SIGKILL did not end it");
        } finally {
            assertTimeoutPreemptively(Duration.ofSeconds(30), sandbox::close);
        }
    }

    @Test
    void theTimeLimitEndsWhatIgnoresEverything() throws Exception {
        byte[] program = GuestCompiler.JAVIX.compile(PROGRAMS.resolve("deaf_spin.c"));
        SandboxLimits limits = SandboxLimits.DEFAULT.withWallTime(Duration.ofMillis(700));
        try (Sandbox sandbox = JavixMachine.builder().limits(limits).build()) {
            sandbox.files().write("/tmp/attack", program, 0755);
            SandboxProcess attacker = sandbox.command("/tmp/attack").start();
            assertNotNull(attacker.waitFor(Duration.ofSeconds(10)), "the time limit did not end it");
        }
    }

    /** A shell that answers each line. */
    private static final class Echo {
        private final SandboxProcess shell;
        private final BufferedReader answers;
        private int count;

        Echo(Sandbox sandbox) throws IOException {
            shell = sandbox.command("sh", "-c", "while read line; do echo answer $line; done").start();
            answers = new BufferedReader(new InputStreamReader(shell.output(), StandardCharsets.US_ASCII));
        }

        long median() throws IOException {
            long[] nanos = new long[ECHOES];
            for (int i = 0; i < ECHOES; i++) {
                nanos[i] = nanos();
            }
            Arrays.sort(nanos);
            return nanos[ECHOES / 2];
        }

        /** How long one answer takes. */
        long nanos() throws IOException {
            long start = System.nanoTime();
            count++;
            shell.input().write((count + "\n").getBytes(StandardCharsets.US_ASCII));
            shell.input().flush();
            assertEquals("answer " + count, answers.readLine());
            return System.nanoTime() - start;
        }
    }

    /** What this JVM holds. */
    private record Footprint(long heap, long resident, long descriptors, List<String> threads) {
        static Footprint now() throws Exception {
            for (int i = 0; i < 3; i++) {
                System.gc();
                Thread.sleep(20);
            }
            Runtime runtime = Runtime.getRuntime();
            long heap = runtime.totalMemory() - runtime.freeMemory();
            long resident = Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.US_ASCII).stream()
                    .filter(line -> line.startsWith("RssAnon:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .sum();
            // The heap's own pages are the collector's business.
            resident = Math.max(0, resident - runtime.totalMemory());
            long descriptors;
            try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
                descriptors = open.count();
            }
            List<String> threads = new ArrayList<>();
            for (Thread thread : Thread.getAllStackTraces().keySet()) {
                if (thread.getName().startsWith("javix-")) {
                    threads.add(thread.getName());
                }
            }
            return new Footprint(heap, resident, descriptors, threads);
        }

        void assertNotAbove(Footprint before) {
            // What serves the files of the host is there for all sandboxes, and stays.
            threads.removeAll(before.threads);
            assertEquals(List.of(), threads);
            assertTrue(descriptors <= before.descriptors, descriptors + " descriptors, before " + before.descriptors);
            assertTrue(heap < before.heap + GROWTH, "heap of " + heap + ", before " + before.heap);
            // A heap that was large then, and hardly touched, hid the rest.
            long known = Math.max(before.resident, BESIDE_HEAP);
            assertTrue(resident < known + GROWTH, resident + " bytes resident, before " + before.resident);
        }
    }
}
