package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EIO;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * A stream of the host as a guest's standard input. A read of the host cannot be interrupted, so a thread
 * of its own does it, and only when a guest asks, for no more than it asks: what the guests do not
 * read stays in the stream. That thread may outlive the sandbox if the stream never answers.
 */
final class StreamInput extends OpenFile {
    private static final int MOST = 1 << 16;
    private static final int POLLED = 1;

    private final InputStream stream;
    private final WaitQueue readable = new WaitQueue();
    // The rest is guarded by this.
    private byte[] buffer = {};
    private int start;
    private int end;
    private boolean atEnd;
    private boolean failed;
    private int wanted;
    private boolean closed;
    private Thread thread;

    StreamInput(InputStream stream) {
        super(OpenFlags.O_RDONLY);
        this.stream = stream;
    }

    @Override
    public long read(Waiter waiter, MemorySegment target, long at, long length) {
        if (length == 0) {
            return 0;
        }
        boolean queued = false;
        try {
            while (true) {
                waiter.prepare();
                synchronized (this) {
                    if (start < end) {
                        int count = (int) Math.min(length, end - start);
                        MemorySegment.copy(buffer, start, target, ValueLayout.JAVA_BYTE, at, count);
                        start += count;
                        return count;
                    }
                    if (atEnd) {
                        return failed ? -EIO : 0;
                    }
                    want((int) Math.min(length, MOST));
                }
                if (nonBlocking()) {
                    return -EAGAIN;
                }
                if (!queued) {
                    readable.add(waiter);
                    queued = true;
                    continue;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.park();
            }
        } finally {
            if (queued) {
                readable.remove(waiter);
            }
        }
    }

    // Guarded by this.
    private void want(int count) {
        if (wanted == 0) {
            wanted = count;
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("javix-input").start(this::serve);
            } else {
                notifyAll();
            }
        }
    }

    private void serve() {
        while (true) {
            int count;
            synchronized (this) {
                while (wanted == 0 && !closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        return;
                    }
                }
                if (closed) {
                    return;
                }
                count = wanted;
            }
            byte[] bytes = new byte[count];
            int got = -1;
            boolean failure = false;
            try {
                got = stream.read(bytes);
            } catch (IOException e) {
                failure = true;
            }
            synchronized (this) {
                wanted = 0;
                buffer = bytes;
                start = 0;
                end = Math.max(got, 0);
                atEnd = got < 0;
                failed = failure;
            }
            readable.wakeAll();
            if (got < 0) {
                return;
            }
        }
    }

    @Override
    public int poll() {
        synchronized (this) {
            if (start == end && !atEnd) {
                want(POLLED);
                return 0;
            }
        }
        return PollEvents.POLLIN | PollEvents.POLLRDNORM;
    }

    @Override
    public WaitQueue waitQueue() {
        return readable;
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
        synchronized (this) {
            closed = true;
            notifyAll();
        }
    }
}
