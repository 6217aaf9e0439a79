package org.javix.wasm;

/** Text that {@link WatModule} does not understand. */
final class WatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WatException(int line, String fault) {
        super("line " + line + ": " + fault);
    }
}
