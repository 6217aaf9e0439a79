package org.javix.wasm;

/** A function of another instance, called as the host's are. */
final class LinkedFunction extends HostFunction {
    private final FuncRef function;

    LinkedFunction(String module, String name, FuncRef function) {
        super(module, name, function.type());
        this.function = function;
    }

    @Override
    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
        return call(caller, new long[] {a, b, c, d, e, f});
    }

    @Override
    public long call(Instance caller, long[] arguments) throws Unwind {
        function.invoke(caller, arguments);
        return arguments[0];
    }
}
