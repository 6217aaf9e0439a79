package org.javix.command;

import java.util.List;
import org.javix.posix.Sandbox;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The {@code javix} command: where the JVM starts. The command line is described by calls, not by
 * annotations: reading those by reflection takes picocli 0.15 s of every start.
 */
public final class Main implements Runnable {
    private final CommandSpec spec = command(this, "javix", "Runs Unix programs, with real processes, inside a JVM.");

    private Main() {}

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        CodeDirectory.choose();
        Thread.ofPlatform().daemon().name("javix-prepare").start(Sandbox::prepare);
        PrintedOutput printed = new PrintedOutput();
        int status = printed.status(commandLine().setOut(printed.writer()).execute(arguments));
        System.out.flush();
        System.err.flush();
        // Everything is closed by now, and an orderly exit loads the JDK's loggers to say so.
        Runtime.getRuntime().halt(status);
    }

    /** A command line that stops parsing at the first word that is not an option: the program's or script's name. */
    static CommandLine commandLine() {
        CommandSpec javix = new Main().spec;
        javix.version("javix 0.1.0").addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .type(boolean.class)
                .description("Print the version.")
                .build());
        javix.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Exit status: the program's own; 128+n if signal n ended it; 124 time ran out;",
                        "125 javix itself failed; 126 the program is not executable; 127 there is none.");
        javix.addSubcommand("shell", new ShellCommand().spec());
        javix.addSubcommand("run", new RunCommand().spec());
        javix.addSubcommand("needs", new NeedsCommand().spec());
        javix.addSubcommand("inspect", new InspectCommand().spec());
        javix.addSubcommand("syscalls", new SyscallsCommand().spec());
        return new CommandLine(javix)
                .setStopAtPositional(true)
                .setExecutionExceptionHandler((exception, line, parsed) -> report(line, exception))
                .setParameterExceptionHandler((exception, arguments) -> report(exception.getCommandLine(), exception));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to do: shell, run, needs, inspect or syscalls");
    }

    /** A command that {@code body}, a Runnable or Callable, executes. */
    static CommandSpec command(Object body, String name, String description) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(body).name(name);
        spec.usageMessage().description(description);
        return spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Print this help.")
                .build());
    }

    /** Any number of words from an index on; read them with {@link #values}. */
    static PositionalParamSpec words(String index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity("0..*")
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build();
    }

    static List<String> values(PositionalParamSpec words) {
        List<String> values = words.getValue();
        return values == null ? List.of() : values;
    }

    private static String superfluous(CommandLine line, String word) {
        return line.getParent() == null
                ? "there is no command '" + word + "'; there are " + String.join(", ", line.getSubcommands().keySet())
                : "there is one word too many: '" + word + "'";
    }

    private static int report(CommandLine line, Exception exception) {
        String message = exception instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
                ? superfluous(line, unmatched.getUnmatched().getFirst())
                : exception.getMessage() == null ? exception.toString() : exception.getMessage();
        line.getErr().println("javix: " + message);
        if (exception instanceof ParameterException) {
            line.getErr().println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        } else if (!(exception instanceof CommandFailure)) {
            exception.printStackTrace(line.getErr());
        }
        return exception instanceof CommandFailure failure ? failure.status() : ExitCode.FAILED;
    }
}
