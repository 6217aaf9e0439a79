package org.javix.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.javix.posix.Parameter;
import org.javix.posix.SystemCall;
import org.javix.posix.SystemCalls;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code javix syscalls}: the call table, one call a line: module, call, status and what differs from Linux. */
@Command(
        name = "syscalls",
        description = "List the system calls that a guest can import, and how complete each is.",
        mixinStandardHelpOptions = true)
final class SyscallsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "WORD", arity = "0..*", description = "Only calls whose module, name or status is WORD.")
    private List<String> words = new ArrayList<>();

    @Override
    public void run() {
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
