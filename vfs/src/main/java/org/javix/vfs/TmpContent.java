package org.javix.vfs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENXIO;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The bytes of a {@link TmpRegular}: pages of its own over an optional {@link #base}, the unchanging content of the
 * file that it is a copy of. A page that is missing shows the base up to {@link #baseEnd} and zeros
 * after that. Writers hold the file; readers take no lock.
 *
 * <p>When the file is first mapped shared its own pages move to a {@link PageStore}, where memories can show them, and stay
 * there; {@link Pages} then only tells which there are.
 */
final class TmpContent {
    private static final int SMALLEST_PAGE = 64;

    private final TmpRegular file;
    private final Pages pages = new Pages();
    private final Content base;

    // Written under the file.
    private volatile long baseEnd;
    private volatile PageStore store;

    /**
     * @param base null for none
     * @param baseEnd its length
     */
    TmpContent(TmpRegular file, Content base, long baseEnd) {
        this.file = file;
        this.base = base;
        this.baseEnd = baseEnd;
    }

    /** How many pages it has of its own. */
    long ownPages() {
        return pages.count();
    }

    /** Whether it has a page of its own. */
    boolean hasPage(long index) {
        return pages.get(index) != null;
    }

    /** Up to where a missing page shows the base. */
    long baseEnd() {
        return baseEnd;
    }

    /** Whether memories may show its pages. */
    boolean isShared() {
        return store != null;
    }

    /** Where its pages are once it is shared. */
    PageStore store() {
        return store;
    }

    // ---- reading and writing ----

    /** Reads bytes that are all below the file's end: how many. */
    long read(MemorySegment buffer, long at, long count, long position) {
        if (base != null && pages.count() == 0 && position + count <= baseEnd) {
            return base.read(buffer, at, count, position);
        }
        long done = 0;
        while (done < count) {
            long here = position + done;
            int offset = (int) here & Pages.SIZE - 1;
            int part = (int) Math.min(Pages.SIZE - offset, count - done);
            readPage(here >> Pages.SHIFT, offset, buffer, at + done, part);
            done += part;
        }
        return count;
    }

    private void readPage(long index, int offset, MemorySegment buffer, long at, int length) {
        byte[] page = pages.get(index);
        int present;
        if (page == PageStore.HERE) {
            store.read((index << Pages.SHIFT) + offset, buffer, at, length);
            return;
        }
        if (page != null) {
            present = Math.clamp(page.length - offset, 0, length);
            MemorySegment.copy(page, offset < page.length ? offset : 0, buffer, JAVA_BYTE, at, present);
        } else {
            present = readBase((index << Pages.SHIFT) + offset, buffer, at, length);
        }
        if (present < length) {
            buffer.asSlice(at + present, length - present).fill((byte) 0);
        }
    }

    private int readBase(long position, MemorySegment buffer, long at, int length) {
        int wanted = Math.clamp(baseEnd - position, 0, length);
        int done = 0;
        while (done < wanted) {
            long count = base.read(buffer, at + done, wanted - done, position + done);
            if (count <= 0) {
                break;
            }
            done += (int) count;
        }
        return done;
    }

    /**
     * Makes or lengthens a page to write to, if need be: 0, -EDQUOT, -ENOSPC.
     *
     * @param privileged whether quotas do not matter
     */
    int reserve(long index, int offset, int length, boolean privileged) {
        byte[] page = pages.get(index);
        int needed = offset + length;
        if (page == PageStore.HERE || page != null && page.length >= needed) {
            return 0;
        }
        if (page != null) {
            page = Arrays.copyOf(page, pageLength(index, needed));
        } else {
            int error = file.fs.takePage(file, privileged);
            if (error < 0) {
                return error;
            }
            long start = index << Pages.SHIFT;
            if (start < baseEnd) {
                page = new byte[Pages.SIZE];
                readBase(start, MemorySegment.ofArray(page), 0, Pages.SIZE);
            } else {
                page = new byte[pageLength(index, needed)];
            }
        }
        if (store != null) {
            if (start(index) < baseEnd && !store.write(start(index), MemorySegment.ofArray(page), 0, Pages.SIZE)) {
                file.fs.givePages(file, 1);
                return -ENOSPC;
            }
            page = PageStore.HERE;
        }
        pages.put(index, page);
        return 0;
    }

    private static long start(long index) {
        return index << Pages.SHIFT;
    }

    // Many files are small, so the first page grows; others are soon full.
    private static int pageLength(long index, int needed) {
        if (index > 0) {
            return Pages.SIZE;
        }
        return needed <= SMALLEST_PAGE ? SMALLEST_PAGE : Integer.highestOneBit(needed - 1) << 1;
    }

    /** Writes within one page, which is {@linkplain #reserve reserved}: 0, -ENOSPC. */
    int put(long position, MemorySegment buffer, long at, int length) {
        byte[] page = pages.get(position >> Pages.SHIFT);
        if (page == PageStore.HERE) {
            return store.write(position, buffer, at, length) ? 0 : -ENOSPC;
        }
        MemorySegment.copy(buffer, JAVA_BYTE, at, page, (int) position & Pages.SIZE - 1, length);
        return 0;
    }

    // ---- cutting off, and holes ----

    /** Cuts off what lies beyond a length. */
    void cut(long length) {
        baseEnd = Math.min(baseEnd, length);
        long firstGone = length + Pages.SIZE - 1 >> Pages.SHIFT;
        drop(firstGone, Long.MAX_VALUE);
        zero(length, firstGone << Pages.SHIFT);
    }

    /** Makes a range read as zeros and gives its whole pages back: 0, -ENOSPC. */
    int punch(long offset, long end) {
        long first = offset + Pages.SIZE - 1 >> Pages.SHIFT;
        long last = end >> Pages.SHIFT;
        // Where the base shines through, a page of zeros has to cover it.
        for (long index = offset >> Pages.SHIFT; index << Pages.SHIFT < Math.min(end, baseEnd); index++) {
            int error = reserve(index, 0, Pages.SIZE, true);
            if (error < 0) {
                return error;
            }
            long start = index << Pages.SHIFT;
            zero(Math.max(start, offset), Math.min(start + Pages.SIZE, end));
        }
        long firstOwn = Math.max(first, baseEnd + Pages.SIZE - 1 >> Pages.SHIFT);
        if (firstOwn < last) {
            drop(firstOwn, last);
        }
        if (first > last) {
            zero(offset, end);
        } else {
            zero(offset, first << Pages.SHIFT);
            zero(last << Pages.SHIFT, end);
        }
        return 0;
    }

    /** Removes pages; their bytes are gone. */
    private void drop(long first, long end) {
        file.fs.givePages(file, pages.remove(first, end));
        if (store != null) {
            store.punch(start(first), end >= Long.MAX_VALUE >> Pages.SHIFT ? Long.MAX_VALUE : start(end));
        }
    }

    /** Zeros a range within one page that is present; a missing page must not show the base there. */
    private void zero(long from, long to) {
        byte[] page = from == to ? null : pages.get(from >> Pages.SHIFT);
        if (page == PageStore.HERE) {
            store.punch(from, to);
        } else if (page != null) {
            int start = (int) from & Pages.SIZE - 1;
            int end = (int) Math.min(page.length, start + (to - from));
            if (start < end) {
                Arrays.fill(page, start, end, (byte) 0);
            }
        }
    }

    /** Gives everything back. */
    void evict() {
        file.fs.givePages(file, pages.remove(0, Long.MAX_VALUE));
        if (store != null) {
            store.close();
        }
        baseEnd = 0;
    }

    /** The first byte of data from a position on, below {@code end}; -ENXIO without one. */
    long nextData(long position, long end) {
        long page = pages.next(position >> Pages.SHIFT);
        long own = page < 0 ? end : Math.max(position, page << Pages.SHIFT);
        long below = position < baseEnd ? base.seek(position, true) : end;
        long found = Math.min(own, below < 0 ? end : below);
        return found < end ? found : -ENXIO;
    }

    /** The first byte of a hole from a position on, below {@code end}; that, without one. */
    long nextHole(long position, long end) {
        long here = position;
        while (here < end) {
            if (pages.get(here >> Pages.SHIFT) == null) {
                long below = here < baseEnd ? Math.min(baseEnd, base.seek(here, false)) : here;
                if (below == here) {
                    return here;
                }
                here = below - 1; // the rest of the last page is data as well
            }
            here = (here >> Pages.SHIFT) + 1 << Pages.SHIFT;
        }
        return end;
    }

    // ---- shown in memories ----

    /** Moves the pages to where memories can show them; false where the host has no such place. */
    boolean share() {
        if (store != null) {
            return true;
        }
        PageStore made = PageStore.open();
        if (made == null) {
            return false;
        }
        for (long index = pages.next(0); index >= 0; index = pages.next(index + 1)) {
            byte[] page = pages.get(index);
            if (!made.write(start(index), MemorySegment.ofArray(page), 0, page.length)) {
                made.close();
                return false;
            }
        }
        store = made;
        for (long index = pages.next(0); index >= 0; index = pages.next(index + 1)) {
            pages.put(index, PageStore.HERE);
        }
        return true;
    }
}
