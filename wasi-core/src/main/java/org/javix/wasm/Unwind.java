package org.javix.wasm;

/** Unwinds a running instance's stack into frames: thrown by a suspending host function. */
public final class Unwind extends Throwable {
    private static final long serialVersionUID = 1;

    /** Without a stack trace. */
    public Unwind() {
        super(null, null, false, false);
    }
}
