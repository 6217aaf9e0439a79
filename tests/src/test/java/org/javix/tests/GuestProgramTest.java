package org.javix.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.javix.tests.Comparison.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The C programs of {@code src/guest} do the same when they are compiled for Linux and for Javix: each
 * is about one behaviour of the system. The system property {@code guest} limits them to those whose
 * name matches it.
 */
class GuestProgramTest {
    private static final Path PROGRAMS = Path.of("src/guest");

    private static Comparison comparison;

    @BeforeAll
    static void open() throws IOException {
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
        String wanted = System.getProperty("guest", "");
        List<Subject> subjects = new ArrayList<>();
        try (Stream<Path> files = Files.list(PROGRAMS)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".c")).sorted().toList()) {
                String name = file.getFileName().toString().replaceFirst("\\.c$", "");
                if (name.matches(wanted + ".*")) {
                    subjects.add(new Subject(
                            name,
                            List.of("../program"),
                            "program",
                            () -> GuestCompiler.HOST.compile(file),
                            () -> GuestCompiler.JAVIX.compile(file)));
                }
            }
        }
        return comparison.tests(subjects);
    }
}
