package org.javix.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.ControlChar;
import org.jline.terminal.Attributes.InputFlag;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Attributes.OutputFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ffm.FfmTerminalProvider;
import org.jline.terminal.spi.SystemStream;

/**
 * The terminal that this JVM was started on, in raw mode: every byte goes to the guest's terminal, which
 * echoes, edits lines and turns control characters into signals itself. Its settings are put back by
 * {@link #close} and, should the JVM end otherwise, by a shutdown hook. Thread-safe.
 */
final class HostTerminal implements AutoCloseable {
    private static final Size USUAL_SIZE = new Size(80, 24);

    private final Terminal terminal;
    private final Attributes before;
    private final Thread restorer = new Thread(this::restore, "javix-terminal-restore");

    private HostTerminal(Terminal terminal) {
        this.terminal = terminal;
        before = terminal.getAttributes();
        Runtime.getRuntime().addShutdownHook(restorer);
        Attributes raw = new Attributes(before);
        for (LocalFlag flag : new LocalFlag[] {LocalFlag.ECHO, LocalFlag.ICANON, LocalFlag.IEXTEN, LocalFlag.ISIG}) {
            raw.setLocalFlag(flag, false);
        }
        for (InputFlag flag : new InputFlag[] {
            InputFlag.BRKINT, InputFlag.ICRNL, InputFlag.IGNCR, InputFlag.INLCR, InputFlag.ISTRIP, InputFlag.IXON
        }) {
            raw.setInputFlag(flag, false);
        }
        raw.setOutputFlag(OutputFlag.OPOST, false);
        raw.setControlChar(ControlChar.VMIN, 1);
        raw.setControlChar(ControlChar.VTIME, 0);
        terminal.setAttributes(raw);
    }

    /** Takes the terminal over. */
    static HostTerminal open() {
        try {
            // Not by TerminalBuilder, which asks the terminal what it can do, waits for answers, and may take what
            // was typed meanwhile for one. Of a terminal nothing is needed here but its settings and its size.
            return new HostTerminal(new FfmTerminalProvider().sysTerminal(
                    "javix",
                    "dumb",
                    false,
                    StandardCharsets.UTF_8,
                    StandardCharsets.UTF_8,
                    StandardCharsets.UTF_8,
                    false,
                    Terminal.SignalHandler.SIG_DFL,
                    true,
                    StandardStreams.isTerminal(1) ? SystemStream.Output : SystemStream.Error));
        } catch (IOException e) {
            throw new CommandFailure("the terminal cannot be used: " + e.getMessage());
        }
    }

    /** Its number of rows. */
    int rows() {
        return size().getRows();
    }

    /** Its number of columns. */
    int columns() {
        return size().getColumns();
    }

    private Size size() {
        try {
            return terminal.getSize();
        } catch (UncheckedIOException e) {
            return USUAL_SIZE; // only standard input is a terminal
        }
    }

    /** Runs {@code action} whenever the window's size changed. */
    void onResize(Runnable action) {
        sun.misc.Signal.handle(new sun.misc.Signal("WINCH"), signal -> action.run());
    }

    @Override
    public void close() {
        restore();
        Runtime.getRuntime().removeShutdownHook(restorer);
    }

    private void restore() {
        terminal.setAttributes(before);
    }
}
