package org.javix.tests;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/** Compiles the programs of the tests, in C (`.c`) or C++ (`.cc`), for Linux and for Javix. */
enum GuestCompiler {
    HOST("gcc", "g++"),
    JAVIX("../ported-apps/javix-cc", "../ported-apps/javix-c++");

    private static final Path TARGET = Path.of("target");

    private final List<String> c;
    private final List<String> cpp;

    GuestCompiler(String c, String cpp) {
        this.c = List.of(c, "-O1", "-w");
        this.cpp = List.of(cpp, "-O1", "-w", "-std=c++20", "-pthread");
    }

    /** The program made of one source file; compiled if it or a header beside it is newer than what is there. */
    byte[] compile(Path source) throws IOException, InterruptedException {
        // As in the source tree: programs of different directories have the same name.
        Path directory = TARGET.resolve(source.toAbsolutePath().getParent().getFileName());
        Files.createDirectories(directory);
        String file = source.getFileName().toString();
        String name = file.replaceFirst("\\.cc?$", "");
        Path program = directory.resolve(name + "." + name().toLowerCase());
        if (!Files.exists(program)
                || Files.getLastModifiedTime(program).compareTo(lastChange(source)) < 0) {
            List<String> words = new ArrayList<>(file.endsWith(".cc") ? cpp : c);
            words.addAll(List.of("-o", program.toString(), source.toString(), "-lm"));
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
