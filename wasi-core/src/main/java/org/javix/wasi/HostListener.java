package org.javix.wasi;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ENOTCONN;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/** A socket of the host that listens, which the embedder has opened and will close. */
final class HostListener extends HostSocket {
    private final ServerSocketChannel channel;

    /** Whether the host has said that a connection waits, which another program may have taken since. */
    private volatile boolean waiting;

    HostListener(HostSelector selector, ServerSocketChannel channel) {
        super(selector, channel, 0);
        this.channel = channel;
    }

    @Override
    void ready(int operations) {
        waiting = true;
        super.ready(operations);
    }

    /** Takes a connection. Errors: {@code EAGAIN}, {@code EINTR}, {@code EINVAL} when it no longer listens. */
    @Override
    public Result<OpenFile> accept(Waiter waiter, int flags) {
        SocketChannel[] accepted = {null};
        long error = retry(waiter, () -> attempt(accepted));
        return error < 0
                ? Result.failed((int) error)
                : Result.of(new HostConnection(selector, accepted[0], flags & OpenFlags.O_NONBLOCK));
    }

    private long attempt(SocketChannel[] accepted) {
        try {
            waiting = false;
            accepted[0] = channel.accept();
        } catch (IOException e) {
            return channel.isOpen() ? -EIO : -EINVAL;
        }
        if (accepted[0] == null) {
            await(SelectionKey.OP_ACCEPT);
            return -EAGAIN;
        }
        return 0;
    }

    @Override
    public int poll() {
        if (waiting) {
            return PollEvents.POLLIN | PollEvents.POLLRDNORM;
        }
        await(SelectionKey.OP_ACCEPT);
        return 0;
    }

    @Override
    public long receive(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        return -ENOTCONN;
    }

    @Override
    public long send(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        return -ENOTCONN;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return -ENOTCONN;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return -ENOTCONN;
    }

    @Override
    public int shutdown(int how) {
        return -ENOTCONN;
    }
}
