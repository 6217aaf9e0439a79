package org.javix.wasm;

/** A global that instances and the host share. Numbers travel as raw bits. */
public abstract class Global {
    private final Module.GlobalType type;

    Global(Module.GlobalType type) {
        this.type = type;
    }

    /** A global of the host's. */
    public static Global of(ValType type, boolean mutable, long value) {
        return new OfHost(new Module.GlobalType(type, mutable), value, null);
    }

    /** A global of the host's that holds a reference. */
    public static Global ofReference(ValType type, boolean mutable, Object value) {
        return new OfHost(new Module.GlobalType(type, mutable), 0, value);
    }

    /** The global's type. */
    public final Module.GlobalType type() {
        return type;
    }

    /** The number's raw bits. */
    public abstract long get();

    /** Sets the number's raw bits. */
    public abstract void set(long value);

    /** The reference; null is null. */
    public abstract Object getReference();

    /** Sets the reference. */
    public abstract void setReference(Object value);

    private static final class OfHost extends Global {
        private long value;
        private Object reference;

        OfHost(Module.GlobalType type, long value, Object reference) {
            super(type);
            this.value = value;
            this.reference = reference;
        }

        @Override
        public long get() {
            return value;
        }

        @Override
        public void set(long value) {
            this.value = value;
        }

        @Override
        public Object getReference() {
            return reference;
        }

        @Override
        public void setReference(Object value) {
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
            instance.setGlobal(index, value);
        }

        @Override
        public Object getReference() {
            return instance.getGlobalReference(index);
        }

        @Override
        public void setReference(Object value) {
            instance.setGlobalReference(index, value);
        }
    }
}
