package org.javix.wasi;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENAMETOOLONG;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.ESPIPE;
import static org.javix.wasi.WasiFunction.of;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.javix.vfs.FdTable;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Waiter;

/**
 * {@code fd_*}: operations on descriptors. Each may fail with {@code EBADF} for a descriptor that is not
 * open, or not for reading or writing, and {@code ENOTCAPABLE} for one without another right named at the call.
 * Those on attributes are in {@link FdStatFunctions}.
 */
final class FdFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("fd_advise", "fd:u32 offset:u64 len:u64 advice:advice", FdFunctions::advise),
            of("fd_allocate", "fd:u32 offset:u64 len:u64", FdFunctions::allocate),
            of("fd_close", "fd:u32", FdFunctions::close),
            of("fd_datasync", "fd:u32", FdFunctions::datasync),
            of("fd_pread", "fd:u32 iovs:x32 iovs_len:u32 offset:u64 nread:=u32", FdFunctions::pread),
            of("fd_prestat_get", "fd:u32 prestat:x32", FdFunctions::prestatGet),
            of("fd_prestat_dir_name", "fd:u32 path:x32 path_len:u32", FdFunctions::prestatDirName),
            of("fd_pwrite", "fd:u32 iovs:x32 iovs_len:u32 offset:u64 nwritten:=u32", FdFunctions::pwrite),
            of("fd_read", "fd:u32 iovs:x32 iovs_len:u32 nread:=u32", FdFunctions::read),
            of("fd_readdir", "fd:u32 buf:x32 buf_len:u32 cookie:u64 bufused:=u32", DirectoryListing::readdir),
            of("fd_renumber", "fd:u32 to:u32", FdFunctions::renumber),
            of("fd_seek", "fd:u32 offset:s64 whence:whence newoffset:=u64", FdFunctions::seek),
            of("fd_sync", "fd:u32", FdFunctions::sync),
            of("fd_tell", "fd:u32 offset:=u64", FdFunctions::tell),
            of("fd_write", "fd:u32 iovs:x32 iovs_len:u32 nwritten:=u32", FdFunctions::write));

    /** The highest {@code advice}: {@code noreuse}. */
    private static final long MAX_ADVICE = 5;

    // The tags of a prestat; the specification has only the first.
    private static final int PREOPEN_DIRECTORY = 0;
    private static final int PREOPEN_OTHER = 1;

    /** Where programs start to ask for preopened directories. */
    private static final int FIRST_PREOPEN = 3;

    private FdFunctions() {}

    /**
     * Tells how a file will be used. Nothing here reads ahead, so only the arguments are checked.
     * Right: FD_ADVISE. Errors: {@code EINVAL}, {@code ESPIPE}.
     */
    private static long advise(Guest guest, long fd, long offset, long length, long advice) {
        int refusal = guest.refusal(fd, Rights.FD_ADVISE);
        if (refusal < 0) {
            return refusal;
        }
        if (advice > MAX_ADVICE || offset < 0 || length < 0) {
            return -EINVAL;
        }
        FileType type = Descriptor.type(guest.file(fd));
        return type == FileType.FIFO || type == FileType.SOCKET_STREAM ? -ESPIPE : 0;
    }

    /**
     * Makes sure that the file has space up to {@code offset + length}, and that length at least. Right:
     * FD_ALLOCATE. Errors: {@code EFBIG}, {@code EINVAL} for length 0, {@code ENODEV}, {@code ENOSPC},
     * {@code EROFS}.
     */
    private static long allocate(Guest guest, long fd, long offset, long length) {
        int refusal = guest.refusal(fd, Rights.FD_ALLOCATE);
        if (refusal < 0) {
            return refusal;
        }
        if (offset < 0 || length <= 0) {
            return -EINVAL;
        }
        OpenFile file = guest.file(fd);
        return isDirectory(file) ? -ENODEV : file.allocate(0, offset, length);
    }

    /** Closes a descriptor, which no right is needed for. */
    private static long close(Guest guest, long fd) {
        return guest.context().files().close((int) fd);
    }

    /** Stores the content of a file. Right: FD_DATASYNC. Errors: {@code EINVAL}, {@code EIO}. */
    private static long datasync(Guest guest, long fd) {
        int refusal = guest.refusal(fd, Rights.FD_DATASYNC);
        return refusal < 0 ? refusal : guest.file(fd).sync();
    }

    /**
     * Reads at an offset and leaves the position alone. Rights: FD_READ, FD_SEEK. Errors: {@code EINVAL},
     * {@code EISDIR}, {@code ESPIPE}, {@code EFAULT}.
     */
    private static long pread(Guest guest, long fd, long vectors, long count, long offset, long result) {
        int refusal = guest.refusal(fd, Rights.FD_READ | Rights.FD_SEEK);
        if (refusal < 0) {
            return refusal;
        }
        if (offset < 0) {
            return -EINVAL;
        }
        guest.check(result, 4);
        OpenFile file = guest.file(fd);
        Waiter waiter = guest.context().waiter();
        long n = Vectors.read(
                guest, vectors, count, (buffer, at, length) -> file.pread(waiter, buffer, at, length, offset));
        return count(guest, n, result);
    }

    /**
     * Tells how long the name of a preopened directory is. Programs ask from descriptor 3 on until they
     * get {@code EBADF}. So that they find all, an open descriptor below a preopened one, such as a
     * shell's {@code 3<file}, is said to be preopened, but no directory. Errors: {@code EFAULT}.
     */
    private static long prestatGet(Guest guest, long fd, long result) {
        String name = preopen(guest, fd);
        if (name == null && !liesBelowPreopen(guest, fd)) {
            return -EBADF;
        }
        guest.check(result, 8);
        guest.putU32(result, name == null ? PREOPEN_OTHER : PREOPEN_DIRECTORY);
        guest.putU32(result + 4, name == null ? 0 : name.length());
        return 0;
    }

    private static boolean liesBelowPreopen(Guest guest, long fd) {
        if (fd < FIRST_PREOPEN || guest.file(fd) == null) {
            return false;
        }
        boolean[] found = {false};
        guest.context().files().forEach((other, file, closeOnExec) -> {
            found[0] |= other > fd && preopen(guest, other) != null;
        });
        return found[0];
    }

    /**
     * The name of a preopened directory, without a NUL. Errors: {@code ENAMETOOLONG} if the buffer is
     * too short, {@code EFAULT}.
     */
    private static long prestatDirName(Guest guest, long fd, long path, long length) {
        String name = preopen(guest, fd);
        if (name == null) {
            return -EBADF;
        }
        if (name.length() > length) {
            return -ENAMETOOLONG;
        }
        guest.put(path, name.getBytes(StandardCharsets.ISO_8859_1));
        return 0;
    }

    private static String preopen(Guest guest, long fd) {
        return guest.file(fd) != null && guest.context().files().tag((int) fd) instanceof Descriptor descriptor
                ? descriptor.preopen()
                : null;
    }

    /**
     * Writes at an offset and leaves the position alone; with the flag APPEND at the end instead, as
     * Linux does. Rights: FD_WRITE, FD_SEEK. Errors: {@code EFBIG}, {@code EINVAL}, {@code ENOSPC},
     * {@code ESPIPE}, {@code EFAULT}.
     */
    private static long pwrite(Guest guest, long fd, long vectors, long count, long offset, long result) {
        int refusal = guest.refusal(fd, Rights.FD_WRITE | Rights.FD_SEEK);
        if (refusal < 0) {
            return refusal;
        }
        if (offset < 0) {
            return -EINVAL;
        }
        guest.check(result, 4);
        OpenFile file = guest.file(fd);
        Waiter waiter = guest.context().waiter();
        long n = Vectors.write(
                guest, vectors, count, (buffer, at, length) -> file.pwrite(waiter, buffer, at, length, offset));
        return count(guest, n, result);
    }

    /**
     * Reads; a count of 0 is the end of the file. Right: FD_READ. Errors: {@code EAGAIN}, {@code EINTR},
     * {@code EINVAL}, {@code EIO}, {@code EISDIR}, {@code EFAULT}.
     */
    private static long read(Guest guest, long fd, long vectors, long count, long result) {
        int refusal = guest.refusal(fd, Rights.FD_READ);
        if (refusal < 0) {
            return refusal;
        }
        guest.check(result, 4);
        OpenFile file = guest.file(fd);
        Waiter waiter = guest.context().waiter();
        long n = Vectors.read(
                guest, vectors, count, (buffer, at, length) -> file.read(waiter, buffer, at, length));
        return count(guest, n, result);
    }

    /**
     * Makes {@code to}, which must be open, refer to what {@code fd} does, and closes {@code fd}. Equal
     * descriptors change nothing.
     */
    private static long renumber(Guest guest, long fd, long to) {
        FdTable files = guest.context().files();
        if (guest.file(fd) == null || guest.file(to) == null) {
            return -EBADF;
        }
        if (fd == to) {
            return 0;
        }
        int moved = files.dup2((int) fd, (int) to, files.closeOnExec((int) fd));
        if (moved < 0) {
            return moved;
        }
        files.setTag((int) to, files.tag((int) fd));
        return files.close((int) fd);
    }

    /**
     * Moves the position. Right: FD_SEEK, or FD_TELL to ask where it is. Errors: {@code EINVAL},
     * {@code EISDIR}, {@code EOVERFLOW}, {@code ESPIPE}, {@code EFAULT}.
     */
    private static long seek(Guest guest, long fd, long offset, long whence, long result) {
        boolean tells = offset == 0 && whence == OpenFile.SEEK_CUR;
        int refusal = guest.refusal(fd, tells ? Rights.FD_TELL : Rights.FD_SEEK);
        if (refusal == -WasiErrno.ENOTCAPABLE && tells) {
            refusal = guest.refusal(fd, Rights.FD_SEEK);
        }
        if (refusal < 0) {
            return refusal;
        }
        if (whence > OpenFile.SEEK_END) {
            return -EINVAL;
        }
        return seek(guest, guest.file(fd), offset, (int) whence, result);
    }

    /** Stores content and attributes of a file. Right: FD_SYNC. Errors: {@code EINVAL}, {@code EIO}. */
    private static long sync(Guest guest, long fd) {
        int refusal = guest.refusal(fd, Rights.FD_SYNC);
        return refusal < 0 ? refusal : guest.file(fd).sync();
    }

    /** The position. Right: FD_TELL. Errors: {@code EISDIR}, {@code ESPIPE}, {@code EFAULT}. */
    private static long tell(Guest guest, long fd, long result) {
        int refusal = guest.refusal(fd, Rights.FD_TELL);
        return refusal < 0 ? refusal : seek(guest, guest.file(fd), 0, OpenFile.SEEK_CUR, result);
    }

    private static long seek(Guest guest, OpenFile file, long offset, int whence, long result) {
        guest.check(result, 8);
        // The position of a directory is fd_readdir's cookie, which programs pass themselves.
        long position = isDirectory(file) ? -EISDIR : file.seek(offset, whence);
        if (position < 0) {
            return position;
        }
        guest.putU64(result, position);
        return 0;
    }

    /**
     * Writes. Right: FD_WRITE. Errors: {@code EAGAIN}, {@code EFBIG}, {@code EINTR}, {@code EINVAL},
     * {@code EIO}, {@code ENOSPC}, {@code EPIPE}, {@code EFAULT}.
     */
    private static long write(Guest guest, long fd, long vectors, long count, long result) {
        int refusal = guest.refusal(fd, Rights.FD_WRITE);
        if (refusal < 0) {
            return refusal;
        }
        guest.check(result, 4);
        OpenFile file = guest.file(fd);
        Waiter waiter = guest.context().waiter();
        long n = Vectors.write(
                guest, vectors, count, (buffer, at, length) -> file.write(waiter, buffer, at, length));
        return count(guest, n, result);
    }

    private static long count(Guest guest, long count, long result) {
        if (count < 0) {
            return count;
        }
        guest.putU32(result, count);
        return 0;
    }

    static boolean isDirectory(OpenFile file) {
        Inode inode = file.inode();
        return inode != null && inode.isDirectory();
    }
}
