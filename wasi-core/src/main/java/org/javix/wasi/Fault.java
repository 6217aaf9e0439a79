package org.javix.wasi;

/** A guest pointer that leaves the guest's memory: the call fails with {@code EFAULT}. */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** The only one; it carries nothing. */
    static final Fault INSTANCE = new Fault();

    private Fault() {
        super("bad guest address", null, false, false);
    }
}
