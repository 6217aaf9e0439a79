package org.javix.command;

/** The exit statuses of {@code javix} that are not the guest program's own. */
final class ExitCode {

    /** The time limit of {@code --timeout} ran out. */
    static final int TIMED_OUT = 124;

    /** Javix itself failed: a wrong option, a host directory that is not there, a defect. */
    static final int FAILED = 125;

    /** The program was found but is not executable. */
    static final int NOT_EXECUTABLE = 126;

    /** The program was not found. */
    static final int NOT_FOUND = 127;

    /** A WASI program met a trap, or threw an exception that it did not catch: as if SIGABRT had ended it. */
    static final int ABORTED = 134;

    /** Added to the number of the signal that ended the program. */
    static final int SIGNAL_BASE = 128;

    private ExitCode() {}
}
