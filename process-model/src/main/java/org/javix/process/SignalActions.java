package org.javix.process;

import static org.javix.process.Signal.*;

import java.util.Arrays;

/** The actions of all signals. Immutable: a fork shares them, a change makes new ones. */
final class SignalActions {
    /** Every signal does what it does by default. */
    static final SignalActions INITIAL = new SignalActions(defaults(), SignalSet.IGNORED_BY_DEFAULT);

    private final SigAction[] actions;
    // The signals that are thrown away when they are not blocked.
    private final long discarded;

    private SignalActions(SigAction[] actions, long discarded) {
        this.actions = actions;
        this.discarded = discarded;
    }

    private static SigAction[] defaults() {
        SigAction[] actions = new SigAction[SIGRTMAX + 1];
        Arrays.fill(actions, SigAction.DEFAULT);
        return actions;
    }

    SigAction get(int signal) {
        return actions[signal];
    }

    /** Whether a signal does nothing at all, by its action or by default. */
    boolean discards(int signal) {
        return SignalSet.contains(discarded, signal);
    }

    SignalActions with(int signal, SigAction action) {
        SigAction[] changed = actions.clone();
        changed[signal] = action;
        long bit = SignalSet.of(signal);
        boolean nothing = action.handler() == SigAction.SIG_IGN
                || action.handler() == SigAction.SIG_DFL && (SignalSet.IGNORED_BY_DEFAULT & bit) != 0;
        return new SignalActions(changed, nothing ? discarded | bit : discarded & ~bit);
    }

    /** For exec: handlers are gone; what is ignored stays ignored. */
    SignalActions withoutHandlers() {
        SigAction[] kept = defaults();
        long ignored = ignored();
        for (long left = ignored; left != 0; left &= left - 1) {
            kept[SignalSet.first(left)] = SigAction.IGNORE;
        }
        return new SignalActions(kept, ignored | SignalSet.IGNORED_BY_DEFAULT);
    }

    /** The signals that are ignored on request. */
    long ignored() {
        long set = 0;
        for (int signal = 1; signal <= SIGRTMAX; signal++) {
            set |= actions[signal].handler() == SigAction.SIG_IGN ? SignalSet.of(signal) : 0;
        }
        return set;
    }

    /** The signals that have handlers. */
    long caught() {
        long set = 0;
        for (int signal = 1; signal <= SIGRTMAX; signal++) {
            set |= actions[signal].isHandler() ? SignalSet.of(signal) : 0;
        }
        return set;
    }
}
