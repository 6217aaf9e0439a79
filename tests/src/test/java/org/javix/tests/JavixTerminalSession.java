package org.javix.tests;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;
import org.javix.posix.SandboxTerminal;

/** A terminal of a sandbox. */
final class JavixTerminalSession extends TerminalSession {
    private final SandboxTerminal terminal;
    private final SandboxProcess process;

    /** @param sandbox stays open when the session is closed */
    JavixTerminalSession(Sandbox sandbox, Map<String, String> environment, List<String> words) throws IOException {
        terminal = sandbox.newTerminal(ROWS, COLUMNS);
        process = sandbox.command(words)
                .environment(environment)
                .directory("/tmp")
                .terminal(terminal)
                .start();
        connect(terminal.keyboard(), terminal.screen());
    }

    @Override
    String name() {
        return "Javix";
    }

    @Override
    protected void resizeTerminal(int rows, int columns) {
        terminal.resize(rows, columns);
    }

    @Override
    protected int waitFor() throws InterruptedException {
        return process.asProcess().waitFor();
    }

    @Override
    public void close() {
        process.killSession();
        terminal.close();
    }
}
