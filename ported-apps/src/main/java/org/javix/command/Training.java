package org.javix.command;

import java.io.IOException;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxTerminal;

/** What the JVM records for its ahead-of-time cache: the ways through the command that a start takes. */
final class Training {

    private Training() {}

    /** Runs them; the output does not matter. */
    public static void main(String[] arguments) {
        Main.commandLine().execute("shell", "-c", "echo x | cat; x=$(ls /); (exit 3)");
        Main.commandLine().execute("run", "ls", "-l", "/");
        try (HostTerminal terminal = HostTerminal.open();
                Sandbox sandbox = Sandbox.builder().build();
                SandboxTerminal guest = sandbox.newTerminal(terminal.rows(), terminal.columns())) {
            guest.resize(terminal.rows(), terminal.columns());
        } catch (CommandFailure | IOException e) {
            System.out.println("no terminal to record: " + e.getMessage());
        }
        System.exit(0);
    }
}
