package org.javix.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * A function's type. Two types are equal when their parameters and results are.
 *
 * <p>Where values travel as raw longs, each takes one <em>slot</em>; a v128 takes two, its low half first.
 */
public record FuncType(List<ValType> params, List<ValType> results) {
    /** Copies the lists. */
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
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

    // The methods that a record has by itself are linked when they are first called, which takes a start of the
    // JVM some 20 ms.

    @Override
    public boolean equals(Object other) {
        return other instanceof FuncType type && params.equals(type.params) && results.equals(type.results);
    }

    @Override
    public int hashCode() {
        return 31 * params.hashCode() + results.hashCode();
    }

    @Override
    public String toString() {
        return params + " -> " + results;
    }
}
