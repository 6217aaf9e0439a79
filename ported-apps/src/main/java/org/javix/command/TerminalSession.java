package org.javix.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.javix.posix.Command;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;
import org.javix.posix.SandboxTerminal;
import org.javix.process.WaitStatus;

/** A guest program at the host's terminal: what is typed goes to a terminal of the guest, what that shows to the screen. */
final class TerminalSession {
    private static final int BUFFER = 1 << 14;

    private final Sandbox sandbox;
    private final Command command;

    TerminalSession(Sandbox sandbox, Command command) {
        this.sandbox = sandbox;
        this.command = command;
    }

    /**
     * Runs the program to its end.
     *
     * @param timeout after which everything is killed; null for never
     * @return the exit status for the host
     */
    int run(Duration timeout) throws IOException {
        try (HostTerminal host = HostTerminal.open();
                SandboxTerminal guest = sandbox.newTerminal(host.rows(), host.columns())) {
            command.terminal(guest);
            if (!StandardStreams.isTerminal(1)) {
                command.output(StandardStreams.output());
            }
            if (!StandardStreams.isTerminal(2)) {
                command.error(StandardStreams.error());
            }
            host.onResize(() -> guest.resize(host.rows(), host.columns()));
            SandboxProcess process = command.start();
            pump("javix-keyboard", StandardStreams.input(), guest.keyboard());
            Thread screen = pump("javix-screen", guest.screen(), StandardStreams.screen());
            WaitStatus status = timeout == null ? process.waitFor() : process.waitFor(timeout);
            sandbox.close();
            finish(screen);
            return status == null ? ExitCode.TIMED_OUT : status.shellStatus();
        }
    }

    private static Thread pump(String name, InputStream from, OutputStream to) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
            byte[] bytes = new byte[BUFFER];
            try {
                for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
                    to.write(bytes, 0, count);
                }
            } catch (IOException e) {
                // One side has gone, and with it the reason to copy.
            }
        });
    }

    /** Lets the last output reach the screen. */
    private static void finish(Thread screen) {
        try {
            screen.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
