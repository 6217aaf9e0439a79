package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs programs on Linux and in Javix, and compares what they did. Many run at the same time: most
 * spend their time waiting. The directories have the same names on both machines, since programs show
 * them.
 */
final class Comparison implements AutoCloseable {
    private static final int AT_A_TIME = 3;

    private final Path base;
    private final JavixMachine javix;
    private final ExecutorService hostThreads = Executors.newFixedThreadPool(2);
    private final ExecutorService javixThreads = Executors.newFixedThreadPool(AT_A_TIME);

    Comparison() throws IOException {
        javix = new JavixMachine();
        base = Files.createTempDirectory("javix-comparison").toRealPath();
    }

    /** What a test needs: the program of each machine, and how it is called. */
    record Subject(String name, List<String> words, String file, Callable<byte[]> hostFile, Callable<byte[]> javixFile) {}

    /** A test for each subject; all of them begin to run at once. */
    Stream<DynamicTest> tests(List<Subject> subjects) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Subject subject : subjects) {
            Job job = new Job(base + "/" + subject.name.replace('/', '.'), subject.words);
            Future<Outcome> expected = hostThreads.submit(() -> {
                HostMachine.install(job.directory() + "/" + subject.file, subject.hostFile.call());
                return HostMachine.run(job);
            });
            Future<Outcome> actual = javixThreads.submit(() -> {
                javix.install(job.directory() + "/" + subject.file, subject.javixFile.call());
                return javix.run(job);
            });
            tests.add(DynamicTest.dynamicTest(
                    subject.name, () -> assertEquals(expected.get().toString(), actual.get().toString())));
        }
        return tests.stream();
    }

    @Override
    public void close() throws IOException {
        hostThreads.shutdownNow();
        javixThreads.shutdownNow();
        javix.close();
        try (Stream<Path> files = Files.walk(base)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
