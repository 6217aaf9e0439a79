package org.javix.vfs;

import static org.javix.vfs.Errno.EPIPE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A Java stream as an open file to write to. Each write goes to the stream at once, whole and not mixed with
 * another's, and is flushed; it cannot be interrupted. A stream that fails is a broken pipe. It is not
 * closed.
 *
 * <p>Thread-safe.
 */
public class StreamOutput extends StreamFile {
    private static final int CHUNK = 1 << 16;

    private final OutputStream stream;

    /** A stream that looks like a pipe. */
    public StreamOutput(OutputStream stream) {
        this(stream, false);
    }

    /** A stream that looks like a pipe, or like a terminal. */
    public StreamOutput(OutputStream stream, boolean terminal) {
        super(OpenFlags.O_WRONLY, terminal);
        this.stream = stream;
    }

    /** Writes all, or fails with {@code EPIPE}. */
    @Override
    public final long write(Waiter waiter, MemorySegment source, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
        try {
            // The stream, not this: standard output and errors may go to the same one.
            synchronized (stream) {
                for (long done = 0; done < length; done += bytes.length) {
                    int count = (int) Math.min(length - done, bytes.length);
                    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, at + done, bytes, 0, count);
                    stream.write(bytes, 0, count);
                }
                stream.flush();
            }
            return length;
        } catch (IOException e) {
            broken(waiter);
            return -EPIPE;
        }
    }

    /** Called when a write failed, before it returns. */
    protected void broken(Waiter writer) {}
}
