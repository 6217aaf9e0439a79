package org.javix.wasm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * What a frame need not hold: at each site of a function ({@link Suspension}), the locals and operands that nobody reads any more.
 *
 * <p>What saves a frame reads them all, so HotSpot would keep each until then, in registers or on the stack, and at the loops' heads. Where they
 * are set to zero first, it does not. Sites with like sets share the code that does it.
 */
final class DeadLocals {
    /** So many bits are looked at for the sites of one function. */
    private static final long MOST_WORK = 4_000_000;

    /** So many different sets: each is compared with all before it. */
    private static final int MOST_GROUPS = 300;

    /** What a group takes in bytes, and each local in it. */
    private static final int GROUP_BYTES = 6;

    private static final int LOCAL_BYTES = 3;

    /**
     * Sites where the same is dead.
     *
     * @param rest the group whose locals are set to zero as well, or null
     * @param dead the places of the others in a frame, in order
     */
    record Group(Group rest, int[] dead) {}

    private record Candidate(BitSet dead, Group group) {}

    private final FunctionBody body;
    private final FunctionPlan plan;
    private final List<Candidate> candidates = new ArrayList<>();
    private int bytes;

    private DeadLocals(FunctionBody body, FunctionPlan plan, int bytes) {
        this.body = body;
        this.plan = plan;
        this.bytes = bytes;
    }

    /**
     * The groups of a function's sites, in their order, null where all is saved.
     *
     * @param bytes how many bytes of JVM code may be spent
     */
    static Group[] at(ModuleLayout layout, FunctionBody body, FunctionPlan plan, int bytes) {
        // A jump arrives at a jump point from anywhere.
        if (bytes <= 0 || body.hasJumpPoints() || !body.splittable()
                || (long) body.length * body.locals.length > CutChoice.MOST_WORK
                || (long) plan.sites.size() * (body.locals.length + plan.savedSlots.size()) > MOST_WORK) {
            return new Group[plan.sites.size()];
        }
        BodyTrace trace = new BodyTrace(body);
        FunctionCompiler.plan(layout, body, trace);
        return new DeadLocals(body, plan, bytes).groups(trace);
    }

    private Group[] groups(BodyTrace trace) {
        List<BitSet> sets = deadSets(trace);
        Map<BitSet, Group> groups = new HashMap<>();
        // The smallest first: others add to them.
        for (BitSet set : new LinkedHashSet<>(sets).stream().sorted(Comparator.comparingInt(BitSet::cardinality)).toList()) {
            groups.put(set, group(set));
        }
        return sets.stream().map(groups::get).toArray(Group[]::new);
    }

    private Group group(BitSet set) {
        BitSet added = set;
        Group rest = null;
        for (Candidate candidate : candidates) {
            BitSet others = (BitSet) candidate.dead.clone();
            others.andNot(set);
            if (others.isEmpty()) {
                BitSet left = (BitSet) set.clone();
                left.andNot(candidate.dead);
                if (left.cardinality() < added.cardinality()) {
                    added = left;
                    rest = candidate.group;
                }
            }
        }
        int cost = GROUP_BYTES + LOCAL_BYTES * added.cardinality();
        if (added.isEmpty() || cost > bytes || candidates.size() == MOST_GROUPS) {
            return rest;
        }
        bytes -= cost;
        Group group = new Group(rest, added.stream().toArray());
        candidates.add(new Candidate(set, group));
        return group;
    }

    /** What is dead at each site, by the places in a frame. */
    private List<BitSet> deadSets(BodyTrace trace) {
        BitSet wanted = new BitSet();
        for (FunctionPlan.Site site : plan.sites) {
            if (site.place() >= 0) {
                wanted.set(site.place());
            }
        }
        Liveness liveness = new Liveness(body, trace, new BodyStructure(body, trace), wanted);
        int locals = body.locals.length;
        int[] keys = plan.savedSlots.stream().mapToInt(Integer::intValue).toArray();
        List<BitSet> sets = new ArrayList<>();
        for (FunctionPlan.Site site : plan.sites) {
            BitSet dead = (BitSet) (site.place() >= 0 ? liveness.at(site.place()) : liveness.atLabel(~site.place())).clone();
            for (int local : site.locals()) {
                dead.set(local);
            }
            dead.flip(0, locals);
            int[] slots = site.slots();
            for (int k = 0; k < keys.length; k++) {
                int key = keys[k];
                dead.set(locals + k, Arrays.stream(slots).noneMatch(slot -> slot == key));
            }
            sets.add(dead);
        }
        return sets;
    }
}
