package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxLimits;
import org.javix.posix.SandboxProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How much memory a program takes that maps some, as the sandbox and the host's kernel see it. */
@Timeout(600)
class MemoryUseTest {
    private static final Path SOURCE = Path.of("src/sandboxed/memory_use.c");
    private static final long MEBIBYTE = 1 << 20;
    private static final int PAGES_OF_MEBIBYTE = 256;

    private static Sandbox sandbox(SandboxLimits limits) throws Exception {
        Sandbox sandbox = Sandbox.builder().limits(limits).build();
        sandbox.files().write("/use", GuestCompiler.JAVIX.compile(SOURCE), 0755);
        return sandbox;
    }

    private static ExecResult run(SandboxLimits limits, String... commands) throws Exception {
        try (Sandbox sandbox = sandbox(limits)) {
            return sandbox.command("/use").input(String.join("\n", commands) + "\n").run();
        }
    }

    private static List<Integer> pages(ExecResult result) {
        assertEquals(0, result.exitCode(), result.errorText());
        return result.text().lines().map(line -> Integer.valueOf(line.split(" ")[0])).toList();
    }

    @Test
    void mappingMuchAndTouchingLittleTakesLittle() throws Exception {
        List<Integer> pages = pages(run(SandboxLimits.DEFAULT, "drop 0 0", "reserve 0 3072", "one 1500 0", "one 3000 0"));
        assertTrue(pages.get(3) - pages.get(0) < PAGES_OF_MEBIBYTE, pages::toString);
    }

    @Test
    void whatIsGivenBackIsGone() throws Exception {
        List<Integer> pages = pages(run(
                SandboxLimits.DEFAULT, "map 0 100", "touch 0 100", "drop 40 20", "unmap 70 20", "touch 40 20"));
        assertEquals(100 * PAGES_OF_MEBIBYTE, pages.get(1) - pages.get(0), 64);
        assertEquals(80 * PAGES_OF_MEBIBYTE, pages.get(2) - pages.get(0), 64);
        assertEquals(60 * PAGES_OF_MEBIBYTE, pages.get(3) - pages.get(0), 64);
        assertEquals(80 * PAGES_OF_MEBIBYTE, pages.get(4) - pages.get(0), 64);
    }

    @Test
    void theHostGetsItBackFromTheMiddle() throws Exception {
        try (Sandbox sandbox = sandbox(SandboxLimits.DEFAULT)) {
            SandboxProcess process = sandbox.command("/use").start();
            tell(process, "map 0 400");
            tell(process, "touch 0 400");
            long full = residentOfHost();
            tell(process, "drop 100 100");
            tell(process, "unmap 250 100");
            long less = residentOfHost();
            assertTrue(full - less > 150 * MEBIBYTE, full / MEBIBYTE + " MiB, then " + less / MEBIBYTE);
            process.input().close();
            process.waitFor();
        }
    }

    private static void tell(SandboxProcess process, String command) throws IOException {
        process.input().write((command + "\n").getBytes());
        process.input().flush();
        while (process.output().read() != '\n') {
            // The answer has been read once its line has.
        }
    }

    /** What the kernel says of this JVM, in bytes. */
    private static long residentOfHost() throws IOException {
        return Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]) * 4096;
    }

    @Test
    void theLimitCountsWhatIsResident() throws Exception {
        SandboxLimits limits = SandboxLimits.DEFAULT.withMemory(64 * MEBIBYTE);
        assertEquals(3, pages(run(limits, "reserve 0 3072", "one 2000 0", "touch 0 40")).size());
        ExecResult refused = run(limits, "map 0 65");
        assertTrue(refused.text().endsWith(" Out of memory\n") || refused.text().endsWith(" Cannot allocate memory\n"), refused.text());
        ExecResult killed = run(limits, "reserve 0 1000", "touch 0 50", "touch 0 200");
        assertEquals(128 + 9, killed.exitCode());
        assertEquals(2, killed.text().lines().count());
        ExecResult recycled = run(limits, "reserve 0 1000", "touch 0 50", "drop 0 50", "touch 60 50", "unmap 60 50", "touch 200 50");
        assertEquals(6, pages(recycled).size());
    }

    /** What two processes say that together want more than their sandbox may have resident. */
    private static ExecResult together(String what) throws Exception {
        SandboxLimits limits = SandboxLimits.DEFAULT.withResidentMemory(64 * MEBIBYTE);
        try (Sandbox sandbox = Sandbox.builder().limits(limits).build()) {
            sandbox.files().write("/together", GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/memory_together.c")), 0755);
            return sandbox.exec("/together", what);
        }
    }

    @Test
    void processesTogetherAreRefusedWhatIsTooMuch() throws Exception {
        int mebibytes = Integer.parseInt(together("heap").text().split(" ")[0]);
        assertTrue(mebibytes > 48 && mebibytes <= 64, mebibytes + " MiB");
        assertEquals("Cannot allocate memory\nforked\n", together("fork").text());
    }

    @Test
    void theLargestIsKilledWhereTheyTouchTooMuch() throws Exception {
        assertEquals("killed by 9, exited with 0\n", together("late").text());
        SandboxLimits limits = SandboxLimits.DEFAULT.withResidentMemory(64 * MEBIBYTE);
        try (Sandbox sandbox = sandbox(limits)) {
            SandboxProcess first = sandbox.command("/use").start();
            tell(first, "reserve 0 1000");
            tell(first, "touch 0 40");
            ExecResult second = sandbox.command("/use").input("reserve 0 1000\ntouch 0 40\n").run();
            assertEquals(128 + 9, second.exitCode());
            first.input().close();
            assertEquals(0, first.waitFor().shellStatus());
            ExecResult third = sandbox.command("/use").input("reserve 0 1000\ntouch 0 40\n").run();
            assertEquals(2, pages(third).size());
        }
    }

    /** More of it: {@code -Djavix.storm.rounds=20000 -Djavix.storm.seed=2}. */
    @ParameterizedTest
    @ValueSource(strings = {"/tmp/stormy", "/host/stormy"})
    void callsMappingsAndCutsAtOnceHurtTheCallerAlone(String file, @TempDir Path directory) throws Exception {
        Path onHost = Files.createFile(directory.resolve("stormy"));
        try (Sandbox sandbox = Sandbox.builder().mountWritable(directory, "/host").build()) {
            sandbox.files().write("/storm", GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/map_storm.c")), 0755);
            sandbox.files().write("/use", GuestCompiler.JAVIX.compile(SOURCE), 0755);
            SandboxProcess bystander = sandbox.command("/use").start();
            tell(bystander, "map 0 10");
            tell(bystander, "touch 0 10");
            AtomicBoolean over = new AtomicBoolean();
            Thread host = Thread.ofPlatform().start(() -> cutUntil(over, onHost));
            ExecResult result = sandbox.command(
                            "/storm", file, System.getProperty("javix.storm.rounds", "150"), System.getProperty("javix.storm.seed", "1"))
                    .timeout(Duration.ofMinutes(10))
                    .run();
            over.set(true);
            host.join();
            boolean lost = file.startsWith("/host") && result.exitCode() == 128 + 7;
            assertTrue(result.text().equals("over 1\n") || lost, result.exitCode() + result.errorText());
            tell(bystander, "touch 0 10");
            bystander.input().close();
            assertEquals(0, bystander.waitFor().shellStatus());
        }
    }

    /** A program of the host that cuts a file off now and then. */
    private static void cutUntil(AtomicBoolean over, Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long size = 0; !over.get(); size = (size + 4999) % 160_000) {
                channel.truncate(size);
                channel.write(ByteBuffer.allocate(1), size + 20_000);
                Thread.sleep(1);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The host has room for some 65,000 records of mappings: a guest cannot take them all from the JVM. */
    @Test
    void aSharedMappingCannotBeCutIntoMorePiecesThanTheHostHasRoomFor() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().build()) {
            sandbox.files().write("/pieces", GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/map_pieces.c")), 0755);
            ExecResult result = sandbox.exec("/pieces");
            assertEquals("refused: Cannot allocate memory\nfirst 1, odd 1\n", result.text().replace("Out of memory", "Cannot allocate memory"));
        }
    }

    /** More of it: {@code -Djavix.hostile.children=100000 -Djavix.hostile.seed=2}. */
    @Test
    void hostileNumbersHurtTheCallerAlone() throws Exception {
        String children = System.getProperty("javix.hostile.children", "200");
        try (Sandbox sandbox = Sandbox.builder().build()) {
            byte[] program = GuestCompiler.JAVIX.compile(Path.of("src/sandboxed/map_hostile.c"));
            sandbox.files().write("/hostile", program, 0755);
            ExecResult result = sandbox.exec("/hostile", System.getProperty("javix.hostile.seed", "1"), children);
            assertEquals("ended " + children + " whole 1\n", result.text(), result.errorText());
        }
    }
}
