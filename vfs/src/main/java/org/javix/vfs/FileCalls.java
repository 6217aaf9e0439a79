package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSYS;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.EPERM;

/**
 * The file calls that take paths, for one process's {@link FsContext}.
 *
 * <p><b>Paths</b> are strings in which every char is one byte (decode and encode as ISO 8859-1), so any
 * byte a program uses survives. {@code at} is the directory that a relative path starts from; null
 * means the working directory. With {@link AtFlags#AT_EMPTY_PATH} an empty path means {@code at}
 * itself, so {@code fstat}, {@code fchmod}, {@code fchown} and {@code futimens} are the same calls.
 *
 * <p><b>Results</b> are 0 or a negative {@link Errno}, or a {@link Result}. Every call may give what
 * resolving a path gives: ENOENT, ENOTDIR, EACCES, ELOOP (more than 40 symbolic links),
 * ENAMETOOLONG (a component over 255 bytes, a path over 4095), EPERM (leaving a
 * {@linkplain FsContext#confined confined} directory); every change also EROFS. Further errors are
 * named at each call. Thread-safe.
 */
public final class FileCalls {
    /**
     * Stands for a descriptor that is not open where a call takes the directory to start from: the call
     * answers EBADF, but only when it comes to look at the directory.
     */
    public static final OpenFile BAD_DESCRIPTOR = new OpenFile(OpenFlags.O_PATH) {};

    private FileCalls() {}

    /**
     * Opens a file.
     *
     * @param waiter the calling thread: opening a FIFO waits
     * @param flags see {@link OpenFlags}
     * @param mode permissions of a new file, before the umask
     * @return the file with one reference, or EEXIST, EISDIR, EINTR, ELOOP, ENFILE (too many of the whole
     *     system are open), ENOSPC, ENXIO, EPERM
     */
    public static Result<OpenFile> open(
            FsContext context, Waiter waiter, OpenFile at, String path, int flags, int mode) {
        return OpenCall.open(context, waiter, at, path, flags, mode);
    }

    /**
     * Opens a file to execute it: a regular file with execute permission, on a mount that allows it.
     *
     * @param flags of {@code execveat}: {@code AT_SYMLINK_NOFOLLOW}, {@code AT_EMPTY_PATH}
     * @return the file, readable even without read permission; EACCES if it cannot be executed, ETXTBSY if it
     *     is open for writing. As long as it is open, opening it for writing fails with ETXTBSY
     */
    public static Result<OpenFile> openForExec(FsContext context, OpenFile at, String path, int flags) {
        return OpenCall.openForExec(context, at, path, flags);
    }

    /** Makes a directory: EEXIST, EMLINK, ENOSPC. */
    public static int mkdir(FsContext context, OpenFile at, String path, int mode) {
        return EntryCalls.mkdir(context, at, path, mode);
    }

    /** Makes a regular file, FIFO, socket node or (as root) a device node: EEXIST, EINVAL, EPERM, ENOSPC. */
    public static int mknod(FsContext context, OpenFile at, String path, int mode, long rdev) {
        return EntryCalls.mknod(context, at, path, mode, rdev);
    }

    /** Whether {@link #mknod} makes files of the type in a mode: 0, EINVAL, or EPERM for a directory. */
    public static int checkNodeType(int mode) {
        return EntryCalls.checkNodeType(mode);
    }

    /** Removes a name: EBUSY (mount point), EISDIR, EPERM (sticky directory). */
    public static int unlink(FsContext context, OpenFile at, String path) {
        return EntryCalls.unlink(context, at, path);
    }

    /** Removes an empty directory: EBUSY, EINVAL (ends in {@code .}), ENOTEMPTY, EPERM. */
    public static int rmdir(FsContext context, OpenFile at, String path) {
        return EntryCalls.rmdir(context, at, path);
    }

    /**
     * Renames.
     *
     * @param flags {@link AtFlags#RENAME_NOREPLACE} or {@link AtFlags#RENAME_EXCHANGE}
     * @return 0, or EBUSY, EEXIST, EINVAL, EISDIR, ENOTEMPTY, EPERM, EXDEV
     */
    public static int rename(
            FsContext context, OpenFile oldAt, String oldPath, OpenFile newAt, String newPath, int flags) {
        return EntryCalls.rename(context, oldAt, oldPath, newAt, newPath, flags);
    }

    /**
     * Gives a file another name.
     *
     * @param flags {@link AtFlags#AT_SYMLINK_FOLLOW}, {@link AtFlags#AT_EMPTY_PATH}
     * @return 0, or EEXIST, EMLINK, EPERM (a directory), EXDEV
     */
    public static int link(
            FsContext context, OpenFile oldAt, String oldPath, OpenFile newAt, String newPath, int flags) {
        return EntryCalls.link(context, oldAt, oldPath, newAt, newPath, flags);
    }

    /** Makes a symbolic link: EEXIST, ENOENT (empty target), ENOSPC. */
    public static int symlink(FsContext context, String target, OpenFile at, String path) {
        return EntryCalls.symlink(context, target, at, path);
    }

    /** The target of a symbolic link: EINVAL if it is none. */
    public static Result<String> readLink(FsContext context, OpenFile at, String path) {
        PathWalk walk = new PathWalk(context);
        int error = walk.find(at, path, PathWalk.Last.KEEP, AtFlags.AT_EMPTY_PATH);
        if (error < 0) {
            return Result.failed(error);
        }
        Result<String> target = walk.inode == null ? Result.failed(-EINVAL) : walk.inode.readLink(context);
        return path.isEmpty() && target.error() == -EINVAL ? Result.failed(-ENOENT) : target;
    }

    /**
     * Gives the attributes.
     *
     * @param flags {@link AtFlags#AT_SYMLINK_NOFOLLOW}, {@link AtFlags#AT_EMPTY_PATH}
     */
    public static int stat(FsContext context, OpenFile at, String path, int flags, Stat out) {
        return AttributeCalls.stat(context, at, path, flags, out);
    }

    /**
     * Tests permissions.
     *
     * @param mask bits of {@link FileMode#READ}, WRITE, EXECUTE; 0 tests that the file exists
     * @param flags {@link AtFlags#AT_EACCESS}, {@link AtFlags#AT_SYMLINK_NOFOLLOW}, {@link AtFlags#AT_EMPTY_PATH}
     */
    public static int access(FsContext context, OpenFile at, String path, int mask, int flags) {
        return AttributeCalls.access(context, at, path, mask, flags);
    }

    /** Sets the permission bits: EPERM unless owner or root. */
    public static int chmod(FsContext context, OpenFile at, String path, int mode, int flags) {
        return AttributeCalls.chmod(context, at, path, mode, flags);
    }

    /** Sets owner and group; -1 keeps one. EPERM. Clears set-id bits as Linux does. */
    public static int chown(FsContext context, OpenFile at, String path, int uid, int gid, int flags) {
        return AttributeCalls.chown(context, at, path, uid, gid, flags);
    }

    /** Sets the times; nanoseconds may be {@link AtFlags#UTIME_NOW} or {@link AtFlags#UTIME_OMIT}. EINVAL, EPERM. */
    public static int utimens(
            FsContext context, OpenFile at, String path,
            long atimeSec, int atimeNsec, long mtimeSec, int mtimeNsec, int flags) {
        return AttributeCalls.utimens(context, at, path, atimeSec, atimeNsec, mtimeSec, mtimeNsec, flags);
    }

    /** Sets the length in bytes: EFBIG, EINVAL, EISDIR, ENOSPC. */
    public static int truncate(FsContext context, OpenFile at, String path, long size) {
        return truncate(context, Waiter.uninterruptible(), at, path, size);
    }

    /**
     * Sets the length in bytes: EFBIG, EINTR, EINVAL, EISDIR, ENOSPC.
     *
     * @param waiter the calling thread, which waits for leases
     */
    public static int truncate(FsContext context, Waiter waiter, OpenFile at, String path, long size) {
        return AttributeCalls.truncate(context, waiter, at, path, size);
    }

    /**
     * Takes, changes or gives back a lease, as {@code F_SETLEASE}: 0, EACCES, EAGAIN, EINVAL.
     *
     * @param descriptor what the signal tells about the file
     * @param type {@link RecordLocks#F_RDLCK}, {@link RecordLocks#F_WRLCK}, {@link RecordLocks#F_UNLCK}
     */
    public static int setLease(FsContext context, OpenFile file, int descriptor, int type) {
        return Leases.set(context.credentials(), file, descriptor, type);
    }

    /** The lease of an open file, as {@code F_GETLEASE}: one of the three types. */
    public static int lease(OpenFile file) {
        return Leases.get(file);
    }

    /**
     * Asks for signals about what happens in an open directory, as {@code F_NOTIFY}: 0, ENOTDIR.
     *
     * @param by whose descriptor it is
     * @param events bits of {@code DN_}
     */
    public static int notifyOf(OpenFile file, FdTable by, int descriptor, int events) {
        return DirectoryNotices.ask(file, by, descriptor, events);
    }

    /** Sets the length of an open file, as {@code ftruncate}: EBADF, EFBIG, EINVAL, ENOSPC. */
    public static int truncate(FsContext context, OpenFile file, long size) {
        return AttributeCalls.truncate(context, file, size);
    }

    /**
     * Reserves or frees space, as {@code fallocate}.
     *
     * @param mode 0, or bits of {@link FallocateFlags}
     * @return 0, or EBADF, EFBIG, EINVAL, EISDIR, ENODEV, ENOSPC, EOPNOTSUPP, ESPIPE
     */
    public static int allocate(FsContext context, OpenFile file, int mode, long offset, long length) {
        return AllocateCall.allocate(context, file, mode, offset, length);
    }

    /**
     * Sets the status flags of an open file, as {@code F_SETFL}: 0, or EPERM for {@code O_NOATIME} on
     * another's file and for another {@code O_APPEND} on one that can only be appended to.
     */
    public static int setStatusFlags(FsContext context, OpenFile file, int flags) {
        Inode inode = file.inode();
        if (((flags ^ file.flags()) & OpenFlags.O_APPEND) != 0 && inode != null && InodeFlags.isAppendOnly(inode)) {
            return -EPERM;
        }
        boolean wants = (flags & ~file.flags() & OpenFlags.O_NOATIME) != 0;
        if (wants && inode != null && !Permissions.owns(context.credentials(), inode)) {
            return -EPERM;
        }
        file.setStatusFlags(flags);
        return 0;
    }

    /** The {@linkplain InodeFlags flags} of an open file, as {@code FS_IOC_GETFLAGS}; -ENOTTY where there are none. */
    public static int flags(OpenFile file) {
        return AttributeCalls.flags(file);
    }

    /** Sets the flags of an open file, as {@code FS_IOC_SETFLAGS}: 0, -ENOTTY, -EOPNOTSUPP, -EPERM, -EROFS. */
    public static int setFlags(FsContext context, OpenFile file, int flags) {
        return AttributeCalls.setFlags(context, file, flags);
    }

    /**
     * Finds a file to be watched, which takes the right to read it.
     *
     * @param follow whether a symbolic link is followed in the last place
     * @param directory whether it must be a directory
     * @return the file, or -EACCES, -ENOTDIR
     */
    public static Result<Inode> findToWatch(FsContext context, String path, boolean follow, boolean directory) {
        PathWalk walk = new PathWalk(context);
        int error = walk.find(null, path, follow ? PathWalk.Last.FOLLOW : PathWalk.Last.KEEP, false);
        if (error == 0 && walk.inode == null) {
            error = -EINVAL; // an anonymous object
        }
        if (error == 0 && directory && !walk.inode.isDirectory()) {
            error = -ENOTDIR;
        }
        if (error == 0) {
            error = Permissions.check(walk.who, walk.inode, FileMode.READ);
        }
        return error < 0 ? Result.failed(error) : Result.of(walk.inode);
    }

    /** Changes the working directory. */
    public static int chdir(FsContext context, OpenFile at, String path) {
        PathWalk walk = new PathWalk(context);
        int error = findDirectory(walk, at, path);
        if (error == 0) {
            walk.inode.holdForEver();
            context.setCwd(walk.location());
        }
        return error;
    }

    /** Makes an open directory the working directory. */
    public static int fchdir(FsContext context, OpenFile directory) {
        Location location = directory.location();
        if (location == null || !location.inode().isDirectory()) {
            return -ENOTDIR;
        }
        int error = Permissions.check(context.credentials(), location.inode(), FileMode.EXECUTE);
        if (error == 0) {
            location.inode().holdForEver();
            context.setCwd(location);
        }
        return error;
    }

    /** Changes the root directory: EPERM unless root. */
    public static int chroot(FsContext context, OpenFile at, String path) {
        PathWalk walk = new PathWalk(context);
        int error = findDirectory(walk, at, path);
        if (error == 0 && !walk.who.isRoot()) {
            return -EPERM;
        }
        if (error == 0) {
            context.setRoot(walk.location());
        }
        return error;
    }

    /** The path of the working directory; ENOENT if it was removed, ENAMETOOLONG if it is over 4095 bytes. */
    public static Result<String> getcwd(FsContext context) {
        String path = Paths.below(context.root(), context.cwd());
        if (path == null) {
            return Result.failed(-ENOENT);
        }
        return path.length() > PathWalk.PATH_LONGEST ? Result.failed(-Errno.ENAMETOOLONG) : Result.of(path);
    }

    /**
     * Mounts a file system for the embedder: no permission is asked for, and what {@code flags} forbid no program can
     * allow again.
     *
     * @param flags of {@link Mount}
     * @return 0, or ENOTDIR (a directory on another file or the reverse), ENOSPC (too many mounts)
     */
    public static int mount(FsContext context, String path, FileSystem fileSystem, int flags, String source) {
        PathWalk walk = new PathWalk(context);
        int error = walk.find(null, path, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        return walk.mount == null ? -ENOTDIR : context.mounts().mount(walk.mountPoint(), fileSystem, flags, source);
    }

    /**
     * Mounts as the system call {@code mount} does: a new file system of a {@linkplain Mounts#types type} that
     * programs may mount; with {@code MS_BIND} what is there already, in a second place; with {@code MS_MOVE}
     * in another; with {@code MS_REMOUNT} with other flags.
     *
     * @param source may be null
     * @param type may be null where it means nothing
     * @param flags Linux's {@code MS_} flags
     * @param options what the type understands; may be empty
     * @return 0, or EBUSY (a remount read-only while files are being written), EINVAL, ELOOP, ENODEV (no such type),
     *     ENOSPC (too many mounts), EPERM (not the superuser; a remount that allows what the embedder forbade)
     */
    public static int mount(FsContext context, String source, String target, String type, int flags, String options) {
        return MountCalls.mount(context, source, target, type, flags, options);
    }

    /**
     * Unmounts what is mounted at a path, as the system call {@code umount2} does.
     *
     * @param flags {@code MNT_FORCE} 1 (without effect), {@code MNT_DETACH} 2, {@code MNT_EXPIRE} 4,
     *     {@code UMOUNT_NOFOLLOW} 8
     * @return 0, or EAGAIN (MNT_EXPIRE, the first time), EBUSY, EINVAL, EPERM (not the superuser)
     */
    public static int unmount(FsContext context, String target, int flags) {
        return MountCalls.unmount(context, target, flags);
    }

    /** Tells about the file system that a path lies in. */
    public static int statfs(FsContext context, OpenFile at, String path, int flags, StatFs out) {
        PathWalk walk = new PathWalk(context);
        int error = walk.find(at, path, PathWalk.Last.FOLLOW, flags);
        if (error < 0) {
            return error;
        }
        if (walk.mount == null) {
            return at == null ? -ENOSYS : anonymousStatfs(at, out);
        }
        error = walk.mount.fileSystem().statfs(out);
        int how = walk.mount.flags();
        boolean relative = (how & (Mount.NO_ACCESS_TIME | Mount.STRICT_ACCESS_TIME)) == 0;
        out.flags |= how & ~Mount.STRICT_ACCESS_TIME
                | (walk.mount.readOnly() ? Mount.READ_ONLY : 0)
                | (relative ? StatFs.RELATIVE_ACCESS_TIME : 0);
        return error;
    }

    /** About the file system of the kernel's own that holds what has no name. */
    private static int anonymousStatfs(OpenFile file, StatFs out) {
        Stat stat = new Stat();
        file.stat(stat);
        out.type = switch (FileMode.type(stat.mode)) {
            case FileMode.S_IFIFO -> StatFs.PIPEFS;
            case FileMode.S_IFSOCK -> StatFs.SOCKFS;
            default -> StatFs.ANONYMOUS;
        };
        out.blockSize = 4096;
        out.nameLength = PathWalk.NAME_MAX;
        out.flags = StatFs.RELATIVE_ACCESS_TIME;
        return 0;
    }

    private static int findDirectory(PathWalk walk, OpenFile at, String path) {
        int error = walk.find(at, path, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        if (walk.inode == null || walk.mount == null || !walk.inode.isDirectory()) {
            return -ENOTDIR;
        }
        return Permissions.check(walk.who, walk.inode, FileMode.EXECUTE);
    }
}
