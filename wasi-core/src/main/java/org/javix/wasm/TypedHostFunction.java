package org.javix.wasm;

import java.util.List;

/** A host function whose body sees Java objects. */
final class TypedHostFunction extends HostFunction {
    private final List<String> names;
    private final Body body;

    TypedHostFunction(String module, Declaration declaration, Body body) {
        super(module, declaration.name(), declaration.type());
        this.names = declaration.names();
        this.body = body;
    }

    @Override
    public String parameterName(int index) {
        return names.get(index);
    }

    @Override
    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
        return call(caller, new long[] {a, b, c, d, e, f});
    }

    @Override
    public long call(Instance caller, long[] arguments) throws Unwind {
        Object result = body.call(caller, Values.load(type().params(), arguments, caller.references));
        List<ValType> results = type().results();
        if (results.isEmpty()) {
            return 0;
        }
        Object[] all = results.size() > 1 && result instanceof Object[] several ? several : new Object[] {result};
        Values.store(results, all, arguments, caller.references);
        return arguments[0];
    }
}
