package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENFILE;
import static org.javix.vfs.Errno.ENOSYS;

import org.javix.process.Pipe;
import org.javix.process.PipeEnd;
import org.javix.process.SignalOwner;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileOwner;
import org.javix.vfs.FileSeals;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFileCount;
import org.javix.vfs.OpenFlags;

/**
 * Descriptors: duplicating, closing, {@code fcntl}, and pipes.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/fcntl.html">fcntl</a>
 */
final class DescriptorCalls {
    private static final int F_DUPFD = 0;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int F_GETFL = 3;
    private static final int F_SETFL = 4;
    private static final int F_SETOWN = 8;
    private static final int F_GETOWN = 9;
    private static final int F_GETLK = 5;
    private static final int F_SETLK = 6;
    private static final int F_SETLKW = 7;
    private static final int F_SETSIG = 10;
    private static final int F_GETSIG = 11;
    private static final int F_SETOWN_EX = 15;
    private static final int F_GETOWN_EX = 16;
    private static final int F_OFD_GETLK = 36;
    private static final int F_OFD_SETLK = 37;
    private static final int F_OFD_SETLKW = 38;
    private static final int F_SETLEASE = 1024;
    private static final int F_GETLEASE = 1025;
    private static final int F_NOTIFY = 1026;
    private static final int F_DUPFD_QUERY = 1027;
    private static final int F_CREATED_QUERY = 1028;
    private static final int F_DUPFD_CLOEXEC = 1030;
    private static final int F_SETPIPE_SZ = 1031;
    private static final int F_GETPIPE_SZ = 1032;
    private static final int F_ADD_SEALS = 1033;
    private static final int F_GET_SEALS = 1034;

    private static final int FD_CLOEXEC = 1;
    private static final int CLOSE_RANGE_UNSHARE = 2;
    private static final int CLOSE_RANGE_CLOEXEC = 4;

    private DescriptorCalls() {}

    static long close(GuestThread p, long fd) {
        return p.files().close((int) fd);
    }

    static long closeRange(GuestThread p, long first, long last, long flags) {
        int from = (int) Math.min(first & 0xffff_ffffL, Integer.MAX_VALUE);
        int to = (int) Math.min(last & 0xffff_ffffL, Integer.MAX_VALUE);
        if (from > to || (flags & ~(CLOSE_RANGE_UNSHARE | CLOSE_RANGE_CLOEXEC)) != 0) {
            return -EINVAL;
        }
        // A process shares its descriptors with nobody, so there is nothing to unshare.
        if ((flags & CLOSE_RANGE_CLOEXEC) == 0) {
            p.files().closeRange(from, to);
        } else {
            p.files().forEach((fd, file, closeOnExec) -> {
                if (fd >= from && fd <= to) {
                    p.files().setCloseOnExec(fd, true);
                }
            });
        }
        return 0;
    }

    static long dup(GuestThread p, long fd) {
        return duplicate(p, p.file(fd), 0, false);
    }

    static long dup3(GuestThread p, long fd, long newFd, long flags) {
        if (fd == newFd || (flags & ~OpenFlags.O_CLOEXEC) != 0) {
            return -EINVAL;
        }
        return p.files().dup2((int) fd, (int) newFd, flags != 0);
    }

    private static long duplicate(GuestThread p, OpenFile file, int minFd, boolean closeOnExec) {
        file.retain();
        int fd = p.files().add(file, minFd, closeOnExec);
        if (fd < 0) {
            file.release();
        }
        return fd;
    }

    static long fcntl(GuestThread p, long fd, long command, long argument) {
        OpenFile file = p.file(fd);
        if (file.isPath() && !worksOnPath((int) command)) {
            return -EBADF;
        }
        return switch ((int) command) {
            case F_DUPFD -> duplicate(p, file, (int) argument, false);
            case F_DUPFD_CLOEXEC -> duplicate(p, file, (int) argument, true);
            case F_GETFD -> p.files().closeOnExec((int) fd) ? FD_CLOEXEC : 0;
            case F_SETFD -> p.files().setCloseOnExec((int) fd, (argument & FD_CLOEXEC) != 0);
            case F_GETFL -> file.flags();
            case F_SETFL -> setFlags(p, file, (int) fd, (int) argument);
            case F_GETOWN -> SignalOwner.number(file);
            case F_SETOWN -> SignalOwner.set(file, p.process(), (int) argument);
            case F_GETOWN_EX -> OwnerCalls.getExtended(p, file, argument);
            case F_SETOWN_EX -> OwnerCalls.setExtended(p, file, argument);
            case F_GETSIG -> OwnerCalls.signal(p, file);
            case F_SETSIG -> OwnerCalls.setSignal(p, file, (int) argument);
            case F_SETLEASE -> setLease(p, file, (int) fd, (int) argument);
            case F_GETLEASE -> FileCalls.lease(file);
            case F_NOTIFY -> notifyOf(p, file, (int) fd, (int) argument);
            case F_GETLK, F_OFD_GETLK -> locks(p) ? LockCalls.get(p, file, command == F_OFD_GETLK, argument) : -ENOSYS;
            case F_SETLK, F_SETLKW -> locks(p) ? LockCalls.set(p, file, false, command == F_SETLKW, argument) : -ENOSYS;
            case F_OFD_SETLK, F_OFD_SETLKW ->
                locks(p) ? LockCalls.set(p, file, true, command == F_OFD_SETLKW, argument) : -ENOSYS;
            case F_GETPIPE_SZ -> file instanceof PipeEnd end ? end.capacity() : -EBADF;
            case F_SETPIPE_SZ -> file instanceof PipeEnd end ? end.setCapacity((int) argument) : -EBADF;
            case F_ADD_SEALS -> FileSeals.add(file, (int) argument);
            case F_GET_SEALS -> FileSeals.of(file);
            case F_DUPFD_QUERY -> p.file(argument) == file ? 1 : 0;
            case F_CREATED_QUERY -> file.isCreator() ? 1 : 0;
            default -> -EINVAL;
        };
    }

    private static long setFlags(GuestThread p, OpenFile file, int fd, int flags) {
        int error = FileCalls.setStatusFlags(p.fs(), file, flags);
        if (error == 0 && ((flags ^ file.flags()) & OpenFlags.O_ASYNC) != 0) {
            OwnerCalls.setAsync(p, file, fd, (flags & OpenFlags.O_ASYNC) != 0);
        }
        return error;
    }

    private static long setLease(GuestThread p, OpenFile file, int fd, int type) {
        // Somebody may want the file as soon as there is a lease.
        FileOwner before = file.owner();
        OwnerCalls.claim(p, file);
        int error = FileCalls.setLease(p.fs(), file, fd, type);
        if (error < 0) {
            file.setOwner(before);
        }
        return error;
    }

    private static long notifyOf(GuestThread p, OpenFile file, int fd, int events) {
        OwnerCalls.claim(p, file);
        return FileCalls.notifyOf(file, p.files(), fd, events);
    }

    private static boolean worksOnPath(int command) {
        return switch (command) {
            case F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_DUPFD_QUERY, F_CREATED_QUERY -> true;
            default -> false;
        };
    }

    private static boolean locks(GuestThread p) {
        return p.system().provides(ApiModule.POSIX_LOCK);
    }

    static long pipe2(GuestThread p, long fds, long flags) {
        int known = OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK | OpenFlags.O_DIRECT;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        memory.check(fds, 8);
        boolean closeOnExec = (flags & OpenFlags.O_CLOEXEC) != 0;
        OpenFileCount count = p.fs().mounts().openFiles();
        if (count.lacksRoomFor(2)) {
            return -ENFILE;
        }
        Pipe.Ends ends = Pipe.open((int) flags & OpenFlags.O_NONBLOCK);
        count.add(ends.reader());
        count.add(ends.writer());
        int reader = p.install(ends.reader(), closeOnExec);
        if (reader < 0) {
            ends.writer().release();
            return reader;
        }
        int writer = p.install(ends.writer(), closeOnExec);
        if (writer < 0) {
            p.files().close(reader);
            return writer;
        }
        memory.set32(fds, reader);
        memory.set32(fds + 4, writer);
        return 0;
    }
}
