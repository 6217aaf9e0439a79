package org.javix.vfs;

import java.util.LinkedHashMap;
import java.util.Map;

/** The words of the last argument of {@code mount}: {@code name} or {@code name=value}, with commas between them. */
final class MountOptions {
    private MountOptions() {}

    /** The values by name, in order; a word without a value has an empty one. A comma after a backslash is a letter. */
    static Map<String, String> parse(String text) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String word : text.split("(?<!\\\\),")) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.isEmpty()) {
                options.put(name, equals < 0 ? "" : word.substring(equals + 1));
            }
        }
        return options;
    }

    /**
     * A number with an optional suffix k, m or g.
     *
     * @param whole what 100 % means
     * @return -1 if it is none
     */
    static long size(String text, long whole) {
        try {
            if (text.endsWith("%")) {
                double share = Integer.parseInt(text, 0, text.length() - 1, 10) / 100.0;
                return share < 0 ? -1 : (long) (whole * share);
            }
            int shift = text.isEmpty() ? -1 : "kmgt".indexOf(Character.toLowerCase(text.charAt(text.length() - 1)));
            String digits = shift < 0 ? text : text.substring(0, text.length() - 1);
            long number = Long.parseLong(digits);
            int bits = 10 * (shift + 1);
            return number < 0 ? -1 : number > Long.MAX_VALUE >> bits ? Long.MAX_VALUE : number << bits;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** A number in a radix, or -1. */
    static int number(String text, int radix) {
        try {
            return Integer.parseInt(text, radix);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
