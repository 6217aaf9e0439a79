package org.javix.wasm;

/** A host function whose calls by one instance are logged. */
final class TracedFunction extends HostFunction {
    private final HostFunction function;
    private final CallTrace trace;

    TracedFunction(HostFunction function, CallTrace trace) {
        super(function.module(), function.name(), function.type());
        this.function = function;
        this.trace = trace;
    }

    @Override
    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
        return trace.host(function, caller, new long[] {a, b, c, d, e, f});
    }

    @Override
    public long call(Instance caller, long[] arguments) throws Unwind {
        return trace.host(function, caller, arguments);
    }
}
