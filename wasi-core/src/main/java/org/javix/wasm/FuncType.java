package org.javix.wasm;

import java.util.List;

/** A function's type. Two types are equal when their parameters and results are. */
public record FuncType(List<ValType> params, List<ValType> results) {
    /** Copies the lists. */
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
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
