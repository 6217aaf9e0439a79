package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESPIPE;

import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;

/** Changing attributes and lengths of files, and storing them. */
final class AttributeCalls {
    private AttributeCalls() {}

    static long fchmod(GuestProcess p, long fd, long mode) {
        return FileCalls.chmod(p.fs(), p.plainFile(fd), "", (int) mode, AtFlags.AT_EMPTY_PATH);
    }

    static long fchmodat(GuestProcess p, long dirfd, long path, long mode) {
        String name = p.memory().path(path);
        return FileCalls.chmod(p.fs(), p.directory(dirfd, name), name, (int) mode, 0);
    }

    static long fchown(GuestProcess p, long fd, long owner, long group) {
        return FileCalls.chown(p.fs(), p.plainFile(fd), "", (int) owner, (int) group, AtFlags.AT_EMPTY_PATH);
    }

    static long fchownat(GuestProcess p, long dirfd, long path, long owner, long group, long flags) {
        String name = p.memory().path(path);
        if ((flags & ~(AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        OpenFile at = p.directory(dirfd, name);
        return FileCalls.chown(p.fs(), at, name, (int) owner, (int) group, (int) flags);
    }

    /** Without a path, the descriptor's own file is meant, as {@code futimens} wants. */
    static long utimensat(GuestProcess p, long dirfd, long path, long times, long flags) {
        String name = path == 0 ? "" : p.memory().path(path);
        int known = AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        OpenFile at = path == 0 ? p.file(dirfd) : p.directory(dirfd, name);
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

    static long truncate(GuestProcess p, long path, long length) {
        return FileCalls.truncate(p.fs(), null, p.memory().path(path), length);
    }

    static long ftruncate(GuestProcess p, long fd, long length) {
        return length < 0 ? -EINVAL : FileCalls.truncate(p.fs(), p.file(fd), length);
    }

    static long fallocate(GuestProcess p, long fd, long mode, long offset, long length) {
        return FileCalls.allocate(p.fs(), p.file(fd), (int) mode, offset, length);
    }

    /** Nothing is cached above what the file systems keep. */
    static long sync(GuestProcess p) {
        return 0;
    }

    static long fsync(GuestProcess p, long fd) {
        return p.file(fd).sync();
    }

    static long syncFileRange(GuestProcess p, long fd, long offset, long length, long flags) {
        return p.file(fd).sync();
    }

    static long readahead(GuestProcess p, long fd, long offset, long count) {
        return p.file(fd).readable() ? 0 : -EBADF;
    }

    static long fadvise64(GuestProcess p, long fd, long offset, long length, long advice) {
        OpenFile file = p.file(fd);
        if (file.location() == null) {
            return -ESPIPE;
        }
        return advice < 0 || advice > 5 || length < 0 ? -EINVAL : 0;
    }
}
