package org.javix.process;

import static org.javix.vfs.Errno.EAGAIN;

import java.lang.foreign.ValueLayout;
import java.util.function.LongSupplier;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * An open file without an inode that tells of events: {@code eventfd}, {@code timerfd}, {@code signalfd},
 * {@code inotify}. It has no position: seeking changes nothing and answers 0, as on Linux.
 */
abstract class AnonymousFile extends OpenFile {
    /** A counter as these files give it. */
    static final ValueLayout.OfLong COUNT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

    static final int COUNT_SIZE = 8;

    private final String name;
    /** Woken when what {@link #poll} tells may have changed. */
    protected final WaitQueue changed = new WaitQueue();

    /**
     * @param name as {@code /proc/self/fd} shows it
     * @param flags {@code O_NONBLOCK} or 0
     */
    AnonymousFile(String name, int flags) {
        this(name, OpenFlags.O_RDWR, flags);
    }

    /** @param access how it is open */
    AnonymousFile(String name, int access, int flags) {
        super(access | flags);
        this.name = "anon_inode:" + name;
    }

    /**
     * Makes an attempt until it gives something else than -EAGAIN, unless the file must not wait.
     *
     * @return what the attempt gave, or -EINTR
     */
    final long await(Waiter waiter, LongSupplier attempt) {
        long result = attempt.getAsLong();
        return result != -EAGAIN || nonBlocking() ? result : waitQueue(waiter).retry(waiter, attempt);
    }

    @Override
    public WaitQueue waitQueue() {
        return changed;
    }

    @Override
    public long seek(long offset, int whence) {
        return 0;
    }

    @Override
    public String path() {
        return name;
    }
}
