package org.javix.posix;

import java.nio.charset.StandardCharsets;

/**
 * Text on its way into the sandbox. Inside, a string stands for bytes, one char for each, so that
 * every byte that a program uses survives; outside, it is text, and its bytes are UTF-8.
 */
final class GuestText {
    private GuestText() {}

    /** The bytes of a text, one char for each. */
    static String encode(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** The text of bytes, one char for each. */
    static String decode(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
