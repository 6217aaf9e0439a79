package org.javix.posix;

import java.io.InputStream;
import java.io.OutputStream;
import org.javix.process.Process;
import org.javix.process.Terminal;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;

/**
 * A terminal of the guest, whose keyboard and screen the embedder has. The streams may be used by one thread
 * each; all else is thread-safe.
 */
public final class SandboxTerminal implements AutoCloseable {
    private final Terminal terminal;
    private final GuestWriter keyboard;
    private final GuestReader screen;

    SandboxTerminal(Terminal terminal, int rows, int columns) {
        this.terminal = terminal;
        OpenFile master = terminal.master();
        master.retain();
        keyboard = new GuestWriter(master);
        screen = new GuestReader(master);
        terminal.setUnicode();
        resize(rows, columns);
    }

    /**
     * What is written here is typed: control characters become signals, lines can be edited until they are
     * complete, as the program has set its terminal.
     */
    public OutputStream keyboard() {
        return keyboard;
    }

    /** What is shown. It ends when no program has the terminal open any more. */
    public InputStream screen() {
        return screen;
    }

    /** Sets the window's size; a change is a SIGWINCH for the foreground. */
    public void resize(int rows, int columns) {
        terminal.setWindowSize(rows, columns);
    }

    /** The programs' side. */
    OpenFile open() {
        return terminal.openSlave(OpenFlags.O_RDWR);
    }

    /** Makes it the controlling terminal of a session leader: 0, or -EPERM if it is another session's. */
    int control(Process process) {
        return terminal.setControlling(process, false);
    }

    /** Hangs up: the session gets SIGHUP. */
    @Override
    public void close() {
        keyboard.close();
        screen.close();
    }
}
