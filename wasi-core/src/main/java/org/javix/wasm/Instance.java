package org.javix.wasm;

import java.lang.foreign.MemorySegment;

/** A module's instance. One thread at a time runs it. */
public abstract class Instance {
    /** What the embedder keeps with an instance. */
    private Object context;

    /** The embedder's object. */
    public final Object context() {
        return context;
    }

    /** Sets the embedder's object. */
    public final void setContext(Object context) {
        this.context = context;
    }

    /** Memory 0 as it is now; {@code memory.grow} makes the segment stale. */
    public abstract MemorySegment memory();
}
