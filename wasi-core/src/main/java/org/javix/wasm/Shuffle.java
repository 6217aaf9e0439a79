package org.javix.wasm;

import static java.lang.constant.ConstantDescs.CD_Long;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.Opcode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Compiles {@code i8x16.shuffle}. Its lanes are constants, so each half of the result is an or of parts of the four
 * halves of its operands: all bytes that one half moves by one distance are one part, a shift and a mask.
 */
final class Shuffle {
    private final Emitter e;

    Shuffle(Emitter e) {
        this.e = e;
    }

    /** One part: where its bytes come from and how far they move up, in bits. */
    private record Move(int source, int left) {}

    /**
     * Leaves half of the result on the JVM's stack.
     *
     * @param lanes for each byte of the result, the number of a byte of the operands
     * @param first the half's first byte: 0 or 8
     * @param load loads one of the operands' halves: 0 to 3
     */
    void half(byte[] lanes, int first, IntConsumer load) {
        if (reversed(lanes, first)) {
            load.accept(lanes[first] >> 3);
            e.invokeStatic(CD_Long, "reverseBytes", CD_long, CD_long);
            return;
        }
        Map<Move, Long> masks = new LinkedHashMap<>();
        for (int k = 0; k < 8; k++) {
            int lane = lanes[first + k];
            masks.merge(new Move(lane >> 3, 8 * (k - (lane & 7))), 0xffL << 8 * k, (a, b) -> a | b);
        }
        boolean more = false;
        for (Map.Entry<Move, Long> part : masks.entrySet()) {
            load.accept(part.getKey().source());
            move(part.getKey().left(), part.getValue());
            if (more) {
                e.op(Opcode.LOR);
            }
            more = true;
        }
    }

    private void move(int left, long mask) {
        long kept = -1;
        if (left > 0) {
            e.constant(left);
            e.op(Opcode.LSHL);
            kept <<= left;
        } else if (left < 0) {
            e.constant(-left);
            e.op(Opcode.LUSHR);
            kept >>>= -left;
        }
        if (kept != mask) {
            e.constant(mask);
            e.op(Opcode.LAND);
        }
    }

    private static boolean reversed(byte[] lanes, int first) {
        for (int k = 0; k < 8; k++) {
            if (lanes[first + k] != lanes[first] - k) {
                return false;
            }
        }
        return (lanes[first] & 7) == 7;
    }
}
