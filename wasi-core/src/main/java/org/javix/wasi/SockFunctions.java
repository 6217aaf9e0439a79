package org.javix.wasi;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTSOCK;
import static org.javix.wasi.WasiFunction.of;

import java.util.List;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Socket;
import org.javix.vfs.Waiter;

/**
 * {@code sock_*}: operations on sockets, which the embedder gives a program as open descriptors. Each may
 * fail with {@code EBADF}, {@code ENOTCAPABLE} and, for any other file, {@code ENOTSOCK}.
 */
final class SockFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("sock_accept", "fd:u32 flags:fdflags accepted_fd:=u32", SockFunctions::accept),
            of(
                    "sock_recv",
                    "fd:u32 ri_data:x32 ri_data_len:u32 ri_flags:riflags ro_datalen:=u32 ro_flags:=x16",
                    SockFunctions::receive),
            of("sock_send", "fd:u32 si_data:x32 si_data_len:u32 si_flags:x32 so_datalen:=u32", SockFunctions::send),
            of("sock_shutdown", "fd:u32 how:sdflags", SockFunctions::shutdown));

    private static final int RECV_PEEK = 1;
    private static final int RECV_WAITALL = 2;
    private static final int RECV_DATA_TRUNCATED = 1;
    private static final int SHUT_RD = 1;
    private static final int SHUT_WR = 2;

    private SockFunctions() {}

    /**
     * Takes a connection. Flags as {@code fdflags}, of which NONBLOCK matters. Right: SOCK_ACCEPT. Errors:
     * {@code EAGAIN}, {@code EINTR}, {@code EINVAL} for a socket that does not listen, {@code EMFILE}.
     */
    private static long accept(Guest guest, long fd, long flags, long result) {
        int refusal = refusal(guest, fd, Rights.SOCK_ACCEPT);
        if (refusal < 0) {
            return refusal;
        }
        int openFlags = FdStatFunctions.openFlags((int) flags);
        if (openFlags < 0) {
            return openFlags;
        }
        guest.check(result, 4);
        Socket socket = (Socket) guest.file(fd);
        Waiter waiter = guest.context().waiter();
        Result<OpenFile> accepted;
        do {
            accepted = socket.accept(waiter, openFlags & OpenFlags.O_NONBLOCK);
        } while (guest.restarts(accepted.error()));
        if (accepted.isFailure()) {
            return accepted.error();
        }
        int fresh = guest.context().files().add(accepted.value(), 0, false);
        if (fresh < 0) {
            accepted.value().release();
            return fresh;
        }
        guest.putU32(result, fresh);
        return 0;
    }

    /**
     * Receives. A count of 0 is the end. Right: FD_READ. Errors: {@code EAGAIN}, {@code ECONNRESET},
     * {@code EINTR}, {@code EINVAL} for unknown flags, {@code ENOTCONN}, {@code EFAULT}.
     */
    private static long receive(
            Guest guest, long fd, long vectors, long count, long flags, long lengthResult, long flagsResult) {
        int refusal = refusal(guest, fd, Rights.FD_READ);
        if (refusal < 0) {
            return refusal;
        }
        if (flags > (RECV_PEEK | RECV_WAITALL)) {
            return -EINVAL;
        }
        guest.check(lengthResult, 4);
        guest.check(flagsResult, 2);
        Socket socket = (Socket) guest.file(fd);
        Waiter waiter = guest.context().waiter();
        int linux = ((flags & RECV_PEEK) != 0 ? Socket.MSG_PEEK : 0)
                | ((flags & RECV_WAITALL) != 0 ? Socket.MSG_WAITALL : 0);
        long[] truncated = {0};
        long n = Vectors.read(guest, vectors, count, (buffer, at, length) -> {
            long received = socket.receive(waiter, buffer, at, length, linux);
            truncated[0] = received < 0 ? 0 : received >>> 32 & Socket.MSG_TRUNC;
            return received < 0 ? received : received & 0xffffffffL;
        });
        if (n < 0) {
            return n;
        }
        guest.putU32(lengthResult, n);
        guest.putU16(flagsResult, truncated[0] != 0 ? RECV_DATA_TRUNCATED : 0);
        return 0;
    }

    /**
     * Sends. There are no flags. Right: FD_WRITE. Errors: {@code EAGAIN}, {@code ECONNRESET},
     * {@code EINTR}, {@code EINVAL} for flags, {@code ENOTCONN}, {@code EPIPE}, {@code EFAULT}.
     */
    private static long send(Guest guest, long fd, long vectors, long count, long flags, long result) {
        int refusal = refusal(guest, fd, Rights.FD_WRITE);
        if (refusal < 0) {
            return refusal;
        }
        if (flags != 0) {
            return -EINVAL;
        }
        guest.check(result, 4);
        Socket socket = (Socket) guest.file(fd);
        Waiter waiter = guest.context().waiter();
        long n = Vectors.write(
                guest, vectors, count, (buffer, at, length) -> socket.send(waiter, buffer, at, length, 0));
        if (n < 0) {
            return n;
        }
        guest.putU32(result, n);
        return 0;
    }

    /** Ends one or both directions. Right: SOCK_SHUTDOWN. Errors: {@code EINVAL}, {@code ENOTCONN}. */
    private static long shutdown(Guest guest, long fd, long how) {
        int refusal = refusal(guest, fd, Rights.SOCK_SHUTDOWN);
        if (refusal < 0) {
            return refusal;
        }
        if (how == 0 || how > (SHUT_RD | SHUT_WR)) {
            return -EINVAL;
        }
        // Linux counts 0, 1, 2 where WASI has bits 1, 2 and both.
        return ((Socket) guest.file(fd)).shutdown((int) how - 1);
    }

    /** What is wrong with a descriptor; that it is no socket comes before its rights. */
    private static int refusal(Guest guest, long fd, long right) {
        OpenFile file = guest.file(fd);
        if (file == null) {
            return -EBADF;
        }
        return file instanceof Socket ? guest.refusal(fd, right) : -ENOTSOCK;
    }
}
