package org.javix.wasm;

/** One frame of an unwound stack. */
public sealed interface StackFrame permits Frame, HostFrame {}
