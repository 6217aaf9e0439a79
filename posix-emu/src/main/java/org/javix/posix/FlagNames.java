package org.javix.posix;

import java.util.ArrayList;
import java.util.List;

/** The names of a parameter's bits or values, for traces. Immutable. */
public final class FlagNames {
    private record Name(int mask, int value, String text) {}

    private final List<Name> names = new ArrayList<>();

    private FlagNames() {}

    /** Bits, each with a name: pairs of a number and a text. */
    static FlagNames bits(Object... pairs) {
        FlagNames result = new FlagNames();
        for (int i = 0; i < pairs.length; i += 2) {
            int bit = (Integer) pairs[i];
            result.names.add(new Name(bit, bit, (String) pairs[i + 1]));
        }
        return result;
    }

    /** Values that exclude each other: pairs of a number and a text. */
    static FlagNames values(Object... pairs) {
        return bits().orValues(-1, pairs);
    }

    /** Adds values that exclude each other within the bits of {@code mask}. */
    FlagNames orValues(int mask, Object... pairs) {
        List<Name> values = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.add(new Name(mask, (Integer) pairs[i], (String) pairs[i + 1]));
        }
        names.addAll(0, values);
        return this;
    }

    /** The names of what is set in {@code value}, joined by {@code |}; unnamed bits in hexadecimal. */
    String format(int value) {
        StringBuilder text = new StringBuilder();
        int left = value;
        int done = 0;
        for (Name name : names) {
            if ((done & name.mask) == 0 && (value & name.mask) == name.value) {
                text.append(text.isEmpty() ? "" : "|").append(name.text);
                left &= ~name.mask;
                done |= name.mask;
            }
        }
        if (left != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : "|");
            text.append(left == 0 ? "0" : "0x" + Integer.toHexString(left));
        }
        return text.toString();
    }
}
