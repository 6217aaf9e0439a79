package org.javix.wasm;

import java.util.List;
import java.util.Locale;

/**
 * A value type (WebAssembly specification, section 2.3). Immutable; types are equal when they are the same type,
 * also in different modules.
 *
 * <p>A reference type says what it refers to, and whether it may be null. The code that runs only knows the {@link
 * Kind}; what is beyond it matters to validation and linking.
 */
public final class ValType {
    /** How a value is held. */
    public enum Kind {
        I32,
        I64,
        F32,
        F64,
        V128,
        FUNCREF,
        EXTERNREF,
        EXNREF
    }

    /** What a reference type refers to, within its kind. */
    private enum Target {
        /** Everything of the kind. */
        ANY,
        /** Functions of one type. */
        DEFINED,
        /** Nothing: it only has null. */
        NOTHING,
        /** Validation's own: what code that is never reached leaves. It is a subtype of every reference type. */
        UNKNOWN
    }

    public static final ValType I32 = new ValType(Kind.I32, 0x7f);
    public static final ValType I64 = new ValType(Kind.I64, 0x7e);
    public static final ValType F32 = new ValType(Kind.F32, 0x7d);
    public static final ValType F64 = new ValType(Kind.F64, 0x7c);
    public static final ValType V128 = new ValType(Kind.V128, 0x7b);
    public static final ValType FUNCREF = new ValType(Kind.FUNCREF, Target.ANY, 0x70, true);
    public static final ValType EXTERNREF = new ValType(Kind.EXTERNREF, Target.ANY, 0x6f, true);
    public static final ValType EXNREF = new ValType(Kind.EXNREF, Target.ANY, 0x69, true);

    /** {@code (ref func)}: a function, and not null. */
    static final ValType FUNC = FUNCREF.nonNull();

    /** {@code (ref exn)}. */
    static final ValType EXN = EXNREF.nonNull();

    /** The reference that code which is never reached leaves. */
    static final ValType UNKNOWN_REFERENCE = new ValType(Kind.FUNCREF, Target.UNKNOWN, 0, false);

    private static final List<ValType> BY_KIND = List.of(I32, I64, F32, F64, V128, FUNCREF, EXTERNREF, EXNREF);

    private static final List<ValType> NULLS = List.of(
            new ValType(Kind.FUNCREF, Target.NOTHING, 0x73, true),
            new ValType(Kind.EXTERNREF, Target.NOTHING, 0x72, true),
            new ValType(Kind.EXNREF, Target.NOTHING, 0x74, true));

    private final Kind kind;
    private final Target target;
    private final boolean nullable;
    private final int code;

    /** Of a DEFINED target: the functions' type. Null as long as that type is being read, since it may name itself. */
    private FuncType defined;

    private ValType(Kind kind, int code) {
        this(kind, null, code, false);
    }

    /** @param code of a DEFINED target, the type's index in its module; else the byte of the binary format */
    private ValType(Kind kind, Target target, int code, boolean nullable) {
        this.kind = kind;
        this.target = target;
        this.code = code;
        this.nullable = nullable;
    }

    /** The types that a byte stands for and that every module knows: numbers, vectors and nullable references. */
    public static List<ValType> values() {
        return BY_KIND;
    }

    /** The widest type of a kind. */
    static ValType of(Kind kind) {
        return BY_KIND.get(kind.ordinal());
    }

    /** The type of a binary's byte, or null. */
    static ValType of(int code) {
        for (int i = 0; i < BY_KIND.size(); i++) {
            if (BY_KIND.get(i).code == code) {
                return BY_KIND.get(i);
            }
        }
        for (int i = 0; i < NULLS.size(); i++) {
            if (NULLS.get(i).code == code) {
                return NULLS.get(i);
            }
        }
        return null;
    }

    /**
     * A reference to functions of a type.
     *
     * @param index the type's index in its module
     * @param type null where it is the type that is being read: {@link #define} sets it
     */
    static ValType reference(boolean nullable, int index, FuncType type) {
        ValType reference = new ValType(Kind.FUNCREF, Target.DEFINED, index, nullable);
        reference.defined = type;
        return reference;
    }

    /** Sets the type that a reference names, if it is not known yet. */
    void define(FuncType type) {
        if (target == Target.DEFINED && defined == null) {
            defined = type;
        }
    }

    /** How values are held. */
    public Kind kind() {
        return kind;
    }

    /** The byte that stands for a type of {@link #values} in a binary. */
    public int code() {
        return code;
    }

    /** Whether values are references. */
    public boolean isReference() {
        return target != null;
    }

    /** Whether null, or the number 0, is a value: locals and tables of other types have no initial value. */
    boolean hasDefault() {
        return target == null || nullable;
    }

    /** Whether it is a reference to functions of one type. */
    boolean isDefined() {
        return target == Target.DEFINED;
    }

    /** The type of the functions that it refers to, or null. */
    FuncType defined() {
        return defined;
    }

    /** The same references, without null. */
    ValType nonNull() {
        return withNull(false);
    }

    /** The same references, and null. */
    ValType orNull() {
        return withNull(true);
    }

    private ValType withNull(boolean allowed) {
        if (nullable == allowed || target == Target.UNKNOWN) {
            return this;
        }
        if (allowed && target == Target.ANY) {
            return of(kind);
        }
        ValType type = new ValType(kind, target, code, allowed);
        type.defined = defined;
        return type;
    }

    /** Whether every value of this type is one of the other (specification, section 3.3). */
    boolean isSubtypeOf(ValType other) {
        if (this == other) {
            return true;
        }
        if (target == null || other.target == null) {
            return false;
        }
        if (target == Target.UNKNOWN) {
            return true;
        }
        if (kind != other.kind || nullable && !other.nullable) {
            return false;
        }
        return switch (other.target) {
            case ANY -> true;
            case DEFINED -> target == Target.NOTHING || target == Target.DEFINED && defined.equals(other.defined);
            case NOTHING, UNKNOWN -> target == other.target;
        };
    }

    @Override
    public boolean equals(Object object) {
        return this == object
                || object instanceof ValType other
                        && target != null
                        && kind == other.kind
                        && target == other.target
                        && nullable == other.nullable
                        && sameDefined(other);
    }

    private boolean sameDefined(ValType other) {
        if (target != Target.DEFINED) {
            return true;
        }
        return defined == null || other.defined == null ? code == other.code : defined.equals(other.defined);
    }

    @Override
    public int hashCode() {
        // A reference to a type may lie in the type itself.
        return target == null ? code : kind.ordinal() * 8 + target.ordinal() * 2 + (nullable ? 1 : 0);
    }

    @Override
    public String toString() {
        if (target == null || nullable && target == Target.ANY) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
        String heap = kind.name().toLowerCase(Locale.ROOT).replace("ref", "");
        String what = switch (target) {
            case ANY -> heap;
            case DEFINED -> Integer.toString(code);
            case NOTHING -> "no" + heap;
            case UNKNOWN -> "unknown";
        };
        return nullable ? "(ref null " + what + ")" : "(ref " + what + ")";
    }
}
