package org.javix.posix;

import java.util.List;
import org.javix.wasm.Unwind;

/**
 * One line of the call table: a system call as guests import it.
 *
 * @param name Linux's name, which is also the import's field name
 * @param number the number that {@code SYS_name} has in the guest's C library: Linux's generic one, or
 *     from 1000 on for calls of our own. It never crosses the boundary
 * @param aliases other names that the C library uses for the same number
 * @param module the API module, which is also the import's module name
 * @param parameters at most six
 * @param result what a result of zero or more means
 * @param status how complete it is
 * @param interruption what a signal does to it
 * @param note what is different from Linux, or empty
 * @param handler what it does; for a missing call it answers {@code ENOSYS}
 */
public record SystemCall(
        String name,
        int number,
        List<String> aliases,
        ApiModule module,
        List<Parameter> parameters,
        Result result,
        Status status,
        Interruption interruption,
        String note,
        Handler handler) {

    /** What a result of zero or more means. */
    public enum Result {
        /** Nothing but success. */
        ZERO,
        /** A number. */
        NUMBER,
        /** A new descriptor. */
        FD,
        /** A process id. */
        PID,
        /** A file offset: the call returns an i64. */
        OFFSET,
        /** An address. */
        ADDRESS,
        /** File permissions. */
        MODE,
        /** The call does not return. */
        NEVER
    }

    /** How complete a call is. */
    public enum Status {
        DONE,
        PARTIAL,
        MISSING
    }

    /**
     * What happens to a call that a signal interrupted, and so whether the guest's stack may be
     * captured in it.
     */
    public enum Interruption {
        /** It never blocks and no handler runs in it that forks. */
        NONE,
        /** It is made again when every handler that ran has {@code SA_RESTART}, or none ran. */
        RESTART,
        /** It fails with {@code EINTR} when a handler ran, and is made again when none did. */
        FAIL
    }

    /** What a call does. Arguments that the call lacks are 0; each i32 is sign-extended. */
    @FunctionalInterface
    interface Handler {
        long call(GuestThread thread, long a, long b, long c, long d, long e, long f) throws Unwind;
    }

    /** Whether the import must be compiled as suspending. */
    public boolean suspends() {
        return interruption != Interruption.NONE;
    }

    /** Whether the result is an i64. */
    public boolean returns64() {
        return result == Result.OFFSET;
    }
}
