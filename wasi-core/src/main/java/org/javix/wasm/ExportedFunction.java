package org.javix.wasm;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A function that an instance exports, to be called from Java.
 *
 * <p>Arguments and results are {@link Integer} for i32, {@link Long} for i64, {@link Float} for f32, {@link
 * Double} for f64, a {@code long[]} of both halves for v128, any object or null for externref and a {@link FuncRef} or null for funcref. Where that is too
 * slow, {@link #call} takes raw values.
 *
 * <p>Each way to call throws {@link Trap} where the code traps, {@link WasmException} where it throws what it
 * does not catch, and what host functions throw. One thread at a time may run the instance.
 */
public final class ExportedFunction {
    private final Instance instance;
    private final String name;
    private final FuncRef function;

    ExportedFunction(Instance instance, String name, FuncRef function) {
        this.instance = instance;
        this.name = name;
        this.function = function;
    }

    /** The name that it is exported under. */
    public String name() {
        return name;
    }

    /** The types of its parameters and results. */
    public FuncType type() {
        return function.type();
    }

    /** The function itself, for tables and as another instance's import. */
    public FuncRef reference() {
        return function;
    }

    /**
     * Calls it: {@code int sum = (int) add.apply(1, 2)}.
     *
     * @return the only result, or the first of several; null without one
     * @throws IllegalArgumentException for arguments of the wrong number or types
     */
    public Object apply(Object... arguments) {
        List<Object> results = applyAll(arguments);
        return results.isEmpty() ? null : results.getFirst();
    }

    /** Calls it as {@link #apply} does, and returns all its results. */
    public List<Object> applyAll(Object... arguments) {
        checkCount(arguments.length, function.type().params().size());
        long[] slots = slots();
        Values.store(function.type().params(), arguments, slots, instance.references);
        invoke(slots);
        return Collections.unmodifiableList(
                Arrays.asList(Values.load(function.type().results(), slots, instance.references)));
    }

    /**
     * Calls a function that deals in numbers only, with raw values: an i32 is sign-extended, an f32 or f64 its
     * bits, a v128 two values, the low half first. It allocates little.
     *
     * @return the only result, or the first of several; 0 without one
     * @throws IllegalArgumentException for arguments of the wrong number
     */
    public long call(long... arguments) {
        checkCount(arguments.length, function.parameterSlots());
        long[] slots = slots();
        System.arraycopy(arguments, 0, slots, 0, arguments.length);
        invoke(slots);
        return function.resultSlots() == 0 ? 0 : slots[0];
    }

    private long[] slots() {
        return new long[Math.max(1, Math.max(function.parameterSlots(), function.resultSlots()))];
    }

    private void checkCount(int count, int expected) {
        if (count != expected) {
            throw new IllegalArgumentException(name + " takes " + expected + " arguments, not " + count);
        }
    }

    private void invoke(long[] slots) {
        CallTrace trace = instance.trace();
        try {
            if (trace == null) {
                instance.invoke(function, slots);
            } else {
                trace.guest(instance, name, function, slots);
            }
        } catch (Unwind unwind) {
            throw new IllegalStateException(
                    name + " was suspended; only Instance.call can be continued", unwind);
        }
    }

    @Override
    public String toString() {
        return name + function.type();
    }
}
