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

    /**
     * A function that sees Java objects instead of raw values.
     *
     * @param module the import's module name
     * @param declaration the import's name and type, such as {@code "add(x: i32, y: i32) -> i32"}; the names of
     *     parameters may be left out and appear in the trace log only
     */
    public static HostFunction of(String module, String declaration, Body body) {
        return new TypedHostFunction(module, Declaration.parse(declaration), body);
    }

    /** The body of a function that sees Java objects. */
    @FunctionalInterface
    public interface Body {
        /**
         * Runs on the guest's own thread.
         *
         * @param arguments an {@link Integer}, {@link Long}, {@link Float} or {@link Double} for each number, and
         *     references as they are
         * @return the result of the same kind; an {@code Object[]} of several; anything without one
         * @throws IndexOutOfBoundsException becomes the {@link Trap} of a bad address, as when guest code meets it; any
         *     other exception passes through the guest to who called it
         */
        Object call(Instance caller, Object... arguments) throws Unwind;
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

    /** A parameter's name in the trace log; null for none. */
    public String parameterName(int index) {
        return null;
    }

    /** What the trace log shows of a call's arguments, between its parentheses. */
    protected String describeArguments(Instance caller, long[] arguments) {
        StringBuilder text = new StringBuilder();
        Object[] values = Values.load(type.params(), arguments, caller.references);
        for (int i = 0; i < values.length; i++) {
            String parameter = parameterName(i);
            text.append(i == 0 ? "" : ",")
                    .append(parameter == null ? "" : parameter + "=")
                    .append(Values.text(values[i]));
        }
        return text.toString();
    }

    /**
     * What the trace log shows of a call's result; null for the values as they are.
     *
     * @param arguments as they were before the call
     */
    protected String describeResult(Instance caller, long[] arguments, long result) {
        return null;
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
