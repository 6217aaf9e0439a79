package org.javix.process;

/** What a process does: the body of its thread. */
@FunctionalInterface
public interface Program {
    /**
     * Runs on the process's own virtual thread. Returning is {@code exit(0)}; to end otherwise, call
     * {@link Process#exit}. A {@link ProcessExit} must be let through.
     */
    void run(Process self);
}
