package org.javix.command;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Reads a length of time as timeout(1) does: a decimal number, then {@code s} (or nothing), {@code m}, {@code h} or {@code d}. */
final class DurationOption {
    private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(Long.MAX_VALUE / 1_000_000_000);

    private DurationOption() {}

    /** The time; no longer than a long's nanoseconds can say. */
    static Duration parse(String text) {
        int digits = text.length();
        long unit = 1;
        if (!text.isEmpty()) {
            unit = switch (text.charAt(text.length() - 1)) {
                case 's' -> 1;
                case 'm' -> 60;
                case 'h' -> 3_600;
                case 'd' -> 86_400;
                default -> 0;
            };
            digits = unit == 0 ? digits : digits - 1;
        }
        return seconds(text, text.substring(0, digits), Math.max(unit, 1));
    }

    private static Duration seconds(String text, String number, long unit) {
        try {
            BigDecimal seconds = new BigDecimal(number).multiply(BigDecimal.valueOf(unit)).min(LONGEST_SECONDS);
            if (seconds.signum() > 0) {
                return Duration.ofNanos(Math.max(1, seconds.movePointRight(9).longValue()));
            }
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is not a length of time (examples: 10, 0.5s, 2m)");
        }
        throw new TypeConversionException("'" + text + "' is not a length of time above zero");
    }
}
