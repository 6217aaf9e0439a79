package org.javix.wasm;

/**
 * A function that the host offers to modules.
 *
 * <p>Every argument and the result travel as a {@code long}: an i32 sign-extended, an f32 or f64 as
 * its raw bits; a reference lies in {@link Instance#references} at its position. A missing result is 0.
 * A v128 travels as two longs, its low half first, and counts as two parameters or results below.
 * It runs on the guest's own thread. It may throw {@link Unwind} when the module was compiled with
 * this import declared as suspending.
 */
public abstract class HostFunction {
    private final String module;
    private final String name;
    private final FuncType type;

    /** A function that answers imports of {@code module.name} with exactly this type. */
    protected HostFunction(String module, String name, FuncType type) {
        this.module = module;
        this.name = name;
        this.type = type;
    }

    /** The import's module name. */
    public final String module() {
        return module;
    }

    /** The import's field name. */
    public final String name() {
        return name;
    }

    /** The function's type. */
    public final FuncType type() {
        return type;
    }

    /** Calls a function of up to six parameters; those that it lacks are 0. */
    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
        throw new IllegalStateException(module + "." + name + " takes more than six parameters");
    }

    /**
     * Calls a function of more than six parameters or with several results.
     *
     * @param arguments as long as the longer of parameters and results; several results are left here
     * @return the only result
     */
    public long call(Instance caller, long[] arguments) throws Unwind {
        throw new IllegalStateException(module + "." + name + " takes at most six parameters");
    }
}
