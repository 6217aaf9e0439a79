package org.javix.vfs;

import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENXIO;
import static org.javix.vfs.Errno.EPERM;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A regular file in a {@link TmpFs}: its length, its seals, who has it mapped, and when it changes; {@link TmpContent} has
 * its bytes. Writers hold this; readers take no lock, as on Linux: a read beside a write may see part of it, page by page.
 */
final class TmpRegular extends TmpInode implements SharedFile {
    private final TmpContent content;

    // Written under this.
    private volatile long size;
    private volatile Object identity;
    // Of FileSeals.
    private volatile int seals = FileSeals.SEAL;

    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

    TmpRegular(TmpFs fs, int mode, int uid, int gid, int nlink) {
        super(fs, mode, uid, gid, nlink);
        content = new TmpContent(this, null, 0);
    }

    /** A file that shows {@code base} until it is changed; {@code stat} gives size and attributes. */
    TmpRegular(TmpFs fs, Stat stat, Content base) {
        super(fs, stat);
        content = new TmpContent(this, base, stat.size);
        size = stat.size;
        identity = base.contentIdentity();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    long blocks() {
        // The base is stored elsewhere, but programs expect a file full of data to have blocks.
        long below = content.baseEnd() == 0 ? 0 : size + Pages.SIZE - 1 >> Pages.SHIFT;
        return Math.max(content.ownPages(), below) * (Pages.SIZE / 512);
    }

    @Override
    long ownBytes() {
        return content.ownPages() << Pages.SHIFT;
    }

    @Override
    public Object contentIdentity() {
        if (content.isShared()) {
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
        return content.read(buffer, at, count, position);
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
            int error = content.reserve(here >> Pages.SHIFT, offset, part, writer.isRoot());
            if (error == 0) {
                error = content.put(here, buffer, at + done, part);
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

    // ---- Shown in memories ----

    @Override
    public synchronized SharedFile share() {
        return content.share() ? this : null;
    }

    @Override
    public int prepare(long page, boolean writes) {
        if (content.hasPage(page) && !writes) {
            return 0;
        }
        synchronized (this) {
            // Even a reader needs a page: the host makes one to show a hole, and what lies below is not in the store.
            int error = content.reserve(page, 0, Pages.SIZE, false);
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
        return content.store().descriptor();
    }

    @Override
    public MemorySegment page(long page) {
        return content.store().page(page);
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    private void tell(long first, long end) {
        for (Watcher watcher : watchers) {
            watcher.changed(first, end);
        }
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
        boolean changes = newSize != size || content.ownPages() > 0 || content.baseEnd() > 0;
        identity = null;
        // Pages may lie beyond the end, so the same length may free some.
        boolean cuts = newSize <= size;
        size = newSize;
        if (cuts) {
            content.cut(newSize);
        }
        if (changes || marks) {
            modified();
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
            int error = content.reserve(index, 0, wanted, privileged);
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
        identity = null;
        int error = content.punch(offset, offset + length);
        if (error < 0) {
            return error;
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
        return data ? content.nextData(position, end) : content.nextHole(position, end);
    }

    @Override
    void evict() {
        content.evict();
        size = 0;
    }
}
