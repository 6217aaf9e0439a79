package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENFILE;

import org.javix.net.Network;
import org.javix.net.SocketFile;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * Sockets, their addresses and options; {@link MessageCalls} sends and receives.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/V2_chap02.html#tag_15_10">Sockets</a>
 */
final class SocketCalls {
    /** The longest {@code struct sockaddr}. */
    static final int SOCKADDR_MAX = 128;

    /** The longest value of an option that means anything. */
    private static final int OPTION_MAX = 4096;

    private static final int TYPE_MASK = 0xf;
    private static final int TYPE_FLAGS = OpenFlags.O_NONBLOCK | OpenFlags.O_CLOEXEC;

    private SocketCalls() {}

    /** The socket of a descriptor; throws {@code EBADF}, {@code ENOTSOCK}. */
    static SocketFile socketOf(GuestThread p, long fd) {
        if (p.plainFile(fd) instanceof SocketFile socket) {
            return socket;
        }
        throw Fault.NOT_A_SOCKET;
    }

    private static Network network(GuestThread p) {
        return p.kernel().network();
    }

    static long socket(GuestThread p, long domain, long type, long protocol) {
        int flags = (int) type & ~TYPE_MASK;
        if ((flags & ~TYPE_FLAGS) != 0) {
            return -EINVAL;
        }
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return -ENFILE;
        }
        Result<SocketFile> made =
                network(p).socket(p.credentials(), (int) domain, (int) type & TYPE_MASK, (int) protocol, flags);
        return made.isFailure() ? made.error() : install(p, count, made.value(), flags);
    }

    private static long install(GuestThread p, OpenFileCount count, OpenFile socket, int flags) {
        count.add(socket);
        return p.install(socket, (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    static long socketpair(GuestThread p, long domain, long type, long protocol, long fds) {
        int flags = (int) type & ~TYPE_MASK;
        if ((flags & ~TYPE_FLAGS) != 0) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        memory.check(fds, 8);
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(2)) {
            return -ENFILE;
        }
        Result<Network.Pair> made = network(p).pair(
                p.waiter(), p.credentials(), (int) domain, (int) type & TYPE_MASK, (int) protocol, flags);
        if (made.isFailure()) {
            return made.error();
        }
        long one = install(p, count, made.value().one(), flags);
        if (one < 0) {
            made.value().other().release();
            return one;
        }
        long other = install(p, count, made.value().other(), flags);
        if (other < 0) {
            p.files().close((int) one);
            return other;
        }
        memory.set32(fds, (int) one);
        memory.set32(fds + 4, (int) other);
        return 0;
    }

    static long bind(GuestThread p, long fd, long address, long length) {
        return socketOf(p, fd).bind(p.fs(), address(p, address, length));
    }

    static long connect(GuestThread p, long fd, long address, long length) {
        return socketOf(p, fd).connect(p.fs(), p.waiter(), address(p, address, length));
    }

    static long listen(GuestThread p, long fd, long backlog) {
        return socketOf(p, fd).listen(p.waiter(), (int) backlog);
    }

    static long accept(GuestThread p, long fd, long address, long length) {
        return accept4(p, fd, address, length, 0);
    }

    static long accept4(GuestThread p, long fd, long address, long length, long flags) {
        if ((flags & ~TYPE_FLAGS) != 0) {
            return -EINVAL;
        }
        SocketFile socket = socketOf(p, fd);
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return -ENFILE;
        }
        Result<OpenFile> taken = socket.accept(p.waiter(), (int) flags & OpenFlags.O_NONBLOCK);
        if (taken.isFailure()) {
            return taken.error();
        }
        SocketFile connection = (SocketFile) taken.value();
        if (address != 0) {
            // Before it has a descriptor: a bad address closes it.
            Result<byte[]> peer = connection.peerAddress();
            try {
                putAddress(p, address, length, peer.isFailure() ? connection.localAddress() : peer.value());
            } catch (Fault fault) {
                connection.release();
                throw fault;
            }
        }
        return install(p, count, connection, (int) flags);
    }

    static long getsockname(GuestThread p, long fd, long address, long length) {
        putAddress(p, address, length, socketOf(p, fd).localAddress());
        return 0;
    }

    static long getpeername(GuestThread p, long fd, long address, long length) {
        Result<byte[]> peer = socketOf(p, fd).peerAddress();
        if (!peer.isFailure()) {
            putAddress(p, address, length, peer.value());
        }
        return peer.error();
    }

    /** A {@code struct sockaddr} that a guest passes. */
    static byte[] address(GuestThread p, long address, long length) {
        if ((int) length < 0 || length > SOCKADDR_MAX) {
            throw Fault.INVALID;
        }
        return p.memory().bytes(address, (int) length);
    }

    /** Gives an address: as much as there is room for, and its whole length. */
    static void putAddress(GuestThread p, long address, long length, byte[] value) {
        GuestMemory memory = p.memory();
        int room = memory.i32(length);
        if (room < 0) {
            throw Fault.INVALID;
        }
        memory.setBytes(address, value, 0, Math.min(room, value.length));
        memory.set32(length, value.length);
    }

    static long shutdown(GuestThread p, long fd, long how) {
        return socketOf(p, fd).shutdown((int) how);
    }

    static long setsockopt(GuestThread p, long fd, long level, long option, long value, long length) {
        SocketFile socket = socketOf(p, fd);
        if ((int) length < 0) {
            return -EINVAL;
        }
        byte[] bytes = p.memory().bytes(value, (int) Math.min(length, OPTION_MAX));
        return socket.setOption(p.credentials(), (int) level, (int) option, bytes);
    }

    static long getsockopt(GuestThread p, long fd, long level, long option, long value, long length) {
        SocketFile socket = socketOf(p, fd);
        GuestMemory memory = p.memory();
        int room = memory.i32(length);
        if (room < 0) {
            return -EINVAL;
        }
        Result<byte[]> result = socket.option((int) level, (int) option);
        if (result.isFailure()) {
            return result.error();
        }
        int size = Math.min(room, result.value().length);
        memory.setBytes(value, result.value(), 0, size);
        memory.set32(length, size);
        return 0;
    }
}
