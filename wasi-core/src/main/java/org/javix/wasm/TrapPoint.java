package org.javix.wasm;

/**
 * Where instructions trap: asks the {@link FaultHandler} of the instance that the thread runs, and throws the trap
 * where there is none.
 *
 * <p>Compiled code comes here only when it traps. So which instance it belongs to is known by the thread, and no
 * access and no division has to carry it along.
 */
final class TrapPoint {
    /** The instance with a handler that the host has called last. */
    private static final ThreadLocal<Instance> RUNNING = new ThreadLocal<>();

    private TrapPoint() {}

    /** The host calls an instance that has a handler; answers what {@link #leave} puts back. */
    static Instance enter(Instance instance) {
        Instance before = RUNNING.get();
        if (before != instance) {
            RUNNING.set(instance);
        }
        return before;
    }

    /** The call is over. */
    static void leave(Instance before) {
        if (before == null) {
            RUNNING.remove();
        } else {
            RUNNING.set(before);
        }
    }

    private static FaultHandler handler() {
        Instance running = RUNNING.get();
        return running == null ? null : running.faultHandler();
    }

    /** An access to memory faults. Returns if it is to be made again. */
    static void access(Trap.Kind kind, long address, boolean store) {
        FaultHandler handler = handler();
        if (handler == null) {
            throw new Trap(kind, address, store, true);
        }
        handler.fault(RUNNING.get(), new Trap(kind, address, store, false));
    }

    /** An instruction faults that cannot do anything else: never returns. */
    static Trap raise(Trap.Kind kind) {
        FaultHandler handler = handler();
        if (handler == null) {
            throw new Trap(kind);
        }
        while (true) {
            handler.fault(RUNNING.get(), new Trap(kind, 0, false, false));
        }
    }

    /** The stack has ended within a try. Returns what the handler throws for the guest to catch. */
    static WasmException exhausted(StackOverflowError error) {
        FaultHandler handler = handler();
        if (handler == null) {
            throw error;
        }
        Trap trap = new Trap(Trap.Kind.STACK_EXHAUSTED, error);
        try {
            handler.fault(RUNNING.get(), trap);
        } catch (WasmException e) {
            return e;
        }
        throw trap;
    }
}
