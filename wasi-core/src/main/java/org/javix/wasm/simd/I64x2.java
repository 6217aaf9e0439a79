package org.javix.wasm.simd;

/** The instructions {@code i64x2}: a half is a lane. */
public final class I64x2 {
    private I64x2() {}

    /** {@code i64x2.splat}. */
    public static long splat(long value) {
        return value;
    }

    /** {@code i64x2.extract_lane}. */
    public static long extract(long a, int lane) {
        return a;
    }

    /** {@code i64x2.replace_lane}. */
    public static long replace(long a, int lane, long value) {
        return value;
    }

    private static long mask(boolean condition) {
        return condition ? -1 : 0;
    }

    /** {@code i64x2.eq}. */
    public static long eq(long a, long b) {
        return mask(a == b);
    }

    /** {@code i64x2.ne}. */
    public static long ne(long a, long b) {
        return mask(a != b);
    }

    /** {@code i64x2.lt_s}. */
    public static long ltS(long a, long b) {
        return mask(a < b);
    }

    /** {@code i64x2.gt_s}. */
    public static long gtS(long a, long b) {
        return mask(a > b);
    }

    /** {@code i64x2.le_s}. */
    public static long leS(long a, long b) {
        return mask(a <= b);
    }

    /** {@code i64x2.ge_s}. */
    public static long geS(long a, long b) {
        return mask(a >= b);
    }

    /** {@code i64x2.abs}. */
    public static long abs(long a) {
        return Math.abs(a);
    }

    /** {@code i64x2.neg}. */
    public static long neg(long a) {
        return -a;
    }

    /** {@code i64x2.all_true}. */
    public static int allTrue(long low, long high) {
        return low != 0 && high != 0 ? 1 : 0;
    }

    /** {@code i64x2.bitmask}. */
    public static int bitmask(long low, long high) {
        return (int) (low >>> 63 | high >>> 62 & 2);
    }

    /** {@code i64x2.shl}. */
    public static long shl(long a, int count) {
        return a << count;
    }

    /** {@code i64x2.shr_s}. */
    public static long shrS(long a, int count) {
        return a >> count;
    }

    /** {@code i64x2.shr_u}. */
    public static long shrU(long a, int count) {
        return a >>> count;
    }

    /** {@code i64x2.add}. */
    public static long add(long a, long b) {
        return a + b;
    }

    /** {@code i64x2.sub}. */
    public static long sub(long a, long b) {
        return a - b;
    }

    /** {@code i64x2.mul}. */
    public static long mul(long a, long b) {
        return a * b;
    }

    /** {@code i64x2.extend_*_i32x4_s}: the first lane. */
    public static long extendSLow(long a) {
        return (int) a;
    }

    /** {@code i64x2.extend_*_i32x4_s}: the last lane. */
    public static long extendSHigh(long a) {
        return a >> 32;
    }

    /** {@code i64x2.extend_*_i32x4_u}: the first lane. */
    public static long extendULow(long a) {
        return a & 0xffff_ffffL;
    }

    /** {@code i64x2.extend_*_i32x4_u}: the last lane. */
    public static long extendUHigh(long a) {
        return a >>> 32;
    }

    /** {@code i64x2.extmul_*_i32x4_s}: the first lanes. */
    public static long extmulSLow(long a, long b) {
        return extendSLow(a) * extendSLow(b);
    }

    /** {@code i64x2.extmul_*_i32x4_s}: the last lanes. */
    public static long extmulSHigh(long a, long b) {
        return extendSHigh(a) * extendSHigh(b);
    }

    /** {@code i64x2.extmul_*_i32x4_u}: the first lanes. */
    public static long extmulULow(long a, long b) {
        return extendULow(a) * extendULow(b);
    }

    /** {@code i64x2.extmul_*_i32x4_u}: the last lanes. */
    public static long extmulUHigh(long a, long b) {
        return extendUHigh(a) * extendUHigh(b);
    }
}
