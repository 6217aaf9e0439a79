package org.javix.wasi;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compiles the test programs with Debian's compilers, once for each change of their sources. */
final class GuestToolchain {
    private static final Path SOURCES = Path.of("src", "test");
    private static final Path OUTPUT = Path.of("target", "test-programs");

    /** The exit status EX_UNAVAILABLE of a script that cannot get its compiler. */
    private static final int UNAVAILABLE = 69;

    private GuestToolchain() {}

    /** The sources of a language, sorted: the files {@code src/test/LANGUAGE/*.LANGUAGE}. */
    static List<Path> sources(String language) throws IOException {
        return sources(language, language);
    }

    /** The sources of a language in a directory below {@code src/test}, sorted. */
    static List<Path> sources(String directory, String language) throws IOException {
        try (var files = Files.list(SOURCES.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith("." + language))
                    .sorted()
                    .toList();
        }
    }

    /** The binary of a C program. */
    static byte[] c(Path source, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("clang-19", "--target=wasm32-wasi", "-O1", "-Wall"));
        command.addAll(List.of(options));
        return compile(source, command);
    }

    /** The binary of a C++ program, with WebAssembly's exceptions. */
    static byte[] cpp(Path source) throws IOException, InterruptedException {
        Path runtime = SOURCES.resolve("cpp").resolve("runtime").resolve("exceptions.cc");
        return compile(
                source,
                new ArrayList<>(List.of(
                        "clang++-19", "--target=wasm32-wasi", "-fwasm-exceptions", "-O1", "-Wall", runtime.toString())));
    }

    /** The binary of a Rust program. */
    static byte[] rust(Path source) throws IOException, InterruptedException {
        // Debian's own, even where another one comes first on the path.
        Path debian = Path.of("/usr/bin/rustc");
        return compile(
                source,
                new ArrayList<>(List.of(
                        Files.exists(debian) ? debian.toString() : "rustc", "--target", "wasm32-wasi", "-O")));
    }

    /**
     * The binary of a program in a language whose compiler the script {@code src/test/toolchains/NAME} gets from
     * a package registry; the test is skipped where it cannot be had.
     */
    static byte[] fetched(String name, Path source) throws IOException, InterruptedException {
        return compile(source, new ArrayList<>(List.of(SOURCES.resolve("toolchains").resolve(name).toString())));
    }

    private static byte[] compile(Path source, List<String> command) throws IOException, InterruptedException {
        Path binary = OUTPUT.resolve(SOURCES.relativize(source).toString().replace('/', '-') + ".wasm");
        if (!isNewer(binary, source) || !isNewer(binary, source.resolveSibling("check.h"))) {
            Files.createDirectories(OUTPUT);
            Path fresh = Files.createTempFile(OUTPUT, "compile", ".wasm");
            command.addAll(List.of("-o", fresh.toString(), source.toString()));
            run(command);
            Files.move(fresh, binary, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.readAllBytes(binary);
    }

    private static boolean isNewer(Path binary, Path source) throws IOException {
        return !Files.exists(source)
                || Files.exists(binary)
                        && Files.getLastModifiedTime(binary).compareTo(Files.getLastModifiedTime(source)) > 0;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        assumeFalse(ended && process.exitValue() == UNAVAILABLE, output);
        if (!ended || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + output);
        }
    }
}
