package org.javix.vfs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENXIO;
import static org.javix.vfs.Errno.EPERM;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A regular file in a {@link TmpFs}.
 *
 * <p>Its bytes are pages of its own over an optional {@link #base}, the unchanging content of the
 * file that it is a copy of. A page that is missing shows the base up to {@link #baseEnd} and zeros
 * after that. Writers hold this; readers take no lock, as on Linux: a read beside a write may see
 * part of it, page by page.
 *
 * <p>When it is first mapped shared its own pages move to a {@link PageStore}, where memories can show them, and stay
 * there; {@link Pages} then only tells which there are.
 */
final class TmpRegular extends TmpInode implements SharedFile {
    private static final int SMALLEST_PAGE = 64;

    private final Pages pages = new Pages();
    private final Content base;

    // Written under this.
    private volatile long size;
    private volatile long baseEnd;
    private volatile Object identity;
    private volatile PageStore store;
    // Of FileSeals.
    private volatile int seals = FileSeals.SEAL;

    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

    TmpRegular(TmpFs fs, int mode, int uid, int gid, int nlink) {
        super(fs, mode, uid, gid, nlink);
        base = null;
    }

    /** A file that shows {@code base} until it is changed; {@code stat} gives size and attributes. */
    TmpRegular(TmpFs fs, Stat stat, Content base) {
        super(fs, stat);
        this.base = base;
        size = stat.size;
        baseEnd = stat.size;
        identity = base.contentIdentity();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    long blocks() {
        long own = pages.count();
        // The base is stored elsewhere, but programs expect a file full of data to have blocks.
        long pageCount = baseEnd == 0 ? own : Math.max(own, size + Pages.SIZE - 1 >> Pages.SHIFT);
        return pageCount * (Pages.SIZE / 512);
    }

    @Override
    long ownBytes() {
        return pages.count() << Pages.SHIFT;
    }

    @Override
    public Object contentIdentity() {
        if (store != null) {
            return new Object(); // a memory may change it at any time
        }
        Object present = identity;
        if (present == null) {
            synchronized (this) {
                if (identity == null) {
                    identity = new Object();
                }
                present = identity;
            }
        }
        return present;
    }

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        int error = hold();
        return error < 0 ? Result.failed(error) : Result.of(new TmpFile(this, where, flags, context));
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        if (position < 0) {
            return -EINVAL;
        }
        long end = size;
        if (position >= end) {
            return 0;
        }
        long count = Math.min(length, end - position);
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

    /** Writes at a position: the count, which is short if space runs out; -EFBIG, -ENOSPC. */
    long write(MemorySegment buffer, long at, long length, long position, Credentials writer) {
        if (position < 0) {
            return -EINVAL;
        }
        synchronized (this) {
            return writeLocked(buffer, at, length, position, writer);
        }
    }

    /** Writes at the end, wherever it is by now; the file's new length minus the count is where. */
    long append(TmpFile file, MemorySegment buffer, long at, long length, Credentials writer) {
        synchronized (this) {
            long position = size;
            long count = writeLocked(buffer, at, length, position, writer);
            if (count > 0) {
                file.position = position + count;
            }
            return count;
        }
    }

    private long writeLocked(MemorySegment buffer, long at, long length, long position, Credentials writer) {
        if (length == 0) {
            return 0;
        }
        long count = Math.min(length, Long.MAX_VALUE - position);
        if (count == 0) {
            return -EFBIG;
        }
        if (seals != FileSeals.SEAL) {
            count = unsealed(position, count);
            if (count < 0) {
                return count;
            }
        }
        identity = null;
        long done = 0;
        while (done < count) {
            long here = position + done;
            int offset = (int) here & Pages.SIZE - 1;
            int part = (int) Math.min(Pages.SIZE - offset, count - done);
            int error = reserve(here >> Pages.SHIFT, offset, part, writer.isRoot());
            if (error == 0) {
                error = put(here, buffer, at + done, part);
            }
            if (error < 0) {
                if (done == 0) {
                    return error;
                }
                break;
            }
            done += part;
        }
        if (position + done > size) {
            size = position + done;
        }
        dropSetId(writer);
        modified();
        return done;
    }

    /** Writes within one page, which is {@linkplain #reserve reserved}: 0, -ENOSPC. */
    private int put(long position, MemorySegment buffer, long at, int length) {
        byte[] page = pages.get(position >> Pages.SHIFT);
        if (page == PageStore.HERE) {
            return store.write(position, buffer, at, length) ? 0 : -ENOSPC;
        }
        MemorySegment.copy(buffer, JAVA_BYTE, at, page, (int) position & Pages.SIZE - 1, length);
        return 0;
    }

    // ---- Seals ----

    /** Has no seals yet and may be given some. Called before it is visible to others. */
    void allowSealing() {
        seals = 0;
    }

    @Override
    public int setMode(int permissions) {
        boolean sealed = (seals & FileSeals.EXEC) != 0 && ((mode() ^ permissions) & 0111) != 0;
        return sealed ? -EPERM : super.setMode(permissions);
    }

    int seals() {
        return seals;
    }

    synchronized int addSeals(int more) {
        if ((seals & FileSeals.SEAL) != 0) {
            return -EPERM;
        }
        boolean fixes = (more & ~seals & FileSeals.WRITE) != 0;
        if (fixes && !watchers.isEmpty()) {
            return -EBUSY;
        }
        boolean executable = (more & FileSeals.EXEC) != 0 && (mode() & 0111) != 0;
        seals |= more | (executable ? FileSeals.SHRINK | FileSeals.GROW | FileSeals.WRITE | FileSeals.FUTURE_WRITE : 0);
        return 0;
    }

    /** How much of a write the seals let through: whole pages, or up to the end of the file; -EPERM if nothing. */
    private long unsealed(long position, long count) {
        if ((seals & (FileSeals.WRITE | FileSeals.FUTURE_WRITE)) != 0) {
            return -EPERM;
        }
        if ((seals & FileSeals.GROW) == 0 || position + count <= size) {
            return count;
        }
        long whole = (size >> Pages.SHIFT << Pages.SHIFT) - position;
        return whole > 0 ? whole : -EPERM;
    }

    /**
     * Makes or lengthens a page to write to, if need be: 0, -EDQUOT, -ENOSPC.
     *
     * @param privileged whether quotas do not matter
     */
    private int reserve(long index, int offset, int length, boolean privileged) {
        byte[] page = pages.get(index);
        int needed = offset + length;
        if (page == PageStore.HERE || page != null && page.length >= needed) {
            return 0;
        }
        if (page != null) {
            page = Arrays.copyOf(page, pageLength(index, needed));
        } else {
            int error = fs.takePage(this, privileged);
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
                fs.givePages(this, 1);
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

    // ---- Shown in memories ----

    @Override
    public synchronized SharedFile share() {
        if (store != null) {
            return this;
        }
        PageStore made = PageStore.open();
        if (made == null) {
            return null;
        }
        for (long index = pages.next(0); index >= 0; index = pages.next(index + 1)) {
            byte[] page = pages.get(index);
            if (!made.write(start(index), MemorySegment.ofArray(page), 0, page.length)) {
                made.close();
                return null;
            }
        }
        store = made;
        for (long index = pages.next(0); index >= 0; index = pages.next(index + 1)) {
            pages.put(index, PageStore.HERE);
        }
        return this;
    }

    @Override
    public int prepare(long page, boolean writes) {
        if (pages.get(page) != null && !writes) {
            return 0;
        }
        synchronized (this) {
            // Even a reader needs a page: the host makes one to show a hole, and what lies below is not in the store.
            int error = reserve(page, 0, Pages.SIZE, false);
            if (error < 0) {
                return error;
            }
            if (writes) {
                identity = null;
                modified();
            }
            return 0;
        }
    }

    @Override
    public int descriptor() {
        return store.descriptor();
    }

    @Override
    public MemorySegment page(long page) {
        return store.page(page);
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** Removes pages; their bytes are gone. */
    private void drop(long first, long end) {
        fs.givePages(this, pages.remove(first, end));
        if (store != null) {
            store.punch(start(first), end >= Long.MAX_VALUE >> Pages.SHIFT ? Long.MAX_VALUE : start(end));
        }
    }

    private void tell(long first, long end) {
        for (Watcher watcher : watchers) {
            watcher.changed(first, end);
        }
    }

    // Many files are small, so the first page grows; others are soon full.
    private static int pageLength(long index, int needed) {
        if (index > 0) {
            return Pages.SIZE;
        }
        return needed <= SMALLEST_PAGE ? SMALLEST_PAGE : Integer.highestOneBit(needed - 1) << 1;
    }

    @Override
    public int truncate(long newSize) {
        return truncate(newSize, false);
    }

    @Override
    int empty() {
        return truncate(0, true);
    }

    /**
     * Sets the length.
     *
     * @param marks whether the content counts as changed even if the length stays: on Linux it does for
     *     {@code ftruncate} and {@code O_TRUNC}, but for {@code truncate} only if the file has pages
     */
    int truncate(long newSize, boolean marks) {
        if (newSize < 0) {
            return -EINVAL;
        }
        if (newSize < size && (seals & FileSeals.SHRINK) != 0 || newSize > size && (seals & FileSeals.GROW) != 0) {
            return -EPERM;
        }
        setLength(newSize, marks);
        tell(newSize >> Pages.SHIFT, Long.MAX_VALUE);
        return 0;
    }

    private synchronized void setLength(long newSize, boolean marks) {
        boolean changes = newSize != size || pages.count() > 0 || baseEnd > 0;
        identity = null;
        // Pages may lie beyond the end, so the same length may free some.
        if (newSize <= size) {
            size = newSize;
            baseEnd = Math.min(baseEnd, newSize);
            long firstGone = newSize + Pages.SIZE - 1 >> Pages.SHIFT;
            drop(firstGone, Long.MAX_VALUE);
            zero(newSize, firstGone << Pages.SHIFT);
        } else {
            size = newSize;
        }
        if (changes || marks) {
            modified();
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

    /** {@code fallocate}: see {@link OpenFile#allocate}. */
    synchronized int allocate(boolean keepSize, long offset, long length, boolean privileged) {
        long end = offset + length;
        if (end < 0) {
            return -EFBIG;
        }
        if (end > size && (seals & FileSeals.GROW) != 0) {
            return -EPERM;
        }
        for (long index = offset >> Pages.SHIFT; index << Pages.SHIFT < end; index++) {
            int wanted = (int) Math.min(Pages.SIZE, end - (index << Pages.SHIFT));
            int error = reserve(index, 0, wanted, privileged);
            if (error < 0) {
                return error;
            }
        }
        if (!keepSize && end > size) {
            identity = null;
            size = end;
        }
        modified();
        return 0;
    }

    /** Makes a range read as zeros and gives its whole pages back: 0 or -ENOSPC. */
    int punchHole(long offset, long length) {
        if ((seals & (FileSeals.WRITE | FileSeals.FUTURE_WRITE)) != 0) {
            return -EPERM;
        }
        int error = cutHole(offset, length);
        tell(offset >> Pages.SHIFT, offset + length + Pages.SIZE - 1 >> Pages.SHIFT);
        return error;
    }

    private synchronized int cutHole(long offset, long length) {
        long end = offset + length;
        identity = null;
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
        modified();
        return 0;
    }

    /** As there; at the end of the file begins a hole. -ENXIO also beyond the end. */
    @Override
    public long seek(long position, boolean data) {
        long end = size;
        if (position < 0 || position >= end) {
            return -ENXIO;
        }
        return data ? nextData(position, end) : nextHole(position, end);
    }

    private long nextData(long position, long end) {
        long page = pages.next(position >> Pages.SHIFT);
        long own = page < 0 ? end : Math.max(position, page << Pages.SHIFT);
        long below = position < baseEnd ? base.seek(position, true) : end;
        long found = Math.min(own, below < 0 ? end : below);
        return found < end ? found : -ENXIO;
    }

    private long nextHole(long position, long end) {
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

    @Override
    void evict() {
        fs.givePages(this, pages.remove(0, Long.MAX_VALUE));
        if (store != null) {
            store.close();
        }
        baseEnd = 0;
        size = 0;
    }
}
