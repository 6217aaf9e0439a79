package org.javix.net;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Socket.SHUT_WR;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.Waiter;

/**
 * A connection of a program with the host's network: moves bytes between a channel and the socket that the program's
 * socket is connected to, each direction on a thread of its own. An end of one side is the end of the other, and so is
 * a reset.
 */
final class HostConnection {
    private static final int CHUNK = 1 << 14;

    private final HostNetwork host;
    private final TcpSocket end;
    private final SocketChannel channel;
    private final AtomicInteger running = new AtomicInteger(2);

    HostConnection(HostNetwork host, TcpSocket end, SocketChannel channel) {
        this.host = host;
        this.end = end;
        this.channel = channel;
        // What is urgent is sent on as the rest is.
        end.setOption(null, SocketOptions.SOL_SOCKET, SocketOptions.SO_OOBINLINE, new byte[] {1, 0, 0, 0});
    }

    void start() {
        host.start(this::moveOut);
        host.start(this::moveIn);
    }

    /** From the program to the host's network. */
    private void moveOut() {
        Waiter waiter = Waiter.uninterruptible();
        byte[] bytes = new byte[CHUNK];
        try {
            while (true) {
                long count = end.read(waiter, MemorySegment.ofArray(bytes), 0, CHUNK);
                if (count < 0) {
                    cutOff();
                    return;
                }
                if (count == 0) {
                    break;
                }
                ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, (int) count);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.shutdownOutput();
            awaitClose(waiter);
        } catch (IOException e) {
            end.abort();
        } finally {
            stop();
        }
    }

    /** A program that has ended sending may still receive; once it has closed, nobody does. */
    private void awaitClose(Waiter waiter) {
        end.changed.retry(waiter, () -> end.out().isRefused() || end.sendsNoMore() ? 0 : -EAGAIN);
        if (end.out().isRefused()) {
            host.end(channel);
        }
    }

    /** From the host's network to the program. */
    private void moveIn() {
        Waiter waiter = Waiter.uninterruptible();
        byte[] bytes = new byte[CHUNK];
        try {
            while (true) {
                int count = channel.read(ByteBuffer.wrap(bytes));
                if (count < 0) {
                    break;
                }
                for (int done = 0; done < count; ) {
                    if (end.out().isRefused()) {
                        cutOff();
                        return;
                    }
                    long sent = end.write(waiter, MemorySegment.ofArray(bytes), done, count - done);
                    if (sent < 0) {
                        cutOff();
                        return;
                    }
                    done += (int) sent;
                }
            }
            end.shutdown(SHUT_WR);
        } catch (IOException e) {
            end.abort();
        } finally {
            stop();
        }
    }

    /** The program's side is gone: the other learns it by a reset. */
    private void cutOff() {
        try {
            channel.socket().setSoLinger(true, 0);
        } catch (IOException e) {
            // It is closed already.
        }
        host.end(channel);
    }

    private void stop() {
        if (running.decrementAndGet() == 0) {
            host.end(channel);
            end.release();
        }
    }
}
