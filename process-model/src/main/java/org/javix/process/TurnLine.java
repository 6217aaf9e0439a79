package org.javix.process;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * Those who wait for a turn, each in a share. Shares come in turn, however many wait in each: so a fork bomb has no
 * more of the processors than a shell that was started beside it. Within a share those who have woken come in turn with
 * those whose turn was over, so that a shell also answers beside a bomb that it has started itself.
 *
 * <p>Those of a real-time policy come before all others of their share, the highest priority first; but one turn in twenty is
 * left to the others, as Linux leaves them a twentieth of the time.
 *
 * <p>No step takes longer when more are waiting, but that of those with priorities who leave, and whose priority changes.
 * Not thread-safe: {@link TimeSharing} guards its own.
 *
 * @param <T> who waits
 */
final class TurnLine<T> {
    /** What has one part of the processors: a process that the embedder has started, with all its descendants. */
    static final class Share<T> {
        private final ArrayDeque<Place<T>> woken = new ArrayDeque<>();
        // Those in here that are urgent now, or have left, do not count: they are dropped when they are first.
        private final ArrayDeque<Place<T>> others = new ArrayDeque<>();
        // Those with a priority, which is the key; no queue is empty.
        private final TreeMap<Integer, ArrayDeque<Place<T>>> ranked = new TreeMap<>(Comparator.reverseOrder());
        private int waiting;
        private int waitingRanked;
        private int rankedTurns;
        private boolean othersNext;

        private T poll() {
            if (waitingRanked > 0 && (waitingRanked == waiting || ++rankedTurns % RANKED_TURNS != 0)) {
                return pollRanked();
            }
            return pollUnranked();
        }

        private T pollRanked() {
            Place<T> first = ranked.firstEntry().getValue().getFirst();
            leave(first);
            return first.who;
        }

        private T pollUnranked() {
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
            if (place.priority > 0) {
                waitingRanked--;
                ArrayDeque<Place<T>> equals = ranked.get(place.priority);
                equals.remove(place);
                if (equals.isEmpty()) {
                    ranked.remove(place.priority);
                }
            }
            if (waiting == waitingRanked) {
                woken.clear();
                others.clear();
            }
        }
    }

    /** A place in the line. */
    static final class Place<T> {
        private final T who;
        private final Share<T> share;
        private final int priority;
        private boolean urgent;
        private boolean left;

        private Place(T who, Share<T> share, int priority) {
            this.who = who;
            this.share = share;
            this.priority = priority;
        }
    }

    /** Of so many turns of a share, those with priorities leave one to the others. */
    private static final int RANKED_TURNS = 20;

    /** The shares in which somebody waits. */
    private final ArrayDeque<Share<T>> shares = new ArrayDeque<>();

    /**
     * Joins the line.
     *
     * @param urgent whether it has waited for something else than a turn before
     */
    Place<T> add(T who, Share<T> share, boolean urgent) {
        Place<T> place = new Place<>(who, share, 0);
        place.urgent = urgent;
        (urgent ? share.woken : share.others).add(place);
        joined(share);
        return place;
    }

    /**
     * Joins those who come first.
     *
     * @param priority at least 1
     * @param first whether before its equals
     */
    Place<T> addRanked(T who, Share<T> share, int priority, boolean first) {
        Place<T> place = new Place<>(who, share, priority);
        ArrayDeque<Place<T>> equals = share.ranked.computeIfAbsent(priority, none -> new ArrayDeque<>());
        if (first) {
            equals.addFirst(place);
        } else {
            equals.addLast(place);
        }
        share.waitingRanked++;
        joined(share);
        return place;
    }

    private void joined(Share<T> share) {
        share.waiting++;
        if (share.waiting == 1) {
            shares.add(share);
        }
    }

    /** The highest priority of those who wait in a share; 0 if nobody has one. */
    int highest(Share<T> share) {
        return share.waitingRanked == 0 ? 0 : share.ranked.firstKey();
    }

    /** Who has the highest priority in a share, and leaves the line. */
    T pollHighest(Share<T> share) {
        T first = share.pollRanked();
        left(share);
        return first;
    }

    /** Puts somebody among those who have woken. */
    void hasten(Place<T> place) {
        if (!place.left && !place.urgent && place.priority == 0) {
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
        left(place.share);
        return true;
    }

    private void left(Share<T> share) {
        if (share.waiting == 0) {
            shares.remove(share);
        }
    }

    boolean isEmpty() {
        return shares.isEmpty();
    }
}
