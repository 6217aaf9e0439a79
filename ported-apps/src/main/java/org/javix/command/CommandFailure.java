package org.javix.command;

/** Javix cannot do what was asked, and the message says why. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    /** Ends the command with {@link ExitCode#FAILED}. */
    CommandFailure(String message) {
        this(message, ExitCode.FAILED);
    }

    /** Ends the command with a status. */
    CommandFailure(String message, int status) {
        super(message);
        this.status = status;
    }

    /** The exit status that says what kind of failure it is. */
    int status() {
        return status;
    }
}
