package org.javix.command;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import org.javix.process.Signal;

/** What the command itself prints, not a guest: a writer that remembers why it failed, which others keep to themselves. */
final class PrintedOutput extends FilterOutputStream {
    private final PrintWriter writer = new PrintWriter(new BufferedOutputStream(this), false, System.out.charset());
    private IOException failure;

    PrintedOutput() {
        super(StandardStreams.output());
    }

    PrintWriter writer() {
        return writer;
    }

    @Override
    public void write(byte[] bytes, int at, int length) throws IOException {
        try {
            out.write(bytes, at, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * The status that the command ends with, after the last of its output.
     *
     * @param otherwise what it is if all could be printed
     */
    int status(int otherwise) {
        writer.flush();
        if (failure == null) {
            return otherwise;
        }
        if ("Broken pipe".equals(failure.getMessage())) {
            // As the signal would have ended it, which the JVM ignores.
            return ExitCode.SIGNAL_BASE + Signal.SIGPIPE;
        }
        System.err.println("javix: standard output: " + failure.getMessage());
        return ExitCode.FAILED;
    }
}
