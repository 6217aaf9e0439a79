package org.javix.posix;

import static org.javix.vfs.Errno.EPIPE;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;
import org.javix.process.Process;
import org.javix.process.Signal;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * A stream of the host as a guest's standard output. Each write goes to the stream at once, and is
 * flushed. A stream that fails is a broken pipe.
 */
final class StreamOutput extends OpenFile {
    private static final int CHUNK = 1 << 16;

    private final OutputStream stream;
    private final CountDownLatch end = new CountDownLatch(1);

    StreamOutput(OutputStream stream) {
        super(OpenFlags.O_WRONLY);
        this.stream = stream;
    }

    @Override
    public long write(Waiter waiter, MemorySegment source, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, CHUNK)];
        long done = 0;
        try {
            // One write of a guest is not mixed with another's.
            synchronized (this) {
                while (done < length) {
                    int count = (int) Math.min(length - done, bytes.length);
                    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, at + done, bytes, 0, count);
                    stream.write(bytes, 0, count);
                    done += count;
                }
                stream.flush();
            }
        } catch (IOException e) {
            Process writer = Process.of(waiter);
            if (writer != null) {
                writer.signal(Signal.SIGPIPE);
            }
            return -EPIPE;
        }
        return length;
    }

    /** Counts down when no process can write any more. */
    CountDownLatch end() {
        return end;
    }

    @Override
    public int stat(Stat out) {
        out.clear();
        out.mode = FileMode.S_IFIFO | 0600;
        out.nlink = 1;
        out.blksize = 4096;
        return 0;
    }

    @Override
    public String path() {
        return "pipe:[host]";
    }

    @Override
    protected void closed() {
        end.countDown();
    }
}
