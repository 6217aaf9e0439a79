package org.javix.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import org.javix.process.Futexes;

/** A word of a guest's memory that threads wait for, and its name among {@link Futexes}. Thread-safe. */
record FutexWord(MemorySegment memory, long offset, Futexes.Key key) {
    private static final VarHandle I32 =
            ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN).varHandle();

    /** The thread that owns a word. */
    static final int TID_MASK = 0x3fff_ffff;
    /** The owner has ended without giving the word up. */
    static final int OWNER_DIED = 0x4000_0000;
    /** Others wait for the word. */
    static final int WAITERS = 0x8000_0000;

    /** The word at an address; throws EINVAL for one that is not aligned, EFAULT for one outside the memory. */
    static FutexWord at(GuestThread p, long address) {
        if ((address & 3) != 0) {
            throw Fault.INVALID;
        }
        GuestMemory memory = p.memory();
        long offset = memory.check(address, 4);
        Futexes.Key key = p.guest().addressKey(offset);
        return memory.isElsewhere(offset, 4)
                ? new FutexWord(memory.elsewhere(offset), offset % AddressSpace.PAGE, key)
                : new FutexWord(memory.segment(), offset, key);
    }

    int load() {
        return (int) I32.getVolatile(memory, offset);
    }

    boolean replace(int expected, int wanted) {
        return I32.compareAndSet(memory, offset, expected, wanted);
    }

    void store(int value) {
        I32.setVolatile(memory, offset, value);
    }

    /** Replaces the word by a function of it; answers what it was. */
    int update(IntUnaryOperator change) {
        while (true) {
            int old = load();
            if (replace(old, change.applyAsInt(old))) {
                return old;
            }
        }
    }
}
