package org.javix.tests;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** Compiles the C programs of the tests, for Linux and for Javix. */
enum GuestCompiler {
    HOST(List.of("gcc", "-O1", "-w"), List.of("-lm")),
    JAVIX(List.of("../ported-apps/javix-cc", "-O1", "-w"), List.of("-lm"));

    private static final Path TARGET = Path.of("target/guest");

    private final List<String> command;
    private final List<String> libraries;

    GuestCompiler(List<String> command, List<String> libraries) {
        this.command = command;
        this.libraries = libraries;
    }

    /** The program made of one source file; compiled if it or a header beside it is newer than what is there. */
    byte[] compile(Path source) throws IOException, InterruptedException {
        Files.createDirectories(TARGET);
        String name = source.getFileName().toString().replaceFirst("\\.c$", "");
        Path program = TARGET.resolve(name + "." + name().toLowerCase());
        if (!Files.exists(program)
                || Files.getLastModifiedTime(program).compareTo(lastChange(source)) < 0) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("-o", program.toString(), source.toString()));
            words.addAll(libraries);
            HostMachine.build(words);
        }
        return Files.readAllBytes(program);
    }

    private static FileTime lastChange(Path source) throws IOException {
        FileTime latest = Files.getLastModifiedTime(source);
        try (DirectoryStream<Path> headers = Files.newDirectoryStream(source.toAbsolutePath().getParent(), "*.h")) {
            for (Path header : headers) {
                FileTime time = Files.getLastModifiedTime(header);
                latest = time.compareTo(latest) > 0 ? time : latest;
            }
        }
        return latest;
    }
}
