package org.javix.process;

import static org.javix.process.Signal.*;

/**
 * Sets of signals, as plain {@code long}s: signal n is bit n-1, as in the guest's {@code sigset_t}.
 *
 * <p>They are primitive because every blocking call looks at one.
 */
public final class SignalSet {
    /** No signal. */
    public static final long EMPTY = 0;

    /** Every signal. */
    public static final long FULL = -1L;

    /** The signals that no one can block, catch or ignore. */
    public static final long UNBLOCKABLE = of(SIGKILL, SIGSTOP);

    /** The signals that stop a process by default. */
    public static final long STOP = of(SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU);

    /** The signals that do nothing by default. */
    static final long IGNORED_BY_DEFAULT = of(SIGCHLD, SIGURG, SIGWINCH, SIGCONT);

    /** The signals of faults; they are delivered before all others, as they belong to the current instruction. */
    static final long SYNCHRONOUS = of(SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGSYS);

    private SignalSet() {}

    /** The set of one signal. */
    public static long of(int signal) {
        return 1L << (signal - 1);
    }

    /** The set of some signals. */
    public static long of(int... signals) {
        long set = 0;
        for (int signal : signals) {
            set |= of(signal);
        }
        return set;
    }

    /** Whether {@code set} contains {@code signal}. */
    public static boolean contains(long set, int signal) {
        return (set & of(signal)) != 0;
    }

    /** The lowest signal of a set that is not empty. */
    public static int first(long set) {
        return Long.numberOfTrailingZeros(set) + 1;
    }
}
