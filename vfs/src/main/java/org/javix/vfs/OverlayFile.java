package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.util.function.ToLongFunction;

/**
 * A file of an {@link OverlayFs} that was opened for reading while it was only in a lower layer. Once it is
 * copied up, this reads the copy.
 */
final class OverlayFile extends OpenFile {
    private final OverlayInode inode;
    private final FsContext context;
    // Changed at most once, under the inode's lock. Whoever has read from it checks afterwards that it is the same.
    private volatile OpenFile source;
    // Guarded by this.
    private long position;

    OverlayFile(OverlayInode inode, OpenFile source, FsContext context, Location where, int flags) {
        super(flags, where);
        this.inode = inode;
        this.source = source;
        this.context = context;
    }

    /** The file was copied up. Holds the inode. */
    void switchOver() {
        Result<OpenFile> copy = inode.upper().open(context, location(), flags());
        if (!copy.isFailure()) {
            OpenFile old = source;
            source = copy.value();
            old.release();
        }
    }

    @Override
    protected void closed() {
        inode.closed(this);
        source.release();
    }

    private long ask(ToLongFunction<OpenFile> question) {
        for (;;) {
            OpenFile asked = source;
            long answer = question.applyAsLong(asked);
            if (asked == source) {
                return answer;
            }
        }
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
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        long count = from < 0 ? -EINVAL : ask(file -> file.pread(waiter, buffer, at, length, from));
        noteRead(count);
        return count;
    }

    @Override
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        return -EBADF;
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        long target = whence == SEEK_CUR
                ? ask(file -> file.seek(position + offset, SEEK_SET))
                : ask(file -> file.seek(offset, whence));
        if (target >= 0) {
            position = target;
        }
        return target;
    }

    @Override
    public int sync() {
        return 0;
    }
}
