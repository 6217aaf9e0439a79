package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Which functions can be on the stack when it is unwound, and which can recur for ever.
 *
 * <p>An indirect call may reach every function of its type that a table can hold. A function that polls is
 * a place to unwind from too, where anything is: a signal handler runs there, and it may fork. So is one that
 * waits at an address.
 */
final class CallGraph {
    /** A function that may execute more instructions without a poll, with what it calls, polls at its entry. */
    private static final long MOST_WORK = 100_000;

    /** As many instructions are counted for one that moves a block of memory or of a table: most are short. */
    private static final long BLOCK_WORK = 10_000;

    /** What a function may execute without a loop until it polls, in instructions: they take less than a second. */
    private static final long MOST_STRETCH = 1_000_000_000;

    /** The same for its loops. */
    private static final long MOST_IN_LOOPS = 5 * MOST_STRETCH;

    /** So many moves of blocks, which may be large, are as much. */
    private static final int MOST_MOVES = 32;

    private static final int MOST_MOVES_IN_LOOPS = 16;

    /** The same for what is called by a pointer, which may be such a function but seldom is. */
    private static final int MOST_POINTED_MOVES_IN_LOOPS = 64;

    /** As many instructions are counted for a call of an import. */
    private static final long IMPORT_WORK = 1_000;

    /** What takes less needs no poll behind it. */
    private static final long LEAST_POLLED = 100;

    /** Loops of little work poll once in this many iterations. */
    static final int ITERATIONS = 1000;

    /** How functions do their tail calls. */
    final TailGraph tail;

    private final Module module;
    private final DispatchTable dispatch;
    private final boolean looseCalls;
    private final int[][] callees;
    private final BitSet[] indirectTypes;
    private final BitSet loops = new BitSet();
    private final BitSet callsIndirectly = new BitSet();
    private final BitSet waits = new BitSet();
    private final BitSet referenceTypes = new BitSet();
    private final Map<Integer, BitSet> tablesByType = new HashMap<>();
    private final BitSet recursive;
    private final BitSet slow = new BitSet();
    /** Move blocks, themselves or by what they call, and do not poll before. */
    private final BitSet movers = new BitSet();
    /** The types of indirect calls that may reach such a function. */
    private final BitSet moverTypes = new BitSet();
    private final BitSet suspendable = new BitSet();
    private final BitSet suspendableTypes = new BitSet();

    CallGraph(
            Module module,
            DispatchTable dispatch,
            List<FunctionBody> bodies,
            Predicate<Module.Import> suspends,
            boolean looseCalls) {
        this.module = module;
        this.dispatch = dispatch;
        this.looseCalls = looseCalls;
        int count = module.functions().length;
        callees = new int[count][];
        indirectTypes = new BitSet[count];
        for (int f = 0; f < count; f++) {
            FunctionBody body = bodies.get(f);
            callees[f] = new int[0];
            indirectTypes[f] = new BitSet();
            if (body != null) {
                read(f, body);
            }
        }
        tail = new TailGraph(module, bodies);
        Cycles cycles = Cycles.in(callees);
        recursive = cycles.nodes();
        findSlow(cycles.order(), bodies);
        findSuspension(suspends);
    }

    private void read(int f, FunctionBody body) {
        BitSet calls = new BitSet();
        for (int i = 0; i < body.length; i++) {
            switch (body.opcodes[i]) {
                case LOOP -> loops.set(f);
                case MEMORY_ATOMIC_WAIT32, MEMORY_ATOMIC_WAIT64 -> waits.set(f);
                case CALL, RETURN_CALL -> calls.set((int) body.immediates[i]);
                case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF -> {
                    int type = dispatch.canonical((int) body.immediates[i]);
                    if (body.opcodes[i] == CALL_REF) {
                        referenceTypes.set(type);
                    } else if (body.opcodes[i] == CALL_INDIRECT) {
                        tablesByType.computeIfAbsent(type, key -> new BitSet()).set(body.seconds[i]);
                    }
                    indirectTypes[f].set(type);
                    callsIndirectly.set(f);
                }
                default -> {}
            }
        }
        callees[f] = calls.stream().toArray();
    }

    /** Finds the functions that take long without a loop: each of forty calls the next one twice, say. */
    private void findSlow(int[] order, List<FunctionBody> bodies) {
        long[] work = new long[callees.length];
        for (int f : order) {
            work[f] = bodies.get(f) == null ? 1 : work(bodies.get(f), work);
            if (work[f] > MOST_WORK) {
                slow.set(f);
            }
            if (bodies.get(f) != null && !pollsAtEntry(f)) {
                movers.set(f, bodies.get(f).blockMoves() > 0 || Arrays.stream(callees[f]).anyMatch(movers::get));
            }
        }
        long[] ofTypes = new long[module.types().size()];
        for (int f = 0; f < work.length; f++) {
            work[f] = bodies.get(f) == null ? IMPORT_WORK : pollsAtEntry(f) ? 1 : work[f];
            if (dispatch.position(f) >= 0) {
                int type = typeOf(dispatch.canonicalOf(f));
                ofTypes[type] = Math.max(ofTypes[type], work[f]);
                if (movers.get(f)) {
                    moverTypes.set(type);
                }
            }
        }
        bodies.stream().filter(Objects::nonNull).forEach(body -> placePolls(body, work, ofTypes));
    }

    /** The type that stands for all that an indirect call by a (canonical) type may reach. */
    private int typeOf(int canonical) {
        return looseCalls ? 0 : canonical;
    }

    /**
     * A function that does very much in one go polls behind each call and each move of a block, and its loops poll the more often
     * the more they do in an iteration.
     *
     * @param work what a call of each function executes at most until it polls
     * @param ofTypes the same for indirect calls
     */
    private void placePolls(FunctionBody body, long[] work, long[] ofTypes) {
        BitSet after = new BitSet();
        long sum = 0;
        // What an iteration of each loop does, but for the loops in it, which count their own.
        long[] iteration = new long[body.length];
        long[] called = new long[body.length];
        ArrayDeque<Integer> loops = new ArrayDeque<>();
        for (int i = 0; i < body.length; i++) {
            while (!loops.isEmpty() && i > body.endOf(loops.peek())) {
                loops.pop();
            }
            if (body.opcodes[i] == LOOP) {
                loops.push(i);
            }
            boolean moves = body.movesBlocksBetween(i, i + 1);
            long most = switch (body.opcodes[i]) {
                case CALL -> work[(int) body.immediates[i]];
                case CALL_INDIRECT, CALL_REF -> ofTypes[typeOf(dispatch.canonical((int) body.immediates[i]))];
                default -> moves ? MOST_STRETCH / MOST_MOVES : 1;
            };
            sum += most;
            after.set(i, most >= LEAST_POLLED);
            if (!loops.isEmpty()) {
                int loop = loops.peek();
                // A loop that calls is a large one, which executes a part of itself, and polls in the functions that it calls.
                boolean calls = body.callsBeforeEnd(loop);
                // These two see to a poll themselves where a block is large.
                boolean usual = body.opcodes[i] == MEMORY_COPY || body.opcodes[i] == MEMORY_FILL;
                iteration[loop] += !moves ? most : calls || usual ? BLOCK_WORK : MOST_IN_LOOPS / MOST_MOVES_IN_LOOPS;
                // But not in what is called, by one of the calls in an iteration.
                called[loop] = Math.max(called[loop], movedByCall(body, i));
            }
        }
        if (sum <= MOST_STRETCH) {
            after.clear();
        }
        for (int i = 0; i < body.length; i++) {
            if (body.opcodes[i] == LOOP) {
                long most = iteration[i] + called[i];
                body.setWeight(i, (int) Math.clamp(Math.ceilDiv(most, MOST_IN_LOOPS / ITERATIONS), 1, ITERATIONS));
            }
        }
        body.addPolls(after);
    }

    /** What moving blocks comes to in a function that is called here. */
    private long movedByCall(FunctionBody body, int i) {
        return switch (body.opcodes[i]) {
            case CALL -> movers.get((int) body.immediates[i]) ? MOST_IN_LOOPS / MOST_MOVES_IN_LOOPS : 0;
            case CALL_INDIRECT, CALL_REF -> moverTypes.get(typeOf(dispatch.canonical((int) body.immediates[i])))
                    ? MOST_IN_LOOPS / MOST_POINTED_MOVES_IN_LOOPS
                    : 0;
            default -> 0;
        };
    }

    /** How many instructions a function executes at most without a poll of its own, and with what it calls. */
    private long work(FunctionBody body, long[] work) {
        long sum = body.length + (long) body.blockMoves() * BLOCK_WORK;
        long longestLoop = 0;
        for (int i = 0; i < body.length && sum <= MOST_WORK; i++) {
            switch (body.opcodes[i]) {
                case LOOP -> {
                    if (!body.callsInLoop(i)) {
                        longestLoop = Math.max(longestLoop, body.endOf(i) - i);
                    }
                }
                case CALL, RETURN_CALL -> {
                    int callee = (int) body.immediates[i];
                    sum += pollsAtEntry(callee) ? 1 : work[callee];
                }
                default -> {}
            }
        }
        return sum + longestLoop * ITERATIONS;
    }

    private void findSuspension(Predicate<Module.Import> suspends) {
        for (Module.Import imported : module.imports()) {
            if (imported.kind() == Module.Kind.FUNCTION && suspends.test(imported)) {
                suspendable.set(imported.index());
            }
        }
        if (suspendable.isEmpty()) {
            return;
        }
        if (looseCalls) {
            // The type of an indirect call does not tell what is called.
            suspendableTypes.set(0, module.types().size());
        }
        for (int f = module.importedFunctions(); f < callees.length; f++) {
            if (loops.get(f) || waits.get(f) || pollsAtEntry(f)) {
                suspendable.set(f);
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int f = 0; f < callees.length; f++) {
                if (suspendable.get(f) && dispatch.position(f) >= 0) {
                    suspendableTypes.set(dispatch.canonicalOf(f));
                }
            }
            for (int f = module.importedFunctions(); f < callees.length; f++) {
                if (!suspendable.get(f) && reaches(f)) {
                    suspendable.set(f);
                    changed = true;
                }
            }
        }
    }

    private boolean reaches(int f) {
        if (indirectTypes[f].intersects(suspendableTypes)) {
            return true;
        }
        for (int callee : callees[f]) {
            if (suspendable.get(callee)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds a piece of a function that is in the graph. It recurs only if its function does, which polls.
     * Pieces inside it are there already.
     */
    void addPiece(FunctionBody piece) {
        if (suspendable.isEmpty()) {
            return;
        }
        boolean suspends = false;
        for (int i = 0; i < piece.length && !suspends; i++) {
            int immediate = (int) piece.immediates[i];
            suspends = switch (piece.opcodes[i]) {
                case LOOP, POLL, MEMORY_ATOMIC_WAIT32, MEMORY_ATOMIC_WAIT64 -> true;
                case CALL, RETURN_CALL -> suspendable.get(immediate);
                case CALL_INDIRECT, RETURN_CALL_INDIRECT, CALL_REF, RETURN_CALL_REF ->
                        suspendableTypes.get(dispatch.canonical(immediate));
                case CALL_PIECE -> suspendable.get(((PieceCall) piece.objects[i]).piece());
                default -> false;
            };
        }
        suspendable.set(piece.function, suspends);
    }

    /** Whether a call of the function can be unwound. */
    boolean suspends(int function) {
        return suspendable.get(function);
    }

    /** Whether an indirect call of a (canonical) type can be unwound. */
    boolean typeSuspends(int type) {
        return suspendableTypes.get(type);
    }

    /** The tables that functions of a (canonical) type are called through. */
    BitSet tables(int type) {
        return tablesByType.getOrDefault(type, new BitSet());
    }

    /** Whether functions of a (canonical) type are called by references. */
    boolean calledByReference(int type) {
        return referenceTypes.get(type);
    }

    /** Whether polls can be unwound. */
    boolean pollsSuspend() {
        return !suspendable.isEmpty();
    }

    /**
     * Whether the function needs a poll at its entry, since it may recur without any loop, or by tail calls for ever, or may take
     * long with what it calls.
     */
    boolean pollsAtEntry(int function) {
        return recursive.get(function) || slow.get(function) || callsIndirectly.get(function) || tail.leadsAnywhere(function);
    }
}
