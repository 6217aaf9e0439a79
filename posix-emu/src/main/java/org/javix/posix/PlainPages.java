package org.javix.posix;

import org.javix.wasm.PageTable;

/**
 * How far a memory is plain: program, heap, and other areas of zeroes that may be read and written, without anything else
 * between them. Accesses there need not ask the page table ({@link PageTable#allowAll}).
 *
 * <p>What the C library gives back of its heap leaves holes that stay plain: they read as zeroes, as in programs that do not
 * map memory. What a program itself unmaps or protects is plain no more, and nothing above it, until something plain is
 * mapped there again. Guarded by the address space.
 */
final class PlainPages {
    /** So much is left free for more of the heap where something else is mapped. */
    private static final long ROOM = 64 << 20;

    private static final int BOTH = Area.READ | Area.WRITE;

    private final PageTable pages;
    private final Areas areas;
    private final FirstTouches touches;
    private final long floor;

    /** Where what is not plain is mapped; 0 as long as nothing is. */
    private long apart;

    /** @param floor where mappings begin; below are the program and its break */
    PlainPages(PageTable pages, Areas areas, FirstTouches touches, long floor) {
        this.pages = pages;
        this.areas = areas;
        this.touches = touches;
        this.floor = floor;
        pages.allowAll(floor);
    }

    /** A forked process has the same. */
    void inherit(PlainPages parent) {
        apart = parent.apart;
        pages.allowAll(parent.pages.plainEnd());
    }

    /** Whether an area of these properties is plain. */
    static boolean isPlain(int prot, int flags, Mapping mapping) {
        return mapping == null && (prot & BOTH) == BOTH && (flags & Area.SHARED) == 0;
    }

    private static boolean isPlain(Area area) {
        return isPlain(area.prot(), area.flags(), area.mapping());
    }

    /** The lowest address for what is not plain. */
    long apart() {
        if (apart == 0) {
            apart = Math.max(floor, pages.plainEnd()) + ROOM;
        }
        return apart;
    }

    /** An area was added. The page that malloc keeps free behind the break is a hole of the heap, which stays plain. */
    void added(Area area) {
        if (!area.is(Area.HEAP)) {
            changed(area.start());
        }
        extend();
    }

    /** The area at an address is another. */
    void changed(long start) {
        Area area = areas.at(start);
        if (area == null || !isPlain(area)) {
            endBefore(start);
        }
    }

    /** Nothing is plain from an address on. */
    void endBefore(long start) {
        if (start < pages.plainEnd()) {
            pages.allowAll(start);
        }
    }

    /** Takes in the areas behind the end. */
    private void extend() {
        long end = pages.plainEnd();
        for (Area area = areas.at(end); area != null && isPlain(area); area = areas.at(end)) {
            if (!touches.countPlain(area.end())) {
                break;
            }
            end = area.end();
        }
        pages.allowAll(end);
    }
}
