package org.javix.wasm;

/**
 * The atomic instructions on a memory that no other thread can see: plain accesses, which differ from others only in
 * that the address must be a multiple of the width. Public for compiled code only.
 *
 * <p>Nothing can come between the parts of one: signal handlers run at safepoints. So programs without threads pay nothing
 * for what they share with programs that have some, such as the C library's locks.
 */
public final class PlainAtomics {
    private PlainAtomics() {}

    private static void align(long address, int width, boolean store) {
        while ((address & width - 1) != 0 && address >= 0) {
            TrapPoint.access(Trap.Kind.UNALIGNED_ATOMIC, address, store);
        }
    }

    // ---- 8 bits ----

    /** An atomic load of 8 bits. */
    public static int load8(MemoryView memory, long address) {
        align(address, 1, false);
        return MemoryView.getI8(memory, address) & 0xff;
    }

    /** An atomic store of 8 bits. */
    public static void store8(MemoryView memory, long address, int value) {
        align(address, 1, true);
        MemoryView.setI8(memory, address, (byte) value);
    }

    /** An atomic {@code add} of 8 bits. */
    public static int add8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, old + value);
        return old;
    }

    /** An atomic {@code sub} of 8 bits. */
    public static int sub8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, old - value);
        return old;
    }

    /** An atomic {@code and} of 8 bits. */
    public static int and8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, old & value);
        return old;
    }

    /** An atomic {@code or} of 8 bits. */
    public static int or8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, old | value);
        return old;
    }

    /** An atomic {@code xor} of 8 bits. */
    public static int xor8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, old ^ value);
        return old;
    }

    /** An atomic {@code xchg} of 8 bits. */
    public static int xchg8(MemoryView memory, long address, int value) {
        int old = load8(memory, address);
        store8(memory, address, value);
        return old;
    }

    /** An atomic {@code cmpxchg} of 8 bits. */
    public static int cmpxchg8(MemoryView memory, long address, int expected, int replacement) {
        int old = load8(memory, address);
        // Also where it is not changed, the place must be one that can be.
        store8(memory, address, old == (expected & 0xff) ? replacement : old);
        return old;
    }

    // ---- 16 bits ----

    /** An atomic load of 16 bits. */
    public static int load16(MemoryView memory, long address) {
        align(address, 2, false);
        return MemoryView.getI16(memory, address) & 0xffff;
    }

    /** An atomic store of 16 bits. */
    public static void store16(MemoryView memory, long address, int value) {
        align(address, 2, true);
        MemoryView.setI16(memory, address, (short) value);
    }

    /** An atomic {@code add} of 16 bits. */
    public static int add16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, old + value);
        return old;
    }

    /** An atomic {@code sub} of 16 bits. */
    public static int sub16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, old - value);
        return old;
    }

    /** An atomic {@code and} of 16 bits. */
    public static int and16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, old & value);
        return old;
    }

    /** An atomic {@code or} of 16 bits. */
    public static int or16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, old | value);
        return old;
    }

    /** An atomic {@code xor} of 16 bits. */
    public static int xor16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, old ^ value);
        return old;
    }

    /** An atomic {@code xchg} of 16 bits. */
    public static int xchg16(MemoryView memory, long address, int value) {
        int old = load16(memory, address);
        store16(memory, address, value);
        return old;
    }

    /** An atomic {@code cmpxchg} of 16 bits. */
    public static int cmpxchg16(MemoryView memory, long address, int expected, int replacement) {
        int old = load16(memory, address);
        // Also where it is not changed, the place must be one that can be.
        store16(memory, address, old == (expected & 0xffff) ? replacement : old);
        return old;
    }

    // ---- 32 bits ----

    /** An atomic load of 32 bits. */
    public static int load32(MemoryView memory, long address) {
        align(address, 4, false);
        return MemoryView.getI32(memory, address);
    }

    /** An atomic store of 32 bits. */
    public static void store32(MemoryView memory, long address, int value) {
        align(address, 4, true);
        MemoryView.setI32(memory, address, value);
    }

    /** An atomic {@code add} of 32 bits. */
    public static int add32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, old + value);
        return old;
    }

    /** An atomic {@code sub} of 32 bits. */
    public static int sub32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, old - value);
        return old;
    }

    /** An atomic {@code and} of 32 bits. */
    public static int and32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, old & value);
        return old;
    }

    /** An atomic {@code or} of 32 bits. */
    public static int or32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, old | value);
        return old;
    }

    /** An atomic {@code xor} of 32 bits. */
    public static int xor32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, old ^ value);
        return old;
    }

    /** An atomic {@code xchg} of 32 bits. */
    public static int xchg32(MemoryView memory, long address, int value) {
        int old = load32(memory, address);
        store32(memory, address, value);
        return old;
    }

    /** An atomic {@code cmpxchg} of 32 bits. */
    public static int cmpxchg32(MemoryView memory, long address, int expected, int replacement) {
        int old = load32(memory, address);
        // Also where it is not changed, the place must be one that can be.
        store32(memory, address, old == expected ? replacement : old);
        return old;
    }

    // ---- 64 bits ----

    /** An atomic load of 64 bits. */
    public static long load64(MemoryView memory, long address) {
        align(address, 8, false);
        return MemoryView.getI64(memory, address);
    }

    /** An atomic store of 64 bits. */
    public static void store64(MemoryView memory, long address, long value) {
        align(address, 8, true);
        MemoryView.setI64(memory, address, value);
    }

    /** An atomic {@code add} of 64 bits. */
    public static long add64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, old + value);
        return old;
    }

    /** An atomic {@code sub} of 64 bits. */
    public static long sub64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, old - value);
        return old;
    }

    /** An atomic {@code and} of 64 bits. */
    public static long and64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, old & value);
        return old;
    }

    /** An atomic {@code or} of 64 bits. */
    public static long or64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, old | value);
        return old;
    }

    /** An atomic {@code xor} of 64 bits. */
    public static long xor64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, old ^ value);
        return old;
    }

    /** An atomic {@code xchg} of 64 bits. */
    public static long xchg64(MemoryView memory, long address, long value) {
        long old = load64(memory, address);
        store64(memory, address, value);
        return old;
    }

    /** An atomic {@code cmpxchg} of 64 bits. */
    public static long cmpxchg64(MemoryView memory, long address, long expected, long replacement) {
        long old = load64(memory, address);
        // Also where it is not changed, the place must be one that can be.
        store64(memory, address, old == expected ? replacement : old);
        return old;
    }
}
