package org.javix.wasm;

import java.util.Arrays;

/**
 * Makes tail calls that a function left pending when it returned: the target in {@link Instance#pending}, the
 * arguments in {@link Instance#results} and {@link Instance#references}. Public for compiled code only.
 */
public final class PendingCall {
    private PendingCall() {}

    /** The function that a {@code return_call_indirect} is for. */
    public static FuncRef target(Table table, int index, int type, Instance caller) {
        FuncRef function = Ops.element(table, index);
        if (isOfType(function, type, caller)) {
            return function;
        }
        throw Ops.typeMismatch();
    }

    /** {@link #target} where a function of another type may be called, as {@link Ops#invokeLoosely} does. */
    public static FuncRef looseTarget(Table table, int index, int type, Instance caller) {
        FuncRef function = Ops.element(table, index);
        if (isOfType(function, type, caller)) {
            return function;
        }
        FuncType expected = caller.code.module().types().get(type);
        return new FuncRef(new HostFunction("", "", expected) {
            @Override
            public long call(Instance from, long a, long b, long c, long d, long e, long f) throws Unwind {
                return call(from, new long[] {a, b, c, d, e, f});
            }

            @Override
            public long call(Instance from, long[] slots) throws Unwind {
                Ops.invokeLoosely(function, type, slots, caller);
                return slots[0];
            }
        });
    }

    private static boolean isOfType(FuncRef function, int type, Instance caller) {
        return function.instance == caller
                ? function.typeIndex == type
                : function.type().equals(caller.code.module().types().get(type));
    }

    /**
     * Calls what is pending in an instance, and what is pending after that, until there is a result; it is left where
     * the arguments were. The calls may lead to and fro between instances.
     */
    public static void finish(Instance at) throws Unwind {
        Instance from = at;
        FuncRef last = at.pending;
        Crossing crossing = null;
        try {
            for (FuncRef target = last; target != null; target = from.pending) {
                last = target;
                from.pending = null;
                Instance to = target.instance;
                if (to == null) {
                    callHost(target, from);
                    continue;
                }
                if (to != from) {
                    System.arraycopy(from.results, 0, to.results, 0, target.parameterSlots());
                    target.moveReferences(target.type().params(), from, to);
                    if (crossing != null) {
                        crossing.leave();
                        crossing = null;
                    }
                    if (to != at) {
                        crossing = Crossing.enter(at, to);
                    }
                    from = to;
                }
                to.tailCall(target.index);
            }
            if (from != at) {
                System.arraycopy(from.results, 0, at.results, 0, last.resultSlots());
                last.moveReferences(last.type().results(), from, at);
            }
        } catch (Unwind unwind) {
            if (crossing == null) {
                throw unwind;
            }
            throw Crossing.refused(unwind);
        } finally {
            if (crossing != null) {
                crossing.leave();
            }
        }
    }

    private static void callHost(FuncRef target, Instance from) throws Unwind {
        // The instance's own array changes while the host function calls back into it.
        int length = Math.max(target.parameterSlots(), target.resultSlots());
        long[] slots = Arrays.copyOf(from.results, Math.max(1, length));
        target.invoke(from, slots);
        System.arraycopy(slots, 0, from.results, 0, target.resultSlots());
    }
}
