package org.javix.posix;

import org.javix.wasm.Memory;

/**
 * The memory of a program whose threads have an instance each. It lives as long as any of them, or a child of
 * {@code vfork}, uses it. Thread-safe.
 */
final class SharedMemory {
    private final Memory memory;
    /** Guarded by this. */
    private int users = 1;

    /** A memory with one user. */
    SharedMemory(Memory memory) {
        this.memory = memory;
    }

    /** One more uses it. */
    synchronized SharedMemory enter() {
        users++;
        return this;
    }

    /** One uses it no more; the last frees it. */
    synchronized void leave() {
        users--;
        if (users == 0) {
            memory.close();
        }
    }
}
