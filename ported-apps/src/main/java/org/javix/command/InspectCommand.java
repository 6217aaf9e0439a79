package org.javix.command;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
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
 * method, number of pieces, and name; and below, whether HotSpot compiles all of it. Without a program, all those of the
 * userland, one a line. They are compiled as for {@code javix run}, and the class files are measured.
 */
final class InspectCommand implements Callable<Integer> {
    private final PositionalParamSpec program = ProgramFile.parameter().toBuilder()
            .required(false)
            .arity("0..1")
            .description("The program: the guest's, found by its PATH, or a .wasm file of the host. Else all of the userland.")
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
        if (name == null) {
            reportAll();
        } else {
            report(sizes(name, ProgramFile.module(name)));
        }
        return 0;
    }

    private void report(CodeSizes sizes) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("function      wasm    method  pieces  name");
        Stream<CodeSizes.Function> functions = sizes.functions().stream();
        if (Boolean.TRUE.equals(bySize.getValue())) {
            functions = functions.sorted(Comparator.comparingInt(CodeSizes.Function::wasmBytes).reversed());
        }
        functions.forEach(f -> out.printf(
                "%8d  %8d  %8d  %6d  %s%n", f.index(), f.wasmBytes(), f.largestMethod(), f.pieces(), f.name()));
        out.printf(
                "%s, %d in pieces; %d methods, the largest of %d bytes; %d over HotSpot's limit of %d bytes%n",
                count(sizes.functions().size(), "function"),
                inPieces(sizes),
                sizes.methods(),
                sizes.largestMethod(),
                sizes.tooLarge(),
                CodeSizes.LIMIT);
        out.flush();
    }

    private void reportAll() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("functions  in pieces  methods   largest  too large  program");
        // Some programs have several names.
        Map<String, CodeSizes> programs = new HashMap<>();
        ProgramFile.each((path, binary) -> {
            Module module = ProgramFile.decode(path, binary);
            String identity = Compiler.packageName(module, CompiledPrograms.OPTIONS);
            if (programs.containsKey(identity)) {
                return;
            }
            CodeSizes sizes = sizes(path, module);
            programs.put(identity, sizes);
            out.printf(
                    "%9d  %9d  %7d  %8d  %9d  %s%n",
                    sizes.functions().size(), inPieces(sizes), sizes.methods(), sizes.largestMethod(), sizes.tooLarge(), path);
            out.flush();
        });
        out.printf(
                "%s: %s, %d in pieces; %d methods, %d over HotSpot's limit of %d bytes%n",
                count(programs.size(), "program"),
                count(sum(programs, sizes -> sizes.functions().size()), "function"),
                sum(programs, InspectCommand::inPieces),
                sum(programs, CodeSizes::methods),
                sum(programs, CodeSizes::tooLarge),
                CodeSizes.LIMIT);
        out.flush();
    }

    private static long sum(Map<String, CodeSizes> programs, ToLongFunction<CodeSizes> number) {
        return programs.values().stream().mapToLong(number).sum();
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static long inPieces(CodeSizes sizes) {
        return sizes.functions().stream().filter(f -> f.pieces() > 0).count();
    }

    private static CodeSizes sizes(String name, Module module) {
        try {
            return CodeSizes.of(module, Compiler.classes(module, CompiledPrograms.OPTIONS));
        } catch (InvalidModuleException | UnsupportedFeature e) {
            throw new CommandFailure(name + ": " + e.getMessage());
        }
    }
}
