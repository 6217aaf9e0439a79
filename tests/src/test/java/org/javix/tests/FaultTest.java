package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is broken or hostile hurts itself alone. Traps and bad pointers are among the C programs. */
@Timeout(120)
class FaultTest {
    private static final byte[] EMPTY_MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0};

    @Test
    void aFileThatIsNoModuleIsRefusedInOneLine() throws IOException {
        try (Sandbox sandbox = JavixMachine.builder().build()) {
            byte[] shell = sandbox.files().read("/usr/bin/dash");
            byte[][] files = {
                EMPTY_MODULE,
                {0, 'a', 's', 'm', 9, 9, 9, 9},
                Arrays.copyOf(shell, shell.length / 2),
                Arrays.copyOf(shell, 100),
                {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0},
            };
            for (byte[] file : files) {
                sandbox.files().write("/tmp/bad", file, 0755);
                SandboxException refused = assertThrows(SandboxException.class, () -> sandbox.exec("/tmp/bad"));
                assertEquals("/tmp/bad: Exec format error", refused.getMessage());
                ExecResult result = sandbox.exec("sh", "-c", "env /tmp/bad; echo $?");
                assertEquals("126\n", result.text());
                assertEquals("env: '/tmp/bad': Exec format error\n", result.errorText());
            }
        }
    }

    @Test
    void garbageWithinAModuleIsRefusedOrHarmless() throws IOException {
        try (Sandbox sandbox = JavixMachine.builder().build()) {
            byte[] program = sandbox.files().read("/usr/bin/true");
            for (int i = 8; i < program.length; i += program.length / 40) {
                byte[] broken = program.clone();
                broken[i] ^= (byte) 0x55;
                sandbox.files().write("/tmp/broken", broken, 0755);
                ExecResult result = sandbox.exec("sh", "-c", "timeout 5 /tmp/broken; echo alive");
                assertTrue(result.text().endsWith("alive\n"), "byte " + i);
            }
        }
    }

    @Test
    void closedSandboxesLeaveNoMemoryAndNoThread() throws Exception {
        use(3);
        Set<Thread> threads = ourThreads();
        long before = anonymousMemory();
        use(20);
        long grown = anonymousMemory() - before;
        assertTrue(grown < 64 << 10, "20 sandboxes left " + grown + " KiB");
        Set<Thread> left = ourThreads();
        left.removeAll(threads);
        assertEquals(Set.of(), left);
    }

    private static Set<Thread> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("javix-"))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Sandboxes that are closed while programs compute, sleep and wait in them. */
    private static void use(int sandboxes) throws Exception {
        for (int i = 0; i < sandboxes; i++) {
            Sandbox sandbox = JavixMachine.builder().build();
            sandbox.exec("sh", "-c", "head -c 4000000 /dev/zero >/tmp/file; x=$(seq 20000); echo ${#x}");
            sandbox.command("sh", "-c", "while :; do :; done & sleep 100 & cat; wait").start();
            sandbox.close();
        }
    }

    /** Resident anonymous memory of this JVM, in KiB. */
    private static long anonymousMemory() throws IOException {
        System.gc();
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status"), StandardCharsets.US_ASCII).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
