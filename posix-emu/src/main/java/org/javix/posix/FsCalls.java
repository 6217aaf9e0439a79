package org.javix.posix;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMFILE;
import static org.javix.vfs.Errno.ERANGE;

import java.nio.charset.StandardCharsets;
import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.ResolveFlags;
import org.javix.vfs.Result;

/** Names: opening, making, removing, renaming, directories. */
final class FsCalls {
    /** The most bytes that one call gives out: larger buffers are filled by several. */
    private static final int MOST_ENTRIES = 1 << 16;

    private static final int OPEN_HOW_SIZE = 24;
    /** Every flag of open. */
    private static final int OPEN_FLAGS = 037777703;
    /** What means something beside O_PATH. */
    private static final int PATH_FLAGS =
            OpenFlags.O_PATH | OpenFlags.O_DIRECTORY | OpenFlags.O_NOFOLLOW | OpenFlags.O_CLOEXEC;

    private FsCalls() {}

    static long openat(GuestThread p, long dirfd, long path, long flags, long mode) {
        String name = p.memory().path(path);
        if (p.files().isFull()) {
            return -EMFILE; // before a file is made, or another opened that waits
        }
        OpenFile at = p.directory(dirfd, name);
        int known = (int) flags & OpenFlags.KNOWN; // what it does not know, open passes over
        Result<OpenFile> opened = FileCalls.open(p.fs(), p.waiter(), at, name, known, (int) mode);
        return opened.isFailure() ? opened.error() : p.install(opened.value(), ((int) flags & OpenFlags.O_CLOEXEC) != 0);
    }

    /** As {@code openat}, but what it does not know is refused, and the path is resolved as it is told. */
    static long openat2(GuestThread p, long dirfd, long path, long how, long size) {
        long length = size & 0xffff_ffffL;
        if (length < OPEN_HOW_SIZE) {
            return -EINVAL;
        }
        GuestMemory memory = p.memory();
        memory.check(how, length);
        if (!memory.isZero(how + OPEN_HOW_SIZE, length - OPEN_HOW_SIZE)) {
            return -E2BIG;
        }
        long flags = memory.i64(how);
        long mode = memory.i64(how + 8);
        long resolve = memory.i64(how + 16);
        boolean scopedTwice = (resolve & ResolveFlags.BENEATH) != 0 && (resolve & ResolveFlags.IN_ROOT) != 0;
        boolean creates = (flags & (OpenFlags.O_CREAT | OpenFlags.O_TMPFILE & ~OpenFlags.O_DIRECTORY)) != 0;
        boolean pathOnly = (flags & OpenFlags.O_PATH) != 0;
        if ((flags & ~OPEN_FLAGS) != 0
                || (resolve & ~ResolveFlags.KNOWN) != 0
                || scopedTwice
                || (mode & ~07777) != 0
                || mode != 0 && !creates
                || pathOnly && (flags & ~PATH_FLAGS) != 0) {
            return -EINVAL;
        }
        String name = memory.path(path);
        if (p.files().isFull()) {
            return -EMFILE;
        }
        boolean inRoot = (resolve & ResolveFlags.IN_ROOT) != 0;
        OpenFile at = p.directory(dirfd, inRoot ? "" : name);
        FsContext context = resolve == 0 ? p.fs() : p.fs().resolving((int) resolve);
        Result<OpenFile> opened = FileCalls.open(context, p.waiter(), at, name, (int) flags, (int) mode);
        return opened.isFailure() ? opened.error() : p.install(opened.value(), (flags & OpenFlags.O_CLOEXEC) != 0);
    }

    static long faccessat(GuestThread p, long dirfd, long path, long mode) {
        return faccessat2(p, dirfd, path, mode, 0);
    }

    static long faccessat2(GuestThread p, long dirfd, long path, long mode, long flags) {
        String name = p.memory().path(path);
        int known = AtFlags.AT_EACCESS | AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH;
        if ((mode & ~7) != 0 || (flags & ~known) != 0) {
            return -EINVAL;
        }
        return FileCalls.access(p.fs(), p.directory(dirfd, name), name, (int) mode, (int) flags);
    }

    static long getdents64(GuestThread p, long fd, long buffer, long count) {
        OpenFile file = p.file(fd);
        GuestMemory memory = p.memory();
        memory.check(buffer, count & 0xffff_ffffL);
        int size = (int) Math.min(count & 0xffff_ffffL, MOST_ENTRIES);
        DirectoryEntries entries = new DirectoryEntries(p.scratch(size), size);
        int error = file.readDirectory(entries);
        return error < 0 ? error : entries.store(memory, buffer);
    }

    static long getcwd(GuestThread p, long buffer, long size) {
        Result<String> cwd = FileCalls.getcwd(p.fs());
        if (cwd.isFailure()) {
            return cwd.error();
        }
        byte[] bytes = (cwd.value() + "\0").getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length > (size & 0xffff_ffffL)) {
            return -ERANGE;
        }
        p.memory().setBytes(buffer, bytes);
        return bytes.length;
    }

    static long chdir(GuestThread p, long path) {
        return FileCalls.chdir(p.fs(), null, p.memory().path(path));
    }

    static long fchdir(GuestThread p, long fd) {
        return FileCalls.fchdir(p.fs(), p.file(fd));
    }

    static long chroot(GuestThread p, long path) {
        return FileCalls.chroot(p.fs(), null, p.memory().path(path));
    }

    static long mkdirat(GuestThread p, long dirfd, long path, long mode) {
        String name = p.memory().path(path);
        return FileCalls.mkdir(p.fs(), p.directory(dirfd, name), name, (int) mode);
    }

    static long mknodat(GuestThread p, long dirfd, long path, long mode, long device) {
        int error = FileCalls.checkNodeType((int) mode);
        if (error < 0) {
            return error; // before the path is even read
        }
        String name = p.memory().path(path);
        return FileCalls.mknod(p.fs(), p.directory(dirfd, name), name, (int) mode, device);
    }

    static long unlinkat(GuestThread p, long dirfd, long path, long flags) {
        String name = p.memory().path(path);
        if ((flags & ~AtFlags.AT_REMOVEDIR) != 0) {
            return -EINVAL;
        }
        OpenFile at = p.directory(dirfd, name);
        return flags == 0 ? FileCalls.unlink(p.fs(), at, name) : FileCalls.rmdir(p.fs(), at, name);
    }

    static long symlinkat(GuestThread p, long target, long dirfd, long path) {
        String text = p.memory().path(target);
        String name = p.memory().path(path);
        return FileCalls.symlink(p.fs(), text, p.directory(dirfd, name), name);
    }

    static long linkat(GuestThread p, long oldDirfd, long oldPath, long newDirfd, long newPath, long flags) {
        String oldName = p.memory().path(oldPath);
        String newName = p.memory().path(newPath);
        if ((flags & ~(AtFlags.AT_SYMLINK_FOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        OpenFile oldAt = p.directory(oldDirfd, oldName);
        OpenFile newAt = p.directory(newDirfd, newName);
        return FileCalls.link(p.fs(), oldAt, oldName, newAt, newName, (int) flags);
    }

    static long renameat(GuestThread p, long oldDirfd, long oldPath, long newDirfd, long newPath) {
        return renameat2(p, oldDirfd, oldPath, newDirfd, newPath, 0);
    }

    static long renameat2(GuestThread p, long oldDirfd, long oldPath, long newDirfd, long newPath, long flags) {
        String oldName = p.memory().path(oldPath);
        String newName = p.memory().path(newPath);
        OpenFile oldAt = p.directory(oldDirfd, oldName);
        OpenFile newAt = p.directory(newDirfd, newName);
        return FileCalls.rename(p.fs(), oldAt, oldName, newAt, newName, (int) flags);
    }

    static long readlinkat(GuestThread p, long dirfd, long path, long buffer, long size) {
        String name = p.memory().path(path);
        if ((int) size <= 0) {
            return -EINVAL;
        }
        Result<String> target = FileCalls.readLink(p.fs(), p.directory(dirfd, name), name);
        if (target.isFailure()) {
            return target.error();
        }
        byte[] bytes = target.value().getBytes(StandardCharsets.ISO_8859_1);
        int length = (int) Math.min(bytes.length, size);
        p.memory().setBytes(buffer, bytes, 0, length);
        return length;
    }

    static long umask(GuestThread p, long mask) {
        return p.fs().setUmask((int) mask);
    }
}
