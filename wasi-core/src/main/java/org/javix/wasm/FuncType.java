package org.javix.wasm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A function's type (WebAssembly specification, section 2.3). Immutable; two are equal when their parameters and results are.
 *
 * <p>Where values travel as raw longs, each takes one <em>slot</em>; a v128 takes two, its low half first.
 */
public final class FuncType {
    private final List<ValType> params;
    private final List<ValType> results;

    /** Whether neither parameters nor results name function types. */
    private final boolean plain;

    /** {@link #identify}; of a plain type, once it was asked for. */
    private String identity;

    /** A type; the lists are copied. */
    public FuncType(List<ValType> params, List<ValType> results) {
        this.params = List.copyOf(params);
        this.results = List.copyOf(results);
        boolean defined = false;
        for (List<ValType> list : List.of(this.params, this.results)) {
            for (int i = 0; i < list.size(); i++) {
                list.get(i).define(this);
                defined |= list.get(i).isDefined();
            }
        }
        plain = !defined;
        identity = plain ? null : identify();
    }

    /** The parameters' types. */
    public List<ValType> params() {
        return params;
    }

    /** The results' types. */
    public List<ValType> results() {
        return results;
    }

    /** The number of slots that the parameters take. */
    public int parameterSlots() {
        return slots(params);
    }

    /** The number of slots that the results take. */
    public int resultSlots() {
        return slots(results);
    }

    private static int slots(List<ValType> types) {
        int slots = types.size();
        for (int i = 0; i < types.size(); i++) {
            if (types.get(i) == ValType.V128) {
                slots++;
            }
        }
        return slots;
    }

    /**
     * The type as compiled code has it, slot by slot: each v128 becomes two values, the low half and the high
     * half, which both have the type V128. Never ask it of a type that it was asked of before.
     */
    FuncType inSlots() {
        return parameterSlots() == params.size() && resultSlots() == results.size()
                ? this
                : new FuncType(inSlots(params), inSlots(results));
    }

    /** Types slot by slot. */
    static List<ValType> inSlots(List<ValType> types) {
        List<ValType> slots = new ArrayList<>();
        for (ValType type : types) {
            slots.add(type);
            if (type == ValType.V128) {
                slots.add(type);
            }
        }
        return slots;
    }

    /**
     * A text that two types share when they are equal. The types that it names are in it by a hash of theirs, so that
     * it stays short however deeply types name one another; a type that names itself calls itself so.
     */
    private String identify() {
        StringBuilder text = new StringBuilder();
        append(params, text);
        append(results, text.append("->"));
        return text.length() < 64 ? text.toString() : Hash.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private String identity() {
        if (identity == null) {
            identity = identify();
        }
        return identity;
    }

    private void append(List<ValType> types, StringBuilder text) {
        for (ValType type : types) {
            if (type.isDefined()) {
                text.append(type.hasDefault() ? "null " : "ref ");
                text.append(type.defined() == this ? "self" : "[" + type.defined().identity() + "]").append(' ');
            } else {
                text.append(type).append(' ');
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof FuncType type) || plain != type.plain) {
            return false;
        }
        return plain ? params.equals(type.params) && results.equals(type.results) : identity().equals(type.identity());
    }

    @Override
    public int hashCode() {
        // The types that it names count: a module can have very many types that differ in nothing else.
        return plain ? 31 * params.hashCode() + results.hashCode() : identity.hashCode();
    }

    @Override
    public String toString() {
        return params + " -> " + results;
    }
}
