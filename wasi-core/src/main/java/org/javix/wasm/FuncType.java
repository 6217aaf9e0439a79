package org.javix.wasm;

import java.util.List;

/** A function's type. Two types are equal when their parameters and results are. */
public record FuncType(List<ValType> params, List<ValType> results) {
    /** Copies the lists. */
    public FuncType {
        params = List.copyOf(params);
        results = List.copyOf(results);
    }

    @Override
    public String toString() {
        return params + " -> " + results;
    }
}
