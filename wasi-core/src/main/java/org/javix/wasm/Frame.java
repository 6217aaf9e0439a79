package org.javix.wasm;

/**
 * A guest function's frame, as plain data. Immutable by convention: it may be resumed more than once.
 *
 * @param function the function's index
 * @param site which of its call sites it stopped at
 * @param values the raw values of its locals and of the operands that outlive the call
 * @param references the references among them; null without any
 */
public record Frame(int function, int site, long[] values, Object[] references) implements StackFrame {
    /** The frame as it goes on in an instance, which may be a fork of the one that it stopped in. */
    Frame of(Instance instance) {
        return references == null ? this : new Frame(function, site, values, instance.ownFrame(references));
    }
}
