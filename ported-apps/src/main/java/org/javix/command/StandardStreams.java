package org.javix.command;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** This JVM's standard streams, unbuffered, and which of them are terminals. */
final class StandardStreams {
    /** The launcher's answer: the digits of those streams that are terminals. */
    private static final String TERMINALS = System.getProperty("javix.terminals");

    private StandardStreams() {}

    static InputStream input() {
        return new FileInputStream(FileDescriptor.in);
    }

    static OutputStream output() {
        return new FileOutputStream(FileDescriptor.out);
    }

    static OutputStream error() {
        return new FileOutputStream(FileDescriptor.err);
    }

    /** The terminal's screen, also where standard output leads elsewhere. */
    static OutputStream screen() throws IOException {
        return isTerminal(1) ? output() : new FileOutputStream("/dev/tty");
    }

    /** Whether the stream of this number, 0 to 2, is a terminal. Without the launcher, all are or none is. */
    static boolean isTerminal(int stream) {
        if (TERMINALS == null) {
            return System.console() != null && System.console().isTerminal();
        }
        return TERMINALS.indexOf('0' + stream) >= 0;
    }
}
