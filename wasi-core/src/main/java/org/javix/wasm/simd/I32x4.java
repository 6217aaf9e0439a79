package org.javix.wasm.simd;

import org.javix.wasm.Ops;

/** The instructions {@code i32x4}: two lanes of 32 bits to each half. */
public final class I32x4 {
    private static final long TOP = 0x8000_0000_8000_0000L;
    private static final long ONES = 0x0000_0001_0000_0001L;
    private static final int WIDTH = 32;

    private I32x4() {}

    /** {@code i32x4.splat}. */
    public static long splat(int value) {
        return (value & 0xffff_ffffL) * ONES;
    }

    /** {@code i32x4.extract_lane}, of a lane of this half. */
    public static int extract(long a, int lane) {
        return (int) (a >>> WIDTH * lane);
    }

    /** {@code i32x4.replace_lane}, of a lane of this half. */
    public static long replace(long a, int lane, int value) {
        int at = WIDTH * lane;
        return a & ~(0xffff_ffffL << at) | (value & 0xffff_ffffL) << at;
    }

    /** {@code i32x4.eq}. */
    public static long eq(long a, long b) {
        return Lanes.eq(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.ne}. */
    public static long ne(long a, long b) {
        return ~eq(a, b);
    }

    /** {@code i32x4.lt_s}. */
    public static long ltS(long a, long b) {
        return Lanes.ltS(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.lt_u}. */
    public static long ltU(long a, long b) {
        return Lanes.ltU(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.gt_s}. */
    public static long gtS(long a, long b) {
        return ltS(b, a);
    }

    /** {@code i32x4.gt_u}. */
    public static long gtU(long a, long b) {
        return ltU(b, a);
    }

    /** {@code i32x4.le_s}. */
    public static long leS(long a, long b) {
        return ~ltS(b, a);
    }

    /** {@code i32x4.le_u}. */
    public static long leU(long a, long b) {
        return ~ltU(b, a);
    }

    /** {@code i32x4.ge_s}. */
    public static long geS(long a, long b) {
        return ~ltS(a, b);
    }

    /** {@code i32x4.ge_u}. */
    public static long geU(long a, long b) {
        return ~ltU(a, b);
    }

    /** {@code i32x4.abs}. */
    public static long abs(long a) {
        return Lanes.abs(a, TOP, WIDTH);
    }

    /** {@code i32x4.neg}. */
    public static long neg(long a) {
        return sub(0, a);
    }

    /** {@code i32x4.all_true}. */
    public static int allTrue(long low, long high) {
        return Lanes.allTrue(low, high, TOP);
    }

    /** {@code i32x4.shl}. */
    public static long shl(long a, int count) {
        return Lanes.shl(a, count, ONES, WIDTH);
    }

    /** {@code i32x4.shr_s}. */
    public static long shrS(long a, int count) {
        return Lanes.shrS(a, count, ONES, WIDTH);
    }

    /** {@code i32x4.shr_u}. */
    public static long shrU(long a, int count) {
        return Lanes.shrU(a, count, ONES, WIDTH);
    }

    /** {@code i32x4.add}. */
    public static long add(long a, long b) {
        return Lanes.add(a, b, TOP);
    }

    /** {@code i32x4.sub}. */
    public static long sub(long a, long b) {
        return Lanes.sub(a, b, TOP);
    }

    /** {@code i32x4.min_s}. */
    public static long minS(long a, long b) {
        return Lanes.minS(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.min_u}. */
    public static long minU(long a, long b) {
        return Lanes.minU(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.max_s}. */
    public static long maxS(long a, long b) {
        return Lanes.maxS(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.max_u}. */
    public static long maxU(long a, long b) {
        return Lanes.maxU(a, b, TOP, WIDTH);
    }

    /** {@code i32x4.mul}. */
    public static long mul(long a, long b) {
        return pair(low(a) * low(b), high(a) * high(b));
    }

    // Lanes are put together by a sum, and the low one is taken out by a mask: so HotSpot finds the lanes of one instruction's
    // result for the next without the long in between, and floats stay in their registers.

    static int low(long a) {
        return (int) (a & 0xffff_ffffL);
    }

    static int high(long a) {
        return (int) (a >>> 32);
    }

    static long pair(int low, int high) {
        return ((long) high << 32) + (low & 0xffff_ffffL);
    }

    /** {@code i32x4.dot_i16x8_s}. */
    public static long dotS(long a, long b) {
        return pair(dot(low(a), low(b)), dot(high(a), high(b)));
    }

    private static int dot(int a, int b) {
        return (short) a * (short) b + (a >> 16) * (b >> 16);
    }

    /** {@code i32x4.bitmask}. */
    public static int bitmask(long low, long high) {
        return bits(low) | bits(high) << 2;
    }

    private static int bits(long a) {
        return (int) (a >>> 31 & 1 | a >>> 62 & 2);
    }

    /** {@code i32x4.extend_*_i16x8_s}: the first two lanes. */
    public static long extendSLow(long a) {
        return pair((short) a, (int) a >> 16);
    }

    /** {@code i32x4.extend_*_i16x8_s}: the last two lanes. */
    public static long extendSHigh(long a) {
        return extendSLow(a >>> 32);
    }

    /** {@code i32x4.extend_*_i16x8_u}: the first two lanes. */
    public static long extendULow(long a) {
        return a & 0xffff | (a & 0xffff_0000L) << 16;
    }

    /** {@code i32x4.extend_*_i16x8_u}: the last two lanes. */
    public static long extendUHigh(long a) {
        return extendULow(a >>> 32);
    }

    /** {@code i32x4.extadd_pairwise_i16x8_s}. */
    public static long extaddS(long a) {
        // 0x8000 is added to each lane, which makes it unsigned, and 0x10000 taken off each sum.
        return extaddU(a ^ 0x8000_8000_8000_8000L) + 0x7fff_0000_7fff_0000L ^ TOP;
    }

    /** {@code i32x4.extadd_pairwise_i16x8_u}. */
    public static long extaddU(long a) {
        return (a & 0x0000_ffff_0000_ffffL) + (a >>> 16 & 0x0000_ffff_0000_ffffL);
    }

    /** {@code i32x4.extmul_*_i16x8_s}: the first two lanes. */
    public static long extmulSLow(long a, long b) {
        return pair((short) a * (short) b, ((int) a >> 16) * ((int) b >> 16));
    }

    /** {@code i32x4.extmul_*_i16x8_s}: the last two lanes. */
    public static long extmulSHigh(long a, long b) {
        return extmulSLow(a >>> 32, b >>> 32);
    }

    /** {@code i32x4.extmul_*_i16x8_u}: the first two lanes. */
    public static long extmulULow(long a, long b) {
        return (a & 0xffff) * (b & 0xffff) | (a >>> 16 & 0xffff) * (b >>> 16 & 0xffff) << 32;
    }

    /** {@code i32x4.extmul_*_i16x8_u}: the last two lanes. */
    public static long extmulUHigh(long a, long b) {
        return extmulULow(a >>> 32, b >>> 32);
    }

    /** {@code i32x4.trunc_sat_f32x4_s}. */
    public static long truncSatS(long a) {
        return pair((int) F32x4.low(a), (int) F32x4.high(a));
    }

    /** {@code i32x4.trunc_sat_f32x4_u}. */
    public static long truncSatU(long a) {
        return pair(Ops.truncSatI32U(F32x4.low(a)), Ops.truncSatI32U(F32x4.high(a)));
    }

    /** {@code i32x4.trunc_sat_f64x2_s_zero}: both halves of the operand become one. */
    public static long truncSatS(long low, long high) {
        return pair((int) Double.longBitsToDouble(low), (int) Double.longBitsToDouble(high));
    }

    /** {@code i32x4.trunc_sat_f64x2_u_zero}: both halves of the operand become one. */
    public static long truncSatU(long low, long high) {
        return pair(
                Ops.truncSatI32U(Double.longBitsToDouble(low)), Ops.truncSatI32U(Double.longBitsToDouble(high)));
    }
}
