package org.javix.wasm;

/** A wait at an address of a memory, from {@link Memory#startWait32} on. Thread-safe. */
public final class MemoryWait {
    private final MemoryWaits waits;
    final long address;
    private final Runnable onWoken;
    private volatile boolean woken;

    MemoryWait(MemoryWaits waits, long address, Runnable onWoken) {
        this.waits = waits;
        this.address = address;
        this.onWoken = onWoken;
    }

    /** Whether a notification has ended the wait. */
    public boolean woken() {
        return woken;
    }

    /**
     * Ends the wait if no notification has.
     *
     * @return whether it was ended now: then no notification counts it
     */
    public boolean cancel() {
        return waits.remove(this);
    }

    void wake() {
        woken = true;
        onWoken.run();
    }
}
