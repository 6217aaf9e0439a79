package org.javix.wasm.simd;

/**
 * Integer lanes of any width within a long. {@code top} has the highest bit of each lane set, and {@code width} is a
 * lane's number of bits; both are constants wherever a method is called, and fold away when it is inlined.
 *
 * <p>Additions leave the highest bits out, so that no carry reaches the next lane, and put them back by exclusive or.
 * A comparison yields the highest bit of each lane where it holds, and {@link #mask} makes all bits of it.
 */
final class Lanes {
    private Lanes() {}

    static long add(long a, long b, long top) {
        return (a & ~top) + (b & ~top) ^ (a ^ b) & top;
    }

    static long sub(long a, long b, long top) {
        return (a | top) - (b & ~top) ^ ~(a ^ b) & top;
    }

    /** All bits of each lane whose highest bit is set in {@code tops}, which has no others. */
    static long mask(long tops, int width) {
        return (tops << 1) - (tops >>> width - 1);
    }

    private static long zero(long a, long top) {
        return ~((a & ~top) + ~top | a | ~top);
    }

    private static long lessSigned(long a, long b, long top) {
        // The highest bit stays set where the lower bits of a are no less than those of b.
        long atLeast = (a | top) - (b & ~top);
        return (a & ~b | ~(a ^ b) & ~atLeast) & top;
    }

    private static long lessUnsigned(long a, long b, long top) {
        long atLeast = (a | top) - (b & ~top);
        return (~a & b | ~(a ^ b) & ~atLeast) & top;
    }

    static long eq(long a, long b, long top, int width) {
        return mask(zero(a ^ b, top), width);
    }

    static long ltS(long a, long b, long top, int width) {
        return mask(lessSigned(a, b, top), width);
    }

    static long ltU(long a, long b, long top, int width) {
        return mask(lessUnsigned(a, b, top), width);
    }

    /** Lanes of a where the mask is set, else of b. */
    static long choose(long mask, long a, long b) {
        return b ^ (a ^ b) & mask;
    }

    static long minS(long a, long b, long top, int width) {
        return choose(ltS(a, b, top, width), a, b);
    }

    static long minU(long a, long b, long top, int width) {
        return choose(ltU(a, b, top, width), a, b);
    }

    static long maxS(long a, long b, long top, int width) {
        return choose(ltS(a, b, top, width), b, a);
    }

    static long maxU(long a, long b, long top, int width) {
        return choose(ltU(a, b, top, width), b, a);
    }

    static long abs(long a, long top, int width) {
        long negative = a & top;
        return add(a ^ mask(negative, width), negative >>> width - 1, top);
    }

    static long addSatU(long a, long b, long top, int width) {
        long sum = add(a, b, top);
        long carry = (a & b | (a | b) & ~sum) & top;
        return sum | mask(carry, width);
    }

    static long subSatU(long a, long b, long top, int width) {
        return sub(a, b, top) & ~mask(lessUnsigned(a, b, top), width);
    }

    static long addSatS(long a, long b, long top, int width) {
        long sum = add(a, b, top);
        return saturate(a, sum, ~(a ^ b) & (a ^ sum) & top, top, width);
    }

    static long subSatS(long a, long b, long top, int width) {
        long difference = sub(a, b, top);
        return saturate(a, difference, (a ^ b) & (a ^ difference) & top, top, width);
    }

    /** A result of which some lanes overflowed: those become the largest or least number, by the sign of a. */
    private static long saturate(long a, long result, long overflow, long top, int width) {
        long limit = ~top + ((a & top) >>> width - 1);
        return choose(mask(overflow, width), limit, result);
    }

    /** The average, rounded up, of lanes whose lowest bits are {@code ones}. */
    static long avgrU(long a, long b, long ones) {
        return (a | b) - (((a ^ b) & ~ones) >>> 1);
    }

    /** The number that has this lane's value in each lane of whose lowest bits {@code ones} consists. */
    private static long repeat(long lane, long ones) {
        return lane * ones;
    }

    static long shl(long a, int count, long ones, int width) {
        int n = count & width - 1;
        long lane = -1L >>> 64 - width;
        return a << n & repeat(lane << n & lane, ones);
    }

    static long shrU(long a, int count, long ones, int width) {
        int n = count & width - 1;
        return a >>> n & repeat(-1L >>> 64 - width >>> n, ones);
    }

    static long shrS(long a, int count, long ones, int width) {
        int n = count & width - 1;
        long kept = repeat(-1L >>> 64 - width >>> n, ones);
        long negative = mask(a & ones << width - 1, width);
        return a >>> n & kept | negative & ~kept;
    }

    /** Whether no lane is zero. */
    static int allTrue(long low, long high, long top) {
        return (zero(low, top) | zero(high, top)) == 0 ? 1 : 0;
    }
}
