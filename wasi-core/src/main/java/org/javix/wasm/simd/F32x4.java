package org.javix.wasm.simd;

import org.javix.wasm.Ops;

/** The instructions {@code f32x4}: two lanes to each half. */
public final class F32x4 {
    private F32x4() {}

    static float low(long a) {
        return Float.intBitsToFloat(I32x4.low(a));
    }

    static float high(long a) {
        return Float.intBitsToFloat(I32x4.high(a));
    }

    private static long pair(float low, float high) {
        return I32x4.pair(Float.floatToRawIntBits(low), Float.floatToRawIntBits(high));
    }

    private static long masks(boolean low, boolean high) {
        return (low ? 0xffff_ffffL : 0) | (high ? 0xffff_ffffL << 32 : 0);
    }

    /** {@code f32x4.splat}. */
    public static long splat(float value) {
        return pair(value, value);
    }

    /** {@code f32x4.extract_lane}, of a lane of this half. */
    public static float extract(long a, int lane) {
        return Float.intBitsToFloat(I32x4.extract(a, lane));
    }

    /** {@code f32x4.replace_lane}, of a lane of this half. */
    public static long replace(long a, int lane, float value) {
        return I32x4.replace(a, lane, Float.floatToRawIntBits(value));
    }

    /** {@code f32x4.eq}. */
    public static long eq(long a, long b) {
        return masks(low(a) == low(b), high(a) == high(b));
    }

    /** {@code f32x4.ne}. */
    public static long ne(long a, long b) {
        return masks(low(a) != low(b), high(a) != high(b));
    }

    /** {@code f32x4.lt}. */
    public static long lt(long a, long b) {
        return masks(low(a) < low(b), high(a) < high(b));
    }

    /** {@code f32x4.gt}. */
    public static long gt(long a, long b) {
        return masks(low(a) > low(b), high(a) > high(b));
    }

    /** {@code f32x4.le}. */
    public static long le(long a, long b) {
        return masks(low(a) <= low(b), high(a) <= high(b));
    }

    /** {@code f32x4.ge}. */
    public static long ge(long a, long b) {
        return masks(low(a) >= low(b), high(a) >= high(b));
    }

    /** {@code f32x4.ceil}. */
    public static long ceil(long a) {
        return pair(Ops.ceil(low(a)), Ops.ceil(high(a)));
    }

    /** {@code f32x4.floor}. */
    public static long floor(long a) {
        return pair(Ops.floor(low(a)), Ops.floor(high(a)));
    }

    /** {@code f32x4.trunc}. */
    public static long trunc(long a) {
        return pair(Ops.trunc(low(a)), Ops.trunc(high(a)));
    }

    /** {@code f32x4.nearest}. */
    public static long nearest(long a) {
        return pair(Ops.nearest(low(a)), Ops.nearest(high(a)));
    }

    /** {@code f32x4.sqrt}. */
    public static long sqrt(long a) {
        return pair(Ops.sqrt(low(a)), Ops.sqrt(high(a)));
    }

    /** {@code f32x4.abs}: the sign bits alone. */
    public static long abs(long a) {
        return a & 0x7fff_ffff_7fff_ffffL;
    }

    /** {@code f32x4.neg}: the sign bits alone. */
    public static long neg(long a) {
        return a ^ 0x8000_0000_8000_0000L;
    }

    /** {@code f32x4.add}. */
    public static long add(long a, long b) {
        return pair(low(a) + low(b), high(a) + high(b));
    }

    /** {@code f32x4.sub}. */
    public static long sub(long a, long b) {
        return pair(low(a) - low(b), high(a) - high(b));
    }

    /** {@code f32x4.mul}. */
    public static long mul(long a, long b) {
        return pair(low(a) * low(b), high(a) * high(b));
    }

    /** {@code f32x4.div}. */
    public static long div(long a, long b) {
        return pair(low(a) / low(b), high(a) / high(b));
    }

    /** {@code f32x4.min}. */
    public static long min(long a, long b) {
        return pair(Ops.min(low(a), low(b)), Ops.min(high(a), high(b)));
    }

    /** {@code f32x4.max}. */
    public static long max(long a, long b) {
        return pair(Ops.max(low(a), low(b)), Ops.max(high(a), high(b)));
    }

    /** {@code f32x4.pmin}: b where it is less, else a, bit by bit. */
    public static long pmin(long a, long b) {
        return Lanes.choose(lt(b, a), b, a);
    }

    /** {@code f32x4.pmax}: b where it is greater, else a, bit by bit. */
    public static long pmax(long a, long b) {
        return Lanes.choose(lt(a, b), b, a);
    }

    /** {@code f32x4.convert_i32x4_s}. */
    public static long convertS(long a) {
        return pair((float) I32x4.low(a), (float) I32x4.high(a));
    }

    /** {@code f32x4.convert_i32x4_u}. */
    public static long convertU(long a) {
        return pair((float) (a & 0xffff_ffffL), (float) (a >>> 32));
    }

    /** {@code f32x4.demote_f64x2_zero}: both halves of the operand become one. */
    public static long demote(long low, long high) {
        return pair((float) Double.longBitsToDouble(low), (float) Double.longBitsToDouble(high));
    }
}
