package org.javix.wasm;

import java.util.List;

/**
 * Values as Java objects: an i32 is an {@link Integer}, an i64 a {@link Long}, an f32 a {@link Float}, an f64 a
 * {@link Double}, a v128 a {@code long[]} of its low and its high half; a reference is itself, and null the
 * null reference.
 *
 * <p>The other form is that of calls: raw bits in slots, of which a v128 takes two, and references beside
 * them, at the same positions.
 */
final class Values {
    private Values() {}

    /** The objects that stand for raw values. */
    static Object[] load(List<ValType> types, long[] slots, Object[] references) {
        Object[] values = new Object[types.size()];
        int slot = 0;
        for (int i = 0; i < values.length; i++) {
            ValType type = types.get(i);
            values[i] = switch (type.kind()) {
                case I32 -> (int) slots[slot];
                case I64 -> slots[slot];
                case F32 -> Float.intBitsToFloat((int) slots[slot]);
                case F64 -> Double.longBitsToDouble(slots[slot]);
                case V128 -> new long[] {slots[slot], slots[slot + 1]};
                default -> references[slot];
            };
            slot += type == ValType.V128 ? 2 : 1;
        }
        return values;
    }

    /**
     * The raw values that objects stand for.
     *
     * @throws IllegalArgumentException if there are more or fewer, or one is of another type; an Integer may stand for an i64, a Float for an
     *     f64
     */
    static void store(List<ValType> types, Object[] values, long[] slots, Object[] references) {
        if (values.length != types.size()) {
            throw new IllegalArgumentException(values.length + " values for " + types);
        }
        int slot = 0;
        for (int i = 0; i < values.length; i++) {
            ValType type = types.get(i);
            if (type == ValType.V128 && values[i] instanceof long[] halves && halves.length == 2) {
                slots[slot++] = halves[0];
                slots[slot++] = halves[1];
            } else if (type.isReference()) {
                references[slot++] = reference(type, values[i]);
            } else {
                slots[slot++] = number(type, values[i]);
            }
        }
    }

    private static long number(ValType type, Object value) {
        if (type == ValType.I32 && value instanceof Integer number) {
            return number;
        }
        if (type == ValType.I64 && (value instanceof Long || value instanceof Integer)) {
            return ((Number) value).longValue();
        }
        if (type == ValType.F32 && value instanceof Float number) {
            return Float.floatToRawIntBits(number);
        }
        if (type == ValType.F64 && (value instanceof Double || value instanceof Float)) {
            return Double.doubleToRawLongBits(((Number) value).doubleValue());
        }
        throw mismatch(type, value);
    }

    private static Object reference(ValType type, Object value) {
        boolean fits = value == null ? type.hasDefault() : switch (type.kind()) {
            case FUNCREF -> isFunction(type, value);
            case EXNREF -> value instanceof WasmException;
            default -> true;
        };
        if (!fits) {
            throw mismatch(type, value);
        }
        return value;
    }

    private static boolean isFunction(ValType type, Object value) {
        return value instanceof FuncRef function && (!type.isDefined() || function.type().equals(type.defined()));
    }

    private static IllegalArgumentException mismatch(ValType type, Object value) {
        return new IllegalArgumentException(
                value == null ? "null is no " + type : value + " (" + value.getClass().getSimpleName() + ") is no " + type);
    }

    /** A value as the trace log shows it. */
    static String text(Object value) {
        return switch (value) {
            case null -> "null";
            case FuncRef function -> "func";
            case long[] halves -> String.format("0x%016x%016x", halves[1], halves[0]);
            default -> value.toString();
        };
    }
}
