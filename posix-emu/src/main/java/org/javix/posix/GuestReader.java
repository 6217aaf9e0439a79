package org.javix.posix;

import static org.javix.vfs.Errno.EIO;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.javix.vfs.Errno;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Waiter;

/**
 * What guests write, read by the host: the host's end of a pipe, or of a terminal. Closing it breaks the
 * pipe. An interrupt of the reading thread changes nothing.
 */
class GuestReader extends InputStream {
    private final OpenFile end;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuestReader(OpenFile end) {
        this.end = end;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed.get()) {
            throw new IOException("stream closed");
        }
        if (length == 0) {
            return 0;
        }
        long got = end.read(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), offset, length);
        // EIO is how a terminal says that no program has it open any more.
        if (got == 0 || got == -EIO) {
            return -1;
        }
        if (got < 0) {
            throw new IOException(Errno.message((int) -got));
        }
        return (int) got;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.release();
        }
    }
}
