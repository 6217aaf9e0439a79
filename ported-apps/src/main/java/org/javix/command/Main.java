package org.javix.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code javix} command: where the JVM starts. */
@Command(
        name = "javix",
        description = "Runs Unix programs, with real processes, inside a JVM.",
        subcommands = {ShellCommand.class, RunCommand.class, SyscallsCommand.class, CommandLine.HelpCommand.class},
        mixinStandardHelpOptions = true,
        version = "javix 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit status: the program's own; 128+n if signal n ended it; 124 time ran out; 125 javix itself failed;",
            "126 the program is not executable; 127 there is no such program."
        })
public final class Main implements Runnable {

    private Main() {}

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        int status = commandLine().execute(arguments);
        System.out.flush();
        System.exit(status);
    }

    /** A command line that stops parsing at the first word that is not an option: the program's or script's name. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setStopAtPositional(true)
                .setUnmatchedOptionsArePositionalParams(false)
                .setExecutionExceptionHandler((exception, line, parsed) -> report(line, exception))
                .setParameterExceptionHandler((exception, arguments) -> report(exception.getCommandLine(), exception));
    }

    @Override
    public void run() {
        throw new ParameterException(commandLine(), "say what to do: shell, run or syscalls");
    }

    private static int report(CommandLine line, Exception exception) {
        String message = exception.getMessage() == null ? exception.toString() : exception.getMessage();
        line.getErr().println("javix: " + message);
        if (exception instanceof ParameterException) {
            line.getErr().println("Try 'javix help' or '" + line.getCommandSpec().qualifiedName() + " --help'.");
        } else if (!(exception instanceof CommandFailure)) {
            exception.printStackTrace(line.getErr());
        }
        return ExitCode.FAILED;
    }
}
