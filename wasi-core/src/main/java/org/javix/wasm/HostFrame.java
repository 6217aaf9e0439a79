package org.javix.wasm;

/**
 * The frame of a host function that had called back into the guest when the stack was unwound.
 */
public non-sealed interface HostFrame extends StackFrame {
    /**
     * Continues the guest function with {@link Instance#resumeInner}, then does the rest of the host
     * function's work and returns its result.
     */
    long resume(Instance instance) throws Unwind;
}
