package org.javix.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code javix run}: one program, the guest's own or a Wasm file of the host. */
@Command(
        name = "run",
        description = "Run one program: the guest's, found by its PATH, or a .wasm file or script of the host.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Mixin
    private SandboxOptions sandbox;

    @Parameters(paramLabel = "PROG", index = "0", description = "The program.")
    private String program;

    @Parameters(paramLabel = "ARGS", index = "1..*", arity = "0..*", description = "Its arguments.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        words.add(program);
        words.addAll(arguments);
        return new GuestCommand(sandbox, words, program).run();
    }
}
