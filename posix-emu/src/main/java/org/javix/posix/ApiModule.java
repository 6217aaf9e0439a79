package org.javix.posix;

import java.util.Locale;

/**
 * The optional API modules. A program's import list names the ones that it needs; a sandbox switches
 * them on one by one, and calls of a module that is off answer {@code ENOSYS}.
 */
public enum ApiModule {
    /** Processes: fork, exec, wait, groups, sessions, limits, system information. */
    POSIX_PROCESS,
    /** Signals: actions, masks, kill, waiting for signals. */
    POSIX_SIGNAL,
    /** Files, directories and descriptors. */
    POSIX_FS,
    /** File locks. */
    POSIX_LOCK,
    /** Memory mappings and the program break. */
    POSIX_MMAN,
    /** Pipes, queues, semaphores, shared memory. */
    POSIX_IPC,
    /** Sockets. */
    POSIX_NET,
    /** Terminals. */
    POSIX_TTY,
    /** Threads and futexes. */
    POSIX_THREAD,
    /** Clocks, timers, sleeping. */
    POSIX_TIME,
    /** User and group ids. */
    POSIX_USER;

    private final String importName = name().toLowerCase(Locale.ROOT);

    /** The module name of its imports, such as {@code posix_fs}. */
    public String importName() {
        return importName;
    }
}
