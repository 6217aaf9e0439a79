package org.javix.wasm;

/** A trap (WebAssembly specification, section 4.2): it ends the computation that met it, and nothing else. */
public final class Trap extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong, in the specification's words. */
    public enum Kind {
        UNREACHABLE("unreachable"),
        OUT_OF_BOUNDS_MEMORY("out of bounds memory access"),
        OUT_OF_BOUNDS_TABLE("out of bounds table access"),
        UNDEFINED_ELEMENT("undefined element"),
        UNINITIALIZED_ELEMENT("uninitialized element"),
        INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
        DIVIDE_BY_ZERO("integer divide by zero"),
        INTEGER_OVERFLOW("integer overflow"),
        INVALID_CONVERSION("invalid conversion to integer"),
        NULL_REFERENCE("null reference"),
        NULL_FUNCTION_REFERENCE("null function reference"),
        UNALIGNED_ATOMIC("unaligned atomic"),
        EXPECTED_SHARED_MEMORY("expected shared memory"),
        STACK_EXHAUSTED("call stack exhausted"),
        /** Not in the specification: a page does not allow the access; see {@link PageTable}. */
        PROTECTED_PAGE("protected page"),
        /** Not in the specification: what a page should show is not there. */
        LOST_PAGE("lost page"),
        /** Not in the specification: the pager has no memory left for a page. */
        NO_MEMORY("no memory left"),
        /** Not the code's doing: see {@link Instance#interrupt}. */
        INTERRUPTED("interrupted");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The specification's words. */
        public String text() {
            return text;
        }
    }

    /** What went wrong. */
    private final Kind kind;

    private final long address;
    private final boolean store;

    /** A trap of this kind. */
    public Trap(Kind kind) {
        this(kind, 0, false, true);
    }

    /** A trap at an address of a memory. */
    Trap(Kind kind, long address, boolean store, boolean stackTrace) {
        super(kind.text(), null, true, stackTrace);
        this.kind = kind;
        this.address = address;
        this.store = store;
    }

    /** A trap of this kind, with what the JVM saw. */
    public Trap(Kind kind, Throwable cause) {
        super(kind.text(), cause);
        this.kind = kind;
        this.address = 0;
        this.store = false;
    }

    /** What went wrong. */
    public Kind kind() {
        return kind;
    }

    /** Of an access to memory, the first address that it could not reach; else 0. */
    public long address() {
        return address;
    }

    /** Of an access to memory, whether it was to write. */
    public boolean isStore() {
        return store;
    }
}
