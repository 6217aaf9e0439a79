package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;

import java.lang.foreign.MemorySegment;

/** What {@code O_PATH} opens: a place in the tree. Its inode is {@linkplain Inode#hold held} already. */
final class PathFile extends OpenFile {
    PathFile(int flags, Location where) {
        super(flags, where);
    }

    @Override
    protected void closed() {
        inode().drop();
    }

    @Override
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return -EBADF;
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return -EBADF;
    }

    @Override
    public long seek(long offset, int whence) {
        return -EBADF;
    }

    @Override
    public int truncate(long size) {
        return -EBADF;
    }

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        return -EBADF;
    }

    @Override
    public int readDirectory(DirectoryReader sink) {
        return -EBADF;
    }

    @Override
    public int sync() {
        return -EBADF;
    }
}
