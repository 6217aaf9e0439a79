package org.javix.posix;

/** A process whose program is a WebAssembly instance. */
final class GuestProcess {}
