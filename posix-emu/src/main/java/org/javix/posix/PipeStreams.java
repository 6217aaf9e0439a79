package org.javix.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import org.javix.vfs.Errno;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Waiter;

/** The host's ends of pipes to and from a guest, as Java streams. Each is thread-safe to close once. */
final class PipeStreams {
    private PipeStreams() {}

    /** Reads what guests write. Closing it breaks the pipe. */
    static InputStream reader(OpenFile end) {
        return new InputStream() {
            private boolean closed;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                if (closed) {
                    throw new IOException("stream closed");
                }
                if (length == 0) {
                    return 0;
                }
                long got = end.read(Waiter.uninterruptible(), MemorySegment.ofArray(bytes), offset, length);
                return got == 0 ? -1 : (int) check(got);
            }

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    end.release();
                }
            }
        };
    }

    /** Writes what a guest reads. Closing it is the guest's end of file. */
    static OutputStream writer(OpenFile end) {
        return new OutputStream() {
            private boolean closed;

            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                Objects.checkFromIndexSize(offset, length, bytes.length);
                if (closed) {
                    throw new IOException("stream closed");
                }
                MemorySegment segment = MemorySegment.ofArray(bytes);
                int done = 0;
                while (done < length) {
                    done += (int) check(
                            end.write(Waiter.uninterruptible(), segment, offset + done, length - done));
                }
            }

            @Override
            public synchronized void close() {
                if (!closed) {
                    closed = true;
                    end.release();
                }
            }
        };
    }

    private static long check(long result) throws IOException {
        if (result < 0) {
            throw new IOException(Errno.message((int) -result));
        }
        return result;
    }
}
