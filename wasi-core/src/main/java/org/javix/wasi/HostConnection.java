package org.javix.wasi;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.ECONNRESET;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTCONN;
import static org.javix.vfs.Errno.EPIPE;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.javix.vfs.OpenFile;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Result;
import org.javix.vfs.Waiter;

/** A connection with the host's network. What has come in is read ahead, so that it can be looked at and polled for. */
final class HostConnection extends HostSocket {
    private static final int READ_AHEAD = 1 << 16;

    /** Linux's number for asking how many bytes can be read. */
    private static final int FIONREAD = 0x541b;

    private final SocketChannel channel;

    // The rest is guarded by this.

    /** What has come in and was not received yet lies between position and limit. */
    private final ByteBuffer in = ByteBuffer.allocate(READ_AHEAD).limit(0);

    /** What receiving gives once the buffer is empty: 0 at the end, {@code -ECONNRESET}; {@code -EAGAIN} while it is open. */
    private long end = -EAGAIN;

    /** Whether the host took less than it was given, and has not said since that it takes more. */
    private boolean full;

    HostConnection(HostSelector selector, SocketChannel channel, int flags) {
        super(selector, channel, flags);
        this.channel = channel;
    }

    @Override
    void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            synchronized (this) {
                full = false;
            }
        }
        super.ready(operations);
    }

    @Override
    public Result<OpenFile> accept(Waiter waiter, int flags) {
        return Result.failed(-EINVAL);
    }

    @Override
    public long receive(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        boolean peeks = (flags & MSG_PEEK) != 0;
        long done = 0;
        do {
            long from = at + done;
            long most = length - done;
            long count = retry(waiter, () -> take(buffer, from, most, peeks));
            if (count <= 0) {
                return done > 0 ? done : count;
            }
            done += count;
        } while ((flags & MSG_WAITALL) != 0 && !peeks && done < length);
        return done;
    }

    private synchronized long take(MemorySegment buffer, long at, long length, boolean peeks) {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return end;
        }
        int count = (int) Math.min(length, in.remaining());
        MemorySegment.copy(in.array(), in.position(), buffer, ValueLayout.JAVA_BYTE, at, count);
        if (!peeks) {
            in.position(in.position() + count);
        }
        return count;
    }

    /** Reads ahead if nothing is there. Whether something is there now. */
    private synchronized boolean fill() {
        if (!in.hasRemaining() && end == -EAGAIN) {
            in.clear();
            try {
                end = channel.read(in) < 0 ? 0 : end;
            } catch (IOException e) {
                end = -ECONNRESET;
            }
            in.flip();
            if (!in.hasRemaining() && end == -EAGAIN) {
                await(SelectionKey.OP_READ);
            }
        }
        return in.hasRemaining();
    }

    @Override
    public long send(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        long done = 0;
        do {
            byte[] bytes = new byte[(int) Math.min(length - done, READ_AHEAD)];
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at + done, bytes, 0, bytes.length);
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            do {
                long count = retry(waiter, () -> put(rest));
                if (count < 0) {
                    return done > 0 ? done : count;
                }
                done += count;
            } while (rest.hasRemaining());
        } while (done < length);
        return done;
    }

    private synchronized long put(ByteBuffer bytes) {
        try {
            long count = channel.write(bytes);
            full = bytes.hasRemaining();
            if (count > 0 || !full) {
                return count;
            }
        } catch (IOException e) {
            return -EPIPE;
        }
        await(SelectionKey.OP_WRITE);
        return -EAGAIN;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return receive(waiter, buffer, at, length, 0);
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return send(waiter, buffer, at, length, 0);
    }

    @Override
    public synchronized int poll() {
        int ready = fill() || end != -EAGAIN ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
        if (full) {
            await(SelectionKey.OP_WRITE);
        } else {
            ready |= PollEvents.POLLOUT | PollEvents.POLLWRNORM;
        }
        return end == -ECONNRESET ? ready | PollEvents.POLLERR | PollEvents.POLLHUP : ready;
    }

    /** Says how much has come in. */
    @Override
    public synchronized int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        if (request != FIONREAD) {
            return super.ioctl(waiter, request, memory, argument);
        }
        fill();
        memory.set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), argument, in.remaining());
        return 0;
    }

    @Override
    public int shutdown(int how) {
        try {
            if (how != SHUT_WR) {
                channel.shutdownInput();
            }
            if (how != SHUT_RD) {
                channel.shutdownOutput();
            }
            return 0;
        } catch (IOException e) {
            return -ENOTCONN;
        }
    }

    @Override
    protected void closed() {
        super.closed();
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }
}
