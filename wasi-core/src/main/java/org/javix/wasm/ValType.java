package org.javix.wasm;

/** A value type (WebAssembly specification, section 2.3). */
public enum ValType {
    I32(0x7f),
    I64(0x7e),
    F32(0x7d),
    F64(0x7c),
    V128(0x7b),
    FUNCREF(0x70),
    EXTERNREF(0x6f),
    EXNREF(0x69);

    private final int code;

    ValType(int code) {
        this.code = code;
    }

    /** The byte that stands for the type in a binary. */
    public int code() {
        return code;
    }

    /** Whether values are references. */
    public boolean isReference() {
        return this == FUNCREF || this == EXTERNREF || this == EXNREF;
    }

    /** The type of a binary's byte, or null. */
    public static ValType of(int code) {
        return switch (code) {
            case 0x7f -> I32;
            case 0x7e -> I64;
            case 0x7d -> F32;
            case 0x7c -> F64;
            case 0x7b -> V128;
            case 0x70 -> FUNCREF;
            case 0x6f -> EXTERNREF;
            case 0x69 -> EXNREF;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
