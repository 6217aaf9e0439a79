package org.javix.wasm;

import java.lang.foreign.MemorySegment;

/**
 * Decides what the pages of a memory allow: see {@link PageTable}. It is asked when a page is touched in a way that
 * the table does not allow, at first for every page. Any thread may ask, several at a time.
 */
public interface Pager {
    /**
     * Makes a page ready for an access, by allowing it in the table, or says why that is not possible. The access
     * is made, or the question asked, again after null.
     *
     * @param address the first byte of the access that the table does not allow
     * @param store whether it is to be written
     * @return null, or what the access is: {@link Trap.Kind#OUT_OF_BOUNDS_MEMORY} where there is nothing,
     *     {@link Trap.Kind#PROTECTED_PAGE}, {@link Trap.Kind#LOST_PAGE} where there should be something, but is not, or
     *     {@link Trap.Kind#NO_MEMORY}
     */
    Trap.Kind touch(long address, boolean store);

    /**
     * The 4096 bytes of a page whose bytes lie elsewhere, aligned to 8 bytes at least. Asked right after the table
     * was seen to say so; null where that is no longer true.
     */
    MemorySegment elsewhere(long page);
}
