package org.javix.wasm;

/**
 * A call from one instance into another that is on the stack.
 *
 * <p>The crossings on the stack lead requests of a poll from the instance that they are for inwards to the one
 * that runs, and the poll that it makes outwards to the handlers of all that asked. They are entered and left by
 * the thread that runs the instances; any thread may follow {@link Instance#running}.
 */
final class Crossing {
    /** Who called. */
    final Instance caller;

    /** How the caller itself was entered; null from the host. */
    final Crossing outer;

    private final Instance callee;

    // What is put back.
    private final Crossing crossingBefore;
    private final Instance calleeRanBefore;
    private final Instance callerRanBefore;

    private Crossing(Instance caller, Instance callee) {
        this.caller = caller;
        this.outer = caller.crossing;
        this.callee = callee;
        this.crossingBefore = callee.crossing;
        this.calleeRanBefore = callee.running;
        this.callerRanBefore = caller.running;
    }

    /** Before a call: from now on the callee runs for the caller. */
    static Crossing enter(Instance caller, Instance callee) {
        Crossing crossing = new Crossing(caller, callee);
        callee.crossing = crossing;
        callee.running = null;
        caller.running = callee;
        // Whoever requests a poll from here on finds the callee.
        if (caller.poll != 0) {
            callee.poll = 1;
        }
        return crossing;
    }

    /** After the call. */
    void leave() {
        caller.running = callerRanBefore;
        callee.running = calleeRanBefore;
        callee.crossing = crossingBefore;
    }

    /** What an attempt to unwind ends in where frames of several instances are on the stack. */
    static IllegalStateException refused(Unwind unwind) {
        return new IllegalStateException("cannot unwind the stack: it holds a call into another instance", unwind);
    }
}
