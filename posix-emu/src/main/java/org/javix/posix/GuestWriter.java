package org.javix.posix;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.javix.vfs.Errno;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Waiter;

/**
 * What a guest reads, written by the host: the host's end of a pipe, or of a terminal. Closing a pipe is
 * the guest's end of file. An interrupt of the writing thread changes nothing.
 */
class GuestWriter extends OutputStream {
    private final OpenFile end;
    private final AtomicBoolean closed = new AtomicBoolean();

    GuestWriter(OpenFile end) {
        this.end = end;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed.get()) {
            throw new IOException("stream closed");
        }
        MemorySegment segment = MemorySegment.ofArray(bytes);
        int done = 0;
        while (done < length) {
            long count = end.write(Waiter.uninterruptible(), segment, offset + done, length - done);
            if (count < 0) {
                throw new IOException(Errno.message((int) -count));
            }
            done += (int) count;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            end.release();
        }
    }
}
