package org.javix.wasm;

/** A module cannot be instantiated with these imports. The message is one line that says why. */
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says why. */
    public LinkException(String message) {
        super(message);
    }
}
