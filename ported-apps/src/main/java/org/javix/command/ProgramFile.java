package org.javix.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.javix.posix.Sandbox;
import org.javix.userland.ImageFs;
import org.javix.wasm.InvalidModuleException;
import org.javix.wasm.Module;
import org.javix.wasm.UnsupportedFeature;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A program that is to be looked at, not run: the guest's, found by its PATH, or a file of the host. */
final class ProgramFile {
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
        try {
            return Module.decode(binary(name));
        } catch (InvalidModuleException | UnsupportedFeature e) {
            throw new CommandFailure(name + ": " + e.getMessage());
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
                    String found = paths.filter(sandbox.files()::exists).findFirst().orElse(null);
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
