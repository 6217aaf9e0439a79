package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/**
 * An open directory of any file system. It reads the entries once, when reading starts, and gives
 * them out from there: so what happens to the directory meanwhile neither hides nor doubles an
 * entry. Going back to the start reads them anew.
 *
 * <p>Positions: 0 is {@code .}, 1 is {@code ..}, then what the inode gives.
 */
class OpenDirectory extends OpenFile {
    /** An entry that a file system gave, of one that has no objects of its own for them. */
    private record Given(long ino, long next, int type, String name) implements DirectoryEntry {}

    private static final int DIRECTORY = FileMode.directoryType(FileMode.S_IFDIR);

    // Guarded by this.
    private long position;
    private DirectoryEntry[] entries;
    private int index;

    // Made when first asked for. Written under this.
    private volatile DirectoryNotices notices;

    OpenDirectory(int flags, Location where) {
        super(flags, where);
    }

    /** Who asked for signals about what happens here. */
    DirectoryNotices notices() {
        if (notices == null) {
            synchronized (this) {
                if (notices == null) {
                    notices = new DirectoryNotices(this);
                }
            }
        }
        return notices;
    }

    @Override
    protected void descriptorClosed(FdTable by) {
        if (notices != null) {
            notices.end(by);
        }
    }

    @Override
    public synchronized int readDirectory(DirectoryReader sink) {
        if (!readable()) {
            return -EBADF;
        }
        Inode inode = inode();
        if (inode.isRemoved()) {
            return -ENOENT;
        }
        touch(inode);
        noteRead(1);
        int count = 0;
        if (position == 0) {
            if (!sink.entry(inode.number(), 1, DIRECTORY, ".")) {
                return count;
            }
            position = 1;
            count++;
        }
        if (position == 1) {
            if (!sink.entry(parentNumber(), 2, DIRECTORY, "..")) {
                return count;
            }
            position = 2;
            count++;
        }
        if (entries == null) {
            Result<DirectoryEntry[]> all = entries();
            if (all.isFailure()) {
                return count > 0 ? count : all.error();
            }
            entries = all.value();
            index = find();
        }
        while (index < entries.length) {
            DirectoryEntry entry = entries[index];
            long next = entry.next();
            if (!sink.entry(entry.ino(), next, entry.type(), entry.name())) {
                break;
            }
            position = next;
            index++;
            count++;
        }
        return count;
    }

    /** The inode's present entries, in the order of their positions. */
    Result<DirectoryEntry[]> entries() {
        ArrayList<DirectoryEntry> all = new ArrayList<>();
        int error = list((ino, next, type, name) -> all.add(new Given(ino, next, type, name)));
        return error < 0 ? Result.failed(error) : Result.of(all.toArray(DirectoryEntry[]::new));
    }

    /** Lists the inode's entries. */
    int list(DirectoryReader sink) {
        return inode().list(sink);
    }

    // At the root of a mount, ".." is outside the file system.
    private long parentNumber() {
        Mount mount = location().mount();
        if (mount.isRoot(inode()) && mount.point() != null) {
            return mount.point().inode().parent().number();
        }
        return inode().parent().number();
    }

    /** The first entry whose own position is not before the present one. */
    private int find() {
        int low = 0;
        int high = entries.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].next() <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        long target = whence == SEEK_SET ? offset : whence == SEEK_CUR ? position + offset : -1;
        if (target < 0) {
            return -EINVAL;
        }
        if (target != position || target == 0) {
            position = target;
            if (target < 2) {
                entries = null;
            } else if (entries != null) {
                index = find();
            }
        }
        return target;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return pread(waiter, buffer, at, length, 0);
    }

    @Override
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        if (!readable()) {
            return -EBADF;
        }
        return from + length < 0 ? -EINVAL : -EISDIR;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return -EBADF;
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        return -EBADF;
    }

    @Override
    public int sync() {
        return 0;
    }
}
