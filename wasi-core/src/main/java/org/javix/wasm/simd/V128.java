package org.javix.wasm.simd;

/** The instructions {@code v128}, and those that move bytes as they are. */
public final class V128 {
    private V128() {}

    /** {@code v128.not}. */
    public static long not(long a) {
        return ~a;
    }

    /** {@code v128.and}. */
    public static long and(long a, long b) {
        return a & b;
    }

    /** {@code v128.andnot}. */
    public static long andnot(long a, long b) {
        return a & ~b;
    }

    /** {@code v128.or}. */
    public static long or(long a, long b) {
        return a | b;
    }

    /** {@code v128.xor}. */
    public static long xor(long a, long b) {
        return a ^ b;
    }

    /** {@code v128.bitselect}. */
    public static long bitselect(long a, long b, long mask) {
        return Lanes.choose(mask, a, b);
    }

    /** {@code v128.any_true}. */
    public static int anyTrue(long low, long high) {
        return (low | high) != 0 ? 1 : 0;
    }

    /** {@code select}. */
    public static long select(long a, long b, int condition) {
        return condition != 0 ? a : b;
    }

    /** {@code i8x16.swizzle}: the bytes of a vector that eight indices name, or 0. */
    public static long swizzle(long low, long high, long indices) {
        long result = 0;
        for (int at = 0; at < 64; at += 8) {
            int index = (int) (indices >>> at) & 0xff;
            long source = index < 8 ? low : high;
            long picked = source >>> 8 * index & 0xff;
            result |= (index < 16 ? picked : 0) << at;
        }
        return result;
    }
}
