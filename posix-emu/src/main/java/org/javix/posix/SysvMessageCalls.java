package org.javix.posix;

import static org.javix.posix.SysvStructures.IPC_INFO;
import static org.javix.posix.SysvStructures.IPC_RMID;
import static org.javix.posix.SysvStructures.IPC_SET;
import static org.javix.posix.SysvStructures.IPC_STAT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

import org.javix.process.SysvIpcObject;
import org.javix.process.SysvIpcTable;
import org.javix.process.SysvMessageQueue;
import org.javix.process.SysvMessageQueue.Message;
import org.javix.vfs.Result;

/**
 * System V message queues.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/msgsnd.html">msgsnd</a>
 */
final class SysvMessageCalls {
    private static final int MSG_STAT = 11;
    private static final int MSG_INFO = 12;
    private static final int MSG_STAT_ANY = 13;

    private static final int STATUS_SIZE = 96;

    private SysvMessageCalls() {}

    private static SysvIpcTable<SysvMessageQueue> queues(GuestThread p) {
        return p.kernel().sysvIpc().queues();
    }

    static long msgget(GuestThread p, long key, long flags) {
        return p.kernel().sysvIpc().messageQueue((int) key, (int) flags, p.credentials());
    }

    static long msgsnd(GuestThread p, long id, long message, long size, long flags) {
        int type = p.memory().i32(message);
        if (size < 0 || size > SysvMessageQueue.MSGMAX || id < 0 || type < 1) {
            return -EINVAL;
        }
        byte[] text = p.memory().bytes(message + 4, (int) size);
        SysvMessageQueue queue = queues(p).byId((int) id);
        return queue == null ? -EINVAL : queue.send(p.process(), p.waiter(), new Message(type, text), (int) flags);
    }

    static long msgrcv(GuestThread p, long id, long message, long size, long type, long flags) {
        if (id < 0 || size < 0) {
            return -EINVAL;
        }
        SysvMessageQueue queue = queues(p).byId((int) id);
        if (queue == null) {
            return -EINVAL;
        }
        Result<Message> received = queue.receive(p.process(), p.waiter(), (int) type, (int) flags, (int) size);
        if (received.isFailure()) {
            return received.error();
        }
        p.memory().set32(message, received.value().type());
        p.memory().setBytes(message + 4, received.value().text());
        return received.value().text().length;
    }

    static long msgctl(GuestThread p, long id, long command, long buffer) {
        if (id < 0 || command < 0) {
            return -EINVAL;
        }
        return switch ((int) command) {
            case IPC_INFO, MSG_INFO -> info(p, buffer, command == MSG_INFO);
            case MSG_STAT, MSG_STAT_ANY -> status(p, queues(p).byIndex((int) id), buffer, command == MSG_STAT_ANY, true);
            case IPC_STAT -> status(p, queues(p).byId((int) id), buffer, false, false);
            case IPC_SET -> set(p, (int) id, buffer);
            case IPC_RMID -> queues(p).remove((int) id, p.credentials());
            default -> -EINVAL;
        };
    }

    private static long status(GuestThread p, SysvMessageQueue queue, long buffer, boolean anybody, boolean givesId) {
        if (queue == null) {
            return -EINVAL;
        }
        int error = anybody ? 0 : queue.check(p.credentials(), SysvIpcObject.READ);
        if (error < 0) {
            return error;
        }
        SysvMessageQueue.Status now = queue.status();
        GuestMemory memory = p.memory();
        memory.clear(buffer, STATUS_SIZE);
        SysvStructures.storePerm(memory, buffer, queue);
        memory.set64(buffer + 40, now.sent());
        memory.set64(buffer + 48, now.received());
        memory.set64(buffer + 56, queue.changeTime());
        memory.set32(buffer + 64, now.bytes());
        memory.set32(buffer + 68, now.messages());
        memory.set32(buffer + 72, now.most());
        memory.set32(buffer + 76, now.sender());
        memory.set32(buffer + 80, now.receiver());
        return givesId ? queue.id() : 0;
    }

    private static long set(GuestThread p, int id, long buffer) {
        GuestMemory memory = p.memory();
        memory.check(buffer, STATUS_SIZE);
        SysvMessageQueue queue = queues(p).byId(id);
        if (queue == null) {
            return -EINVAL;
        }
        int error = queue.checkControl(p.credentials());
        int most = memory.i32(buffer + 72);
        if (error < 0 || Integer.compareUnsigned(most, SysvMessageQueue.MSGMNB) > 0) {
            return -EPERM;
        }
        SysvStructures.setPerm(p, buffer, queue);
        queue.setMost(most);
        return 0;
    }

    /** Writes a struct msginfo: the limits, or what there is. */
    private static long info(GuestThread p, long buffer, boolean used) {
        SysvIpcTable<SysvMessageQueue> queues = queues(p);
        int pool = queues.most() * SysvMessageQueue.MSGMNB / 1024;
        int map = SysvMessageQueue.MSGMNB;
        int total = SysvMessageQueue.MSGMNB;
        if (used) {
            pool = queues.size();
            map = queues.all().stream().mapToInt(queue -> queue.status().messages()).sum();
            total = queues.all().stream().mapToInt(queue -> queue.status().bytes()).sum();
        }
        int[] fields = {
            pool, map, SysvMessageQueue.MSGMAX, SysvMessageQueue.MSGMNB, queues.most(), 16, total, 0xffff
        };
        for (int i = 0; i < fields.length; i++) {
            p.memory().set32(buffer + 4L * i, fields[i]);
        }
        return queues.highestIndex();
    }
}
