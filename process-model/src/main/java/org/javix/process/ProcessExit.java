package org.javix.process;

/**
 * Thrown by a process's thread to end: by {@link Task#exit} and {@link Task#exitGroup}, and wherever the thread
 * learns that a signal has killed its process. It passes through everything up to the thread's base. It is not
 * an {@link Exception}, so that a careless {@code catch} does not keep a killed process alive, and
 * it has no stack trace, so it is cheap.
 */
public final class ProcessExit extends Error {
    private static final long serialVersionUID = 1L;

    private final transient WaitStatus status;
    private final boolean whole;

    /** Ends the process with {@code status}. */
    public ProcessExit(WaitStatus status) {
        this(status, true);
    }

    private ProcessExit(WaitStatus status, boolean whole) {
        super(null, null, false, false);
        this.status = status;
        this.whole = whole;
    }

    /** Ends the thread alone, and the process only with its last thread. */
    public static ProcessExit ofThread(WaitStatus status) {
        return new ProcessExit(status, false);
    }

    /** How the process ends. */
    public WaitStatus status() {
        return status;
    }

    /** Whether the other threads of the process end as well. */
    public boolean isWhole() {
        return whole;
    }

    @Override
    public String getMessage() {
        return String.valueOf(status);
    }
}
