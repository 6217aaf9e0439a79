package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;

/**
 * A Java stream as an open file to read from. It is not closed, and no more is taken from it than somebody
 * reads; a reader that waits can be interrupted, though the stream cannot: see {@link StreamSource}.
 *
 * <p>Thread-safe.
 */
public final class StreamInput extends StreamFile {
    private final StreamSource source;

    /** A stream that looks like a pipe. */
    public StreamInput(InputStream stream) {
        this(stream, false);
    }

    /** A stream that looks like a pipe, or like a terminal. */
    public StreamInput(InputStream stream, boolean terminal) {
        super(OpenFlags.O_RDONLY, terminal);
        source = StreamSource.acquire(stream);
    }

    @Override
    public long read(Waiter waiter, MemorySegment target, long at, long length) {
        if (length == 0) {
            return 0;
        }
        long count = source.read(target, at, length);
        return count != -EAGAIN || nonBlocking()
                ? count
                : source.readable().retry(waiter, () -> source.read(target, at, length));
    }

    @Override
    public int poll() {
        return source.isReady() ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return source.readable();
    }

    @Override
    protected void closed() {
        source.release();
    }
}
