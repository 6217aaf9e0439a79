package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.junit.jupiter.api.Test;

/**
 * The C programs about mappings do the same where the host offers neither mappings nor files in memory. Left out are
 * {@code map_sparse}: what it maps, 3 GiB, is allocated there, twice after its fork; and {@code map_populate} and
 * {@code map_proc_smaps}: nobody tells there which pages are in memory.
 */
class PortableMemoryTest {
    private static final Path PROGRAMS = Path.of("src/guest");

    private static List<Path> programs() throws IOException {
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            return files.filter(file -> file.getFileName().toString()
                            .matches("(map_(?!(sparse|populate|proc_smaps)\\.).*|memfd|sem_processes|shm_named|sysv_shared_memory|mmap_basic|fork_memory|thread_fork)\\.c"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theSameProgramsDoTheSame() throws Exception {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xss64m", "-XX:+UseSerialGC", "-Djavix.portableMemory=true",
                "-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                PortableMemoryTest.class.getName()));
        for (Path program : programs()) {
            GuestCompiler.JAVIX.compile(program);
            words.add(program.toString());
        }
        Path output = Files.createTempFile("javix-portable", ".txt");
        Process jvm = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        assertEquals(0, jvm.waitFor(), () -> read(output));
        StringBuilder expected = new StringBuilder();
        for (Path program : programs()) {
            Path directory = Files.createTempDirectory("javix-native");
            Path binary = directory.resolve("program");
            Files.write(binary, GuestCompiler.HOST.compile(program));
            binary.toFile().setExecutable(true);
            Process linux = new ProcessBuilder(binary.toString()).directory(directory.toFile()).start();
            expected.append(program.getFileName()).append('\n')
                    .append(new String(linux.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .append(linux.waitFor()).append('\n');
        }
        assertEquals(expected.toString(), read(output));
        Files.delete(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** In the other JVM: runs programs and prints what they print. */
    public static void main(String[] sources) throws Exception {
        for (String source : sources) {
            try (Sandbox sandbox = Sandbox.builder().build()) {
                sandbox.files().write("/tmp/program", GuestCompiler.JAVIX.compile(Path.of(source)), 0755);
                ExecResult result = sandbox.command("/tmp/program").directory("/tmp").timeout(Duration.ofSeconds(60)).run();
                System.out.println(Path.of(source).getFileName());
                System.out.write(result.output());
                System.out.println(result.exitCode());
                System.out.flush();
            }
        }
        System.exit(0);
    }
}
