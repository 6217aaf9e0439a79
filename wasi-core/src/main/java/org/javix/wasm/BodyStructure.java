package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The levels of a function's body, and a guess how often each instruction runs for one call. */
final class BodyStructure {
    /** How often a loop is guessed to run. */
    private static final double ITERATIONS = 8;

    /** The share of the executions that take a path to a trap or a throw. */
    private static final double RARELY = 0.01;

    /** How far to look for a trap. */
    private static final int LOOK_AHEAD = 40;

    final List<Level> levels = new ArrayList<>();

    /** How many structured instructions are open at each instruction. */
    final int[] nest;

    /** Of an else, catch, delegate or end: its structured instruction; -1 for the function's end. */
    final int[] opener;

    /** How often each instruction runs. */
    final double[] frequency;

    private final FunctionBody body;
    private final BodyTrace trace;
    private final ArrayDeque<Open> open = new ArrayDeque<>();
    private final ArrayList<Open> byNest = new ArrayList<>();
    private double flow = 1;

    /** A structured instruction that has not ended, and what flows where in it. */
    private static final class Open {
        final int start;
        final double entry;
        final int loops;
        Level level;
        double toEnd;
        double toElse;

        Open(int start, double entry, int loops) {
            this.start = start;
            this.entry = entry;
            this.loops = loops;
        }
    }

    BodyStructure(FunctionBody body, BodyTrace trace) {
        this.body = body;
        this.trace = trace;
        nest = new int[body.length];
        opener = new int[body.length];
        frequency = new double[body.length];
        enter(new Open(-1, 1, 0), null, 0);
        for (int i = trace.reached.nextSetBit(0); i >= 0; i = trace.reached.nextSetBit(i + 1)) {
            nest[i] = open.size() - 1;
            frequency[i] = flow;
            if (trace.before[i] != null) {
                open.peek().level.positions.add(i);
            }
            step(i);
        }
    }

    private void enter(Open construct, Level parent, int start) {
        open.push(construct);
        byNest.add(construct);
        arm(construct, parent, start);
    }

    private void arm(Open construct, Level parent, int start) {
        construct.level = new Level(parent, construct.start, start, open.size() - 1);
        levels.add(construct.level);
    }

    private void step(int i) {
        Open inner = open.peek();
        switch (body.opcodes[i]) {
            case BLOCK, TRY, TRY_TABLE -> enter(new Open(i, flow, inner.loops), inner.level, i + 1);
            case LOOP -> {
                enter(new Open(i, flow, inner.loops + 1), inner.level, i + 1);
                flow *= ITERATIONS;
            }
            case IF -> {
                Open construct = new Open(i, flow, inner.loops);
                double share = trapsSoon(i + 1) ? RARELY : 0.5;
                construct.toElse = flow * (1 - share);
                flow *= share;
                enter(construct, inner.level, i + 1);
            }
            case ELSE, CATCH, CATCH_ALL -> {
                opener[i] = inner.start;
                inner.level.end = i;
                inner.toEnd += flow;
                flow = body.opcodes[i] == ELSE ? inner.toElse : inner.entry * RARELY;
                inner.toElse = 0;
                arm(inner, inner.level.parent, i + 1);
            }
            case DELEGATE, END -> end(i, inner);
            case BR -> {
                flowTo((int) body.immediates[i], flow);
                flow = 0;
            }
            case BR_IF -> {
                Open target = target((int) body.immediates[i]);
                boolean back = target.start >= 0 && body.opcodes[target.start] == LOOP;
                double share = back ? 1 - 1 / ITERATIONS : trapsSoon(i + 1) ? 1 - RARELY : target.loops < inner.loops ? 1 / ITERATIONS : 0.5;
                flowTo((int) body.immediates[i], flow * share);
                flow *= 1 - share;
            }
            case BR_TABLE -> {
                int[] labels = (int[]) body.objects[i];
                for (int label : labels) {
                    flowTo(label, flow / labels.length);
                }
                flow = 0;
            }
            case RETURN, RETURN_CALL, RETURN_CALL_INDIRECT, UNREACHABLE, THROW, RETHROW, THROW_REF -> flow = 0;
            default -> {}
        }
    }

    private void end(int i, Open ended) {
        opener[i] = ended.start;
        Level level = ended.level;
        level.end = i;
        open.pop();
        byNest.removeLast();
        if (open.isEmpty()) {
            return;
        }
        boolean loop = body.opcodes[ended.start] == LOOP;
        flow = loop && flow > 0 ? ended.entry : Math.min(ended.entry, ended.toEnd + ended.toElse + flow);
        if (body.opcodes[ended.start] == BLOCK && isPlain(body.blockType(ended.start))) {
            Level parent = level.parent;
            int length = level.spine == null ? 1 : level.spineLength + 1;
            if (length > parent.spineLength) {
                parent.spine = level;
                parent.spineLength = length;
            }
        }
    }

    private static boolean isPlain(FuncType type) {
        return type.params().isEmpty() && type.results().isEmpty();
    }

    private Open target(int label) {
        return byNest.get(byNest.size() - 1 - label);
    }

    private void flowTo(int label, double amount) {
        Open target = target(label);
        int leaves = open.peek().loops - target.loops;
        target.toEnd += amount / Math.pow(ITERATIONS, leaves);
    }

    /** Whether the statements from here on end in a trap or a throw, without any branch before. */
    private boolean trapsSoon(int from) {
        for (int i = from; i < Math.min(body.length, from + LOOK_AHEAD); i++) {
            switch (body.opcodes[i]) {
                case UNREACHABLE, THROW, RETHROW, THROW_REF -> {
                    return true;
                }
                case BLOCK, LOOP, IF, ELSE, TRY, TRY_TABLE, CATCH, CATCH_ALL, DELEGATE, END, BR, BR_IF, BR_TABLE, RETURN -> {
                    return false;
                }
                default -> {}
            }
        }
        return false;
    }

    /** The level of the label that has a number, seen from a level inside it. */
    static Level labelled(Level level, int label) {
        while (level.nest > label) {
            level = level.parent;
        }
        return level;
    }
}
