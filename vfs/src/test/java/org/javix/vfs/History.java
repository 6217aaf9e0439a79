package org.javix.vfs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls that overlapped, and the question whether they could have happened one after the other: each at some moment
 * between its start and its end, with the results that they gave (linearisability). The search is that of Wing and
 * Gong, with Lowe's memory of what was tried: a set of calls that leads to a state is looked at once.
 *
 * @param <S> a state of the model; immutable, with {@code equals}
 */
final class History<S> {
    /** What a call does to the model: the state after it, or null if its result is not possible in this state. */
    @FunctionalInterface
    interface Effect<S> {
        S apply(S state);
    }

    /**
     * A call.
     *
     * @param start a number that grows with time
     * @param end as {@code start}
     */
    record Call<S>(String text, long start, long end, Effect<S> effect) {}

    private record Tried<S>(long done, S state) {}

    private final List<Call<S>> calls;
    private final Set<Tried<S>> tried = new HashSet<>();

    /** At most 63 calls. */
    History(List<Call<S>> calls) {
        this.calls = new ArrayList<>(calls);
        this.calls.sort((a, b) -> Long.compare(a.start, b.start));
    }

    /** Whether there is an order. */
    boolean isLinearisable(S initial) {
        return search(0, initial);
    }

    private boolean search(long done, S state) {
        if (done == (1L << calls.size()) - 1) {
            return true;
        }
        if (!tried.add(new Tried<>(done, state))) {
            return false;
        }
        // What began after another call had ended comes after that.
        long firstEnd = Long.MAX_VALUE;
        for (int i = 0; i < calls.size(); i++) {
            if ((done & 1L << i) == 0) {
                firstEnd = Math.min(firstEnd, calls.get(i).end);
            }
        }
        for (int i = 0; i < calls.size() && calls.get(i).start < firstEnd; i++) {
            if ((done & 1L << i) != 0) {
                continue;
            }
            S next = calls.get(i).effect.apply(state);
            if (next != null && search(done | 1L << i, next)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Call<S> call : calls) {
            text.append(call.start).append('-').append(call.end).append(' ').append(call.text).append('\n');
        }
        return text.toString();
    }
}
