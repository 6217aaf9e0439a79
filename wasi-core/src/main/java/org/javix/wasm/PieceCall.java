package org.javix.wasm;

import java.util.Arrays;

/**
 * The call of a piece that was taken out of a function.
 *
 * <p>The piece takes the locals that it needs as parameters. Those that it sets and that matter afterwards it
 * leaves in fields of the instance, immediately before it returns, and its caller takes them from there
 * immediately after: nothing can run in between, so the fields belong to no call, and a piece can be unwound and
 * resumed as any function can.
 *
 * @param piece the piece's number
 * @param type the piece's type; its result, if any, says how it ended
 * @param handedBack the caller's locals that take what the piece hands back, in its order
 */
record PieceCall(int piece, FuncType type, int[] handedBack) {
    /** The same call where the caller's locals have other numbers. */
    PieceCall renumbered(int[] numbers) {
        return new PieceCall(piece, type, Arrays.stream(handedBack).map(local -> numbers[local]).toArray());
    }

    /** The field of the instance through which a value is handed back: the n-th one of its type. */
    static String field(ValType type, int n) {
        return switch (type.kind()) {
            case I32 -> "xi" + n;
            case I64 -> "xj" + n;
            case F32 -> "xf" + n;
            case F64 -> "xd" + n;
            case V128 -> "xv" + n;
            case FUNCREF -> "xa" + n;
            case EXTERNREF -> "xb" + n;
            case EXNREF -> "xc" + n;
        };
    }
}
