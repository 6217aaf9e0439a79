package org.javix.command;

import java.io.PrintWriter;
import org.javix.posix.ProgramNeeds;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code javix needs}: what a program asks of its host: its calls by module, those that are missing, and what it pays for. */
final class NeedsCommand implements Runnable {
    private final PositionalParamSpec program = ProgramFile.parameter();
    private final CommandSpec spec = Main.command(
                    this, "needs", "Report what a program needs of its host: calls by module, fork, mapped memory, threads.")
            .addPositional(program);

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        ProgramNeeds needs = ProgramNeeds.of(ProgramFile.module(program.getValue()));
        PrintWriter out = spec.commandLine().getOut();
        needs.calls().forEach((module, names) -> out.printf("%-14s %s%n", module, String.join(" ", names)));
        out.printf("%-14s %s%n", "missing", needs.missing().isEmpty() ? "nothing" : String.join(" ", needs.missing()));
        out.printf("%-14s %s%n", "runs on", needs.isPlainWasi() ? "any WASI runtime" : "Javix");
        tell(out, "forks", needs.forks(), "its stack can be captured: larger code");
        tell(out, "maps memory", needs.mapsMemory(), "accesses heed what is mapped");
        tell(out, "shares memory", needs.sharesMemory(), "it can have threads");
        out.flush();
    }

    private static void tell(PrintWriter out, String what, boolean does, String consequence) {
        out.printf("%-14s %s%n", what, does ? "yes: " + consequence : "no");
    }
}
