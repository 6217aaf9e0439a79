package org.javix.process;

/**
 * Thrown by a process's thread to end the process: by {@link Process#exit}, and wherever the process
 * learns that a signal has killed it. It passes through everything up to the thread's base. It is not
 * an {@link Exception}, so that a careless {@code catch} does not keep a killed process alive, and
 * it has no stack trace, so it is cheap.
 */
public final class ProcessExit extends Error {
    private static final long serialVersionUID = 1L;

    private final transient WaitStatus status;

    /** Ends the process with {@code status}. */
    public ProcessExit(WaitStatus status) {
        super(null, null, false, false);
        this.status = status;
    }

    /** How the process ends. */
    public WaitStatus status() {
        return status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(status);
    }
}
