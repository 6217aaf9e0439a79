package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMSGSIZE;

import java.lang.foreign.MemorySegment;
import org.javix.net.SocketFile;
import org.javix.net.SocketMessage;
import org.javix.process.Deadline;
import org.javix.vfs.OpenFile;

/**
 * Sending and receiving. Structures: {@code struct msghdr} of 28 bytes, {@code struct mmsghdr} of 32.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/sendmsg.html">sendmsg</a>
 */
final class MessageCalls {
    private static final int MSGHDR_SIZE = 28;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 4;
    private static final int VECTOR = 8;
    private static final int VECTOR_LENGTH = 12;
    private static final int CONTROL = 16;
    private static final int CONTROL_LENGTH = 20;
    private static final int FLAGS = 24;
    private static final int MMSGHDR_SIZE = 32;
    private static final int MMSGHDR_LENGTH = 28;

    private static final int IOV_MAX = 1024;
    private static final int MESSAGES_MAX = 1024;
    private static final int MSG_WAITFORONE = 0x10000;

    private MessageCalls() {}

    static long sendto(
            GuestThread p, long fd, long buffer, long length, long flags, long address, long addressLength) {
        SocketFile socket = SocketCalls.socketOf(p, fd);
        long size = IoCalls.length(length);
        long at = p.memory().check(buffer, size);
        SocketMessage message = new SocketMessage(p.memory().segment(), at, size, (int) flags);
        if (address != 0) {
            message.setAddress(SocketCalls.address(p, address, addressLength));
        }
        return socket.send(p.fs(), p.waiter(), message);
    }

    static long recvfrom(
            GuestThread p, long fd, long buffer, long length, long flags, long address, long addressLength) {
        SocketFile socket = SocketCalls.socketOf(p, fd);
        long size = IoCalls.length(length);
        long at = p.memory().check(buffer, size);
        SocketMessage message = new SocketMessage(p.memory().segment(), at, size, (int) flags);
        long count = socket.receive(p.waiter(), message);
        message.files().forEach(OpenFile::release);
        if (count >= 0 && address != 0) {
            SocketCalls.putAddress(p, address, addressLength, nameOf(message));
        }
        return count;
    }

    private static byte[] nameOf(SocketMessage message) {
        return message.address() == null ? new byte[0] : message.address();
    }

    static long sendmsg(GuestThread p, long fd, long header, long flags) {
        return send(p, SocketCalls.socketOf(p, fd), header, (int) flags);
    }

    static long recvmsg(GuestThread p, long fd, long header, long flags) {
        return receive(p, SocketCalls.socketOf(p, fd), header, (int) flags);
    }

    static long sendmmsg(GuestThread p, long fd, long headers, long count, long flags) {
        SocketFile socket = SocketCalls.socketOf(p, fd);
        long most = Math.min(count & 0xffff_ffffL, MESSAGES_MAX);
        for (int i = 0; i < most; i++) {
            long at = headers + (long) MMSGHDR_SIZE * i;
            long sent;
            try {
                sent = send(p, socket, at, (int) flags);
                if (sent >= 0) {
                    p.memory().set32(at + MMSGHDR_LENGTH, (int) sent);
                }
            } catch (Fault fault) {
                sent = -fault.errno();
            }
            if (sent < 0) {
                return i > 0 ? i : sent;
            }
        }
        return most;
    }

    static long recvmmsg(GuestThread p, long fd, long headers, long count, long flags, long timeout) {
        SocketFile socket = SocketCalls.socketOf(p, fd);
        long deadline = Deadline.NONE;
        if (timeout != 0) {
            long nanos = TimeCalls.nanos(p.memory(), timeout);
            if (nanos < 0) {
                return -EINVAL;
            }
            deadline = Deadline.after(nanos);
        }
        long most = Math.min(count & 0xffff_ffffL, MESSAGES_MAX);
        int now = (int) flags & ~MSG_WAITFORONE;
        for (int i = 0; i < most; i++) {
            long at = headers + (long) MMSGHDR_SIZE * i;
            long got;
            try {
                got = receive(p, socket, at, now);
                if (got >= 0) {
                    p.memory().set32(at + MMSGHDR_LENGTH, (int) got);
                }
            } catch (Fault fault) {
                got = -fault.errno();
            }
            if (got < 0) {
                return i > 0 ? i : got;
            }
            // As on Linux the time is looked at after each message only.
            if (Deadline.passed(deadline)) {
                return i + 1;
            }
            if ((flags & MSG_WAITFORONE) != 0) {
                now |= SocketMessage.MSG_DONTWAIT;
            }
        }
        return most;
    }

    private static long send(GuestThread p, SocketFile socket, long header, int flags) {
        GuestMemory memory = p.memory();
        memory.check(header, MSGHDR_SIZE);
        long vector = memory.i32(header + VECTOR);
        long count = memory.i32(header + VECTOR_LENGTH) & 0xffff_ffffL;
        byte[] address = memory.i32(header + NAME) == 0 || memory.i32(header + NAME_LENGTH) == 0
                ? null
                : SocketCalls.address(p, memory.i32(header + NAME), memory.i32(header + NAME_LENGTH));
        if (count > IOV_MAX) {
            return -EMSGSIZE;
        }
        long total = IoCalls.total(memory, vector, count);
        if (total < 0) {
            return total;
        }
        long single = IoCalls.singlePiece(memory, vector, (int) count);
        if (single < 0 && total > IoCalls.CHUNK) {
            // A stream takes the beginning; a message of this length fits no buffer.
            if (socket.type() != SocketFile.SOCK_STREAM) {
                return -EMSGSIZE;
            }
            total = IoCalls.CHUNK;
        }
        SocketMessage message;
        if (single >= 0) {
            message = new SocketMessage(memory.segment(), single, total, flags);
        } else {
            byte[] buffer = p.scratch((int) total);
            gather(memory, vector, buffer, (int) total);
            message = new SocketMessage(MemorySegment.ofArray(buffer), 0, total, flags);
        }
        message.setAddress(address);
        long control = memory.i32(header + CONTROL_LENGTH) & 0xffff_ffffL;
        if (control > 0) {
            int error = ControlData.read(p, socket, memory.i32(header + CONTROL), control, message);
            if (error < 0) {
                return error;
            }
        }
        return socket.send(p.fs(), p.waiter(), message);
    }

    private static long receive(GuestThread p, SocketFile socket, long header, int flags) {
        GuestMemory memory = p.memory();
        memory.check(header, MSGHDR_SIZE);
        long vector = memory.i32(header + VECTOR);
        long count = memory.i32(header + VECTOR_LENGTH) & 0xffff_ffffL;
        if (count > IOV_MAX) {
            return -EMSGSIZE;
        }
        long name = memory.i32(header + NAME) & 0xffff_ffffL;
        int nameRoom = memory.i32(header + NAME_LENGTH);
        if (name != 0 && nameRoom < 0) {
            return -EINVAL;
        }
        long total = IoCalls.total(memory, vector, count);
        if (total < 0) {
            return total;
        }
        long single = IoCalls.singlePiece(memory, vector, (int) count);
        byte[] buffer = null;
        SocketMessage message;
        if (single >= 0) {
            message = new SocketMessage(memory.segment(), single, total, flags);
        } else {
            total = Math.min(total, IoCalls.CHUNK);
            buffer = p.scratch((int) total);
            message = new SocketMessage(MemorySegment.ofArray(buffer), 0, total, flags);
        }
        long got = socket.receive(p.waiter(), message);
        if (got < 0) {
            return got;
        }
        long control = memory.i32(header + CONTROL) & 0xffff_ffffL;
        long room = control == 0 ? 0 : memory.i32(header + CONTROL_LENGTH) & 0xffff_ffffL;
        try {
            if (buffer != null) {
                scatter(memory, vector, buffer, (int) Math.min(got, total));
            }
            if (name != 0) {
                byte[] sender = nameOf(message);
                memory.setBytes(name, sender, 0, Math.min(nameRoom, sender.length));
                memory.set32(header + NAME_LENGTH, sender.length);
            }
            memory.check(control, room);
        } catch (Fault fault) {
            message.files().forEach(OpenFile::release);
            throw fault;
        }
        long written = ControlData.write(p, control, room, message);
        memory.set32(header + CONTROL_LENGTH, (int) written);
        memory.set32(
                header + FLAGS,
                message.resultFlags() | (int) (written >> 32) | flags & SocketMessage.MSG_CMSG_CLOEXEC);
        return got;
    }

    private static void gather(GuestMemory memory, long vector, byte[] buffer, int total) {
        int filled = 0;
        for (int i = 0; filled < total; i++) {
            int length = (int) Math.min(IoCalls.pieceLength(memory, vector, i), total - filled);
            memory.getBytes(memory.i32(vector + 8L * i), buffer, filled, length);
            filled += length;
        }
    }

    private static void scatter(GuestMemory memory, long vector, byte[] buffer, int total) {
        int from = 0;
        for (int i = 0; from < total; i++) {
            int length = (int) Math.min(IoCalls.pieceLength(memory, vector, i), total - from);
            memory.setBytes(memory.i32(vector + 8L * i), buffer, from, length);
            from += length;
        }
    }
}
