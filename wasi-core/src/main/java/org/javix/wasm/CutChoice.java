package org.javix.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;

/**
 * Chooses what to take out of a function, in one go: the cuts that cost least for each byte that they save,
 * until enough is saved.
 *
 * <p>A cut costs what its calls cost, as often as they are guessed to happen. So loops keep together, a jump stays
 * with its loop, and what goes is large, rarely executed and has few locals in common with the rest.
 */
final class CutChoice {
    /** Less is not worth a call. */
    private static final int LEAST_BYTES = 30;

    /** Only so many starts of runs are looked at in one function, and so many instructions of candidates. */
    private static final int MOST_STARTS = 5_000;

    private static final int MOST_LOOKED_AT = 100_000_000;

    /** Where code runs equally often, runs start no closer than this share of the largest piece. */
    private static final int STARTS_PER_PIECE = 12;

    /** Instructions times locals: what no compiler emits is left as it is. */
    static final long MOST_WORK = 4_000_000_000L;

    private final FunctionBody body;
    private final BodyTrace trace;
    private final BodyStructure structure;
    private final boolean suspends;
    private final int largestPiece;
    private final PriorityQueue<Cut> candidates = new PriorityQueue<>(
            Comparator.comparingDouble(Cut::price).thenComparingInt(cut -> -cut.bytes()));

    /** The stretches of the chosen cuts, by their starts. */
    private final TreeMap<Integer, Claim> claims = new TreeMap<>();

    private record Claim(Cut.Stretch stretch, Cut cut) {}

    /** Where runs of a level may start or end. */
    private final Map<Level, int[]> boundariesOf = new IdentityHashMap<>();

    CutChoice(FunctionBody body, BodyTrace trace, boolean suspends, int largestPiece) {
        this.body = body;
        this.trace = trace;
        this.suspends = suspends;
        this.largestPiece = largestPiece;
        this.structure = new BodyStructure(body, trace);
    }

    /** The function's structure, to which the cuts refer. */
    BodyStructure structure() {
        return structure;
    }

    /** Cuts that save so many bytes, or as many as possible; none contains another. */
    Collection<Cut> choose(int bytes) {
        BitSet boundaries = new BitSet();
        if ((long) body.length * body.locals.length > MOST_WORK) {
            return List.of();
        }
        int spacing = Math.max(trace.sizes[body.length] / MOST_STARTS, largestPiece / STARTS_PER_PIECE);
        for (Level level : structure.levels) {
            addRuns(level, boundaries, spacing);
            addRings(level, boundaries);
        }
        Liveness liveness = new Liveness(body, trace, structure, boundaries);
        Set<Cut> chosen = new HashSet<>();
        int saved = 0;
        int lookedAt = 0;
        while (saved < bytes && !candidates.isEmpty()) {
            Cut cut = candidates.poll();
            if (!cut.assessed()) {
                if (lookedAt < MOST_LOOKED_AT) {
                    lookedAt += cut.end() - cut.start() + 1;
                    assess(cut, liveness);
                }
                continue;
            }
            List<Cut> inside = new ArrayList<>();
            Cut rest = fit(cut, inside);
            if (rest != cut) {
                if (rest != null) {
                    candidates.add(rest);
                }
                continue;
            }
            int gain = cut.gain() - inside.stream().mapToInt(Cut::gain).sum();
            if (gain < LEAST_BYTES) {
                continue;
            }
            for (Cut replaced : inside) {
                chosen.remove(replaced);
                replaced.stretches.forEach(stretch -> claims.remove(stretch.start()));
            }
            chosen.add(cut);
            cut.stretches.forEach(stretch -> claims.put(stretch.start(), new Claim(stretch, cut)));
            saved += gain;
        }
        return chosen;
    }

    private void assess(Cut cut, Liveness liveness) {
        cut.assess(liveness, suspends);
        if (!cut.possible()) {
            Cut before = cut.isRing() || cut.obstacle() < 0 ? null : runBefore(cut, cut.obstacle());
            if (before != null) {
                candidates.add(before);
            }
            return;
        }
        if (cut.pieceBytes() <= largestPiece) {
            candidates.add(cut);
            return;
        }
        Cut smaller = cut.isRing() ? ringOf(cut, cut.stretches.size() - 1) : runOf(cut, largestPiece - (cut.pieceBytes() - cut.bytes()));
        if (smaller != null) {
            candidates.add(smaller);
        }
    }

    private static Cut ringOf(Cut ring, int count) {
        while (count > 0 && ring.stretches.get(count - 1).isEmpty()) {
            count--;
        }
        return count < 2 ? null : ring.outermost(count);
    }

    /** The part of a run up to the one of its constructs that an instruction lies in. */
    private Cut runBefore(Cut run, int instruction) {
        int end = run.start();
        for (int position : boundaries(run.level)) {
            if (position > instruction) {
                break;
            }
            end = position;
        }
        return end <= run.start() || trace.size(run.start(), end) < LEAST_BYTES ? null : run.until(end);
    }

    private Cut runOf(Cut run, int bytes) {
        int[] positions = boundaries(run.level);
        int first = Arrays.binarySearch(positions, run.start());
        int last = Arrays.binarySearch(positions, run.end());
        // Sizes grow along the positions: look for the last one that fits.
        while (last - first > 1) {
            int middle = first + last >>> 1;
            if (trace.size(run.start(), positions[middle]) <= bytes) {
                first = middle;
            } else {
                last = middle;
            }
        }
        return trace.size(run.start(), positions[first]) < LEAST_BYTES ? null : run.until(positions[first]);
    }

    /**
     * Finds the chosen cuts inside a candidate. Answers the candidate, or what remains of it beside chosen cuts
     * that it overlaps otherwise, or null.
     */
    private Cut fit(Cut cut, List<Cut> inside) {
        Set<Cut> seen = new HashSet<>();
        for (int s = 0; s < cut.stretches.size(); s++) {
            Cut.Stretch stretch = cut.stretches.get(s);
            for (Map.Entry<Integer, Claim> entry = claims.lowerEntry(stretch.end());
                    entry != null && entry.getValue().stretch.end() > stretch.start();
                    entry = claims.lowerEntry(entry.getKey())) {
                Cut other = entry.getValue().cut;
                if (!seen.add(other)) {
                    continue;
                }
                if (other.stretches.stream().allMatch(inner -> cut.stretches.stream().anyMatch(outer -> outer.contains(inner)))) {
                    inside.add(other);
                } else if (cut.isRing()) {
                    return ringOf(cut, s);
                } else {
                    return runOf(cut, trace.size(cut.start(), Math.max(cut.start(), other.start())));
                }
            }
        }
        return cut;
    }

    // ---- Candidates ----

    /** Where runs of a level may start or end: where as few operands as possible are in use. */
    private int[] boundaries(Level level) {
        return boundariesOf.computeIfAbsent(level, this::findBoundaries);
    }

    private int[] findBoundaries(Level level) {
        List<Integer> positions = level.positions;
        int least = Integer.MAX_VALUE;
        for (int position : positions) {
            least = Math.min(least, trace.before[position].height());
        }
        ArrayList<Integer> result = new ArrayList<>();
        int gap = Math.max(LEAST_BYTES, largestPiece / 4);
        int last = -1;
        for (int p = 0; p < positions.size(); p++) {
            int position = positions.get(p);
            boolean far = last >= 0 && trace.size(last, position) > gap;
            if (trace.before[position].height() == least || p == 0 || far || position == level.end) {
                if (far && trace.before[position].height() > least) {
                    position = lowest(positions, p, last, gap);
                }
                result.add(position);
                last = position;
            }
        }
        if (last != level.end && !positions.isEmpty()) {
            // No path reaches the end: the last instruction branches away.
            result.add(level.end);
        }
        return result.stream().mapToInt(Integer::intValue).distinct().toArray();
    }

    /** Of the last few positions up to one, that with the fewest operands. */
    private int lowest(List<Integer> positions, int p, int after, int gap) {
        int best = positions.get(p);
        for (int q = p - 1; q >= 0 && positions.get(q) > after && trace.size(positions.get(q), best) < gap / 2; q--) {
            int position = positions.get(q);
            if (trace.before[position].height() < trace.before[best].height()) {
                best = position;
            }
        }
        return best;
    }

    private void addRuns(Level level, BitSet wanted, int spacing) {
        int[] at = boundaries(level);
        int end = 0;
        int lastStart = -1;
        for (int start = 0; start < at.length - 1; start++) {
            end = Math.max(end, start);
            while (end + 1 < at.length && trace.size(at[start], at[end + 1]) <= largestPiece) {
                end++;
            }
            wanted.set(at[start]);
            wanted.set(at[start + 1]);
            boolean near = lastStart >= 0
                    && trace.size(lastStart, at[start]) < spacing
                    && 2 * frequency(at[start]) > frequency(lastStart);
            if (!near && end > start && trace.size(at[start], at[end]) >= LEAST_BYTES && !isWhole(level, at[start], at[end])) {
                candidates.add(Cut.run(body, trace, structure, level, at[start], at[end]));
                lastStart = at[start];
            }
        }
    }

    private double frequency(int position) {
        return structure.frequency[position];
    }

    private static boolean isWhole(Level level, int start, int end) {
        return level.opener < 0 && start == 0 && end == level.end;
    }

    private void addRings(Level outermost, BitSet wanted) {
        if (outermost.spineLength < 2) {
            return;
        }
        ArrayList<Cut.Stretch> tails = new ArrayList<>();
        ArrayList<Level> blocks = new ArrayList<>();
        int bytes = 0;
        for (Level level = outermost; level.spine != null; level = level.spine) {
            int start = level.spine.end + 1;
            boolean reached = trace.before[start] != null;
            Cut.Stretch tail = new Cut.Stretch(start, reached ? level.end : start);
            bytes += trace.size(tail.start(), tail.end());
            if (bytes > largestPiece || tails.isEmpty() && tail.isEmpty()) {
                break;
            }
            if (reached) {
                wanted.set(tail.start());
                wanted.set(tail.end());
            }
            tails.add(tail);
            blocks.add(level.spine);
        }
        int count = tails.size();
        while (count > 0 && tails.get(count - 1).isEmpty()) {
            count--;
        }
        if (count >= 2) {
            candidates.add(Cut.ring(
                    body, trace, structure, outermost, List.copyOf(tails.subList(0, count)), List.copyOf(blocks.subList(0, count))));
        }
    }
}
