package org.javix.posix;

import static org.javix.posix.AddressSpace.PAGE;

import java.lang.foreign.MemorySegment;
import org.javix.vfs.SharedFile;
import org.javix.wasm.Memory;
import org.javix.wasm.PageTable;
import org.javix.wasm.Pager;
import org.javix.wasm.Trap;

/**
 * What happens when a page of an address space is first touched. A page of zeroes is there already; a private
 * mapping's is read from its file; a shared mapping's is the file's own, by a mapping of the host's or, where that is not
 * possible, as a page elsewhere. A file's page beyond its end is lost.
 *
 * <p>Here it is also counted what becomes resident. Guarded by the address space.
 */
final class FirstTouches implements Pager {
    /** In the page table: a private mapping's page holds its file's bytes already. */
    static final int FILLED = 16;

    /** So many pages around one that is touched become ready with it. */
    private static final int AROUND = 16;

    /** What is resident is looked at when so many pages more have been touched: 4 MiB. */
    private static final long PAGES_BETWEEN_LOOKS = 1024;

    /** The share of what may be resident that may be plain. */
    private static final long MOST_PLAIN = 4;

    private final AddressSpace space;
    private final Areas areas;
    private final Memory memory;
    private final PageTable pages;
    /** How many pages may be resident. */
    private long residentLimit = AddressSpace.TOP / PAGE;
    /** How many pages can be touched before what is resident is looked at again. */
    private long untilLook = AddressSpace.TOP / PAGE;

    /** Decides for a memory from now on. */
    FirstTouches(AddressSpace space, Areas areas, Memory memory) {
        this.space = space;
        this.areas = areas;
        this.memory = memory;
        pages = memory.pageTable();
        pages.setPager(this);
    }

    /** Has the limit of the parent's. */
    void limitAs(FirstTouches parent) {
        residentLimit = parent.residentLimit;
        untilLook = parent.untilLook;
    }

    /**
     * Limits how much may be resident.
     *
     * @param bytes what a process may have; what it has may exceed that by 4 MiB for a moment
     * @param mapped how many bytes are mapped now
     */
    void setResidentLimit(long bytes, long mapped) {
        residentLimit = bytes / PAGE;
        untilLook = Math.max(PAGES_BETWEEN_LOOKS, residentLimit - mapped / PAGE);
    }

    /** Whether so many bytes could become resident at all. */
    boolean canBack(long length) {
        return length / PAGE <= residentLimit;
    }

    /** Some pages are touched for the first time; false where that is too much. */
    private boolean countTouched(long count) {
        if (!space.mayHold(count * PAGE)) {
            return false;
        }
        untilLook -= count;
        if (untilLook > 0) {
            return true;
        }
        long resident = resident();
        untilLook = Math.max(PAGES_BETWEEN_LOOKS, residentLimit - resident);
        return resident <= residentLimit;
    }

    /** How many pages are resident; those that do not ask may be at any time, so they count. */
    private long resident() {
        long plain = Math.min(pages.plainEnd(), memory.segment().byteSize());
        return (plain + memory.residentBytes(plain)) / PAGE;
    }

    /** The pages up to an address need not be touched any more; false where they are too many to count as resident. */
    boolean countPlain(long end) {
        long more = Math.max(0, end - pages.plainEnd());
        if (end / PAGE > residentLimit / MOST_PLAIN || !space.mayHold(more)) {
            return false;
        }
        untilLook -= more / PAGE;
        return true;
    }

    @Override
    public Trap.Kind touch(long address, boolean store) {
        synchronized (space) {
            return touchLocked(address, store);
        }
    }

    private Trap.Kind touchLocked(long address, boolean store) {
        Area area = areas.at(address);
        if (area == null) {
            area = space.growDown(address);
        }
        if (area == null) {
            return Trap.Kind.OUT_OF_BOUNDS_MEMORY;
        }
        if (!area.allows(store)) {
            return Trap.Kind.PROTECTED_PAGE;
        }
        if (area.mapping() == null) {
            return touchZeroes(area, AddressSpace.page(address));
        }
        return area.is(Area.SHARED) ? touchShared(area, address, store) : touchPrivate(area, address);
    }

    private static int rights(Area area) {
        return (area.allows(true) ? PageTable.WRITE : 0) | (area.allows(false) ? PageTable.READ : 0);
    }

    private Trap.Kind touchZeroes(Area area, long page) {
        long first = Math.max(AddressSpace.page(area.start()), page & -AROUND);
        long end = Math.min(AddressSpace.page(area.end()), (page & -AROUND) + AROUND);
        if (!countTouched(end - first)) {
            return Trap.Kind.NO_MEMORY;
        }
        pages.allow(first, end, rights(area));
        return null;
    }

    private Trap.Kind touchPrivate(Area area, long address) {
        long page = AddressSpace.page(address);
        if ((pages.get(page) & FILLED) == 0) {
            long position = area.position(page * PAGE);
            long size = area.mapping().size();
            if (position >= size) {
                return Trap.Kind.LOST_PAGE;
            }
            long end = page + 1;
            if (!countTouched(AROUND)) {
                return Trap.Kind.NO_MEMORY;
            }
            while (end < Math.min(AddressSpace.page(area.end()), page + AROUND)
                    && position + (end - page) * PAGE < size
                    && pages.get(end) == 0) {
                end++;
            }
            if (!area.mapping().read(memory.segment(), page * PAGE, (end - page) * PAGE, position)) {
                return Trap.Kind.LOST_PAGE;
            }
            pages.allow(page, end, FILLED);
        }
        pages.allow(page, page + 1, FILLED | rights(area));
        return null;
    }

    private Trap.Kind touchShared(Area area, long address, boolean store) {
        SharedFile file = area.mapping().shared();
        long page = AddressSpace.page(address);
        long index = area.position(page * PAGE) / PAGE;
        if (index * PAGE >= file.size() || file.prepare(index, store) < 0) {
            return Trap.Kind.LOST_PAGE;
        }
        int rights = store ? rights(area) : PageTable.READ;
        boolean elsewhere = file.descriptor() < 0;
        pages.allow(page, page + 1, elsewhere ? rights * PageTable.READ_ELSEWHERE : rights);
        if (index * PAGE >= file.size()) {
            // It was cut off meanwhile, and who did it may have looked before the page was allowed.
            pages.clear(page, page + 1);
            return Trap.Kind.LOST_PAGE;
        }
        return null;
    }

    @Override
    public MemorySegment elsewhere(long page) {
        synchronized (space) {
            Area area = areas.at(page * PAGE);
            return area == null || !area.is(Area.SHARED)
                    ? null
                    : area.mapping().shared().page(area.position(page * PAGE) / PAGE);
        }
    }
}
