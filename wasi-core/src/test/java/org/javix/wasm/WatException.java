package org.javix.wasm;

/** Text that {@link WatModule} does not understand; what it says starts with "unsupported:" for a feature. */
final class WatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;

    WatException(int line, String fault) {
        super(fault);
        this.line = line;
    }

    /** Where in the text. */
    int line() {
        return line;
    }
}
