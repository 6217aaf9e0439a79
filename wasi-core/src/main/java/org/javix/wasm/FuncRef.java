package org.javix.wasm;

import java.util.List;

/** A reference to a function of an instance or of the host (WebAssembly specification, section 4.2). Immutable. */
public final class FuncRef {
    /** For compiled code: whose function it is; null for the host's. */
    public final Instance instance;

    /** For compiled code: the type's canonical index in the instance's module. */
    public final int typeIndex;

    /** For compiled code: the position among the module's referable functions of that type. */
    public final int position;

    /** What a type says of its functions, found out once: an instance has thousands of references. */
    record Shape(FuncType type, int parameterSlots, int resultSlots, boolean hasReferences) {
        Shape(FuncType type) {
            this(type, type.parameterSlots(), type.resultSlots(), hasReferences(type.params()) || hasReferences(type.results()));
        }

        private static boolean hasReferences(List<ValType> types) {
            return types.stream().anyMatch(ValType::isReference);
        }
    }

    final int index;
    private final Shape shape;
    private final HostFunction host;

    FuncRef(Instance instance, int index) {
        this.instance = instance;
        this.index = index;
        this.typeIndex = instance.code.canonicalType(index);
        this.shape = instance.code.shape(typeIndex);
        this.position = instance.code.dispatchPosition(index);
        this.host = null;
    }

    /** A reference to a host function. */
    public FuncRef(HostFunction host) {
        this.instance = null;
        this.index = -1;
        this.shape = new Shape(host.type());
        this.typeIndex = -1;
        this.position = -1;
        this.host = host;
    }

    /** The function's type. */
    public FuncType type() {
        return shape.type;
    }

    /** The number of slots that arguments take. */
    int parameterSlots() {
        return shape.parameterSlots;
    }

    /** The number of slots that results take. */
    int resultSlots() {
        return shape.resultSlots;
    }

    /** The host function, or null. */
    public HostFunction host() {
        return host;
    }

    /** For compiled code: calls it; see {@link Instance#invoke}. */
    public void invoke(Instance caller, long[] slots) throws Unwind {
        if (host != null) {
            invokeHost(caller, slots);
            return;
        }
        // What an overflow of the stack may have left there.
        instance.pending = null;
        if (caller == instance) {
            instance.dispatch(typeIndex, position, slots);
        } else {
            cross(caller, slots);
        }
    }

    private void cross(Instance caller, long[] slots) throws Unwind {
        moveReferences(shape.type.params(), caller, instance);
        Crossing crossing = Crossing.enter(caller, instance);
        try {
            instance.dispatch(typeIndex, position, slots);
        } catch (Unwind unwind) {
            throw Crossing.refused(unwind);
        } finally {
            crossing.leave();
        }
        moveReferences(shape.type.results(), instance, caller);
    }

    /** Hands the references among values on from one instance to another. */
    void moveReferences(List<ValType> types, Instance from, Instance to) {
        if (!shape.hasReferences) {
            return;
        }
        int slot = 0;
        for (ValType value : types) {
            if (value.isReference()) {
                to.references[slot] = from.references[slot];
            }
            slot += value == ValType.V128 ? 2 : 1;
        }
    }

    private void invokeHost(Instance caller, long[] slots) throws Unwind {
        int n = shape.parameterSlots;
        if (n > 6 || shape.resultSlots > 1) {
            long result = host.call(caller, slots);
            if (shape.resultSlots == 1) {
                slots[0] = result;
            }
            return;
        }
        long result = host.call(
                caller,
                n > 0 ? slots[0] : 0,
                n > 1 ? slots[1] : 0,
                n > 2 ? slots[2] : 0,
                n > 3 ? slots[3] : 0,
                n > 4 ? slots[4] : 0,
                n > 5 ? slots[5] : 0);
        if (shape.resultSlots > 0) {
            slots[0] = result;
        }
    }
}
