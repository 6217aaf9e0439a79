package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMSGSIZE;
import static org.javix.vfs.Errno.ENFILE;

import org.javix.process.Deadline;
import org.javix.process.EventFile;
import org.javix.process.MessageNotice;
import org.javix.process.MessageQueue;
import org.javix.process.MessageQueueFile;
import org.javix.process.MqueueFs;
import org.javix.process.Signal;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * POSIX message queues. The C library takes the slash off their names.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/mqueue.h.html">mqueue.h</a>
 */
final class MessageQueueCalls {
    private static final int ATTRIBUTES_SIZE = 32;

    private MessageQueueCalls() {}

    private static MessageQueueFile queue(GuestThread p, long fd) {
        if (p.file(fd) instanceof MessageQueueFile file) {
            return file;
        }
        throw Fault.BAD_DESCRIPTOR;
    }

    static long mqOpen(GuestThread p, long name, long flags, long mode, long attributes) {
        GuestMemory memory = p.memory();
        String path = memory.path(name);
        long most = MqueueFs.MSG_MAX;
        long size = MqueueFs.MSGSIZE_MAX;
        if (attributes != 0 && (flags & OpenFlags.O_CREAT) != 0) {
            memory.check(attributes, ATTRIBUTES_SIZE);
            most = memory.i32(attributes + 4);
            size = memory.i32(attributes + 8);
        }
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return -ENFILE;
        }
        Result<OpenFile> opened = p.kernel().messageQueues().open(p.process(), path, (int) flags, (int) mode, most, size);
        if (opened.isFailure()) {
            return opened.error();
        }
        count.add(opened.value());
        return p.install(opened.value(), true);
    }

    static long mqUnlink(GuestThread p, long name) {
        return p.kernel().messageQueues().unlink(p.credentials(), p.memory().path(name));
    }

    static long mqTimedsend(GuestThread p, long fd, long message, long length, long priority, long timeout) {
        long deadline = deadline(p, timeout);
        if (Integer.compareUnsigned((int) priority, MessageQueue.PRIORITIES) >= 0) {
            return -EINVAL;
        }
        MessageQueueFile file = queue(p, fd);
        if (!file.writable()) {
            return -EBADF;
        }
        if (Integer.compareUnsigned((int) length, file.queue().messageSize()) > 0) {
            return -EMSGSIZE;
        }
        byte[] text = p.memory().bytes(message, (int) length);
        return file.send(p.process(), p.waiter(), new MessageQueue.Message((int) priority, text), deadline);
    }

    static long mqTimedreceive(GuestThread p, long fd, long message, long length, long priority, long timeout) {
        long deadline = deadline(p, timeout);
        MessageQueueFile file = queue(p, fd);
        if (!file.readable()) {
            return -EBADF;
        }
        if (Integer.compareUnsigned((int) length, file.queue().messageSize()) < 0) {
            return -EMSGSIZE;
        }
        Result<MessageQueue.Message> received = file.receive(p.waiter(), deadline);
        if (received.isFailure()) {
            return received.error();
        }
        byte[] text = received.value().text();
        if (priority != 0) {
            p.memory().set32(priority, received.value().priority());
        }
        p.memory().setBytes(message, text);
        return text.length;
    }

    /** The deadline of an absolute time of day; throws EINVAL for a time that is none. */
    private static long deadline(GuestThread p, long timeout) {
        if (timeout == 0) {
            return Deadline.NONE;
        }
        long nanos = TimeCalls.nanos(p.memory(), timeout);
        if (nanos < 0) {
            throw Fault.INVALID;
        }
        return p.kernel().deadlineOfTime(nanos);
    }

    static long mqNotify(GuestThread p, long fd, long event) {
        if (event == 0) {
            queue(p, fd).removeNotice(p.files());
            return 0;
        }
        GuestMemory memory = p.memory();
        long value = memory.i32(event);
        int signal = memory.i32(event + 4);
        int kind = memory.i32(event + 8);
        EventFile events = null;
        switch (kind) {
            case MessageNotice.NONE -> {}
            case MessageNotice.SIGNAL -> {
                if (signal != 0 && !Signal.isValid(signal)) {
                    return -EINVAL;
                }
            }
            case MessageNotice.THREAD -> {
                if (!(p.file(signal) instanceof EventFile file)) {
                    return -EBADF;
                }
                events = file;
            }
            default -> {
                return -EINVAL;
            }
        }
        MessageQueueFile file = queue(p, fd);
        if (events != null) {
            events.retain();
        }
        int error = file.setNotice(new MessageNotice(p.process(), p.files(), kind, signal, value, events));
        if (error < 0 && events != null) {
            events.release();
        }
        return error;
    }

    static long mqGetsetattr(GuestThread p, long fd, long changed, long old) {
        GuestMemory memory = p.memory();
        int flags = changed == 0 ? 0 : memory.i32(changed);
        if ((flags & ~OpenFlags.O_NONBLOCK) != 0) {
            return -EINVAL;
        }
        MessageQueueFile file = queue(p, fd);
        if (old != 0) {
            memory.clear(old, ATTRIBUTES_SIZE);
            memory.set32(old, file.flags() & OpenFlags.O_NONBLOCK);
            memory.set32(old + 4, file.queue().most());
            memory.set32(old + 8, file.queue().messageSize());
            memory.set32(old + 12, file.queue().messages());
        }
        if (changed != 0) {
            file.setStatusFlags(file.flags() & ~OpenFlags.O_NONBLOCK | flags);
        }
        return 0;
    }
}
