package org.javix.wasi;

/** Guest code ended its program, by {@code proc_exit} or by a signal that it raised. */
public final class ProgramExited extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ProgramExited(int status) {
        super("exit " + Integer.toUnsignedString(status), null, false, false);
        this.status = status;
    }

    /** The exit status, as the program gave it; 128 + n for the signal n. */
    public int status() {
        return status;
    }
}
