package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.BitSet;
import java.util.List;

/**
 * How each function of a module does its tail calls.
 *
 * <p>A tail call of the function itself is a jump. One that cannot come back by further tail calls is a call and
 * a return: the chain of such calls is no longer than the module has functions, so the stack stays bounded, and
 * HotSpot can inline it. All others <em>bounce</em>: the function returns with the call left pending in the
 * instance, and its caller, a {@link Trampoline}, makes it. Only functions that can return so have a trampoline;
 * whoever calls other functions pays nothing.
 */
final class TailGraph {
    private final int imported;
    private final int[][] targets;
    private final BitSet bounces = new BitSet();
    private final BitSet repeats = new BitSet();
    private final BitSet unknown = new BitSet();
    private final BitSet destinations = new BitSet();

    TailGraph(Module module, List<FunctionBody> bodies) {
        imported = module.importedFunctions();
        targets = new int[bodies.size()][0];
        for (int f = imported; f < bodies.size(); f++) {
            read(f, bodies.get(f));
        }
        bounces.or(Cycles.of(targets));
        spread();
        for (int f = bounces.nextSetBit(0); f >= 0; f = bounces.nextSetBit(f + 1)) {
            for (int target : targets[f]) {
                destinations.set(target);
            }
        }
    }

    private void read(int f, FunctionBody body) {
        BitSet called = new BitSet();
        for (int i = 0; i < body.length; i++) {
            switch (body.opcodes[i]) {
                case RETURN_CALL -> {
                    int target = (int) body.immediates[i];
                    if (target == f) {
                        repeats.set(f);
                    } else if (target < imported) {
                        unknown.set(f);
                    } else {
                        called.set(target);
                        if (body.insideTry(i)) {
                            // A call from here would let the try catch what the callee throws.
                            bounces.set(f);
                        }
                    }
                }
                case RETURN_CALL_INDIRECT, RETURN_CALL_REF -> unknown.set(f);
                default -> {}
            }
        }
        if (unknown.get(f)) {
            bounces.set(f);
        }
        targets[f] = called.stream().toArray();
    }

    /** Who calls last what bounces would otherwise stay on the stack while it does. */
    private void spread() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int f = imported; f < targets.length; f++) {
                if (!bounces.get(f) && leadsToBouncing(f)) {
                    bounces.set(f);
                    changed = true;
                }
            }
        }
    }

    private boolean leadsToBouncing(int f) {
        for (int target : targets[f]) {
            if (bounces.get(target)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the function can return with a call pending. */
    boolean bounces(int function) {
        return bounces.get(function);
    }

    /** Whether the function has tail calls of itself. */
    boolean repeats(int function) {
        return repeats.get(function);
    }

    /** Whether the function has tail calls that can lead anywhere: of imports, and indirect ones. */
    boolean leadsAnywhere(int function) {
        return unknown.get(function);
    }

    /** Whether any function bounces. */
    boolean any() {
        return !bounces.isEmpty();
    }

    /** The module's own functions that a pending call may name, other than by a reference to them. */
    BitSet destinations() {
        BitSet all = (BitSet) destinations.clone();
        all.or(bounces);
        return all;
    }
}
