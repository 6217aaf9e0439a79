package org.javix.vfs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The pages of a sparse file: a radix tree from page number to {@code byte[]}, 256 ways at each
 * level, only as high as the highest page needs. A page may be shorter than 4 KiB; what it lacks
 * is zero. A missing page is a hole.
 *
 * <p>{@link #get} takes no lock. Changes are made by one thread at a time.
 */
final class Pages {
    static final int SHIFT = 12;
    static final int SIZE = 1 << SHIFT;

    private static final int WAYS_SHIFT = 8;
    private static final int WAYS = 1 << WAYS_SHIFT;
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);

    /** The top node; at height 1 the slots are pages, and there may be fewer than 256. */
    private record Top(Object[] slots, int height) {
        boolean covers(long index) {
            int bits = height * WAYS_SHIFT;
            return (bits >= Long.SIZE || index >>> bits == 0) && (height > 1 || index < slots.length);
        }
    }

    private volatile Top top;
    private volatile long count;

    /** How many pages there are. */
    long count() {
        return count;
    }

    /** The page with a number, or null. */
    byte[] get(long index) {
        Top node = top;
        if (node == null || !node.covers(index)) {
            return null;
        }
        Object[] slots = node.slots;
        for (int level = node.height - 1; level > 0; level--) {
            slots = (Object[]) SLOT.getAcquire(slots, slot(index, level));
            if (slots == null) {
                return null;
            }
        }
        return (byte[]) SLOT.getAcquire(slots, slot(index, 0));
    }

    private static int slot(long index, int level) {
        return (int) (index >>> level * WAYS_SHIFT) & WAYS - 1;
    }

    /** Sets a page that is full of data already; readers see it from now on. */
    void put(long index, byte[] page) {
        grow(index);
        Object[] slots = top.slots;
        for (int level = top.height - 1; level > 0; level--) {
            int slot = slot(index, level);
            Object[] child = (Object[]) slots[slot];
            if (child == null) {
                child = new Object[WAYS];
                SLOT.setRelease(slots, slot, child);
            }
            slots = child;
        }
        int slot = slot(index, 0);
        if (slots[slot] == null) {
            count++; // one writer at a time, so no update is lost
        }
        SLOT.setRelease(slots, slot, page);
    }

    private void grow(long index) {
        Top node = top;
        if (node == null) {
            node = new Top(new Object[index == 0 ? 1 : 8], 1);
        }
        while (!node.covers(index)) {
            if (node.height == 1 && index < WAYS) {
                int length = Math.max(node.slots.length * 2, Integer.highestOneBit((int) index) << 1);
                node = new Top(Arrays.copyOf(node.slots, Math.min(length, WAYS)), 1);
            } else {
                Object[] above = new Object[WAYS];
                above[0] = node.height == 1 ? Arrays.copyOf(node.slots, WAYS) : node.slots;
                node = new Top(above, node.height + 1);
            }
        }
        if (node != top) {
            top = node;
        }
    }

    /** Removes the pages from {@code first} to before {@code end}; returns how many there were. */
    long remove(long first, long end) {
        Top node = top;
        if (node == null || first >= end) {
            return 0;
        }
        long removed = remove(node.slots, node.height - 1, 0, first, end);
        count -= removed;
        if (count == 0) {
            top = null;
        }
        return removed;
    }

    private static long remove(Object[] slots, int level, long base, long first, long end) {
        int shift = level * WAYS_SHIFT;
        long removed = 0;
        for (int i = 0; i < slots.length; i++) {
            long from = base + ((long) i << shift);
            long to = from + (1L << shift);
            if (slots[i] == null || to <= first || from >= end) {
                continue;
            }
            if (level == 0) {
                SLOT.setRelease(slots, i, null);
                removed++;
            } else {
                Object[] child = (Object[]) slots[i];
                removed += remove(child, level - 1, from, first, end);
                if (first <= from && end >= to) {
                    SLOT.setRelease(slots, i, null);
                }
            }
        }
        return removed;
    }

    /** The number of the first page at or after {@code index}; -1 if there is none. */
    long next(long index) {
        Top node = top;
        return node == null ? -1 : next(node.slots, node.height - 1, 0, index);
    }

    private static long next(Object[] slots, int level, long base, long index) {
        int shift = level * WAYS_SHIFT;
        for (int i = 0; i < slots.length; i++) {
            long from = base + ((long) i << shift);
            if (from + (1L << shift) <= index) {
                continue;
            }
            Object slot = SLOT.getAcquire(slots, i);
            if (slot == null) {
                continue;
            }
            if (level == 0) {
                return from;
            }
            long below = next((Object[]) slot, level - 1, from, index);
            if (below >= 0) {
                return below;
            }
        }
        return -1;
    }
}
