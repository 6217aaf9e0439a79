package org.javix.process;

import java.util.ArrayDeque;

/**
 * Those who wait for a turn, each in a share. Shares come in turn, however many wait in each: so a fork bomb has no
 * more of the processors than a shell that was started beside it. Within a share those who have woken come in turn with
 * those whose turn was over, so that a shell also answers beside a bomb that it has started itself.
 *
 * <p>Not thread-safe: {@link TimeSharing} guards its own.
 *
 * @param <T> who waits
 */
final class TurnLine<T> {
    /** What has one part of the processors: a process that the embedder has started, with all its descendants. */
    static final class Share<T> {
        private final ArrayDeque<T> woken = new ArrayDeque<>();
        private final ArrayDeque<T> others = new ArrayDeque<>();
        private boolean othersNext;

        private boolean isEmpty() {
            return woken.isEmpty() && others.isEmpty();
        }

        private T poll() {
            boolean fromOthers = woken.isEmpty() || othersNext && !others.isEmpty();
            othersNext = !fromOthers;
            return (fromOthers ? others : woken).poll();
        }
    }

    /** The shares in which somebody waits. */
    private final ArrayDeque<Share<T>> shares = new ArrayDeque<>();

    /** @param hasWoken whether it has waited for something else than a turn before */
    void add(T who, Share<T> share, boolean hasWoken) {
        if (share.isEmpty()) {
            shares.add(share);
        }
        (hasWoken ? share.woken : share.others).add(who);
    }

    /** Who is first, and leaves the line; null if nobody waits. */
    T poll() {
        Share<T> share = shares.poll();
        if (share == null) {
            return null;
        }
        T first = share.poll();
        if (!share.isEmpty()) {
            shares.add(share);
        }
        return first;
    }

    /** Takes somebody out; answers whether it was there. */
    boolean remove(T who, Share<T> share) {
        boolean there = share.woken.remove(who) || share.others.remove(who);
        if (there && share.isEmpty()) {
            shares.remove(share);
        }
        return there;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }
}
