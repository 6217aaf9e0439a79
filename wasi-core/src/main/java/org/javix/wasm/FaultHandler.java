package org.javix.wasm;

/**
 * What an embedder does at an instruction that faults, before the guest's stack is unwound: it may run a handler of
 * the guest's on top of the function that the fault is in, which may leave it by an exception.
 *
 * <p>Not told are the end of a computation that {@linkplain Instance#interrupt the host wants}, and traps of what is
 * called without a handler set.
 */
@FunctionalInterface
public interface FaultHandler {
    /**
     * Runs on the guest's thread. When it returns, an access to memory is made again; any other instruction faults
     * again. So it must not return if it wants neither: it throws the trap, or what else ends the guest.
     *
     * <p>A trap of the kind {@link Trap.Kind#STACK_EXHAUSTED} is different: the functions within the innermost try are
     * gone when it is told. If the handler returns, the trap is thrown.
     *
     * @param instance the one that the host called; the fault may be in another that it has called
     * @param trap what would be thrown; it has no stack trace
     * @throws Trap where there is nothing to be done about it
     */
    void fault(Instance instance, Trap trap);
}
