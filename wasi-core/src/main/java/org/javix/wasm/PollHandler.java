package org.javix.wasm;

/** What a guest does at a safepoint when it is asked to. */
@FunctionalInterface
public interface PollHandler {
    /** Runs on the guest's thread. It may call guest functions, throw to end the guest, or unwind it. */
    void poll(Instance instance) throws Unwind;
}
