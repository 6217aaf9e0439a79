package org.javix.wasm;

/**
 * A guest function's frame, as plain data. Immutable by convention: it may be resumed more than once.
 *
 * @param function the function's index
 * @param site which of its call sites it stopped at
 * @param values the raw values of its locals and of the operands that outlive the call
 * @param references the references among them; null without any
 */
public record Frame(int function, int site, long[] values, Object[] references) implements StackFrame {}
