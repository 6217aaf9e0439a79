package org.javix.command;

/** Javix cannot do what was asked, and the message says why; it ends the command with {@link ExitCode#FAILED}. */
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }
}
