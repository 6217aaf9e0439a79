package org.javix.wasm;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits functions whose methods would be too large: HotSpot never compiles a method of more than 8,000 bytes, and
 * the JVM loads none of more than 64 KiB.
 *
 * <p>{@link CutChoice} chooses what to take out, {@link PieceWriter} makes a function of each of it, and
 * {@link CutWriter} puts calls in their place; {@link PieceCall} says how the two hand each other locals. To
 * the rest of the compiler pieces are functions like any other. What is still too large, because it was only
 * estimated or because the calls of its pieces fill a method of their own, is split again.
 */
final class FunctionSplitter {
    /** The largest method that HotSpot compiles, in bytes. */
    static final int LARGEST = 8_000;

    /** Calls of pieces become pieces again: three rounds are enough for a function of megabytes. */
    private static final int MOST_ROUNDS = 8;

    /** What a resume body has for each site, and for each local. */
    private static final int SITE = 30;

    private static final int SAVED = 20;

    /** This part of its size, at most, a body may get in addition. */
    private static final int ROOM = 8;

    private final ModuleLayout layout;
    private final int largest;
    private final List<FunctionBody> bodies = new ArrayList<>();
    private final List<FunctionPlan> plans = new ArrayList<>();

    /** The function that is being split, and how many pieces there were before. */
    private int owner;

    private int first;

    /** @param largest the size that no method is to exceed, in bytes */
    FunctionSplitter(ModuleLayout layout, int largest) {
        this.layout = layout;
        this.largest = largest;
    }

    /** The pieces so far; they are numbered behind the module's functions. */
    List<FunctionBody> pieces() {
        return bodies;
    }

    /** The pieces' plans. */
    List<FunctionPlan> plans() {
        return plans;
    }

    /** Whether a body's methods are too large. */
    boolean isTooLarge(FunctionBody body, FunctionPlan plan) {
        return size(body, plan) > largest;
    }

    /** How many bytes the methods of a body that is not too large may get in addition. */
    int room(FunctionBody body, FunctionPlan plan) {
        return Math.min(largest - size(body, plan), plan.size / ROOM);
    }

    private int size(FunctionBody body, FunctionPlan plan) {
        if (plan.sites.isEmpty() || !layout.graph.suspends(body.function)) {
            return plan.size;
        }
        int estimate = plan.size + SAVED * (body.locals.length + plan.savedSlots.size());
        for (FunctionPlan.Site site : plan.sites) {
            estimate += SITE + 4 * (site.loops().length + 1);
        }
        return estimate <= largest ? estimate : Math.max(plan.size, FunctionCompiler.resumeSize(layout, body, plan));
    }

    /** What is left of a body, with its plan. */
    record Rest(FunctionBody body, FunctionPlan plan) {}

    /** Splits a body. */
    Rest split(FunctionBody whole) {
        ArrayDeque<Integer> work = new ArrayDeque<>();
        owner = whole.function;
        first = bodies.size();
        Rest result = splitOne(whole, work);
        // Where pieces exceed what was estimated again and again, the rest stays as it is.
        int most = bodies.size() + 8 + 3 * (bodies.size() - first);
        while (!work.isEmpty() && bodies.size() < most) {
            int piece = work.pop();
            Rest rest = splitOne(bodies.get(piece), work);
            bodies.set(piece, rest.body);
            plans.set(piece, rest.plan);
        }
        return result;
    }

    /** Takes pieces out of a body until it is small enough; notes those that are too large themselves. */
    private Rest splitOne(FunctionBody body, ArrayDeque<Integer> tooLarge) {
        int before = Integer.MAX_VALUE;
        for (int round = 0; ; round++) {
            BodyTrace trace = new BodyTrace(body);
            FunctionPlan plan = FunctionCompiler.plan(layout, body, trace);
            int size = size(body, plan);
            if (size <= largest || size >= before || round == MOST_ROUNDS) {
                return new Rest(body, plan);
            }
            before = size;
            CutChoice choice = new CutChoice(body, trace, layout.graph.suspends(body.function), largest);
            Collection<Cut> cuts = choice.choose(size - largest);
            if (cuts.isEmpty()) {
                return new Rest(body, plan);
            }
            Map<Cut, Integer> numbers = new LinkedHashMap<>();
            cuts.stream().sorted(Comparator.comparingInt(Cut::start)).forEach(cut -> {
                FunctionBody piece = new PieceWriter(trace.body, trace, choice.structure(), cut).write(layout.functions());
                numbers.put(cut, piece.function);
                add(piece, tooLarge);
            });
            body = new CutWriter(body, trace, choice.structure(), numbers).write();
        }
    }

    private void add(FunctionBody piece, ArrayDeque<Integer> tooLarge) {
        layout.addPiece(piece, owner, bodies.size() - first);
        FunctionPlan plan = FunctionCompiler.plan(layout, piece);
        bodies.add(piece);
        plans.add(plan);
        if (isTooLarge(piece, plan)) {
            tooLarge.push(bodies.size() - 1);
        }
    }
}
