package org.javix.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code javix shell}: the guest's sh with a command, a script, or at a prompt. */
@Command(
        name = "shell",
        description = "Start the guest's shell: at a prompt, with -c CMD, or with a script.",
        mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {

    @Mixin
    private SandboxOptions sandbox;

    @Option(names = "-c", paramLabel = "CMD", description = "Run the command line CMD; ARGS become $0, $1, …")
    private String command;

    @Parameters(
            paramLabel = "SCRIPT|ARGS",
            arity = "0..*",
            description = "A script, looked for in the guest and then on the host, and its arguments.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        words.add("sh");
        if (command != null) {
            words.add("-c");
        }
        words.add("--");
        if (command != null) {
            words.add(command);
        }
        words.addAll(arguments);
        String script = command == null && !arguments.isEmpty() ? arguments.getFirst() : null;
        return new GuestCommand(sandbox, words, script).run();
    }
}
