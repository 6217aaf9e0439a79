package org.javix.process;

/** What a process or one of its threads does: the body of the thread. */
@FunctionalInterface
public interface Program {
    /**
     * Runs on the virtual thread of its own. Returning is {@code exit(0)} of the thread; to end otherwise, call
     * {@link Task#exit} or {@link Task#exitGroup}. A {@link ProcessExit} must be let through.
     */
    void run(Task self);
}
