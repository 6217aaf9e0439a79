package org.javix.posix;

import static org.javix.posix.AddressSpace.PAGE;
import static org.javix.posix.AddressSpace.page;

import org.javix.vfs.SharedFile;
import org.javix.wasm.Memory;
import org.javix.wasm.PageTable;

/**
 * The linear memory below an address space. It reaches as far as the areas do, shows the files that are mapped, and is zeroes
 * where nothing is. It knows no area but those that it is told of. Guarded by the address space.
 */
final class BackingMemory {
    /** Up to this length pages are zeroed by writing, which beats a call of the host. */
    private static final long ZERO_BY_WRITING = 64 * 1024;

    /** When the memory grows by more, what grows is emptied, so that mapping alone makes nothing resident. */
    private static final long GROWS_AS_IT_IS = 512 * 1024;

    private final Memory memory;
    /** Null where the program's accesses heed nothing. */
    private final PageTable pages;

    BackingMemory(Memory memory) {
        this.memory = memory;
        pages = memory.pageTable();
    }

    /** Lets the memory reach an address. */
    boolean reach(long end) {
        long reached = memory.segment().byteSize();
        long missing = end - reached;
        if (missing <= 0) {
            return true;
        }
        if (memory.grow((missing + Memory.PAGE - 1) / Memory.PAGE) < 0) {
            return false;
        }
        if (missing > GROWS_AS_IT_IS && memory.canMap()) {
            // The memory may have been another's, with pages that are still there.
            memory.discard(reached, memory.segment().byteSize() - reached);
        }
        return true;
    }

    /** Lets the host show what is shared. Where nobody asks for pages, a private mapping's are read at once. */
    boolean show(Area area) {
        if (pages == null && area.mapping() != null) {
            return !area.is(Area.SHARED)
                    && area.mapping().read(memory.segment(), area.start(), area.length(), area.offset());
        }
        SharedFile file = area.is(Area.SHARED) ? area.mapping().shared() : null;
        return file == null
                || file.descriptor() < 0
                || memory.map(
                        area.start(), area.length(), file.descriptor(), area.offset(), area.mapping().writable());
    }

    /** Makes an area's pages zeroes that nobody may touch; false where the host cannot. */
    boolean forget(Area area) {
        if (area.is(Area.SHARED)) {
            if (!memory.unmap(area.start(), area.length())) {
                return false;
            }
        } else {
            zero(area.start(), area.length());
        }
        clear(area);
        return true;
    }

    /** Makes a range zeroes. */
    void zero(long at, long length) {
        if (length <= ZERO_BY_WRITING) {
            memory.segment().asSlice(at, length).fill((byte) 0);
        } else {
            memory.discard(at, length);
        }
    }

    /** Makes an area's pages begin anew: zeroes, or the file's bytes. Here they are given back to the host, however few. */
    void discard(Area area) {
        if (area.is(Area.SHARED)) {
            askAgain(area);
        } else {
            memory.discard(area.start(), area.length());
            clear(area);
        }
    }

    /** Lets the next touch of an area's pages decide anew. */
    void askAgain(Area area) {
        if (pages == null) {
            return;
        }
        if (area.mapping() == null || area.is(Area.SHARED)) {
            pages.clear(page(area.start()), page(area.end()));
            return;
        }
        for (long page = page(area.start()); page < page(area.end()); page++) {
            int entry = pages.get(page);
            if (entry != 0) {
                pages.allow(page, page + 1, entry & FirstTouches.FILLED);
            }
        }
    }

    /** Moves the first bytes of an area that is not shared; the place where all of it was is zeroes. */
    void move(Area area, long to, long length) {
        memory.move(area.start(), to, length);
        if (area.mapping() != null && pages != null) {
            for (long page = 0; page < length / PAGE; page++) {
                pages.allow(page(to) + page, page(to) + page + 1, pages.get(page(area.start()) + page) & FirstTouches.FILLED);
            }
        }
        clear(area);
    }

    private void clear(Area area) {
        if (pages != null) {
            pages.clear(page(area.start()), page(area.end()));
        }
    }
}
