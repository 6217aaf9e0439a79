package org.javix.command;

import java.io.IOException;
import java.util.List;
import org.javix.net.NetworkAccess;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code --net} allows: {@code connect=HOST:PORT...}, {@code listen=[ADDRESS:]PORT[:GUESTPORT]} or {@code names}.
 *
 * @param kind the word before the equals sign
 * @param rule what {@link NetworkAccess} makes a rule of; empty for {@code names}
 */
record NetworkOption(String kind, String rule) {

    /**
     * Reads an option, without looking names up.
     *
     * @throws TypeConversionException if it is none
     */
    static NetworkOption parse(String text) {
        int equals = text.indexOf('=');
        NetworkOption option = equals < 0
                ? new NetworkOption(text, "")
                : new NetworkOption(text.substring(0, equals), text.substring(equals + 1));
        boolean known = switch (option.kind) {
            case "names" -> equals < 0;
            case "connect", "listen" -> equals > 0;
            default -> false;
        };
        if (!known) {
            throw new TypeConversionException(
                    "'" + text + "' is not connect=HOST:PORT, listen=[ADDRESS:]PORT[:GUESTPORT] or names");
        }
        return option;
    }

    /** What all of these allow together. */
    static NetworkAccess access(List<NetworkOption> options) throws IOException {
        NetworkAccess access = NetworkAccess.NONE;
        try {
            for (NetworkOption option : options) {
                access = switch (option.kind) {
                    case "connect" -> access.withConnect(option.rule);
                    case "listen" -> access.withListen(option.rule);
                    default -> access.withNames();
                };
            }
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("--net: " + e.getMessage());
        }
        return access;
    }
}
