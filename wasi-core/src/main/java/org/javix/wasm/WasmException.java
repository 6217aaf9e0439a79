package org.javix.wasm;

/** An exception that guest code threw (WebAssembly specification, section 4.2). Immutable. */
public final class WasmException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** For compiled code: the tag. */
    public final transient Tag tag;

    /** For compiled code: the raw values. */
    public final transient long[] values;

    /** For compiled code: the references among the values, by position; null without any. */
    public final transient Object[] references;

    /** For compiled code. */
    public WasmException(Tag tag, long[] values, Object[] references) {
        super("a WebAssembly exception", null, false, false);
        this.tag = tag;
        this.values = values;
        this.references = references;
    }
}
