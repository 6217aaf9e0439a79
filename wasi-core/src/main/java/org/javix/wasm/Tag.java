package org.javix.wasm;

/** An exception tag (WebAssembly specification, section 4.2). Immutable; its identity is what a handler compares. */
public final class Tag {
    private final FuncType type;

    /** A new tag, different from every other. */
    public Tag(FuncType type) {
        this.type = type;
    }

    /** The types of the values that an exception of this tag carries, as parameters. */
    public FuncType type() {
        return type;
    }
}
