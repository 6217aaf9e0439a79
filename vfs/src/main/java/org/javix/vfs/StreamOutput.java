package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.EPIPE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A Java stream as an open file to write to. Each write goes to the stream at once, whole and not mixed with
 * another's, and is flushed; it cannot be interrupted. A stream that fails is a broken pipe, unless it says
 * otherwise in the host's words. It is not closed.
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

    /** Writes all, or fails with {@code EPIPE}, {@code ENOSPC}, {@code EFBIG}, {@code EIO} or {@code EBADF}. */
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
            int error = errno(String.valueOf(e.getMessage()));
            if (error == EPIPE) {
                broken(waiter);
            }
            return -error;
        }
    }

    /** Java has no types for these errors; the words are Linux's, in the JVM's locale. */
    private static int errno(String message) {
        return switch (message) {
            case "No space left on device", "Disk quota exceeded" -> ENOSPC;
            case "File too large" -> EFBIG;
            case "Input/output error" -> EIO;
            case "Bad file descriptor" -> EBADF;
            default -> EPIPE;
        };
    }

    /** Called when nobody reads any more, before the write returns. */
    protected void broken(Waiter writer) {}
}
