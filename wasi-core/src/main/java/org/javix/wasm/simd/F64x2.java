package org.javix.wasm.simd;

import org.javix.wasm.Ops;

/** The instructions {@code f64x2}: a half is a lane. */
public final class F64x2 {
    private F64x2() {}

    private static double number(long a) {
        return Double.longBitsToDouble(a);
    }

    private static long bits(double a) {
        return Double.doubleToRawLongBits(a);
    }

    private static long mask(boolean condition) {
        return condition ? -1 : 0;
    }

    /** {@code f64x2.splat}. */
    public static long splat(double value) {
        return bits(value);
    }

    /** {@code f64x2.extract_lane}. */
    public static double extract(long a, int lane) {
        return number(a);
    }

    /** {@code f64x2.replace_lane}. */
    public static long replace(long a, int lane, double value) {
        return bits(value);
    }

    /** {@code f64x2.eq}. */
    public static long eq(long a, long b) {
        return mask(number(a) == number(b));
    }

    /** {@code f64x2.ne}. */
    public static long ne(long a, long b) {
        return mask(number(a) != number(b));
    }

    /** {@code f64x2.lt}. */
    public static long lt(long a, long b) {
        return mask(number(a) < number(b));
    }

    /** {@code f64x2.gt}. */
    public static long gt(long a, long b) {
        return mask(number(a) > number(b));
    }

    /** {@code f64x2.le}. */
    public static long le(long a, long b) {
        return mask(number(a) <= number(b));
    }

    /** {@code f64x2.ge}. */
    public static long ge(long a, long b) {
        return mask(number(a) >= number(b));
    }

    /** {@code f64x2.ceil}. */
    public static long ceil(long a) {
        return bits(Ops.ceil(number(a)));
    }

    /** {@code f64x2.floor}. */
    public static long floor(long a) {
        return bits(Ops.floor(number(a)));
    }

    /** {@code f64x2.trunc}. */
    public static long trunc(long a) {
        return bits(Ops.trunc(number(a)));
    }

    /** {@code f64x2.nearest}. */
    public static long nearest(long a) {
        return bits(Math.rint(number(a)));
    }

    /** {@code f64x2.sqrt}. */
    public static long sqrt(long a) {
        return bits(Math.sqrt(number(a)));
    }

    /** {@code f64x2.abs}: the sign bit alone. */
    public static long abs(long a) {
        return a & Long.MAX_VALUE;
    }

    /** {@code f64x2.neg}: the sign bit alone. */
    public static long neg(long a) {
        return a ^ Long.MIN_VALUE;
    }

    /** {@code f64x2.add}. */
    public static long add(long a, long b) {
        return bits(number(a) + number(b));
    }

    /** {@code f64x2.sub}. */
    public static long sub(long a, long b) {
        return bits(number(a) - number(b));
    }

    /** {@code f64x2.mul}. */
    public static long mul(long a, long b) {
        return bits(number(a) * number(b));
    }

    /** {@code f64x2.div}. */
    public static long div(long a, long b) {
        return bits(number(a) / number(b));
    }

    /** {@code f64x2.min}. */
    public static long min(long a, long b) {
        return bits(Ops.min(number(a), number(b)));
    }

    /** {@code f64x2.max}. */
    public static long max(long a, long b) {
        return bits(Ops.max(number(a), number(b)));
    }

    /** {@code f64x2.pmin}: b where it is less, else a, bit by bit. */
    public static long pmin(long a, long b) {
        return number(b) < number(a) ? b : a;
    }

    /** {@code f64x2.pmax}: b where it is greater, else a, bit by bit. */
    public static long pmax(long a, long b) {
        return number(a) < number(b) ? b : a;
    }

    /** {@code f64x2.promote_low_f32x4}: the first lane. */
    public static long promoteLow(long a) {
        return bits(F32x4.low(a));
    }

    /** {@code f64x2.promote_low_f32x4}: the second lane. */
    public static long promoteHigh(long a) {
        return bits(F32x4.high(a));
    }

    /** {@code f64x2.convert_low_i32x4_s}: the first lane. */
    public static long convertSLow(long a) {
        return bits((int) a);
    }

    /** {@code f64x2.convert_low_i32x4_s}: the second lane. */
    public static long convertSHigh(long a) {
        return bits((int) (a >>> 32));
    }

    /** {@code f64x2.convert_low_i32x4_u}: the first lane. */
    public static long convertULow(long a) {
        return bits(a & 0xffff_ffffL);
    }

    /** {@code f64x2.convert_low_i32x4_u}: the second lane. */
    public static long convertUHigh(long a) {
        return bits(a >>> 32);
    }
}
