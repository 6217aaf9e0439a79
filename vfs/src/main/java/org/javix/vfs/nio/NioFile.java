package org.javix.vfs.nio;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import org.javix.vfs.Errno;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Waiter;

/** An open file of a {@link NioFs}. A removed file stays usable as far as the provider lets it. */
final class NioFile extends OpenFile {
    private static final int CHUNK = 1 << 20;

    private final NioInode inode;
    // Guarded by this, as its position and size are.
    private final SeekableByteChannel channel;
    private long position;

    NioFile(NioInode inode, SeekableByteChannel channel, int flags, Location where) {
        super(flags, where);
        this.inode = inode;
        this.channel = channel;
    }

    @Override
    protected synchronized void closed() {
        try {
            channel.close();
        } catch (IOException | RuntimeException e) {
            // There is nobody left to tell.
        }
    }

    static long read(SeekableByteChannel channel, MemorySegment buffer, long at, long length, long from)
            throws IOException {
        ByteBuffer bytes = buffer.asSlice(at, Math.min(length, CHUNK)).asByteBuffer();
        return Math.max(0, channel.position(from).read(bytes));
    }

    /** Sets the length; a channel of Java only cuts, so what is missing is written. */
    static int resize(SeekableByteChannel channel, long size) throws IOException {
        if (size < channel.size()) {
            channel.truncate(size);
        } else if (size > channel.size()) {
            channel.position(size - 1).write(ByteBuffer.allocate(1));
        }
        return 0;
    }

    /** What is done with the channel. */
    @FunctionalInterface
    private interface Action {
        long run() throws IOException;
    }

    private static long result(Action action) {
        try {
            return action.run();
        } catch (IOException | RuntimeException e) {
            return NioErrors.errno(e);
        }
    }

    @Override
    public synchronized long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        long count = pread(waiter, buffer, at, length, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public synchronized long pread(Waiter waiter, MemorySegment buffer, long at, long length, long from) {
        if (!readable()) {
            return -EBADF;
        }
        return from < 0 ? -EINVAL : result(() -> read(channel, buffer, at, length, from));
    }

    @Override
    public synchronized long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        if ((flags() & OpenFlags.O_APPEND) != 0) {
            position = Math.max(0, size());
        }
        long count = pwrite(waiter, buffer, at, length, position);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public synchronized long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long to) {
        if (!writable()) {
            return -EBADF;
        }
        if (to < 0) {
            return -EINVAL;
        }
        return result(() -> {
            ByteBuffer bytes = buffer.asSlice(at, Math.min(length, CHUNK)).asByteBuffer();
            return channel.position((flags() & OpenFlags.O_APPEND) != 0 ? channel.size() : to).write(bytes);
        });
    }

    private long size() {
        return result(channel::size);
    }

    @Override
    public synchronized long seek(long offset, int whence) {
        long end = size();
        if ((whence == SEEK_DATA || whence == SEEK_HOLE) && (offset < 0 || offset >= end)) {
            return -Errno.ENXIO;
        }
        long target = switch (whence) {
            case SEEK_SET, SEEK_DATA -> offset;
            case SEEK_CUR -> position + offset;
            case SEEK_END -> end + offset;
            case SEEK_HOLE -> end;
            default -> -1;
        };
        if (target < 0) {
            return -EINVAL;
        }
        position = target;
        return target;
    }

    @Override
    public synchronized int truncate(long size) {
        return writable() && size >= 0 ? (int) result(() -> resize(channel, size)) : -EINVAL;
    }

    @Override
    public synchronized int stat(org.javix.vfs.Stat out) {
        int error = inode.stat(out);
        if (error == 0) {
            out.size = Math.max(0, size()); // what was written may not have reached the directory
        }
        return error;
    }

    @Override
    public synchronized int sync() {
        return (int) result(() -> {
            if (channel instanceof FileChannel file) {
                file.force(true);
            }
            return 0;
        });
    }
}
