package org.javix.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * {@code javix shell}: sh with a command, a script, or what it reads from standard input; bash for a person at a terminal, as
 * on Debian.
 */
final class ShellCommand implements Callable<Integer> {
    private final SandboxOptions sandbox = new SandboxOptions();
    private final OptionSpec command = OptionSpec.builder("-c")
            .paramLabel("CMD")
            .type(String.class)
            .description("Run the command line CMD; ARGS become $0, $1, …")
            .build();
    private final PositionalParamSpec arguments = Main.words(
            "0..*", "SCRIPT|ARGS", "A script, looked for in the guest and then on the host, and its arguments.");

    CommandSpec spec() {
        CommandSpec spec = Main.command(
                this, "shell", "Start the guest's shell: at a prompt, with -c CMD, or with a script.");
        spec.addOption(command);
        sandbox.addTo(spec);
        return spec.addPositional(arguments);
    }

    @Override
    public Integer call() {
        String text = command.getValue();
        List<String> given = Main.values(arguments);
        List<String> words = new ArrayList<>();
        boolean atPrompt = text == null && given.isEmpty() && StandardStreams.isTerminal(0);
        words.add(atPrompt ? "bash" : "sh");
        if (text != null) {
            words.addAll(List.of("-c", "--", text));
        } else if (!given.isEmpty()) {
            words.add("--");
        }
        words.addAll(given);
        HostFile script = text == null && !given.isEmpty() ? new HostFile(HostFile.Kind.SCRIPT, given.getFirst()) : null;
        return new GuestCommand(sandbox, words, script).run();
    }
}
