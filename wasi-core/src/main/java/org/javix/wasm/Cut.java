package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What could be taken out of a function to become a piece.
 *
 * <p>A <em>run</em> is a stretch of instructions of one level. A <em>ring</em> is what lies around the inside of
 * a nest of blocks: that is how a switch is compiled, with the jump in the innermost block and a case behind the
 * end of each:
 *
 * <pre>
 * block block block  …br_table 0 1 2…  end tail 2  end tail 1  end tail 0
 * </pre>
 *
 * A ring's piece has the tails, and is told which of them to enter; the function keeps the inside. So a large
 * switch in a loop loses its cases and keeps its jump.
 */
final class Cut {
    /** The JVM's limit is 255 words, of which the instance takes one. */
    private static final int MOST_WORDS = 240;

    private static final int MOST_EXITS = 250;

    /** What it costs to call a piece, in the time of about one instruction, without what is handed over. */
    private static final int CALL_TIME = 10;

    /**
     * An instruction that leaves the run: the piece says so, and the function executes it.
     *
     * @param target of a branch or rethrow: the label that it names, counted from outside
     * @param values the types of its operands
     */
    record Exit(int opcode, int target, long immediate, int second, List<ValType> values) {
        boolean isPlainBranch() {
            return opcode == BR && values.isEmpty();
        }
    }

    /** A stretch of instructions, {@code [start, end)}. */
    record Stretch(int start, int end) {
        boolean isEmpty() {
            return start == end;
        }

        boolean contains(Stretch other) {
            return start <= other.start && other.end <= end;
        }
    }

    private final FunctionBody body;
    private final BodyTrace trace;
    private final BodyStructure structure;

    /** The level of a run, or the outermost one of a ring. */
    final Level level;

    /** The run, or the tails, the outermost first. */
    final List<Stretch> stretches;

    /** Of a ring: its blocks' levels, the outermost first. A tail lies behind each. */
    final List<Level> blocks;

    /** How many times the piece is called for each call of the function. */
    final double frequency;

    /** The locals that the piece takes, and those that it hands back. */
    int[] taken;

    int[] handedBack;

    /** The other locals that it uses. */
    int[] own;

    final LinkedHashSet<Exit> exits = new LinkedHashSet<>();

    /**
     * The exit of exceptions, or null. What a piece sets would be lost to a handler around its call when it throws; where a
     * handler needs it, the piece catches all, returns, and the function throws again.
     */
    Exit thrown;

    /** Whether its instructions can throw. */
    private boolean throwing;

    /** The types of the operands that the run takes from below its start, and of those that it leaves. */
    List<ValType> consumed = List.of();

    List<ValType> produced = List.of();

    private final int bytes;
    private int callBytes;
    private int pieceBytes;
    private double time = CALL_TIME;
    private boolean assessed;
    private boolean possible = true;
    private int obstacle = -1;

    private Cut(Cut like, Level level, List<Stretch> stretches, List<Level> blocks) {
        this(like.body, like.trace, like.structure, level, stretches, blocks);
    }

    private Cut(
            FunctionBody body,
            BodyTrace trace,
            BodyStructure structure,
            Level level,
            List<Stretch> stretches,
            List<Level> blocks) {
        this.body = body;
        this.trace = trace;
        this.structure = structure;
        this.level = level;
        this.stretches = stretches;
        this.blocks = blocks;
        int size = 0;
        double often = 0;
        for (Stretch stretch : stretches) {
            size += trace.size(stretch.start, stretch.end);
            often += stretch.isEmpty() ? 0 : structure.frequency[stretch.start];
        }
        bytes = size;
        frequency = often;
    }

    static Cut run(FunctionBody body, BodyTrace trace, BodyStructure structure, Level level, int start, int end) {
        return new Cut(body, trace, structure, level, List.of(new Stretch(start, end)), List.of());
    }

    static Cut ring(FunctionBody body, BodyTrace trace, BodyStructure structure, Level level, List<Stretch> tails, List<Level> blocks) {
        return new Cut(body, trace, structure, level, tails, blocks);
    }

    /** The same run, but ending earlier. */
    Cut until(int end) {
        return new Cut(this, level, List.of(new Stretch(start(), end)), blocks);
    }

    /** The same ring, but with fewer blocks. */
    Cut outermost(int count) {
        return new Cut(this, level, stretches.subList(0, count), blocks.subList(0, count));
    }

    boolean isRing() {
        return !blocks.isEmpty();
    }

    /** Where it starts: at a run's first instruction, or at a ring's outermost block. */
    int start() {
        return isRing() ? blocks.getFirst().opener : stretches.getFirst().start;
    }

    /** The instruction behind it, as seen from its level. */
    int end() {
        return stretches.getFirst().end;
    }

    boolean endReachable() {
        return trace.before[end()] != null;
    }

    /** The JVM bytes of its instructions. */
    int bytes() {
        return bytes;
    }

    /** Whether it can be taken out; known once it is assessed. */
    boolean possible() {
        return possible;
    }

    boolean assessed() {
        return assessed;
    }

    /** The instruction that makes it impossible, so that a run which ends before could do; or -1. */
    int obstacle() {
        return obstacle;
    }

    /** By how many bytes it makes the function smaller. */
    int gain() {
        return bytes - callBytes;
    }

    /** The piece's size in bytes, estimated. */
    int pieceBytes() {
        return pieceBytes;
    }

    /** What it costs for each call of the function. */
    double cost() {
        return frequency * time;
    }

    /** The cost of making the function smaller by a byte; before the assessment, from below. */
    double price() {
        return cost() / Math.max(1, gain());
    }

    /** Whether its piece is told how to enter, or tells how it ended. */
    boolean hasCode() {
        return exits.size() + (endReachable() ? 1 : 0) > 1;
    }

    /** Finds out what is handed over, and what that costs. */
    void assess(Liveness liveness, boolean suspends) {
        assessed = true;
        BitSet used = new BitSet();
        BitSet set = new BitSet();
        for (Stretch stretch : stretches) {
            if (stretch.isEmpty()) {
                continue;
            }
            int low = Integer.MAX_VALUE;
            for (int i = trace.reached.nextSetBit(stretch.start); i >= 0 && i < stretch.end; i = trace.reached.nextSetBit(i + 1)) {
                low = Math.min(low, trace.lows[i]);
                look(i, used, set, liveness);
            }
            findOperands(stretch, low);
        }
        if (!possible || exits.size() > MOST_EXITS) {
            possible = false;
            return;
        }
        findLocals(liveness, used, set);
        measure(suspends);
    }

    private void findOperands(Stretch stretch, int low) {
        BodyTrace.Operands first = trace.before[stretch.start];
        BodyTrace.Operands last = trace.before[stretch.end];
        int least = Math.min(low, Math.min(first.height(), last == null ? Integer.MAX_VALUE : last.height()));
        int operands = first.height() - least + (last == null ? 0 : last.height() - least);
        if (operands > MOST_WORDS) {
            possible = false;
            return;
        }
        List<ValType> takes = above(first, least);
        List<ValType> leaves = last == null ? List.of() : above(last, least);
        if (isRing()) {
            possible &= takes.isEmpty() && leaves.isEmpty();
        } else {
            consumed = takes;
            produced = leaves;
        }
    }

    private static List<ValType> above(BodyTrace.Operands operands, int height) {
        ValType[] types = new ValType[operands.height() - height];
        for (BodyTrace.Operands o = operands; o.height() > height; o = o.below()) {
            types[o.height() - height - 1] = o.top();
        }
        return List.of(types);
    }

    private void look(int i, BitSet used, BitSet set, Liveness liveness) {
        int depth = structure.nest[i];
        int immediate = (int) body.immediates[i];
        switch (body.opcodes[i]) {
            case LOCAL_GET -> liveness.add(used, immediate);
            case LOCAL_SET, LOCAL_TEE -> liveness.add(set, immediate);
            case CALL_PIECE -> {
                throwing = true;
                for (int local : ((PieceCall) body.objects[i]).handedBack()) {
                    set.set(local);
                }
            }
            case CALL, CALL_INDIRECT, CALL_REF, THROW, THROW_REF -> throwing = true;
            case BR, BR_IF -> branch(depth - immediate);
            case BR_TABLE -> {
                for (int label : (int[]) body.objects[i]) {
                    branch(depth - label);
                }
            }
            case TRY_TABLE -> {
                for (int[] clause : ((FunctionBody.TryTable) body.objects[i]).catches()) {
                    branch(depth - clause[2]);
                }
            }
            case RETURN, RETURN_CALL, RETURN_CALL_INDIRECT -> exits.add(exitOf(i));
            case RETHROW -> {
                if (depth - immediate <= level.nest) {
                    exits.add(exitOf(i));
                }
            }
            case JUMP_POINT -> {
                possible = false;
                obstacle = i;
            }
            case DELEGATE -> {
                if (depth - 1 - immediate <= level.nest && possible) {
                    possible = false;
                    obstacle = i;
                }
            }
            default -> {}
        }
    }

    private void branch(int target) {
        if (target <= level.nest) {
            exits.add(branchExit(target));
        }
    }

    /** The exit for a branch to a label outside. */
    Exit branchExit(int target) {
        if (target == 0) {
            return new Exit(RETURN, 0, 0, 0, body.type.results());
        }
        int opener = BodyStructure.labelled(level, target).opener;
        FuncType type = body.blockType(opener);
        return new Exit(BR, target, 0, 0, body.opcodes[opener] == LOOP ? type.params() : type.results());
    }

    /** The exit for a return, tail call or rethrow. */
    Exit exitOf(int i) {
        int opcode = body.opcodes[i];
        int immediate = (int) body.immediates[i];
        return switch (opcode) {
            case RETURN -> branchExit(0);
            case RETHROW -> new Exit(opcode, structure.nest[i] - immediate, 0, 0, List.of());
            default -> {
                FuncType callee = opcode == RETURN_CALL ? body.module.functionType(immediate) : body.types().get(immediate);
                int operands = callee.inSlots().params().size() + (opcode == RETURN_CALL ? 0 : 1);
                BodyTrace.Operands before = trace.before[i];
                yield new Exit(opcode, 0, immediate, body.seconds[i], above(before, before.height() - operands));
            }
        };
    }

    private void findLocals(Liveness liveness, BitSet used, BitSet set) {
        BitSet out = new BitSet();
        BitSet lost = new BitSet();
        BitSet in = new BitSet();
        if (endReachable()) {
            out.or(liveness.at(end()));
        }
        for (Exit exit : exits) {
            if (exit.opcode == BR) {
                out.or(liveness.atLabel(BodyStructure.labelled(level, exit.target).opener));
            } else if (exit.opcode == RETURN) {
                out.or(liveness.atLabel(-1));
            }
        }
        for (Stretch stretch : stretches) {
            if (stretch.isEmpty()) {
                continue;
            }
            in.or(liveness.at(stretch.start));
            lost.or(liveness.handled(stretch.start));
        }
        lost.and(set);
        if (throwing && !lost.isEmpty()) {
            possible &= !isRing();
            thrown = new Exit(THROW_REF, 0, 0, 0, List.of(ValType.EXNREF));
            exits.add(thrown);
            out.or(lost);
        }
        out.and(set);
        used.or(out);
        in.and(used);
        handedBack = out.stream().toArray();
        taken = in.stream().toArray();
        used.or(set);
        used.andNot(in);
        own = used.stream().toArray();
    }

    private void measure(boolean suspends) {
        int words = isRing() ? 1 : 0;
        int slots = 0;
        for (ValType type : consumed) {
            words += Emitter.kind(type).slotSize();
        }
        for (int local : taken) {
            words += Emitter.kind(body.locals[local]).slotSize();
            slots++;
        }
        int values = 0;
        for (Exit exit : exits) {
            values = Math.max(values, exit.values.size());
        }
        int backs = handedBack.length + produced.size() + values;
        slots += own.length + produced.size() + values;
        possible &= words <= MOST_WORDS && backs <= MOST_WORDS;
        int ways = exits.size() + (endReachable() ? 1 : 0);
        callBytes = 6 + 3 * taken.length + 8 * backs + (ways < 2 ? 3 : ways == 2 ? 6 : 20 + 4 * ways);
        for (Exit exit : exits) {
            callBytes += exit.isPlainBranch() ? 0 : 8 + 3 * exit.values.size();
        }
        if (isRing()) {
            callBytes += 9 * stretches.size();
        }
        pieceBytes = bytes + 10 + 7 * backs + 9 * ways + 4 * own.length + (isRing() ? 20 + 4 * stretches.size() : 0);
        if (suspends) {
            callBytes += 50;
            pieceBytes += 80 + 20 * slots;
        }
        time = CALL_TIME + 0.5 * taken.length + 1.5 * backs + (ways > 2 ? 3 : ways > 1 ? 1 : 0) + (isRing() ? 4 : 0);
        possible &= gain() > 0;
    }
}
