package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** An open file that tells a text which is made for its readers, such as a file of {@code /proc}. Thread-safe. */
public abstract class TextFile extends OpenFile {
    // Guarded by this.
    private long position;

    protected TextFile(int flags, Location where) {
        super(flags, where);
    }

    /** The whole text, as it is now. The caller does not change it. */
    protected abstract byte[] text();

    @Override
    public synchronized long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        long count = pread(waiter, buffer, at, length, position);
        position += Math.max(count, 0);
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
        byte[] text = text();
        if (from >= text.length) {
            return 0;
        }
        int count = (int) Math.min(length, text.length - from);
        MemorySegment.copy(text, (int) from, buffer, ValueLayout.JAVA_BYTE, at, count);
        return count;
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        long target = switch (whence) {
            case SEEK_SET -> offset;
            case SEEK_CUR -> position + offset;
            case SEEK_END -> text().length + offset;
            default -> -1;
        };
        if (target < 0) {
            return -EINVAL;
        }
        position = target;
        return target;
    }
}
