package org.javix.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code javix run}: one program, the guest's own or a Wasm file of the host. */
final class RunCommand implements Callable<Integer> {
    private final SandboxOptions sandbox = new SandboxOptions();
    private final PositionalParamSpec program = PositionalParamSpec.builder()
            .index("0")
            .paramLabel("PROG")
            .type(String.class)
            .required(true)
            .description("The program.")
            .build();
    private final PositionalParamSpec arguments = Main.words("1..*", "ARGS", "Its arguments.");

    CommandSpec spec() {
        CommandSpec spec = Main.command(
                this, "run", "Run one program: the guest's, found by its PATH, or a .wasm file or script of the host.");
        sandbox.addTo(spec);
        return spec.addPositional(program).addPositional(arguments);
    }

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        words.add(program.getValue());
        words.addAll(Main.values(arguments));
        HostFile file = new HostFile(HostFile.Kind.PROGRAM, words.getFirst());
        return new GuestCommand(sandbox, words, file).run();
    }
}
