package org.javix.wasm;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The text format's numbers. */
final class WatNumbers {
    private WatNumbers() {}

    /** An integer of a width in bits, signed or unsigned, sign-extended. */
    static long integer(String text, int bits) {
        String digits = text.replace("_", "");
        boolean negative = digits.startsWith("-");
        if (negative || digits.startsWith("+")) {
            digits = digits.substring(1);
        }
        BigInteger value = digits.startsWith("0x")
                ? new BigInteger(digits.substring(2), 16)
                : new BigInteger(digits);
        if (negative) {
            value = value.negate();
        }
        if (value.bitLength() > bits && !(negative && value.bitLength() < bits)) {
            throw new NumberFormatException("constant out of range");
        }
        return value.longValue() << 64 - bits >> 64 - bits;
    }

    /** The bits of an f32. */
    static int f32(String text) {
        String digits = text.replace("_", "");
        int sign = digits.startsWith("-") ? 1 << 31 : 0;
        String rest = unsigned(digits);
        if (rest.equals("inf")) {
            return sign | 0x7f80_0000;
        }
        if (rest.startsWith("nan")) {
            return sign | 0x7f80_0000 | (rest.equals("nan") ? 0x40_0000 : Integer.decode(rest.substring(4)));
        }
        return sign | Float.floatToRawIntBits(Float.parseFloat(java(rest)));
    }

    /** The bits of an f64. */
    static long f64(String text) {
        String digits = text.replace("_", "");
        long sign = digits.startsWith("-") ? 1L << 63 : 0;
        String rest = unsigned(digits);
        if (rest.equals("inf")) {
            return sign | 0x7ff0L << 48;
        }
        if (rest.startsWith("nan")) {
            return sign | 0x7ff0L << 48 | (rest.equals("nan") ? 1L << 51 : Long.decode(rest.substring(4)));
        }
        return sign | Double.doubleToRawLongBits(Double.parseDouble(java(rest)));
    }

    private static String unsigned(String digits) {
        return digits.startsWith("-") || digits.startsWith("+") ? digits.substring(1) : digits;
    }

    /** Java's hexadecimal floating point numbers need an exponent. */
    private static String java(String digits) {
        return digits.startsWith("0x") && !digits.contains("p") && !digits.contains("P") ? digits + "p0" : digits;
    }

    /** The width of a lane in bytes, of a shape such as i8x16. */
    static int laneWidth(String shape) {
        return Integer.parseInt(shape.substring(1, shape.indexOf('x'))) / 8;
    }

    /** Puts a lane of a vector of some shape. */
    static void lane(ByteBuffer vector, String shape, int lane, String text) {
        int width = laneWidth(shape);
        int at = lane * width;
        switch (shape) {
            case "f32x4" -> vector.putInt(at, f32(text));
            case "f64x2" -> vector.putLong(at, f64(text));
            default -> {
                long value = integer(text, width * 8);
                for (int i = 0; i < width; i++) {
                    vector.put(at + i, (byte) (value >> 8 * i));
                }
            }
        }
    }

    /** An empty vector to be filled with {@link #lane}. */
    static ByteBuffer vector() {
        return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    }
}
