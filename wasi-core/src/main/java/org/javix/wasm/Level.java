package org.javix.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * A sequence of instructions at one depth of nesting: a function's body, or an arm of a structured
 * instruction.
 */
final class Level {
    /** The level that holds the structured instruction; null for a function's body. */
    final Level parent;

    /** The structured instruction, or -1. */
    final int opener;

    /** The first instruction. */
    final int start;

    /** How many structured instructions are around. A label counts them from outside; 0 is the function. */
    final int nest;

    /** The else, catch, delegate or end behind the last instruction. */
    int end;

    /** Where instructions of this very level start, and the end. */
    final List<Integer> positions = new ArrayList<>();

    /** The child that is a block without parameters and results and has most blocks like it inside; or null. */
    Level spine;

    /** How many blocks there are along the spines inside, this level's own included. */
    int spineLength;

    Level(Level parent, int opener, int start, int nest) {
        this.parent = parent;
        this.opener = opener;
        this.start = start;
        this.nest = nest;
    }
}
