package org.javix.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;

/** What a dry run finds out about a function. */
final class FunctionPlan {
    /** A place where the stack can be unwound: the loops around it, outermost first, by instruction. */
    record Site(int[] loops) {}

    /** By site number, which starts at 1. */
    final List<Site> sites = new ArrayList<>();

    /** The slots that outlive a site ({@link OperandStack#key}). */
    final LinkedHashSet<Integer> savedSlots = new LinkedHashSet<>();

    /** The loops and operands around all sites, counted for each. */
    long weight;

    /** The labels times the locals: for each label the JVM is told of all locals. */
    long frameEntries;

    /** How many caught exceptions can be alive at once. */
    int exceptions;

    /** The locals that {@link JumpPoints} save. */
    BitSet keptByJumpPoints = new BitSet();

    /** Whether the bodies of {@linkplain TightLoop tight loops} are compiled several times, and how many there are. */
    boolean copiesLoops;

    int copiedLoops;

    /** The body's size in bytes of JVM code, estimated. */
    int size;
}
