package org.javix.tests;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** Somebody before a terminal: types, and looks at the screen. */
abstract class TerminalSession implements AutoCloseable {
    /** How long something expected may take to be shown. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    protected static final int ROWS = 24;
    protected static final int COLUMNS = 80;

    private final TerminalScreen screen = new TerminalScreen(ROWS, COLUMNS);
    private OutputStream keyboard;

    /** Begins to show what comes from the program. */
    protected void connect(OutputStream keyboard, InputStream shown) {
        this.keyboard = keyboard;
        Thread.ofPlatform().daemon().name("screen").start(() -> {
            byte[] bytes = new byte[4096];
            try {
                for (int count; (count = shown.read(bytes)) >= 0; ) {
                    screen.show(bytes, count);
                }
            } catch (IOException e) {
                // The terminal is gone: what was shown stays.
            }
        });
    }

    final void type(String keys) throws IOException {
        keyboard.write(keys.getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
    }

    /** What is shown. */
    final String text() {
        return screen.text();
    }

    /** Waits until the text on the screen ends with what the regular expression says, a newline left out. */
    final void awaitEnd(String expected) throws InterruptedException {
        await("(?s)(.*\n)?" + expected + "\n");
    }

    /** Waits until the regular expression is found on the screen. */
    final void awaitText(String expected) throws InterruptedException {
        await("(?s).*(" + expected + ").*");
    }

    private void await(String expected) throws InterruptedException {
        Pattern pattern = Pattern.compile(expected);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!pattern.matcher(screen.text()).matches()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name() + ": expected " + expected + ", shown:\n" + screen.text());
            }
            Thread.sleep(5);
        }
    }

    /** Changes the window's size as a terminal emulator does. */
    final void resize(int rows, int columns) throws IOException, InterruptedException {
        screen.setSize(rows, columns);
        resizeTerminal(rows, columns);
    }

    abstract String name();

    protected abstract void resizeTerminal(int rows, int columns) throws IOException, InterruptedException;

    /** Waits until the program has ended. Its exit status. */
    protected abstract int waitFor() throws InterruptedException;
}
