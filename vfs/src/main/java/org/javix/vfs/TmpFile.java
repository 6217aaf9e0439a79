package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.FallocateFlags.KEEP_SIZE;
import static org.javix.vfs.FallocateFlags.PUNCH_HOLE;

import java.lang.foreign.MemorySegment;

/** An open regular file of a {@link TmpFs}. */
class TmpFile extends OpenFile {
    private final TmpRegular inode;
    // Who writes if it is not known better.
    private final Credentials opener;

    /** Guarded by this. */
    long position;

    TmpFile(TmpRegular inode, Location where, int flags, FsContext context) {
        super(flags, where);
        this.inode = inode;
        opener = context.credentials();
    }

    @Override
    protected void closed() {
        inode.drop();
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!readable()) {
            return -EBADF;
        }
        long count;
        synchronized (this) {
            if (position + length < 0) {
                return -EINVAL;
            }
            count = inode.read(buffer, at, length, position);
            if (count > 0) {
                position += count;
            }
        }
        touch(inode);
        noteRead(count);
        return count;
    }

    @Override
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        if (!readable()) {
            return -EBADF;
        }
        if (from < 0 || from + length < 0) {
            return -EINVAL;
        }
        long count = inode.read(buffer, at, length, from);
        touch(inode);
        noteRead(count);
        return count;
    }

    private Credentials writer(Waiter waiter) {
        return waiter == null ? opener : waiter.credentials(opener);
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!writable()) {
            return -EBADF;
        }
        long count;
        synchronized (this) {
            if (position + length < 0) {
                return -EINVAL;
            }
            if ((flags() & OpenFlags.O_APPEND) != 0) {
                count = inode.append(this, buffer, at, length, writer(waiter));
            } else {
                count = inode.write(buffer, at, length, position, writer(waiter));
                if (count > 0) {
                    position += count;
                }
            }
        }
        noteWrite(count);
        return count;
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        if (!writable()) {
            return -EBADF;
        }
        if (to < 0 || to + length < 0) {
            return -EINVAL;
        }
        long count;
        if ((flags() & OpenFlags.O_APPEND) != 0) {
            // As on Linux, and against POSIX: the position is ignored. It must not move, though.
            synchronized (this) {
                long kept = position;
                count = inode.append(this, buffer, at, length, writer(waiter));
                position = kept;
            }
        } else {
            count = inode.write(buffer, at, length, to, writer(waiter));
        }
        noteWrite(count);
        return count;
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
            return -EINVAL;
        }
        position = target;
        return target;
    }

    @Override
    public int truncate(long size) {
        if (!writable()) {
            return -EINVAL;
        }
        return inode.truncate(size, true);
    }

    @Override
    public int allocate(int mode, long offset, long length) {
        if (!writable()) {
            return -EBADF;
        }
        return switch (mode) {
            case 0, KEEP_SIZE -> inode.allocate(mode == KEEP_SIZE, offset, length, opener.isRoot());
            case PUNCH_HOLE | KEEP_SIZE -> inode.punchHole(offset, length);
            default -> -EOPNOTSUPP;
        };
    }

    @Override
    public int sync() {
        return 0;
    }
}
