package org.javix.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code javix run}: one program, the guest's own or a Wasm file of the host. */
final class RunCommand implements Callable<Integer> {
    private final SandboxOptions sandbox = new SandboxOptions();
    private final OptionSpec directories = OptionSpec.builder("--dir")
            .paramLabel("HOST[::GUEST]")
            .type(List.class)
            .auxiliaryTypes(DirectoryOption.class)
            .converters(DirectoryOption::parse)
            .description("Give a WASI program the host's directory HOST, to read and write, as GUEST. Repeatable.")
            .build();
    private final OptionSpec listeners = OptionSpec.builder("--listen")
            .paramLabel("[ADDRESS:]PORT")
            .type(List.class)
            .auxiliaryTypes(ListenOption.class)
            .converters(ListenOption::parse)
            .description(
                    "Give a WASI program a socket that listens on the host's port, of the loopback interface if no other"
                            + " address is named, as descriptor 3. Repeatable, for those after it.")
            .build();
    private final OptionSpec trace = OptionSpec.builder("--trace")
            .type(boolean.class)
            .description("Write every call of a WASI program, with its result, to standard error.")
            .build();
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
        spec.usageMessage()
                .footer(
                        "",
                        "A .wasm file of the host that imports WASI alone runs without a sandbox: it sees its",
                        "arguments, the variables of -e, the directories of --dir and -v, the sockets of",
                        "--listen, the standard streams, and nothing else. Its exit status is its own, or 134",
                        "after a trap.");
        return spec.addOption(directories).addOption(listeners).addOption(trace).addPositional(program).addPositional(arguments);
    }

    @Override
    public Integer call() {
        List<String> words = new ArrayList<>();
        words.add(program.getValue());
        words.addAll(Main.values(arguments));
        boolean traced = Boolean.TRUE.equals(trace.getValue());
        List<DirectoryOption> given = directories.getValue();
        List<ListenOption> sockets = listeners.getValue();
        WasiCommand wasi = sandbox.isNeeded() ? null : WasiCommand.of(words);
        if (wasi != null) {
            List<DirectoryOption> all = new ArrayList<>(given == null ? List.of() : given);
            sandbox.mounts().forEach(mount -> all.add(DirectoryOption.of(mount)));
            return wasi.run(sandbox, all, sockets == null ? List.of() : sockets, traced);
        }
        if (traced || given != null || sockets != null) {
            throw new CommandFailure("--dir, --listen and --trace are for WASI programs of the host, and not beside options that"
                    + " only a sandbox has; others have -v, --net and --strace");
        }
        HostFile file = new HostFile(HostFile.Kind.PROGRAM, words.getFirst());
        return new GuestCommand(sandbox, words, file).run();
    }
}
