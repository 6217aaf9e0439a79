package org.javix.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.javix.posix.CompiledPrograms;
import org.javix.posix.Sandbox;
import org.javix.userland.ImageFs;
import org.javix.wasm.CodeSizes;
import org.javix.wasm.Compiler;
import org.javix.wasm.InvalidModuleException;
import org.javix.wasm.Module;
import org.javix.wasm.UnsupportedFeature;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code javix inspect}: a program's functions, one a line: index, size in WebAssembly, size of the largest JVM
 * method, number of pieces, and name; and below, whether HotSpot compiles all of it. The program is compiled as
 * for {@code javix run}, and its class files are measured.
 */
final class InspectCommand implements Callable<Integer> {
    private final PositionalParamSpec program = PositionalParamSpec.builder()
            .index("0")
            .paramLabel("PROG")
            .type(String.class)
            .required(true)
            .description("The program: the guest's, found by its PATH, or a .wasm file of the host.")
            .build();
    private final OptionSpec bySize = OptionSpec.builder("-s", "--sort")
            .type(boolean.class)
            .description("The largest functions first.")
            .build();
    private final CommandSpec spec = Main.command(
                    this, "inspect", "Report how large a program's functions are in WebAssembly and as JVM methods.")
            .addOption(bySize)
            .addPositional(program);

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String name = program.getValue();
        CodeSizes sizes = sizes(name, binary(name));
        PrintWriter out = spec.commandLine().getOut();
        out.println("function      wasm    method  pieces  name");
        Stream<CodeSizes.Function> functions = sizes.functions().stream();
        if (Boolean.TRUE.equals(bySize.getValue())) {
            functions = functions.sorted(Comparator.comparingInt(CodeSizes.Function::wasmBytes).reversed());
        }
        functions.forEach(f -> out.printf(
                "%8d  %8d  %8d  %6d  %s%n", f.index(), f.wasmBytes(), f.largestMethod(), f.pieces(), f.name()));
        out.printf(
                "%d function%s, %d in pieces; %d methods, the largest of %d bytes; %d over HotSpot's limit of %d bytes%n",
                sizes.functions().size(),
                sizes.functions().size() == 1 ? "" : "s",
                sizes.functions().stream().filter(f -> f.pieces() > 0).count(),
                sizes.methods(),
                sizes.largestMethod(),
                sizes.tooLarge(),
                CodeSizes.LIMIT);
        out.flush();
        return 0;
    }

    private static CodeSizes sizes(String name, byte[] binary) {
        try {
            Module module = Module.decode(binary);
            return CodeSizes.of(module, Compiler.classes(module, CompiledPrograms.OPTIONS));
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
