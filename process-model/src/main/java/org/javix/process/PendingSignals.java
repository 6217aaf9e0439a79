package org.javix.process;

import java.util.ArrayDeque;
import java.util.Iterator;

/** Signals that wait, with their origins: of a process, or of one of its threads. Guarded by the {@link SignalState}. */
final class PendingSignals {
    private long set;
    // Oldest first; an ordinary signal occurs once. Made when it is needed.
    private ArrayDeque<SigInfo> queue;

    /** Which signals wait. */
    long set() {
        return set;
    }

    /** How many are queued. */
    int size() {
        return queue == null ? 0 : queue.size();
    }

    /** Adds a signal, unless it is an ordinary one that waits already. */
    void add(SigInfo info) {
        long bit = SignalSet.of(info.signal());
        if ((set & bit) == 0 || Signal.isRealTime(info.signal())) {
            set |= bit;
            if (queue == null) {
                queue = new ArrayDeque<>(2);
            }
            queue.add(info);
        }
    }

    /** Whether a signal of a timer waits. */
    boolean hasTimer(int signal, int timer) {
        if (!SignalSet.contains(set, signal)) {
            return false;
        }
        for (SigInfo info : queue) {
            if (info.signal() == signal && info.code() == SigInfo.SI_TIMER && info.pid() == timer) {
                return true;
            }
        }
        return false;
    }

    /** Takes the oldest of a signal that waits. */
    SigInfo remove(int signal) {
        SigInfo found = null;
        boolean more = false;
        for (Iterator<SigInfo> i = queue.iterator(); i.hasNext(); ) {
            SigInfo info = i.next();
            if (info.signal() != signal) {
                continue;
            }
            if (found != null) {
                more = true;
                break;
            }
            found = info;
            i.remove();
        }
        if (!more) {
            set &= ~SignalSet.of(signal);
        }
        return found;
    }

    /** Forgets all of some signals. */
    void discard(long signals) {
        if ((set & signals) != 0) {
            set &= ~signals;
            queue.removeIf(info -> SignalSet.contains(signals, info.signal()));
        }
    }
}
