package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;

/** An open regular file of the host, whose inode is {@linkplain Inode#hold held} already. This is held during every call, so that a call never meets a closed descriptor. */
final class HostFile extends OpenFile {
    private final HostInode inode;
    private final Credentials opener;
    // Guarded by this; -1 once closed.
    private int fd;
    // Whether the host's kernel was told so. Guarded by this.
    private boolean leavesAccessTime;
    // Guarded by this.
    private long position;

    HostFile(HostInode inode, int fd, int flags, Location where, Credentials opener) {
        super(flags, where);
        this.inode = inode;
        this.fd = fd;
        this.opener = opener;
    }

    @Override
    protected synchronized void closed() {
        HostCalls.close(fd);
        fd = -1;
        inode.drop();
    }

    @Override
    public synchronized long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        long count = pread(waiter, buffer, at, length, position);
        if (count > 0) {
            position += count;
        }
        return count;
    }

    @Override
    public synchronized long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        if (!readable() || fd < 0) {
            return -EBADF;
        }
        if ((flags() & OpenFlags.O_NOATIME) != 0 != leavesAccessTime) {
            leavesAccessTime = !leavesAccessTime;
            HostCalls.setFlags(fd, leavesAccessTime ? HostCalls.O_NOATIME : 0);
        }
        long count = HostCalls.pread(fd, buffer, at, length, from);
        noteRead(count);
        return count;
    }

    @Override
    public synchronized long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        long count = pwrite(waiter, buffer, at, length, position);
        if (count > 0) {
            position = (flags() & OpenFlags.O_APPEND) == 0
                    ? position + count
                    : HostCalls.seek(fd, 0, SEEK_END);
        }
        return count;
    }

    @Override
    public synchronized long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        if (!writable() || fd < 0) {
            return -EBADF;
        }
        if (to < 0) {
            return -EINVAL;
        }
        if (to + length < 0) {
            return -EINVAL;
        }
        long count = (flags() & OpenFlags.O_APPEND) == 0
                ? HostCalls.pwrite(fd, buffer, at, length, to)
                : HostCalls.append(fd, buffer, at, length);
        if (count > 0) {
            // The host's kernel sees the JVM write, and that may be root.
            AttributeCalls.contentChanged(waiter == null ? opener : waiter.credentials(opener), inode);
        }
        noteWrite(count);
        return count;
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        if (fd < 0) {
            return -EBADF;
        }
        // The host's own position only serves to find the end, data and holes.
        long target = whence == SEEK_CUR
                ? HostCalls.seek(fd, position + offset, SEEK_SET)
                : HostCalls.seek(fd, offset, whence);
        if (target >= 0) {
            position = target;
        }
        return target;
    }

    @Override
    public synchronized int truncate(long size) {
        if (!writable() || fd < 0) {
            return -EINVAL;
        }
        inode.cut(size);
        int error = HostCalls.truncate(fd, size);
        inode.cut(size);
        return error;
    }

    @Override
    public synchronized int allocate(int mode, long offset, long length) {
        return writable() && fd >= 0 ? HostCalls.allocate(fd, mode, offset, length) : -EBADF;
    }

    @Override
    public synchronized int stat(Stat out) {
        return fd < 0 ? -EBADF : inode.stat(fd, out);
    }

    @Override
    public synchronized int sync() {
        return fd < 0 ? -EBADF : HostCalls.sync(fd);
    }
}
