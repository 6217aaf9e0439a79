package org.javix.wasm;

/**
 * A global that instances and the host share (WebAssembly specification, section 4.2). Numbers travel as raw bits, a v128 as its two
 * halves. One thread at a time changes it.
 */
public abstract class Global {
    private final Module.GlobalType type;

    Global(Module.GlobalType type) {
        this.type = type;
    }

    /** A global of the host's. */
    public static Global of(ValType type, boolean mutable, long value) {
        return new OfHost(new Module.GlobalType(type, mutable), value, 0, null);
    }

    /** A global of the host's that holds a v128. */
    public static Global ofVector(boolean mutable, long low, long high) {
        return new OfHost(new Module.GlobalType(ValType.V128, mutable), low, high, null);
    }

    /** A global of the host's that holds a reference. */
    public static Global ofReference(ValType type, boolean mutable, Object value) {
        return new OfHost(new Module.GlobalType(type, mutable), 0, 0, value);
    }

    /** The global's type. */
    public final Module.GlobalType type() {
        return type;
    }

    /** The number's raw bits; the low half of a v128. */
    public abstract long get();

    /**
     * Sets the number's raw bits; the low half of a v128.
     *
     * @throws IllegalStateException if the global is immutable
     */
    public abstract void set(long value);

    /** The high half of a v128. */
    public abstract long getHigh();

    /** Sets the high half of a v128, as {@link #set}. */
    public abstract void setHigh(long value);

    /** The reference; null is null. */
    public abstract Object getReference();

    /** Sets the reference, as {@link #set}. */
    public abstract void setReference(Object value);

    final void checkMutable() {
        if (!type.mutable()) {
            throw new IllegalStateException("the global is immutable");
        }
    }

    private static final class OfHost extends Global {
        private long value;
        private long high;
        private Object reference;

        OfHost(Module.GlobalType type, long value, long high, Object reference) {
            super(type);
            this.value = value;
            this.high = high;
            this.reference = reference;
        }

        @Override
        public long get() {
            return value;
        }

        @Override
        public void set(long value) {
            checkMutable();
            this.value = value;
        }

        @Override
        public long getHigh() {
            return high;
        }

        @Override
        public void setHigh(long value) {
            checkMutable();
            high = value;
        }

        @Override
        public Object getReference() {
            return reference;
        }

        @Override
        public void setReference(Object value) {
            checkMutable();
            reference = value;
        }
    }

    /** A view of a global that an instance defines. */
    static final class OfInstance extends Global {
        private final Instance instance;
        private final int index;

        OfInstance(Instance instance, int index) {
            super(instance.code.module().globals().get(index));
            this.instance = instance;
            this.index = index;
        }

        @Override
        public long get() {
            return instance.getGlobal(index);
        }

        @Override
        public void set(long value) {
            checkMutable();
            instance.setGlobal(index, value);
        }

        @Override
        public long getHigh() {
            return instance.getGlobalHigh(index);
        }

        @Override
        public void setHigh(long value) {
            checkMutable();
            instance.setGlobalHigh(index, value);
        }

        @Override
        public Object getReference() {
            return instance.getGlobalReference(index);
        }

        @Override
        public void setReference(Object value) {
            checkMutable();
            instance.setGlobalReference(index, value);
        }
    }
}
