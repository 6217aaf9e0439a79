package org.javix.posix;

/**
 * Thrown by a successful exec, through the old program to the base of the thread, where the new one
 * starts. It has no stack trace.
 */
final class ProgramChange extends Error {
    private static final long serialVersionUID = 1;

    private final transient Program program;

    ProgramChange(Program program) {
        super(null, null, false, false);
        this.program = program;
    }

    /** The new program. */
    Program program() {
        return program;
    }
}
