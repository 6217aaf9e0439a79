package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EOVERFLOW;

import java.lang.foreign.MemorySegment;

/** An open regular file of a {@link TmpFs}. */
final class TmpFile extends OpenFile {
    private static final int KEEP_SIZE = 1;
    private static final int PUNCH_HOLE = 2;

    private final TmpRegular inode;
    // Whether writing leaves set-id bits alone.
    private final boolean privileged;

    /** Guarded by this. */
    long position;

    TmpFile(TmpRegular inode, Location where, int flags, FsContext context) {
        super(flags, where);
        this.inode = inode;
        privileged = context.credentials().isRoot();
    }

    @Override
    protected void closed() {
        inode.dropOpen();
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!readable()) {
            return -EBADF;
        }
        long count;
        synchronized (this) {
            count = inode.read(buffer, at, length, position);
            if (count > 0) {
                position += count;
            }
        }
        touch();
        return count;
    }

    @Override
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        if (!readable()) {
            return -EBADF;
        }
        long count = inode.read(buffer, at, length, from);
        touch();
        return count;
    }

    private void touch() {
        if ((flags() & OpenFlags.O_NOATIME) == 0) {
            inode.accessed();
        }
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!writable()) {
            return -EBADF;
        }
        synchronized (this) {
            if ((flags() & OpenFlags.O_APPEND) != 0) {
                return inode.append(this, buffer, at, length, privileged);
            }
            long count = inode.write(buffer, at, length, position, privileged);
            if (count > 0) {
                position += count;
            }
            return count;
        }
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        if (!writable()) {
            return -EBADF;
        }
        if (to < 0) {
            return -EINVAL;
        }
        if ((flags() & OpenFlags.O_APPEND) != 0) {
            // As on Linux, and against POSIX: the position is ignored. It must not move, though.
            synchronized (this) {
                long kept = position;
                long count = inode.append(this, buffer, at, length, privileged);
                position = kept;
                return count;
            }
        }
        return inode.write(buffer, at, length, to, privileged);
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        long base;
        switch (whence) {
            case SEEK_SET -> base = 0;
            case SEEK_CUR -> base = position;
            case SEEK_END -> base = inode.size();
            case SEEK_DATA, SEEK_HOLE -> {
                long found = inode.seek(offset, whence == SEEK_DATA);
                if (found >= 0) {
                    position = found;
                }
                return found;
            }
            default -> {
                return -EINVAL;
            }
        }
        long target = base + offset;
        if (target < 0) {
            return offset > 0 ? -EOVERFLOW : -EINVAL;
        }
        position = target;
        return target;
    }

    @Override
    public int truncate(long size) {
        if (!writable()) {
            return -EINVAL;
        }
        int error = inode.truncate(size);
        if (error == 0 && !privileged) {
            inode.truncatedUnprivileged();
        }
        return error;
    }

    @Override
    public int allocate(int mode, long offset, long length) {
        if (!writable()) {
            return -EBADF;
        }
        if (offset < 0 || length <= 0) {
            return -EINVAL;
        }
        return switch (mode) {
            case 0, KEEP_SIZE -> inode.allocate(mode == KEEP_SIZE, offset, length);
            case PUNCH_HOLE | KEEP_SIZE -> inode.punchHole(offset, length);
            default -> -EOPNOTSUPP;
        };
    }

    @Override
    public int sync() {
        return 0;
    }
}
