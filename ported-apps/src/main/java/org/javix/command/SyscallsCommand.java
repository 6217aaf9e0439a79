package org.javix.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.javix.posix.Parameter;
import org.javix.posix.SystemCall;
import org.javix.posix.SystemCalls;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code javix syscalls}: the call table, one call a line: module, call, status and what differs from Linux. */
final class SyscallsCommand implements Runnable {
    private final PositionalParamSpec filter =
            Main.words("0..*", "WORD", "Only calls whose module, name or status is WORD.");
    private final CommandSpec spec = Main.command(
                    this, "syscalls", "List the system calls that a guest can import, and how complete each is.")
            .addPositional(filter);

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        List<String> words = Main.values(filter);
        for (String word : words) {
            if (SystemCalls.all().stream().noneMatch(call -> describes(word, call))) {
                throw new CommandFailure("no module, call or status is called '" + word + "'");
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (SystemCall call : SystemCalls.all()) {
            if (words.isEmpty() || words.stream().anyMatch(word -> describes(word, call))) {
                String note = call.note().isEmpty() ? "" : "  # " + call.note();
                out.printf("%-14s %-8s %s%s%n", call.module().importName(), status(call), signature(call), note);
            }
        }
        out.flush();
    }

    private static boolean describes(String word, SystemCall call) {
        return word.equals(call.name()) || word.equals(call.module().importName()) || word.equals(status(call));
    }

    private static String status(SystemCall call) {
        return call.status().name().toLowerCase(Locale.ROOT);
    }

    private static String signature(SystemCall call) {
        return call.parameters().stream()
                .map(Parameter::name)
                .collect(Collectors.joining(", ", call.name() + "(", ")"));
    }
}
