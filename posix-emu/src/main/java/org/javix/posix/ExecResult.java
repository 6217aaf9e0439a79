package org.javix.posix;

import java.nio.charset.StandardCharsets;
import org.javix.process.WaitStatus;

/**
 * What became of a program that was run to its end.
 *
 * @param output the bytes that it and its children wrote to standard output
 * @param error the bytes that they wrote to standard error
 * @param status how it ended
 * @param timedOut whether it was killed because its time was over
 */
public record ExecResult(byte[] output, byte[] error, WaitStatus status, boolean timedOut) {
    /** The output as UTF-8. */
    public String text() {
        return new String(output, StandardCharsets.UTF_8);
    }

    /** Standard error as UTF-8. */
    public String errorText() {
        return new String(error, StandardCharsets.UTF_8);
    }

    /** What a shell shows in {@code $?}: the exit code, or 128 and the signal's number. */
    public int exitCode() {
        return status.shellStatus();
    }
}
