package org.javix.wasm;

import java.util.Arrays;

/** A table of references (WebAssembly specification, section 4.2). One thread at a time changes it. */
public final class Table {
    /** No table grows beyond this many elements. */
    static final int LARGEST = 10_000_000;

    /** For compiled code: as many elements as the table has; {@link #grow} replaces the array. */
    public Object[] elements;

    private final Module.TableType type;

    /** The most elements. */
    private final long limit;

    /** A table of nulls. */
    public Table(Module.TableType type) {
        this(type, LARGEST);
    }

    /**
     * A table of nulls.
     *
     * @param limit the most elements, whatever the type says
     * @throws LinkException where the minimum is over the limit, or the JVM has no room for it
     */
    Table(Module.TableType type, long limit) {
        this.type = type;
        long max = type.limits().max();
        this.limit = Long.compareUnsigned(max, limit) < 0 ? max : limit;
        if (Long.compareUnsigned(type.limits().min(), limit) > 0) {
            throw new LinkException("a table of " + Long.toUnsignedString(type.limits().min()) + " elements is too large");
        }
        try {
            this.elements = new Object[(int) type.limits().min()];
        } catch (OutOfMemoryError e) {
            throw new LinkException("the JVM has no room for a table of " + type.limits().min() + " elements");
        }
    }

    /** The declared type. */
    public Module.TableType type() {
        return type;
    }

    /** The number of elements. */
    public int size() {
        return elements.length;
    }

    /** Grows the table; answers the old size, or -1 where it cannot grow. */
    public int grow(long count, Object value) {
        int old = elements.length;
        if (count < 0 || count > limit - old) {
            return -1;
        }
        try {
            elements = Arrays.copyOf(elements, old + (int) count);
        } catch (OutOfMemoryError e) {
            return -1;
        }
        Arrays.fill(elements, old, elements.length, value);
        return old;
    }

    /** A copy for a fork, of which references to functions of its parent become its own. */
    Table fork(Instance child) {
        Table copy = new Table(new Module.TableType(type.element(), new Module.Limits(0, type.limits().max()), type.address64()), limit);
        copy.elements = child.own(elements);
        return copy;
    }
}
