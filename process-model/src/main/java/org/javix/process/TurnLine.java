package org.javix.process;

import java.util.ArrayDeque;

/**
 * Those who wait for a turn, each in a share. Shares come in turn, however many wait in each: so a fork bomb has no
 * more of the processors than a shell that was started beside it. Within a share those who have woken come in turn with
 * those whose turn was over, so that a shell also answers beside a bomb that it has started itself.
 *
 * <p>No step takes longer when more are waiting. Not thread-safe: {@link TimeSharing} guards its own.
 *
 * @param <T> who waits
 */
final class TurnLine<T> {
    /** What has one part of the processors: a process that the embedder has started, with all its descendants. */
    static final class Share<T> {
        private final ArrayDeque<Place<T>> woken = new ArrayDeque<>();
        // Those in here that are urgent now, or have left, do not count: they are dropped when they are first.
        private final ArrayDeque<Place<T>> others = new ArrayDeque<>();
        private int waiting;
        private boolean othersNext;

        private T poll() {
            Place<T> first = othersNext ? first(others, false) : first(woken, true);
            if (first == null) {
                first = othersNext ? first(woken, true) : first(others, false);
            }
            othersNext = first.urgent;
            leave(first);
            return first.who;
        }

        private static <T> Place<T> first(ArrayDeque<Place<T>> places, boolean urgent) {
            while (true) {
                Place<T> place = places.poll();
                if (place == null || !place.left && place.urgent == urgent) {
                    return place;
                }
            }
        }

        private void leave(Place<T> place) {
            place.left = true;
            waiting--;
            if (waiting == 0) {
                woken.clear();
                others.clear();
            }
        }
    }

    /** A place in the line. */
    static final class Place<T> {
        private final T who;
        private final Share<T> share;
        private boolean urgent;
        private boolean left;

        private Place(T who, Share<T> share) {
            this.who = who;
            this.share = share;
        }
    }

    /** The shares in which somebody waits. */
    private final ArrayDeque<Share<T>> shares = new ArrayDeque<>();

    /** @param urgent whether it has waited for something else than a turn before */
    Place<T> add(T who, Share<T> share, boolean urgent) {
        Place<T> place = new Place<>(who, share);
        place.urgent = urgent;
        (urgent ? share.woken : share.others).add(place);
        share.waiting++;
        if (share.waiting == 1) {
            shares.add(share);
        }
        return place;
    }

    /** Puts somebody among those who have woken. */
    void hasten(Place<T> place) {
        if (!place.left && !place.urgent) {
            place.urgent = true;
            place.share.woken.add(place);
        }
    }

    /** Who is first, and leaves the line; null if nobody waits. */
    T poll() {
        Share<T> share = shares.poll();
        if (share == null) {
            return null;
        }
        T first = share.poll();
        if (share.waiting > 0) {
            shares.add(share);
        }
        return first;
    }

    /** Gives a place up; answers false if its turn had come. */
    boolean remove(Place<T> place) {
        if (place.left) {
            return false;
        }
        place.share.leave(place);
        if (place.share.waiting == 0) {
            shares.remove(place.share);
        }
        return true;
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }
}
