package org.javix.wasm.simd;

/** The instructions {@code i8x16}: eight lanes of 8 bits to each half. */
public final class I8x16 {
    private static final long TOP = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final int WIDTH = 8;

    private I8x16() {}

    /** {@code i8x16.splat}. */
    public static long splat(int value) {
        return (value & 0xff) * ONES;
    }

    /** {@code i8x16.extract_lane_s}, of a lane of this half. */
    public static int extractS(long a, int lane) {
        return (byte) (a >>> WIDTH * lane);
    }

    /** {@code i8x16.extract_lane_u}, of a lane of this half. */
    public static int extractU(long a, int lane) {
        return (int) (a >>> WIDTH * lane) & 0xff;
    }

    /** {@code i8x16.replace_lane}, of a lane of this half. */
    public static long replace(long a, int lane, int value) {
        int at = WIDTH * lane;
        return a & ~(0xffL << at) | (value & 0xffL) << at;
    }

    /** {@code i8x16.eq}. */
    public static long eq(long a, long b) {
        return Lanes.eq(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.ne}. */
    public static long ne(long a, long b) {
        return ~eq(a, b);
    }

    /** {@code i8x16.lt_s}. */
    public static long ltS(long a, long b) {
        return Lanes.ltS(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.lt_u}. */
    public static long ltU(long a, long b) {
        return Lanes.ltU(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.gt_s}. */
    public static long gtS(long a, long b) {
        return ltS(b, a);
    }

    /** {@code i8x16.gt_u}. */
    public static long gtU(long a, long b) {
        return ltU(b, a);
    }

    /** {@code i8x16.le_s}. */
    public static long leS(long a, long b) {
        return ~ltS(b, a);
    }

    /** {@code i8x16.le_u}. */
    public static long leU(long a, long b) {
        return ~ltU(b, a);
    }

    /** {@code i8x16.ge_s}. */
    public static long geS(long a, long b) {
        return ~ltS(a, b);
    }

    /** {@code i8x16.ge_u}. */
    public static long geU(long a, long b) {
        return ~ltU(a, b);
    }

    /** {@code i8x16.abs}. */
    public static long abs(long a) {
        return Lanes.abs(a, TOP, WIDTH);
    }

    /** {@code i8x16.neg}. */
    public static long neg(long a) {
        return sub(0, a);
    }

    /** {@code i8x16.all_true}. */
    public static int allTrue(long low, long high) {
        return Lanes.allTrue(low, high, TOP);
    }

    /** {@code i8x16.shl}. */
    public static long shl(long a, int count) {
        return Lanes.shl(a, count, ONES, WIDTH);
    }

    /** {@code i8x16.shr_s}. */
    public static long shrS(long a, int count) {
        return Lanes.shrS(a, count, ONES, WIDTH);
    }

    /** {@code i8x16.shr_u}. */
    public static long shrU(long a, int count) {
        return Lanes.shrU(a, count, ONES, WIDTH);
    }

    /** {@code i8x16.add}. */
    public static long add(long a, long b) {
        return Lanes.add(a, b, TOP);
    }

    /** {@code i8x16.sub}. */
    public static long sub(long a, long b) {
        return Lanes.sub(a, b, TOP);
    }

    /** {@code i8x16.min_s}. */
    public static long minS(long a, long b) {
        return Lanes.minS(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.min_u}. */
    public static long minU(long a, long b) {
        return Lanes.minU(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.max_s}. */
    public static long maxS(long a, long b) {
        return Lanes.maxS(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.max_u}. */
    public static long maxU(long a, long b) {
        return Lanes.maxU(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.add_sat_s}. */
    public static long addSatS(long a, long b) {
        return Lanes.addSatS(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.add_sat_u}. */
    public static long addSatU(long a, long b) {
        return Lanes.addSatU(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.sub_sat_s}. */
    public static long subSatS(long a, long b) {
        return Lanes.subSatS(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.sub_sat_u}. */
    public static long subSatU(long a, long b) {
        return Lanes.subSatU(a, b, TOP, WIDTH);
    }

    /** {@code i8x16.avgr_u}. */
    public static long avgrU(long a, long b) {
        return Lanes.avgrU(a, b, ONES);
    }

    /** {@code i8x16.popcnt}. */
    public static long popcnt(long a) {
        long pairs = a - (a >>> 1 & 0x5555_5555_5555_5555L);
        long nibbles = (pairs & 0x3333_3333_3333_3333L) + (pairs >>> 2 & 0x3333_3333_3333_3333L);
        return nibbles + (nibbles >>> 4) & 0x0f0f_0f0f_0f0f_0f0fL;
    }

    /** {@code i8x16.bitmask}. */
    public static int bitmask(long low, long high) {
        return bits(low) | bits(high) << 8;
    }

    private static int bits(long a) {
        // The multiplication brings the lowest bit of byte i to bit 56 + i.
        return (int) ((a >>> 7 & ONES) * 0x0102_0408_1020_4080L >>> 56);
    }

    /** {@code i8x16.narrow_i16x8_s}: both halves of an operand become one. */
    public static long narrowS(long low, long high) {
        return pack(clampS(low)) | pack(clampS(high)) << 32;
    }

    /** {@code i8x16.narrow_i16x8_u}: both halves of an operand become one. */
    public static long narrowU(long low, long high) {
        return pack(clampU(low)) | pack(clampU(high)) << 32;
    }

    private static long clampS(long a) {
        return I16x8.minS(I16x8.maxS(a, 0xff80_ff80_ff80_ff80L), 0x007f_007f_007f_007fL);
    }

    private static long clampU(long a) {
        return I16x8.minS(I16x8.maxS(a, 0), 0x00ff_00ff_00ff_00ffL);
    }

    /** The lower bytes of the four 16-bit lanes. */
    private static long pack(long a) {
        long bytes = a & 0x00ff_00ff_00ff_00ffL;
        long pairs = (bytes | bytes >>> 8) & 0x0000_ffff_0000_ffffL;
        return (pairs | pairs >>> 16) & 0xffff_ffffL;
    }
}
