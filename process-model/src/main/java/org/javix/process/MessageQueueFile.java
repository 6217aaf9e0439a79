package org.javix.process;

import static org.javix.vfs.Errno.EBADF;

import java.nio.charset.StandardCharsets;
import org.javix.vfs.FdTable;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Result;
import org.javix.vfs.TextFile;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** An open {@link MessageQueue}: a message queue descriptor. Reading it as a file tells its state. */
public final class MessageQueueFile extends TextFile {
    private final MessageQueue queue;

    MessageQueueFile(MessageQueue queue, int flags, Location location) {
        super(flags & (OpenFlags.O_ACCMODE | OpenFlags.STATUS), location);
        this.queue = queue;
        queue.opened();
    }

    /** The queue. */
    public MessageQueue queue() {
        return queue;
    }

    /**
     * {@code mq_timedsend}; the caller has checked that the queue takes such messages.
     *
     * @param deadline of {@link Deadline}
     * @return 0, or -EAGAIN, -EBADF, -EINTR, -ENOMEM, -ETIMEDOUT
     */
    public int send(Process sender, Waiter waiter, MessageQueue.Message message, long deadline) {
        return writable() ? queue.send(sender, waiter, message, !nonBlocking(), deadline) : -EBADF;
    }

    /** {@code mq_timedreceive}: the message, or -EAGAIN, -EBADF, -EINTR, -ETIMEDOUT. */
    public Result<MessageQueue.Message> receive(Waiter waiter, long deadline) {
        return readable() ? queue.receive(waiter, !nonBlocking(), deadline) : Result.failed(-EBADF);
    }

    /** {@code mq_notify}: 0 or -EBUSY. */
    public int setNotice(MessageNotice notice) {
        return queue.setNotice(notice);
    }

    /** {@code mq_notify} without an event: takes the notice of a process back. */
    public void removeNotice(FdTable owner) {
        queue.removeNotice(owner);
    }

    @Override
    protected void descriptorClosed(FdTable by) {
        queue.removeNotice(by);
    }

    @Override
    protected void closed() {
        queue.closed();
    }

    @Override
    public Inode inode() {
        return queue;
    }

    @Override
    public int poll() {
        int messages = queue.messages();
        return (messages > 0 ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0)
                | (messages < queue.most() ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0);
    }

    @Override
    public WaitQueue waitQueue() {
        return queue.changed();
    }

    @Override
    protected byte[] text() {
        return queue.status().getBytes(StandardCharsets.ISO_8859_1);
    }
}
