package org.javix.wasm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;

/** The constants and result patterns of scripts. */
final class SpecValues {
    /** A host reference of a script: {@code (ref.extern 1)}. */
    private record Extern(long number) {}

    private SpecValues() {}

    /** Puts an argument where the call takes it. */
    static void put(Node constant, int position, long[] slots, Object[] references) {
        Items in = new Items(constant, 1);
        switch (constant.head()) {
            case "i32.const", "i64.const", "f32.const", "f64.const" -> slots[position] = number(constant);
            case "v128.const" -> {
                ByteBuffer vector = ByteBuffer.wrap(WatCode.vector(in)).order(ByteOrder.LITTLE_ENDIAN);
                slots[position] = vector.getLong();
                slots[position + 1] = vector.getLong();
            }
            case "ref.extern", "ref.host" -> references[position] = new Extern(in.number());
            case "ref.null" -> references[position] = null;
            default -> throw new WatException(constant.line(), "unsupported: argument " + constant.head());
        }
    }

    private static long number(Node constant) {
        String text = new Items(constant, 1).atom().text();
        return switch (constant.head()) {
            case "i32.const" -> WatNumbers.integer(text, 32);
            case "i64.const" -> WatNumbers.integer(text, 64);
            case "f32.const" -> WatNumbers.f32(text);
            default -> WatNumbers.f64(text);
        };
    }

    /** The number of slots that a constant or result takes. */
    static int slots(Node constant) {
        return switch (constant.head()) {
            case "v128.const" -> 2;
            case "either" -> slots(new Items(constant, 1).node());
            default -> 1;
        };
    }

    /** Slots as bytes, the lowest first. */
    static byte[] bytes(long... slots) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * slots.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(slots);
        return bytes.array();
    }

    /** Whether the result at a slot is as expected. */
    static boolean matches(Node expected, int at, long[] slots, Object[] references) {
        return switch (expected.head()) {
            case "v128.const" -> vector(new Items(expected, 1), bytes(slots[at], slots[at + 1]));
            case "either" -> new Items(expected, 1).nodes().stream().anyMatch(node -> matches(node, at, slots, references));
            default -> matches(expected, slots[at], references[at]);
        };
    }

    /** Whether each lane is as expected, of a shape that is named first. */
    private static boolean vector(Items expected, byte[] actual) {
        String shape = expected.atom().text();
        int width = WatNumbers.laneWidth(shape);
        ByteBuffer bytes = ByteBuffer.wrap(actual).order(ByteOrder.LITTLE_ENDIAN);
        for (int lane = 0; lane < 16 / width; lane++) {
            Atom wanted = expected.atom();
            if (wanted.text().equals("nan:canonical") || wanted.text().equals("nan:arithmetic")) {
                boolean nan = width == 4 ? f32Nan(wanted, bytes.getInt(4 * lane)) : f64Nan(wanted, bytes.getLong(8 * lane));
                if (!nan) {
                    return false;
                }
                continue;
            }
            ByteBuffer vector = WatNumbers.vector();
            WatNumbers.lane(vector, shape, lane, wanted.text());
            int from = lane * width;
            if (!Arrays.equals(vector.array(), from, from + width, actual, from, from + width)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(Node expected, long slot, Object reference) {
        Items in = new Items(expected, 1);
        return switch (expected.head()) {
            case "i32.const" -> (int) slot == (int) number(expected);
            case "i64.const" -> slot == number(expected);
            case "f32.const" -> nan(in) ? f32Nan(in.atom(), (int) slot) : (int) slot == (int) number(expected);
            case "f64.const" -> nan(in) ? f64Nan(in.atom(), slot) : slot == number(expected);
            case "ref.null" -> reference == null;
            case "ref.func" -> reference instanceof FuncRef;
            case "ref.extern", "ref.host" ->
                    in.more() ? Objects.equals(reference, new Extern(in.number())) : reference != null;
            default -> throw new WatException(expected.line(), "unsupported: result " + expected.head());
        };
    }

    private static boolean nan(Items in) {
        return in.peek() instanceof Atom a && (a.text().equals("nan:canonical") || a.text().equals("nan:arithmetic"));
    }

    private static boolean f32Nan(Atom kind, int bits) {
        return kind.text().equals("nan:canonical")
                ? (bits & 0x7fff_ffff) == 0x7fc0_0000
                : (bits & 0x7fc0_0000) == 0x7fc0_0000;
    }

    private static boolean f64Nan(Atom kind, long bits) {
        return kind.text().equals("nan:canonical")
                ? (bits & Long.MAX_VALUE) == 0x7ff8L << 48
                : (bits & 0x7ff8L << 48) == 0x7ff8L << 48;
    }
}
