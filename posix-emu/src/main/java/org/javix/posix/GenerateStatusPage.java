package org.javix.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.javix.posix.SystemCall.Status;

/** Writes {@code docs/posix-status.md} from the call table, to the file that is its argument. */
public final class GenerateStatusPage {
    private GenerateStatusPage() {}

    /** Writes the page. */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[0]), page());
    }

    /** The page, in Markdown. */
    static String page() {
        StringBuilder out = new StringBuilder("""
                # What of POSIX and Linux works

                <!-- Generated from the call table (SystemCalls.java) by GenerateStatusPage; do not edit. -->

                Every system call that a guest can import, by API module. A *missing* call can be imported and
                fails with `ENOSYS`, as does every call of a module that is switched off. A *partial* one does what
                the note says. The parameters are Linux's.

                | module | done | partial | missing |
                |---|---|---|---|
                """);
        for (ApiModule module : ApiModule.values()) {
            out.append("| [%1$s](#%1$s) | %2$d | %3$d | %4$d |%n"
                    .formatted(
                            module.importName(),
                            count(module, Status.DONE),
                            count(module, Status.PARTIAL),
                            count(module, Status.MISSING)));
        }
        for (ApiModule module : ApiModule.values()) {
            out.append("%n## %s%n%n".formatted(module.importName()));
            out.append("| call | status | note |\n|---|---|---|\n");
            for (SystemCall call : calls(module)) {
                if (call.status() != Status.MISSING) {
                    out.append("| `%s` | %s | %s |%n".formatted(signature(call), word(call.status()), call.note()));
                }
            }
            String missing = calls(module).stream()
                    .filter(call -> call.status() == Status.MISSING)
                    .map(call -> "`" + call.name() + "`" + (call.note().isEmpty() ? "" : " (" + call.note() + ")"))
                    .collect(Collectors.joining(", "));
            if (!missing.isEmpty()) {
                out.append("%nMissing: %s.%n".formatted(missing));
            }
        }
        return out.toString();
    }

    private static String signature(SystemCall call) {
        return call.parameters().stream().map(Parameter::name).collect(Collectors.joining(", ", call.name() + "(", ")"));
    }

    private static String word(Status status) {
        return status.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<SystemCall> calls(ApiModule module) {
        return SystemCalls.all().stream()
                .filter(call -> call.module() == module)
                .toList();
    }

    private static long count(ApiModule module, Status status) {
        return calls(module).stream().filter(call -> call.status() == status).count();
    }
}
