package org.javix.command;

/** What the JVM records for its ahead-of-time cache: the ways through the command that a start takes. */
final class Training {

    private Training() {}

    /** Runs them; the output does not matter. */
    public static void main(String[] arguments) {
        Main.commandLine().execute("shell", "-c", "echo x | cat; x=$(ls /); (exit 3)");
        Main.commandLine().execute("run", "ls", "-l", "/");
        System.exit(0);
    }
}
