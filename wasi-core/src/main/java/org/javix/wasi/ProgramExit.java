package org.javix.wasi;

/** Unwinds a plain program's stack when it exits. */
final class ProgramExit extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    ProgramExit(int status) {
        super("exit " + Integer.toUnsignedString(status), null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
