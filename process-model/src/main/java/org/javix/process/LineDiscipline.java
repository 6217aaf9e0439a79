package org.javix.process;

import static org.javix.process.Termios.*;

/**
 * What happens to a typed byte: it becomes a signal, edits the line, stops the output, or is input;
 * and it is echoed. Guarded by the terminal.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/V1_chap11.html#tag_11_01_09">Special
 *     characters</a>
 */
final class LineDiscipline {
    /** Sends the terminal's signals, to its foreground group. */
    @FunctionalInterface
    interface Signals {
        void send(int signal);
    }

    private static final int CTRL_Q = 'Q' - '@';
    private static final int CTRL_S = 'S' - '@';
    private static final int MARK = 0xff;

    final Termios settings = new Termios();
    final TerminalInput input = new TerminalInput();
    final TerminalOutput output = new TerminalOutput(settings);
    final PacketMode packets = new PacketMode();
    private final Signals signals;
    private boolean outputStopped;
    private boolean literalNext;
    // Between the marks of ECHOPRT around what is erased.
    private boolean erasing;
    // The column in which the line being edited begins.
    private int startColumn;

    LineDiscipline(Signals signals) {
        this.signals = signals;
    }

    boolean isOutputStopped() {
        return outputStopped;
    }

    void stopOutput(boolean stop) {
        if (stop != outputStopped) {
            outputStopped = stop;
            packets.stopped(stop);
        }
    }

    /** Whether Ctrl-S and Ctrl-Q stop and start the output. */
    boolean hasUsualFlowControl() {
        return settings.input(IXON) && settings.special(VSTOP) == CTRL_S && settings.special(VSTART) == CTRL_Q;
    }

    /** Whether there is room for another typed byte; in an unfinished line there is, to be thrown away. */
    boolean acceptsInput() {
        return input.size() < TerminalInput.CAPACITY - 1 || settings.canonical() && !input.hasLine();
    }

    /** Whether a read would give something now: a line, or bytes. */
    boolean hasInput() {
        return settings.canonical() ? input.hasLine() : input.size() > 0;
    }

    /** To be called when the settings have changed. */
    void settingsChanged(boolean wasCanonical) {
        if (!wasCanonical && settings.canonical()) {
            input.finishAll();
        }
        if (!settings.input(IXON)) {
            stopOutput(false);
        }
        literalNext = false;
    }

    /** Sends the character that asks the other side to stop or to start. */
    void sendFlow(boolean stop) {
        int c = settings.special(stop ? VSTOP : VSTART);
        if (c != 0) {
            output.put(c);
        }
    }

    /** Takes one typed byte. */
    void receive(int typed) {
        int c = settings.input(ISTRIP) ? typed & 0x7f : typed;
        if (settings.input(IUCLC) && settings.local(IEXTEN) && c >= 'A' && c <= 'Z') {
            c += 32;
        }
        if (literalNext) {
            literalNext = false;
            add(c);
            return;
        }
        if (settings.input(IXON)) {
            if (settings.is(VSTART, c)) {
                stopOutput(false);
                return;
            }
            if (settings.is(VSTOP, c)) {
                stopOutput(true);
                return;
            }
        }
        if (settings.local(ISIG) && raiseSignal(c)) {
            return;
        }
        if (outputStopped && settings.input(IXON) && settings.input(IXANY)) {
            stopOutput(false);
        }
        if (c == '\r') {
            if (settings.input(IGNCR)) {
                return;
            }
            c = settings.input(ICRNL) ? '\n' : c;
        } else if (c == '\n' && settings.input(INLCR)) {
            c = '\r';
        }
        if (!settings.canonical() || !edit(c)) {
            add(c);
        }
    }

    private boolean raiseSignal(int c) {
        int signal = settings.is(VINTR, c)
                ? Signal.SIGINT
                : settings.is(VQUIT, c) ? Signal.SIGQUIT : settings.is(VSUSP, c) ? Signal.SIGTSTP : 0;
        if (signal == 0) {
            return false;
        }
        if (!settings.local(NOFLSH)) {
            input.clear();
            output.clear();
            packets.flushed(PacketMode.FLUSH_READ | PacketMode.FLUSH_WRITE);
        }
        if (settings.input(IXON)) {
            stopOutput(false);
        }
        if (settings.local(ECHO)) {
            echo(c);
        }
        signals.send(signal);
        return true;
    }

    /** Handles the characters that edit or end a line; false if it is an ordinary one. */
    private boolean edit(int c) {
        boolean extended = settings.local(IEXTEN);
        if (settings.is(VERASE, c)) {
            if (input.editable() > 0) {
                eraseCharacter();
            }
        } else if (extended && settings.is(VWERASE, c)) {
            eraseWord();
        } else if (settings.is(VKILL, c)) {
            eraseLine();
        } else if (extended && settings.is(VLNEXT, c)) {
            literalNext = true;
            if (settings.local(ECHO) && settings.local(ECHOCTL)) {
                output.put('^');
                output.put('\b');
            }
        } else if (extended && settings.local(ECHO) && settings.is(VREPRINT, c)) {
            echo(c);
            output.put('\n');
            startColumn = output.column();
            for (int i = 0; i < input.editable(); i++) {
                echo(input.edited(i));
            }
        } else if (c == '\n') {
            if (settings.local(ECHO) || settings.local(ECHONL)) {
                finishErasing();
                output.put('\n');
            }
            input.endLine('\n');
        } else if (settings.is(VEOF, c)) {
            input.endOfFile();
        } else if (settings.is(VEOL, c) || extended && settings.is(VEOL2, c)) {
            if (settings.local(ECHO)) {
                echo(c);
            }
            input.endLine(c);
        } else {
            return false;
        }
        return true;
    }

    private void add(int c) {
        if (input.editable() == 0) {
            startColumn = output.column();
        }
        if (c == MARK && settings.input(PARMRK)) {
            input.add(c);
        }
        if (!input.add(c)) {
            if (settings.input(IMAXBEL)) {
                output.put(7);
            }
            return;
        }
        if (settings.local(ECHO)) {
            echo(c);
        } else if (c == '\n' && settings.canonical() && settings.local(ECHONL)) {
            output.put('\n');
        }
    }

    // ---- echo and erasing ----

    private boolean isControl(int c) {
        return c < 32 && c != '\t' || c == 127;
    }

    private void echo(int c) {
        finishErasing();
        show(c);
    }

    private void finishErasing() {
        if (erasing) {
            erasing = false;
            output.put('/');
        }
    }

    private void show(int c) {
        if (settings.local(ECHOCTL) && isControl(c) && !(c == '\n' && !settings.canonical())) {
            output.put('^');
            output.put(c ^ 0x40);
        } else {
            output.put(c);
        }
    }

    private boolean isContinuation(int c) {
        return settings.input(IUTF8) && (c & 0xc0) == 0x80;
    }

    /** The column after the line being edited. */
    private int columnOfLine() {
        int column = startColumn;
        for (int i = 0; i < input.editable(); i++) {
            int c = input.edited(i);
            if (c == '\t') {
                column += 8 - (column & 7);
            } else if (isControl(c)) {
                column += settings.local(ECHOCTL) ? 2 : 0;
            } else if (!isContinuation(c)) {
                column++;
            }
        }
        return column;
    }

    private int eraseCharacter() {
        int before = columnOfLine();
        int c = input.removeLast();
        while (isContinuation(c) && input.editable() > 0) {
            c = input.removeLast();
        }
        if (settings.local(ECHO)) {
            if (settings.local(ECHOPRT)) {
                if (!erasing) {
                    erasing = true;
                    output.put('\\');
                }
                show(c);
            } else if (settings.local(ECHOE)) {
                eraseColumns(before - columnOfLine(), c == '\t');
            } else {
                echo(settings.special(VERASE));
            }
        }
        return c;
    }

    private void eraseColumns(int columns, boolean blankAlready) {
        for (int i = 0; i < columns; i++) {
            output.put('\b');
            if (!blankAlready) {
                output.put(' ');
                output.put('\b');
            }
        }
    }

    private static boolean isWord(int c) {
        return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= 128;
    }

    private void eraseWord() {
        boolean inWord = false;
        while (input.editable() > 0) {
            boolean word = isWord(input.edited(input.editable() - 1));
            if (inWord && !word) {
                return;
            }
            inWord = word;
            eraseCharacter();
        }
    }

    private void eraseLine() {
        boolean visibly = settings.local(ECHOK) && settings.local(ECHOKE) && settings.local(ECHOE);
        if (settings.local(ECHO) && visibly) {
            while (input.editable() > 0) {
                eraseCharacter();
            }
            return;
        }
        while (input.editable() > 0) {
            input.removeLast();
        }
        if (settings.local(ECHO)) {
            echo(settings.special(VKILL));
            if (settings.local(ECHOK)) {
                output.put('\n');
            }
        }
    }
}
