package org.javix.command;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.javix.posix.CompiledPrograms;
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
    private final PositionalParamSpec program = ProgramFile.parameter();
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
        CodeSizes sizes = sizes(program.getValue());
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

    private static CodeSizes sizes(String name) {
        Module module = ProgramFile.module(name);
        try {
            return CodeSizes.of(module, Compiler.classes(module, CompiledPrograms.OPTIONS));
        } catch (InvalidModuleException | UnsupportedFeature e) {
            throw new CommandFailure(name + ": " + e.getMessage());
        }
    }
}
