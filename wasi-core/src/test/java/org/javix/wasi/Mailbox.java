package org.javix.wasi;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINTR;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Result;
import org.javix.vfs.Socket;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** A socket that a test fills and empties: reading waits for {@link #deliver}. */
final class Mailbox extends OpenFile implements Socket {
    final StringBuilder sent = new StringBuilder();
    final StringBuilder calls = new StringBuilder();
    private final WaitQueue queue = new WaitQueue();
    private final boolean datagram;
    // Guarded by this.
    private String message;

    Mailbox(boolean datagram) {
        super(OpenFlags.O_RDWR);
        this.datagram = datagram;
    }

    void deliver(String text) {
        synchronized (this) {
            message = text;
        }
        queue.wakeAll();
    }

    private synchronized String take() {
        String text = message;
        message = null;
        return text;
    }

    @Override
    public synchronized int poll() {
        return message != null ? PollEvents.POLLIN : 0;
    }

    @Override
    public WaitQueue waitQueue() {
        return queue;
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return receive(waiter, buffer, at, length, 0);
    }

    @Override
    public boolean isDatagram() {
        return datagram;
    }

    @Override
    public Result<OpenFile> accept(Waiter waiter, int flags) {
        calls.append("accept ").append(flags).append('\n');
        return flags == 0 ? Result.of(new Mailbox(datagram)) : Result.failed(-EAGAIN);
    }

    @Override
    public long receive(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        calls.append("receive ").append(flags).append('\n');
        queue.add(waiter);
        try {
            while (true) {
                waiter.prepare();
                String text = take();
                if (text != null) {
                    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
                    int count = (int) Math.min(bytes.length, length);
                    MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at, count);
                    return count < bytes.length ? (long) MSG_TRUNC << 32 | count : count;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                waiter.park();
            }
        } finally {
            queue.remove(waiter);
        }
    }

    @Override
    public long send(Waiter waiter, MemorySegment buffer, long at, long length, int flags) {
        byte[] bytes = buffer.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        sent.append(new String(bytes, StandardCharsets.ISO_8859_1));
        return length;
    }

    @Override
    public int shutdown(int how) {
        calls.append("shutdown ").append(how).append('\n');
        return 0;
    }
}
