package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESPIPE;

import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;

/** Changing attributes and lengths of files, and storing them. */
final class AttributeCalls {
    /** SYNC_FILE_RANGE_WAIT_BEFORE, _WRITE and _WAIT_AFTER. */
    private static final int SYNC_FILE_RANGE = 7;

    private AttributeCalls() {}

    static long fchmod(GuestThread p, long fd, long mode) {
        return FileCalls.chmod(p.fs(), p.plainFile(fd), "", (int) mode, AtFlags.AT_EMPTY_PATH);
    }

    static long fchmodat(GuestThread p, long dirfd, long path, long mode) {
        String name = p.memory().path(path);
        return FileCalls.chmod(p.fs(), p.directory(dirfd, name), name, (int) mode, 0);
    }

    static long fchmodat2(GuestThread p, long dirfd, long path, long mode, long flags) {
        if ((flags & ~(AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        String name = p.memory().path(path);
        return FileCalls.chmod(p.fs(), p.directory(dirfd, name), name, (int) mode, (int) flags);
    }

    static long fchown(GuestThread p, long fd, long owner, long group) {
        return FileCalls.chown(p.fs(), p.plainFile(fd), "", (int) owner, (int) group, AtFlags.AT_EMPTY_PATH);
    }

    static long fchownat(GuestThread p, long dirfd, long path, long owner, long group, long flags) {
        String name = p.memory().path(path);
        if ((flags & ~(AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        OpenFile at = p.directory(dirfd, name);
        return FileCalls.chown(p.fs(), at, name, (int) owner, (int) group, (int) flags);
    }

    /** Without a path, the descriptor's own file is meant, as {@code futimens} wants. */
    static long utimensat(GuestThread p, long dirfd, long path, long times, long flags) {
        if (times != 0
                && p.memory().i32(times + 8) == AtFlags.UTIME_OMIT
                && p.memory().i32(times + 24) == AtFlags.UTIME_OMIT) {
            return 0; // nothing else is looked at
        }
        String name = path == 0 ? "" : p.memory().path(path);
        int known = AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        OpenFile at = path == 0 ? p.plainFile(dirfd) : p.directory(dirfd, name);
        if (path == 0 && at.location() == null) {
            // A pipe or the like, whose times nobody sees.
            return 0;
        }
        int how = (int) flags | (path == 0 ? AtFlags.AT_EMPTY_PATH : 0);
        if (times == 0) {
            return FileCalls.utimens(p.fs(), at, name, 0, AtFlags.UTIME_NOW, 0, AtFlags.UTIME_NOW, how);
        }
        GuestMemory memory = p.memory();
        return FileCalls.utimens(
                p.fs(),
                at,
                name,
                memory.i64(times),
                memory.i32(times + 8),
                memory.i64(times + 16),
                memory.i32(times + 24),
                how);
    }

    static long truncate(GuestThread p, long path, long length) {
        String name = p.memory().path(path);
        if (FileSizeLimit.isSet(p)) {
            Stat stat = p.stat();
            boolean grows = FileCalls.stat(p.fs(), null, name, 0, stat) == 0 && length > stat.size;
            if (grows && FileSizeLimit.exceeds(p, length)) {
                return -EFBIG;
            }
        }
        return FileCalls.truncate(p.fs(), p.waiter(), null, name, length);
    }

    static long ftruncate(GuestThread p, long fd, long length) {
        if (length < 0) {
            return -EINVAL;
        }
        OpenFile file = p.file(fd);
        return FileSizeLimit.refuses(p, file, length) ? -EFBIG : FileCalls.truncate(p.fs(), file, length);
    }

    static long fallocate(GuestThread p, long fd, long mode, long offset, long length) {
        OpenFile file = p.file(fd);
        boolean grows = mode == 0 && offset >= 0 && length > 0;
        if (grows && FileSizeLimit.refuses(p, file, offset + length)) {
            return -EFBIG;
        }
        return FileCalls.allocate(p.fs(), file, (int) mode, offset, length);
    }

    /** Nothing is cached above what the file systems keep. */
    static long sync(GuestThread p) {
        return 0;
    }

    static long fsync(GuestThread p, long fd) {
        return p.file(fd).sync();
    }

    /** Every file system: there is nothing to store. */
    static long syncfs(GuestThread p, long fd) {
        p.plainFile(fd);
        return 0;
    }

    static long syncFileRange(GuestThread p, long fd, long offset, long length, long flags) {
        OpenFile file = p.plainFile(fd);
        if ((flags & ~SYNC_FILE_RANGE) != 0 || offset < 0 || length < 0 || offset + length < 0) {
            return -EINVAL;
        }
        if (isSpecial(file)) {
            return -ESPIPE;
        }
        int error = file.sync();
        return error == -EINVAL ? 0 : error; // such as a file of /proc
    }

    /** Whether it is a pipe, a socket, a terminal or the like, and so has no range of bytes. */
    private static boolean isSpecial(OpenFile file) {
        Inode inode = file.inode();
        return inode == null || !FileMode.isRegular(inode.mode()) && !inode.isDirectory();
    }

    static long readahead(GuestThread p, long fd, long offset, long count) {
        OpenFile file = p.plainFile(fd);
        if (!file.readable()) {
            return -EBADF;
        }
        return file.inode() != null && FileMode.isRegular(file.inode().mode()) ? 0 : -EINVAL;
    }

    static long fadvise64(GuestThread p, long fd, long offset, long length, long advice) {
        OpenFile file = p.plainFile(fd);
        file.stat(p.stat());
        if (FileMode.type(p.stat().mode) == FileMode.S_IFIFO) {
            return -ESPIPE;
        }
        return advice < 0 || advice > 5 || length < 0 ? -EINVAL : 0;
    }
}
