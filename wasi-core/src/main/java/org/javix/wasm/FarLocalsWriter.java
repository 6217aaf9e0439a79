package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Writes a function that has very many locals so that most of them lie in an array, which is one local: {@link FarLocals}.
 *
 * <p>Each local of the JVM's is code where the function starts, where its frame is saved and restored, and where pieces are called,
 * and an entry in what the JVM is told of each label. So a function with thousands would be refused. What is used most stays what it
 * was; so do parameters, references and vectors, and what {@link JumpPoints} save.
 */
final class FarLocalsWriter {
    /** No function of up to so many locals is written anew. */
    static final int MOST = 400;

    /** So many of those that could go stay. */
    private static final int NEAR = 100;

    /** The same with jump points, where it has to become small, and little time is spent. */
    private static final int NEAR_WITH_JUMPS = 20;

    /** A loop is guessed to run so often, within so many others at most. */
    private static final int ITERATIONS = 8;

    private static final int DEEPEST = 6;

    private final FunctionBody from;

    /** The index in the array of each local; -1 for what stays. */
    private final int[] far;

    private int count;

    /** @param kept locals that stay */
    FarLocalsWriter(FunctionBody from, BitSet kept) {
        this.from = from;
        far = new int[from.locals.length];
        Arrays.fill(far, -1);
        long[] uses = uses();
        IntStream.range(from.type.params().size(), far.length)
                .filter(local -> uses[local] > 0 && !kept.get(local))
                .filter(local -> !from.locals[local].isReference() && from.locals[local] != ValType.V128)
                .boxed()
                .sorted(Comparator.comparingLong(local -> -uses[local]))
                .skip(from.hasJumpPoints() ? NEAR_WITH_JUMPS : NEAR)
                .forEach(local -> far[local] = count++);
    }

    /** A guess of how often each local is used. */
    private long[] uses() {
        long[] uses = new long[far.length];
        BitSet loops = new BitSet();
        int nest = 0;
        for (int i = 0; i < from.length; i++) {
            switch (from.opcodes[i]) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> loops.set(nest++, from.opcodes[i] == LOOP);
                case END, DELEGATE -> loops.clear(--nest < 0 ? 0 : nest);
                case LOCAL_GET, LOCAL_SET, LOCAL_TEE ->
                        uses[(int) from.immediates[i]] += (long) Math.pow(ITERATIONS, Math.min(DEEPEST, loops.cardinality()));
                default -> {}
            }
        }
        return uses;
    }

    /** The function. */
    FunctionBody write() {
        int array = far.length;
        ValType[] locals = Arrays.copyOf(from.locals, array + 1);
        locals[array] = ValType.EXTERNREF;
        FunctionBody to = new FunctionBody(from, from.function, from.type, locals, from.handedBack);
        to.add(NEW_FAR_LOCALS, count);
        to.add(LOCAL_SET, array);
        for (int i = 0; i < from.length; i++) {
            int opcode = from.opcodes[i];
            boolean isLocal = opcode == LOCAL_GET || opcode == LOCAL_SET || opcode == LOCAL_TEE;
            int index = isLocal ? far[(int) from.immediates[i]] : -1;
            if (index < 0) {
                to.add(opcode, from.immediates[i], from.seconds[i], from.objects[i]);
                continue;
            }
            ValType type = from.locals[(int) from.immediates[i]];
            if (opcode != LOCAL_GET) {
                to.add(LOCAL_GET, array);
                to.add(SET_FAR_LOCAL, index, 0, type);
            }
            if (opcode != LOCAL_SET) {
                to.add(LOCAL_GET, array);
                to.add(GET_FAR_LOCAL, index, 0, type);
            }
        }
        return to.withUsedLocals(locals);
    }
}
