package org.javix.wasm;

/** A module that is malformed or not valid. The message is one line, with the offset and the fault. */
public final class InvalidModuleException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean malformed;
    private final int offset;

    /**
     * @param malformed whether the bytes cannot be decoded, rather than decoded but not valid
     * @param offset where in the binary, in bytes
     * @param fault what is wrong, in the words of the specification's test suite where it has some
     */
    public InvalidModuleException(boolean malformed, int offset, String fault) {
        super(String.format("offset 0x%x: %s", offset, fault));
        this.malformed = malformed;
        this.offset = offset;
    }

    /** Whether the bytes could not be decoded at all. */
    public boolean malformed() {
        return malformed;
    }

    /** Where in the binary, in bytes. */
    public int offset() {
        return offset;
    }
}
