package org.javix.posix;

import org.javix.wasm.Instance;

/**
 * The parent's instance while a child of {@code vfork} runs on it. The child gives it back with its
 * globals, the stack pointer among them, as they were. Whoever leaves last of the two frees the memory, if
 * the parent was killed meanwhile. Thread-safe.
 */
final class MemoryLoan {
    private final GuestThread parent;
    private final Instance instance;
    private final long[] globals;
    /** Guarded by this. */
    private boolean lent = true;
    /** Guarded by this. */
    private boolean parentGone;

    /** Lends the parent's instance. */
    MemoryLoan(GuestThread parent) {
        this.parent = parent;
        instance = parent.instance();
        globals = instance.saveGlobals();
        parent.setLoan(this);
    }

    /** The child has called exec or has ended. */
    synchronized void giveBack() {
        lent = false;
        if (parentGone) {
            instance.close();
            return;
        }
        instance.restoreGlobals(globals);
        instance.setContext(parent);
        // Signals to the parent were not looked at meanwhile.
        instance.requestPoll();
    }

    /** The parent has ended; answers whether it must leave the memory to the child. */
    synchronized boolean leave() {
        parentGone = true;
        return lent;
    }
}
