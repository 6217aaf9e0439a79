package org.javix.tests;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes what a program writes to its terminal apart: UTF-8, control characters and control sequences. */
final class EscapeParser {
    private enum State { TEXT, ESCAPE, SEQUENCE, STRING, STRING_ESCAPE, CHARACTER_SET }

    private final TerminalScreen screen;
    private State state = State.TEXT;
    private final int[] numbers = new int[16];
    private int count;
    private boolean isPrivate;
    private final byte[] utf8 = new byte[4];
    private int utf8Length;
    private int utf8Wanted;

    EscapeParser(TerminalScreen screen) {
        this.screen = screen;
    }

    void accept(int b) {
        switch (state) {
            case TEXT -> text(b);
            case ESCAPE -> escape(b);
            case SEQUENCE -> sequence(b);
            case STRING -> {
                if (b == 7) {
                    state = State.TEXT;
                } else if (b == 27) {
                    state = State.STRING_ESCAPE;
                }
            }
            case STRING_ESCAPE -> state = b == '\\' ? State.TEXT : State.STRING;
            case CHARACTER_SET -> state = State.TEXT;
        }
    }

    private void text(int b) {
        if (utf8Wanted > 0 && (b & 0xc0) == 0x80) {
            utf8[utf8Length++] = (byte) b;
            if (utf8Length == utf8Wanted) {
                screen.print(new String(utf8, 0, utf8Length, StandardCharsets.UTF_8).codePointAt(0));
                utf8Wanted = 0;
            }
        } else if (b == 27) {
            state = State.ESCAPE;
        } else if (b < 32 || b == 127) {
            screen.control(b);
        } else if (b < 128) {
            screen.print(b);
        } else {
            utf8Wanted = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
            utf8[0] = (byte) b;
            utf8Length = 1;
        }
    }

    private void escape(int b) {
        state = State.TEXT;
        switch (b) {
            case '[' -> {
                state = State.SEQUENCE;
                Arrays.fill(numbers, -1);
                count = 0;
                isPrivate = false;
            }
            case ']', 'P', '^', '_' -> state = State.STRING;
            case '(', ')', '*', '+', '#', '%' -> state = State.CHARACTER_SET;
            default -> screen.escape(b);
        }
    }

    private void sequence(int b) {
        if (b >= '0' && b <= '9') {
            numbers[count] = Math.max(0, numbers[count]) * 10 + b - '0';
        } else if (b == ';' || b == ':') {
            count = Math.min(count + 1, numbers.length - 1);
        } else if (b >= '<' && b <= '?') {
            isPrivate = true;
        } else if (b >= 0x40) {
            state = State.TEXT;
            // Sequences that begin with `>` set what is no mode.
            screen.sequence(isPrivate, numbers, b);
        } else if (b < 32) {
            screen.control(b);
        }
    }
}
