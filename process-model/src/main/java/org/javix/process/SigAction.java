package org.javix.process;

/**
 * What a process does about a signal: the argument of {@code sigaction}. Immutable.
 *
 * @param handler {@link #SIG_DFL}, {@link #SIG_IGN}, or the guest's own name of its handler (a table index)
 * @param flags {@code SA_*}
 * @param mask signals blocked while the handler runs, beside the signal itself
 * @param restorer kept for the guest, not used
 */
public record SigAction(int handler, int flags, long mask, int restorer) {
    /** The default action. */
    public static final int SIG_DFL = 0;
    /** Ignore the signal. */
    public static final int SIG_IGN = 1;

    /** For SIGCHLD: none for children that stop or continue. */
    public static final int SA_NOCLDSTOP = 1;
    /** For SIGCHLD: children leave no zombies. */
    public static final int SA_NOCLDWAIT = 2;
    /** The handler takes a {@code siginfo_t}. */
    public static final int SA_SIGINFO = 4;
    /** The handler runs on the alternate stack, if there is one. */
    public static final int SA_ONSTACK = 0x0800_0000;
    /** Interrupted calls start again after the handler. */
    public static final int SA_RESTART = 0x1000_0000;
    /** The signal is not blocked in its own handler. */
    public static final int SA_NODEFER = 0x4000_0000;
    /** The action becomes the default one when the handler is entered. */
    public static final int SA_RESETHAND = 0x8000_0000;

    private static final int SA_EXPOSE_TAGBITS = 0x800;
    private static final int SA_RESTORER = 0x0400_0000;

    private static final int KNOWN = SA_NOCLDSTOP | SA_NOCLDWAIT | SA_SIGINFO | SA_EXPOSE_TAGBITS | SA_RESTORER | SA_ONSTACK
            | SA_RESTART | SA_NODEFER | SA_RESETHAND;

    /** As Linux keeps it: without flags that it does not know, and signals that cannot be blocked. */
    public SigAction {
        flags &= KNOWN;
        mask &= ~SignalSet.UNBLOCKABLE;
    }

    /** The action every signal starts with. */
    public static final SigAction DEFAULT = new SigAction(SIG_DFL, 0, 0, 0);

    /** Ignores the signal. */
    public static final SigAction IGNORE = new SigAction(SIG_IGN, 0, 0, 0);

    /** Whether the guest has a handler. */
    public boolean isHandler() {
        return handler != SIG_DFL && handler != SIG_IGN;
    }

    /** Whether all of {@code bits} are set in the flags. */
    public boolean has(int bits) {
        return (flags & bits) == bits;
    }
}
