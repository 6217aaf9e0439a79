package org.javix.wasi;

import static org.javix.vfs.Errno.EAGAIN;

import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.util.function.LongSupplier;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Socket;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** A socket of the host's network that a program has: what one that listens and a connection have in common. */
abstract class HostSocket extends OpenFile implements Socket {
    final HostSelector selector;
    private final SelectionKey key;
    private final WaitQueue changed = new WaitQueue();

    HostSocket(HostSelector selector, SelectableChannel channel, int flags) {
        super(OpenFlags.O_RDWR | flags);
        this.selector = selector;
        key = selector.add(channel, this);
    }

    /** Takes note that the host is ready for operations of {@link SelectionKey}, and wakes who waits for it. */
    void ready(int operations) {
        changed.wakeAll();
    }

    /** Asks to be told when the host is ready for an operation. */
    final void await(int operation) {
        selector.await(key, operation);
    }

    /**
     * Tries something until it can be done, or once if the socket does not wait.
     *
     * @param attempt gives {@code -EAGAIN}, after {@link #await}, while it cannot
     * @return what the attempt gave; {@code -EINTR}
     */
    final long retry(Waiter waiter, LongSupplier attempt) {
        long result = attempt.getAsLong();
        return result != -EAGAIN || nonBlocking() ? result : changed.retry(waiter, attempt);
    }

    @Override
    public final boolean isDatagram() {
        return false;
    }

    @Override
    public final WaitQueue waitQueue() {
        return changed;
    }

    @Override
    public final int stat(Stat out) {
        out.clear();
        out.mode = FileMode.S_IFSOCK | 0777;
        out.nlink = 1;
        out.blksize = 4096;
        return 0;
    }

    @Override
    public final String path() {
        return "socket:[host]";
    }

    @Override
    protected void closed() {
        selector.remove(key);
    }
}
