package org.javix.wasi;

/** A program was ended by {@link WasiProgram#stop} before its own end. */
public final class ProgramStopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    ProgramStopped() {
        super("the program was stopped", null, false, false);
    }
}
