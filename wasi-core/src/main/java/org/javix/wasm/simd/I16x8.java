package org.javix.wasm.simd;

/** The instructions {@code i16x8}: four lanes of 16 bits to each half. */
public final class I16x8 {
    private static final long TOP = 0x8000_8000_8000_8000L;
    private static final long ONES = 0x0001_0001_0001_0001L;
    private static final int WIDTH = 16;

    private I16x8() {}

    /** {@code i16x8.splat}. */
    public static long splat(int value) {
        return (value & 0xffff) * ONES;
    }

    /** {@code i16x8.extract_lane_s}, of a lane of this half. */
    public static int extractS(long a, int lane) {
        return (short) (a >>> WIDTH * lane);
    }

    /** {@code i16x8.extract_lane_u}, of a lane of this half. */
    public static int extractU(long a, int lane) {
        return (int) (a >>> WIDTH * lane) & 0xffff;
    }

    /** {@code i16x8.replace_lane}, of a lane of this half. */
    public static long replace(long a, int lane, int value) {
        int at = WIDTH * lane;
        return a & ~(0xffffL << at) | (value & 0xffffL) << at;
    }

    /** {@code i16x8.eq}. */
    public static long eq(long a, long b) {
        return Lanes.eq(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.ne}. */
    public static long ne(long a, long b) {
        return ~eq(a, b);
    }

    /** {@code i16x8.lt_s}. */
    public static long ltS(long a, long b) {
        return Lanes.ltS(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.lt_u}. */
    public static long ltU(long a, long b) {
        return Lanes.ltU(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.gt_s}. */
    public static long gtS(long a, long b) {
        return ltS(b, a);
    }

    /** {@code i16x8.gt_u}. */
    public static long gtU(long a, long b) {
        return ltU(b, a);
    }

    /** {@code i16x8.le_s}. */
    public static long leS(long a, long b) {
        return ~ltS(b, a);
    }

    /** {@code i16x8.le_u}. */
    public static long leU(long a, long b) {
        return ~ltU(b, a);
    }

    /** {@code i16x8.ge_s}. */
    public static long geS(long a, long b) {
        return ~ltS(a, b);
    }

    /** {@code i16x8.ge_u}. */
    public static long geU(long a, long b) {
        return ~ltU(a, b);
    }

    /** {@code i16x8.abs}. */
    public static long abs(long a) {
        return Lanes.abs(a, TOP, WIDTH);
    }

    /** {@code i16x8.neg}. */
    public static long neg(long a) {
        return sub(0, a);
    }

    /** {@code i16x8.all_true}. */
    public static int allTrue(long low, long high) {
        return Lanes.allTrue(low, high, TOP);
    }

    /** {@code i16x8.shl}. */
    public static long shl(long a, int count) {
        return Lanes.shl(a, count, ONES, WIDTH);
    }

    /** {@code i16x8.shr_s}. */
    public static long shrS(long a, int count) {
        return Lanes.shrS(a, count, ONES, WIDTH);
    }

    /** {@code i16x8.shr_u}. */
    public static long shrU(long a, int count) {
        return Lanes.shrU(a, count, ONES, WIDTH);
    }

    /** {@code i16x8.add}. */
    public static long add(long a, long b) {
        return Lanes.add(a, b, TOP);
    }

    /** {@code i16x8.sub}. */
    public static long sub(long a, long b) {
        return Lanes.sub(a, b, TOP);
    }

    /** {@code i16x8.min_s}. */
    public static long minS(long a, long b) {
        return Lanes.minS(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.min_u}. */
    public static long minU(long a, long b) {
        return Lanes.minU(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.max_s}. */
    public static long maxS(long a, long b) {
        return Lanes.maxS(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.max_u}. */
    public static long maxU(long a, long b) {
        return Lanes.maxU(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.add_sat_s}. */
    public static long addSatS(long a, long b) {
        return Lanes.addSatS(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.add_sat_u}. */
    public static long addSatU(long a, long b) {
        return Lanes.addSatU(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.sub_sat_s}. */
    public static long subSatS(long a, long b) {
        return Lanes.subSatS(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.sub_sat_u}. */
    public static long subSatU(long a, long b) {
        return Lanes.subSatU(a, b, TOP, WIDTH);
    }

    /** {@code i16x8.avgr_u}. */
    public static long avgrU(long a, long b) {
        return Lanes.avgrU(a, b, ONES);
    }

    /** {@code i16x8.mul}. */
    public static long mul(long a, long b) {
        return a * b & 0xffffL
                | ((a >>> 16) * (b >>> 16) & 0xffffL) << 16
                | ((a >>> 32) * (b >>> 32) & 0xffffL) << 32
                | (a >>> 48) * (b >>> 48) << 48;
    }

    /** {@code i16x8.q15mulr_sat_s}. */
    public static long q15mulrSatS(long a, long b) {
        return q15(a, b, 0) | q15(a, b, 1) << 16 | q15(a, b, 2) << 32 | q15(a, b, 3) << 48;
    }

    private static long q15(long a, long b, int lane) {
        int product = extractS(a, lane) * extractS(b, lane) + 0x4000 >> 15;
        return Math.min(product, Short.MAX_VALUE) & 0xffffL;
    }

    /** {@code i16x8.bitmask}. */
    public static int bitmask(long low, long high) {
        return bits(low) | bits(high) << 4;
    }

    private static int bits(long a) {
        // The multiplication brings the lowest bit of lane i to bit 48 + i.
        return (int) ((a >>> 15 & ONES) * 0x0001_0002_0004_0008L >>> 48) & 0xf;
    }

    /** {@code i16x8.narrow_i32x4_s}: both halves of an operand become one. */
    public static long narrowS(long low, long high) {
        return clampS((int) low)
                | clampS((int) (low >>> 32)) << 16
                | clampS((int) high) << 32
                | clampS((int) (high >>> 32)) << 48;
    }

    /** {@code i16x8.narrow_i32x4_u}: both halves of an operand become one. */
    public static long narrowU(long low, long high) {
        return clampU((int) low)
                | clampU((int) (low >>> 32)) << 16
                | clampU((int) high) << 32
                | clampU((int) (high >>> 32)) << 48;
    }

    private static long clampS(int a) {
        return Math.max(Math.min(a, Short.MAX_VALUE), Short.MIN_VALUE) & 0xffffL;
    }

    private static long clampU(int a) {
        return Math.max(Math.min(a, 0xffff), 0);
    }

    /** {@code i16x8.extend_*_i8x16_s}: the first four bytes. */
    public static long extendSLow(long a) {
        return signed(extendULow(a));
    }

    /** {@code i16x8.extend_*_i8x16_s}: the last four bytes. */
    public static long extendSHigh(long a) {
        return signed(extendUHigh(a));
    }

    /** {@code i16x8.extend_*_i8x16_u}: the first four bytes. */
    public static long extendULow(long a) {
        long bytes = a & 0xffff_ffffL;
        long pairs = (bytes | bytes << 16) & 0x0000_ffff_0000_ffffL;
        return (pairs | pairs << 8) & 0x00ff_00ff_00ff_00ffL;
    }

    /** {@code i16x8.extend_*_i8x16_u}: the last four bytes. */
    public static long extendUHigh(long a) {
        return extendULow(a >>> 32);
    }

    /** Lanes of 0 to 255 as signed bytes: 128 is added, wrapping around in the byte, and taken off again. */
    private static long signed(long a) {
        return (a ^ 0x0080_0080_0080_0080L) + 0x7f80_7f80_7f80_7f80L ^ TOP;
    }

    /** {@code i16x8.extadd_pairwise_i8x16_s}. */
    public static long extaddS(long a) {
        // 128 is added to each byte, which makes it unsigned, and 256 taken off each sum.
        return extaddU(a ^ 0x8080_8080_8080_8080L) + 0x7f00_7f00_7f00_7f00L ^ TOP;
    }

    /** {@code i16x8.extadd_pairwise_i8x16_u}. */
    public static long extaddU(long a) {
        return (a & 0x00ff_00ff_00ff_00ffL) + (a >>> 8 & 0x00ff_00ff_00ff_00ffL);
    }

    /** {@code i16x8.extmul_*_i8x16_s}: the first four bytes. */
    public static long extmulSLow(long a, long b) {
        return mul(extendSLow(a), extendSLow(b));
    }

    /** {@code i16x8.extmul_*_i8x16_s}: the last four bytes. */
    public static long extmulSHigh(long a, long b) {
        return mul(extendSHigh(a), extendSHigh(b));
    }

    /** {@code i16x8.extmul_*_i8x16_u}: the first four bytes. */
    public static long extmulULow(long a, long b) {
        return mul(extendULow(a), extendULow(b));
    }

    /** {@code i16x8.extmul_*_i8x16_u}: the last four bytes. */
    public static long extmulUHigh(long a, long b) {
        return mul(extendUHigh(a), extendUHigh(b));
    }
}
