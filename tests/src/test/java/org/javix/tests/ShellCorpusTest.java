package org.javix.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.javix.tests.Comparison.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The scripts of {@code src/corpus} do the same under the host's dash and coreutils and in Javix:
 * output, standard error and status. The system property {@code corpus} limits them to those whose
 * name matches it.
 */
class ShellCorpusTest {
    private static final Path CORPUS = Path.of("src/corpus");

    private static Comparison comparison;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        HostMachine.need("git", "make");
        comparison = new Comparison();
    }

    @AfterAll
    static void close() throws IOException {
        if (comparison != null) {
            comparison.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> doesAsOnLinux() throws IOException {
        String wanted = System.getProperty("corpus", "");
        List<Subject> subjects = new ArrayList<>();
        try (Stream<Path> files = Files.walk(CORPUS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".sh")).sorted().toList()) {
                String name = CORPUS.relativize(file).toString().replaceFirst("\\.sh$", "");
                if (name.matches(wanted + ".*")) {
                    Callable<byte[]> script = () -> Files.readAllBytes(file);
                    subjects.add(new Subject(name, List.of("dash", "../script"), "script", script, script));
                }
            }
        }
        return comparison.tests(subjects);
    }
}
