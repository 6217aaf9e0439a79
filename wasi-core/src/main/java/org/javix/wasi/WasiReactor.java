package org.javix.wasi;

import org.javix.wasm.ExportedFunction;
import org.javix.wasm.Instance;

/**
 * An open instance of a module that uses WASI but is called by its exports, as often as one likes: what WASI
 * calls a reactor. Its {@code _initialize}, if it has one, has run. The thread that opened it runs it.
 *
 * <p>A function that exits ends its call with a {@link ProgramExited}.
 */
public final class WasiReactor implements AutoCloseable {
    private final Instance instance;
    private final PlainContext context;
    private final Runnable closed;

    WasiReactor(Instance instance, PlainContext context, Runnable closed) {
        this.instance = instance;
        this.context = context;
        this.closed = closed;
    }

    /** The instance: its memory and its exports. */
    public Instance instance() {
        return instance;
    }

    /**
     * An exported function.
     *
     * @throws IllegalArgumentException without such a function
     */
    public ExportedFunction function(String name) {
        return instance.function(name);
    }

    /** Ends the call that goes on, or the next one, with {@link ProgramStopped}. Any thread. */
    public void stop() {
        context.stop();
    }

    /** Closes its descriptors and gives its memory back. */
    @Override
    public void close() {
        closed.run();
        instance.close();
        context.files().closeAll();
    }
}
