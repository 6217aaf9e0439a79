package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.wasi.WasiFunction.of;

import java.util.List;

/** {@code proc_*}: ending the program, and signalling it. */
final class ProcFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("proc_exit", "rval:u32 noreturn", ProcFunctions::exit),
            of("proc_raise", "sig:u32", ProcFunctions::raise));

    private ProcFunctions() {}

    /** Ends the program. Never returns. */
    private static long exit(Guest guest, long status) {
        guest.context().exit((int) status);
        throw new IllegalStateException("the program went on after its exit");
    }

    /**
     * Sends a signal to the calling program. Signal 0 only checks that this is possible. Errors:
     * {@code EINVAL} for an unknown signal, {@code ENOSYS}.
     */
    private static long raise(Guest guest, long signal) {
        int linux = linuxSignal(signal);
        return linux <= 0 ? linux : guest.context().raise(linux);
    }

    /**
     * Linux's number of one of WASI's signals. They count alike up to {@code SIGTERM}, where Linux has
     * {@code SIGSTKFLT}, which WASI left out.
     */
    private static int linuxSignal(long signal) {
        if (signal > 30) {
            return -EINVAL;
        }
        return (int) (signal < 16 ? signal : signal + 1);
    }
}
