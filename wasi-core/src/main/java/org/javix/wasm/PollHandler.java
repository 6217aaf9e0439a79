package org.javix.wasm;

/** What a guest does at a safepoint when it is asked to. */
@FunctionalInterface
public interface PollHandler {
    /** Runs on the guest's thread. It may call guest functions, throw to end the guest, or unwind it. */
    void poll(Instance instance) throws Unwind;

    /**
     * Runs on the guest's thread where a poll is asked for and the guest cannot be unwound, after an instruction that took long.
     * It throws to end the guest, or leaves all else to the next poll.
     */
    default void end(Instance instance) {}
}
