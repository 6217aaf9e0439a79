package org.javix.vfs.nio;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;

/**
 * File names are bytes; Java's are characters. Names are taken for UTF-8. A byte that is not part of valid UTF-8
 * becomes a lone surrogate, U+DC00 plus the byte, and that becomes the byte again: so every name has a text of its own,
 * whatever its bytes.
 */
final class ByteNames {
    private static final int ESCAPE = 0xdc00;

    private ByteNames() {}

    /** The text of a name in which each char is a byte. */
    static String toText(String bytes) {
        boolean plain = bytes.chars().allMatch(c -> c < 0x80);
        if (plain) {
            return bytes;
        }
        CharsetDecoder decoder = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
        CharBuffer out = CharBuffer.allocate(bytes.length());
        for (;;) {
            CoderResult result = decoder.decode(in, out, true);
            if (!result.isError()) {
                return out.flip().toString();
            }
            out.put((char) (ESCAPE | in.get() & 0xff));
            decoder.reset();
        }
    }

    /** The bytes of a text, one char each. */
    static String toBytes(String text) {
        boolean plain = text.chars().allMatch(c -> c < 0x80);
        if (plain) {
            return text;
        }
        StringBuilder bytes = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (point >= ESCAPE + 0x80 && point <= ESCAPE + 0xff) {
                bytes.append((char) (point - ESCAPE));
            } else {
                bytes.append(new String(Character.toString(point).getBytes(UTF_8), ISO_8859_1));
            }
        });
        return bytes.toString();
    }
}
