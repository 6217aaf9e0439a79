package org.javix.wasm;

/** For compiled code: the locals that {@link FarLocalsWriter} took out of a function, for one call of it. Numbers only. */
public final class FarLocals {
    private final long[] values;

    private FarLocals(long[] values) {
        this.values = values;
    }

    /** For compiled code: locals that are 0. */
    public static Object of(int count) {
        return new FarLocals(new long[count]);
    }

    /** The same, for a frame that goes on elsewhere or once more. */
    FarLocals copy() {
        return new FarLocals(values.clone());
    }

    /** For compiled code: an i32. */
    public static int i32(Object locals, int index) {
        return (int) ((FarLocals) locals).values[index];
    }

    /** For compiled code: an i64. */
    public static long i64(Object locals, int index) {
        return ((FarLocals) locals).values[index];
    }

    /** For compiled code: an f32. */
    public static float f32(Object locals, int index) {
        return Float.intBitsToFloat((int) ((FarLocals) locals).values[index]);
    }

    /** For compiled code: an f64. */
    public static double f64(Object locals, int index) {
        return Double.longBitsToDouble(((FarLocals) locals).values[index]);
    }

    /** For compiled code: sets an i32. */
    public static void set(int value, Object locals, int index) {
        ((FarLocals) locals).values[index] = value;
    }

    /** For compiled code: sets an i64. */
    public static void set(long value, Object locals, int index) {
        ((FarLocals) locals).values[index] = value;
    }

    /** For compiled code: sets an f32. */
    public static void set(float value, Object locals, int index) {
        ((FarLocals) locals).values[index] = Float.floatToRawIntBits(value);
    }

    /** For compiled code: sets an f64. */
    public static void set(double value, Object locals, int index) {
        ((FarLocals) locals).values[index] = Double.doubleToRawLongBits(value);
    }
}
