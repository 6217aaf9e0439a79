package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EIO;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Reads a Java stream for all who have it open, now or later.
 *
 * <p>What the stream says to be available is read by who asks for it. Otherwise the read may take for ever
 * and nothing can interrupt it, so a thread makes it: there is one for a stream, however many guests come
 * and go, and it takes no more than was asked for. If those who asked are gone when the stream answers, the
 * bytes wait here for the next who opens it, and the thread ends.
 */
final class StreamSource {
    private static final int MOST = 1 << 16;

    /** Guarded by itself, and taken before the lock of any source. */
    private static final Map<InputStream, StreamSource> SOURCES = new IdentityHashMap<>();

    private final InputStream stream;
    private final WaitQueue readable = new WaitQueue();

    // The rest is guarded by this.
    private int users;
    private byte[] buffer = {};
    private int start;
    private int end;
    private boolean atEnd;
    private boolean failed;

    /** How many bytes the thread is to read; 0 if there is nothing to do. */
    private int wanted;

    private Thread thread;

    private StreamSource(InputStream stream) {
        this.stream = stream;
    }

    /** The source for a stream, until {@link #release}. */
    static StreamSource acquire(InputStream stream) {
        synchronized (SOURCES) {
            StreamSource source = SOURCES.computeIfAbsent(stream, StreamSource::new);
            synchronized (source) {
                source.users++;
            }
            return source;
        }
    }

    void release() {
        synchronized (SOURCES) {
            synchronized (this) {
                users--;
                notifyAll();
                forgetIfDone();
            }
        }
    }

    // Guarded by SOURCES and this.
    private void forgetIfDone() {
        if (users == 0 && wanted == 0 && start == end) {
            SOURCES.remove(stream, this);
        }
    }

    /** Woken when a read no longer has to wait. */
    WaitQueue readable() {
        return readable;
    }

    /**
     * Reads what is there.
     *
     * @return the count; 0 at the end; {@code -EIO}; {@code -EAGAIN} if nothing is there yet, and {@link
     *     #readable} is woken when that has changed
     */
    synchronized long read(MemorySegment target, long at, long length) {
        int most = (int) Math.min(length, MOST);
        if (start == end && !atEnd) {
            if (wanted > 0 || available() == 0) {
                want(most);
                return -EAGAIN;
            }
            fill(new byte[most]);
        }
        if (start == end) {
            return failed ? -EIO : 0;
        }
        int count = Math.min(most, end - start);
        MemorySegment.copy(buffer, start, target, ValueLayout.JAVA_BYTE, at, count);
        start += count;
        return count;
    }

    /** Whether a read would not wait; if it would, {@link #readable} is woken when that has changed. */
    synchronized boolean isReady() {
        if (start < end || atEnd || wanted == 0 && available() > 0) {
            return true;
        }
        want(1);
        return false;
    }

    private int available() {
        try {
            return stream.available();
        } catch (IOException e) {
            return 0;
        }
    }

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
            int count = awaitWant();
            if (count == 0) {
                return;
            }
            byte[] bytes = new byte[count];
            int got = -1;
            boolean failure = false;
            try {
                got = stream.read(bytes);
            } catch (IOException e) {
                failure = true;
            }
            synchronized (SOURCES) {
                synchronized (this) {
                    wanted = 0;
                    put(bytes, got, failure);
                    forgetIfDone();
                }
            }
            readable.wakeAll();
        }
    }

    /** What the thread is to read; 0 when nobody can want anything any more. */
    private synchronized int awaitWant() {
        while (wanted == 0) {
            if (users == 0 || atEnd) {
                thread = null;
                return 0;
            }
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody has a reason to; what it may have been for is found out above.
            }
        }
        return wanted;
    }

    private void fill(byte[] bytes) {
        try {
            put(bytes, stream.read(bytes), false);
        } catch (IOException e) {
            put(bytes, -1, true);
        }
    }

    private void put(byte[] bytes, int count, boolean failure) {
        buffer = bytes;
        start = 0;
        end = Math.max(count, 0);
        atEnd = count < 0;
        failed = failure;
    }
}
