package org.javix.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;

/** What a dry run finds out about a function. */
final class FunctionPlan {
    /**
     * A place where the stack can be unwound.
     *
     * @param loops the loops around it, outermost first, by instruction
     * @param place the instruction that it stands before or belongs to; or {@code ~i}, at the header of the loop at {@code i}
     * @param locals the locals that operands stand for
     * @param slots the slots that operands lie in ({@link OperandStack#key})
     */
    record Site(int[] loops, int place, int[] locals, int[] slots) {}

    /** By site number, which starts at 1. */
    final List<Site> sites = new ArrayList<>();

    /** What need not be saved at the sites, in their order. */
    DeadLocals.Group[] dead;

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
