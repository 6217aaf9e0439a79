package org.javix.posix;

import static org.javix.posix.AddressSpace.PAGE;
import static org.javix.posix.AddressSpace.page;
import static org.javix.posix.AddressSpace.roundUp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.javix.process.ProcessImage;
import org.javix.wasm.Memory;
import org.javix.wasm.PageTable;
import org.javix.wasm.Trap;

/**
 * What the pages of an address space hold: which are there, making them so ahead, copying them for another process, and what
 * becomes of them when a file changes that is mapped. Any thread; guarded by the address space, and nothing happens once its memory
 * is closed.
 */
final class AreaPages {
    private final AddressSpace space;
    private final Areas areas;
    private final Memory memory;
    private final PageTable pages;
    private final BackingMemory backing;
    private final FirstTouches touches;

    /** @param touches null where the program's accesses heed nothing */
    AreaPages(AddressSpace space, Areas areas, Memory memory, BackingMemory backing, FirstTouches touches) {
        this.space = space;
        this.areas = areas;
        this.memory = memory;
        pages = memory.pageTable();
        this.backing = backing;
        this.touches = touches;
    }

    /** Which pages of a range are in memory: those that were touched or are locked, and what files have of theirs. */
    BitSet present(long start, long end) {
        synchronized (space) {
            BitSet present = memory.resident(start, end - start);
            for (Area part : areas.in(start, end)) {
                int first = (int) page(part.start() - start);
                if (part.is(Area.LOCKED)) {
                    present.set(first, first + (int) page(part.length()));
                } else if (part.mapping() != null) {
                    part.mapping().eachPageWithData(part.offset(), part.length(), page -> present.set(first + (int) page));
                }
            }
            return present;
        }
    }

    /** What the areas hold, as {@code /proc/PID/smaps} tells: of files, what this process has touched. */
    List<ProcessImage.Held> held(String program) {
        synchronized (space) {
            List<ProcessImage.Held> all = new ArrayList<>();
            if (memory.isClosed()) {
                return all;
            }
            for (Area area : areas.all()) {
                BitSet touched;
                BitSet written;
                if (area.mapping() == null || pages == null) {
                    touched = memory.resident(area.start(), area.length());
                    written = touched;
                } else {
                    touched = new BitSet();
                    written = new BitSet();
                    long first = page(area.start());
                    for (long page = first; page < page(area.end()); page++) {
                        int entry = pages.get(page);
                        touched.set((int) (page - first), entry != 0);
                        written.set((int) (page - first), (entry & (PageTable.WRITE | PageTable.WRITE_ELSEWHERE)) != 0);
                    }
                }
                all.add(new ProcessImage.Held(
                        area.described(program), touched, written, area.is(Area.LOCKED), area.flagNames()));
            }
            return all;
        }
    }

    /**
     * Makes the pages of a range ready, as their first touches would: as far as they can be had.
     *
     * @return why the first page that could not be had was refused; null where all could
     */
    Trap.Kind populate(long start, long end) {
        synchronized (space) {
            Trap.Kind first = null;
            for (Area part : areas.in(start, end)) {
                Trap.Kind refused = populate(part, false);
                first = first == null ? refused : first;
            }
            return first;
        }
    }

    /**
     * The same for a part of an area.
     *
     * @param store whether they are made ready to be written; private pages that may be are in any case
     */
    Trap.Kind populate(Area part, boolean store) {
        synchronized (space) {
            if (touches == null) {
                return null;
            }
            boolean own = !part.is(Area.SHARED);
            boolean writes = store || own && part.allows(true);
            for (long at = part.start(); at < part.end(); at += PAGE) {
                Trap.Kind refused = touches.touch(at, writes);
                if (refused != null) {
                    return refused;
                }
            }
            if (own) {
                memory.populate(part.start(), part.length());
            }
            return null;
        }
    }

    /** Copies bytes out for another process, as many as can be read from an address on: how many. Any thread. */
    int copyOut(long address, byte[] to, int length) {
        synchronized (space) {
            int count = reachable(address, length, false);
            if (pages != null) {
                pages.read(address, MemorySegment.ofArray(to), 0, count);
            } else if (count > 0) {
                MemorySegment.copy(memory.segment(), ValueLayout.JAVA_BYTE, address, to, 0, count);
            }
            return count;
        }
    }

    /** Copies bytes in for another process, as many as can be written. */
    int copyIn(long address, byte[] from, int length) {
        synchronized (space) {
            int count = reachable(address, length, true);
            if (pages != null) {
                pages.write(address, MemorySegment.ofArray(from), 0, count);
            } else if (count > 0) {
                MemorySegment.copy(from, 0, memory.segment(), ValueLayout.JAVA_BYTE, address, count);
            }
            return count;
        }
    }

    private int reachable(long address, int length, boolean store) {
        if (memory.isClosed()) {
            return 0;
        }
        return pages != null
                ? (int) pages.reachable(address, length, store)
                : (int) Math.max(0, Math.min(length, memory.segment().byteSize() - address));
    }

    /**
     * The pages that the parent has read from a private mapping's file were copied, so they count as read; but not those that
     * were cut off meanwhile.
     */
    void keepFilled(PageTable from, Area area, long size) {
        for (long page = page(area.start()); from != null && page < page(area.end()); page++) {
            if ((from.get(page) & FirstTouches.FILLED) == 0) {
                continue;
            }
            if (area.position(page * PAGE) < size) {
                pages.allow(page, page + 1, FirstTouches.FILLED);
            } else {
                backing.zero(page * PAGE, PAGE);
            }
        }
    }

    /** Pages of a file that is mapped shared are not what they were. */
    void fileChanged(Mapping mapping, long first, long end) {
        synchronized (space) {
            for (Area part : showing(mapping, first, end)) {
                pages.clear(page(part.start()), page(part.end()));
            }
        }
    }

    /** A file that is mapped privately has got its length: what lay beyond is lost, written or not. */
    void fileCut(Mapping mapping, long size) {
        synchronized (space) {
            for (Area part : showing(mapping, page(roundUp(size)), Long.MAX_VALUE)) {
                backing.forget(part);
            }
        }
    }

    /** The parts of areas that show pages of a file, from one page to before another. */
    private List<Area> showing(Mapping mapping, long first, long end) {
        List<Area> parts = new ArrayList<>();
        if (pages == null || memory.isClosed()) {
            return parts;
        }
        for (Area area : areas.all()) {
            if (area.mapping() == mapping) {
                long shift = page(area.start()) - area.offset() / PAGE;
                long from = Math.max(page(area.start()), first + shift);
                long to = Math.min(page(area.end()), Math.min(end, Long.MAX_VALUE >> PageTable.SHIFT) + shift);
                if (from < to) {
                    parts.add(area.part(from * PAGE, to * PAGE));
                }
            }
        }
        return parts;
    }
}
