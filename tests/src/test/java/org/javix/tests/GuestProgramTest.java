package org.javix.tests;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
 * is about one behaviour of the system. So do those of {@code src/guest-cpp}, in C++, if its library has been built
 * ({@code ported-apps/build llvm-toolchain-19}). The system property {@code guest} limits them to those whose
 * name matches it.
 */
class GuestProgramTest {
    private static final Path CPP_LIBRARY = Path.of("../.javix/userland/packages/llvm-toolchain-19/stamp");

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
        return comparison.tests(programs(Path.of("src/guest"), ".c"));
    }

    @TestFactory
    Stream<DynamicTest> doesInCppAsOnLinux() throws IOException, InterruptedException {
        assumeTrue(Files.exists(CPP_LIBRARY), "the C++ library has not been asked for");
        HostMachine.need("g++");
        return comparison.tests(programs(Path.of("src/guest-cpp"), ".cc"));
    }

    private static List<Subject> programs(Path directory, String suffix) throws IOException {
        String wanted = System.getProperty("guest", "");
        List<Subject> subjects = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(suffix)).sorted().toList()) {
                String name = file.getFileName().toString();
                name = name.substring(0, name.length() - suffix.length());
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
        return subjects;
    }
}
