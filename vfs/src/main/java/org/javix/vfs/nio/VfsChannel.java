package org.javix.vfs.nio;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.javix.vfs.Errno;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * An open file. Its locks are those of an open file description: they hold against programs of the sandbox, and against
 * other channels. It cannot be mapped.
 */
final class VfsChannel extends FileChannel {
    private static final int CHUNK = 1 << 16;

    private final OpenFile file;
    private final Path path;
    private final Path removed;

    /**
     * Takes over a file.
     *
     * @param removed what to delete when it is closed; may be null
     */
    VfsChannel(OpenFile file, Path path, Path removed) {
        this.file = file;
        this.path = path;
        this.removed = removed;
    }

    private void check(boolean reading, boolean writing) throws ClosedChannelException {
        if (!isOpen()) {
            throw new ClosedChannelException();
        }
        if (reading && !file.readable()) {
            throw new NonReadableChannelException();
        }
        if (writing && !file.writable()) {
            throw new NonWritableChannelException();
        }
    }

    /** One call that moves bytes from or to a segment. */
    @FunctionalInterface
    private interface Transfer {
        long move(MemorySegment bytes, long length);
    }

    /** Moves as much as one call does; the count. */
    private int move(ByteBuffer buffer, Transfer transfer) throws IOException {
        long count = VfsErrors.check(transfer.move(MemorySegment.ofBuffer(buffer), buffer.remaining()), path);
        buffer.position(buffer.position() + (int) count);
        return (int) count;
    }

    @Override
    public synchronized int read(ByteBuffer target) throws IOException {
        check(true, false);
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = move(target, (bytes, length) -> file.read(Waiter.uninterruptible(), bytes, 0, length));
        return count == 0 ? -1 : count;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException();
        }
        check(true, false);
        if (!target.hasRemaining()) {
            return 0;
        }
        int count = move(target, (bytes, length) -> file.pread(Waiter.uninterruptible(), bytes, 0, length, position));
        return count == 0 ? -1 : count;
    }

    @Override
    public synchronized long read(ByteBuffer[] targets, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            while (targets[i].hasRemaining()) {
                int count = read(targets[i]);
                if (count < 0) {
                    return total == 0 ? -1 : total;
                }
                total += count;
            }
        }
        return total;
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
        check(false, true);
        int done = 0;
        while (source.hasRemaining()) {
            done += move(source, (bytes, length) -> file.write(Waiter.uninterruptible(), bytes, 0, length));
        }
        return done;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException();
        }
        check(false, true);
        int done = 0;
        while (source.hasRemaining()) {
            long to = position + done;
            done += move(source, (bytes, length) -> file.pwrite(Waiter.uninterruptible(), bytes, 0, length, to));
        }
        return done;
    }

    @Override
    public synchronized long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        long total = 0;
        for (int i = offset; i < offset + length; i++) {
            total += write(sources[i]);
        }
        return total;
    }

    @Override
    public long position() throws IOException {
        check(false, false);
        if ((file.flags() & OpenFlags.O_APPEND) != 0) {
            return size(); // that is where it writes, whatever was said
        }
        return VfsErrors.check(file.seek(0, OpenFile.SEEK_CUR), path);
    }

    @Override
    public FileChannel position(long position) throws IOException {
        if (position < 0) {
            throw new IllegalArgumentException();
        }
        check(false, false);
        VfsErrors.check(file.seek(position, OpenFile.SEEK_SET), path);
        return this;
    }

    @Override
    public long size() throws IOException {
        check(false, false);
        Stat stat = new Stat();
        VfsErrors.check(file.stat(stat), path);
        return stat.size;
    }

    @Override
    public synchronized FileChannel truncate(long size) throws IOException {
        if (size < 0) {
            throw new IllegalArgumentException();
        }
        check(false, true);
        if (size < size()) {
            VfsErrors.check(file.truncate(size), path);
        }
        if (position() > size) {
            position(size);
        }
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        check(false, false);
        VfsErrors.check(file.sync(), path);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        check(true, false);
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, CHUNK));
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (read(buffer, position + done) <= 0) {
                break;
            }
            buffer.flip();
            int written = target.write(buffer);
            done += written;
            if (buffer.hasRemaining()) {
                break;
            }
        }
        return done;
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
        if (position < 0 || count < 0) {
            throw new IllegalArgumentException();
        }
        check(false, true);
        if (position > size()) {
            return 0;
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, CHUNK));
        long done = 0;
        while (done < count) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), count - done));
            if (source.read(buffer) <= 0) {
                break;
            }
            done += write(buffer.flip(), position + done);
        }
        return done;
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("files of a sandbox cannot be mapped");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) throws IOException {
        return lock(position, size, shared, Waiter.uninterruptible());
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return lock(position, size, shared, null);
    }

    private FileLock lock(long position, long size, boolean shared, Waiter waiter) throws IOException {
        check(shared, !shared);
        long end = size == 0 || position + size < 0 ? Long.MAX_VALUE : position + size - 1;
        int type = shared ? RecordLocks.F_RDLCK : RecordLocks.F_WRLCK;
        int error = file.inode().locks().set(file, -1, type, position, end, waiter);
        if (error == -Errno.EAGAIN) {
            return null;
        }
        if (error == -Errno.EDEADLK) {
            throw new OverlappingFileLockException();
        }
        VfsErrors.check(error, path);
        return new Lock(position, size, shared, end);
    }

    private final class Lock extends FileLock {
        private final long end;
        private volatile boolean released;

        Lock(long position, long size, boolean shared, long end) {
            super(VfsChannel.this, position, size, shared);
            this.end = end;
        }

        @Override
        public boolean isValid() {
            return !released && VfsChannel.this.isOpen();
        }

        @Override
        public void release() throws IOException {
            check(false, false);
            released = true;
            file.inode().locks().set(file, -1, RecordLocks.F_UNLCK, position(), end, null);
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        if (removed != null) {
            Files.deleteIfExists(removed);
        }
        file.release();
    }
}
