package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Which locals matter where: those that some path reads before it sets them.
 *
 * <p>Passes go backwards over the instructions until what is live at the loops' headers no longer grows. An
 * exception may arise at any instruction of a try, so what its handlers need is live throughout it.
 */
final class Liveness {
    /** After so many passes, everything counts as live in loops: compilers' code needs three or four. */
    private static final int PASSES = 20;

    private static final BitSet NOTHING = new BitSet();

    private final FunctionBody body;
    private final BodyTrace trace;
    private final BodyStructure structure;
    private final BitSet wanted;
    private final Map<Integer, BitSet> headers = new HashMap<>();
    private final Map<Integer, BitSet> ends = new HashMap<>();
    private final Map<Integer, BitSet> at = new HashMap<>();
    private final Map<Integer, BitSet> handled = new HashMap<>();
    private final BitSet atReturn = new BitSet();
    private final ArrayList<Construct> constructs = new ArrayList<>();
    private BitSet live;
    private BitSet protectedLocals;
    private boolean changed;
    private boolean recording;

    /** A structured instruction whose end has been passed. */
    private static final class Construct {
        final int opener;
        final BitSet atEnd;
        final BitSet atLabel;
        final BitSet outerProtected;
        final BitSet handlers = new BitSet();
        BitSet atElse;

        Construct(int opener, BitSet atEnd, BitSet atLabel, BitSet outerProtected) {
            this.opener = opener;
            this.atEnd = atEnd;
            this.atLabel = atLabel;
            this.outerProtected = outerProtected;
        }
    }

    /** @param wanted the instructions before which {@link #at} is asked for */
    Liveness(FunctionBody body, BodyTrace trace, BodyStructure structure, BitSet wanted) {
        this.body = body;
        this.trace = trace;
        this.structure = structure;
        this.wanted = wanted;
        for (int local : body.handedBack) {
            atReturn.set(local);
        }
        for (Level level : structure.levels) {
            if (level.opener >= 0 && body.opcodes[level.opener] == LOOP) {
                headers.put(level.opener, new BitSet());
            }
        }
        int passes = 0;
        do {
            changed = false;
            pass();
        } while (changed && ++passes < PASSES);
        if (changed) {
            headers.values().forEach(header -> header.set(0, body.locals.length));
        }
        recording = true;
        at.put(body.length - 1, atReturn);
        pass();
    }

    /** What is live before an instruction. */
    BitSet at(int i) {
        return at.get(i);
    }

    /** What handlers around an instruction need. */
    BitSet handled(int i) {
        return handled.getOrDefault(i, NOTHING);
    }

    /** What is live where a branch to a structured instruction arrives; -1 is the function. */
    BitSet atLabel(int opener) {
        return opener < 0 ? atReturn : body.opcodes[opener] == LOOP ? headers.get(opener) : ends.get(opener);
    }

    /** Adds the local that an instruction names: of a vector, both halves. */
    void add(BitSet set, int local) {
        set.set(local);
        if (body.locals[local] == ValType.V128) {
            set.set(local + 1);
        }
    }

    private void pass() {
        live = copy(atReturn);
        protectedLocals = NOTHING;
        constructs.clear();
        constructs.add(new Construct(-1, atReturn, atReturn, NOTHING));
        for (int i = trace.reached.previousSetBit(body.length - 2); i >= 0; i = trace.reached.previousSetBit(i - 1)) {
            step(i);
            if (recording && wanted.get(i)) {
                at.put(i, copy(live));
                if (!protectedLocals.isEmpty()) {
                    handled.put(i, protectedLocals);
                }
            }
        }
    }

    private void step(int i) {
        switch (body.opcodes[i]) {
            case END, DELEGATE -> end(i);
            case ELSE -> {
                Construct inner = constructs.getLast();
                inner.atElse = live;
                live = copy(inner.atEnd);
            }
            case CATCH, CATCH_ALL -> {
                Construct inner = constructs.getLast();
                inner.handlers.or(live);
                live = copy(inner.atEnd);
                if (body.next[inner.opener] == i) {
                    protect(inner);
                }
            }
            case BLOCK -> constructs.removeLast();
            case IF -> {
                Construct inner = constructs.removeLast();
                live.or(inner.atElse != null ? inner.atElse : inner.atEnd);
            }
            case TRY, TRY_TABLE -> protectedLocals = constructs.removeLast().outerProtected;
            case LOOP -> {
                constructs.removeLast();
                BitSet header = headers.get(i);
                if (!live.equals(header)) {
                    int before = header.cardinality();
                    header.or(live);
                    changed |= header.cardinality() > before;
                }
            }
            case BR -> live = copy(label(i, (int) body.immediates[i]));
            case BR_IF -> live.or(label(i, (int) body.immediates[i]));
            case BR_TABLE -> {
                live = new BitSet();
                for (int depth : (int[]) body.objects[i]) {
                    live.or(label(i, depth));
                }
            }
            case RETURN -> live = copy(atReturn);
            case RETURN_CALL, RETURN_CALL_INDIRECT, UNREACHABLE, THROW, RETHROW, THROW_REF -> live = new BitSet();
            case LOCAL_GET -> add(live, (int) body.immediates[i]);
            case LOCAL_SET, LOCAL_TEE -> remove((int) body.immediates[i]);
            case CALL_PIECE -> {
                for (int local : ((PieceCall) body.objects[i]).handedBack()) {
                    live.clear(local);
                }
            }
            default -> {}
        }
        live.or(protectedLocals);
    }

    private void end(int i) {
        int opener = structure.opener[i];
        BitSet atEnd = copy(live);
        BitSet atLabel = body.opcodes[opener] == LOOP ? headers.get(opener) : atEnd;
        Construct construct = new Construct(opener, atEnd, atLabel, protectedLocals);
        if (recording) {
            ends.put(opener, atEnd);
        }
        if (body.opcodes[opener] == TRY_TABLE) {
            for (int[] clause : ((FunctionBody.TryTable) body.objects[opener]).catches()) {
                construct.handlers.or(label(opener, clause[2]));
            }
            protect(construct);
        }
        constructs.add(construct);
    }

    private void protect(Construct construct) {
        BitSet all = copy(construct.outerProtected);
        all.or(construct.handlers);
        protectedLocals = all;
    }

    private BitSet label(int i, int depth) {
        return constructs.get(structure.nest[i] - depth).atLabel;
    }

    private void remove(int local) {
        live.clear(local);
        if (body.locals[local] == ValType.V128) {
            live.clear(local + 1);
        }
    }

    private static BitSet copy(BitSet set) {
        return (BitSet) set.clone();
    }
}
