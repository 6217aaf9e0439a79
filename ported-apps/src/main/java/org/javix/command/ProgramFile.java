package org.javix.command;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.javix.posix.Sandbox;
import org.javix.userland.ImageFs;
import org.javix.wasm.InvalidModuleException;
import org.javix.wasm.Module;
import org.javix.wasm.UnsupportedFeature;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A program that is to be looked at, not run: the guest's, found by its PATH, or a file of the host. */
final class ProgramFile {
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};

    /** What holds no programs of the userland, but files that have no end or are made up while they are read. */
    private static final Set<String> MADE_UP = Set.of("/dev", "/proc");

    private ProgramFile() {}

    /** The command line's word that names one. */
    static PositionalParamSpec parameter() {
        return PositionalParamSpec.builder()
                .index("0")
                .paramLabel("PROG")
                .type(String.class)
                .required(true)
                .description("The program: the guest's, found by its PATH, or a .wasm file of the host.")
                .build();
    }

    /**
     * A program's module.
     *
     * @throws CommandFailure if there is no such program, or it is no module
     */
    static Module module(String name) {
        return decode(name, binary(name));
    }

    /** The module that a program's bytes are. */
    static Module decode(String name, byte[] binary) {
        try {
            return Module.decode(binary);
        } catch (InvalidModuleException | UnsupportedFeature e) {
            throw new CommandFailure(name + ": " + e.getMessage());
        }
    }

    /**
     * Hands over each program of the userland: its path, and its bytes.
     *
     * @throws CommandFailure if there is no userland
     */
    static void each(BiConsumer<String, byte[]> action) {
        String image = System.getProperty("javix.userland");
        if (image == null) {
            throw new CommandFailure("there is no userland");
        }
        try (Sandbox sandbox = Sandbox.builder().root(ImageFs.open(Path.of(image))).build()) {
            Files.walkFileTree(sandbox.fileSystem().getPath("/"), new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    return MADE_UP.contains(directory.toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (attributes.isRegularFile() && attributes.size() > MAGIC.length) {
                        byte[] content = Files.readAllBytes(file);
                        if (Arrays.mismatch(content, MAGIC) == MAGIC.length) {
                            action.accept(file.toString(), content);
                        }
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new CommandFailure(image + ": " + e.getMessage());
        }
    }

    private static byte[] binary(String name) {
        String image = System.getProperty("javix.userland");
        try {
            if (image != null) {
                try (Sandbox sandbox = Sandbox.builder().root(ImageFs.open(Path.of(image))).build()) {
                    Stream<String> paths = name.contains("/")
                            ? Stream.of(name)
                            : Arrays.stream(GuestEnvironment.PATH.split(":")).map(directory -> directory + "/" + name);
                    String found = paths.filter(path -> sandbox.files().exists(path) && !sandbox.files().isDirectory(path))
                            .findFirst()
                            .orElse(null);
                    if (found != null) {
                        return sandbox.files().read(found);
                    }
                }
            }
            Path host = Path.of(name);
            if (Files.isRegularFile(host)) {
                return Files.readAllBytes(host);
            }
        } catch (IOException | InvalidPathException e) {
            throw new CommandFailure(name + ": " + e.getMessage());
        }
        throw new CommandFailure(name + ": there is no such program");
    }
}
