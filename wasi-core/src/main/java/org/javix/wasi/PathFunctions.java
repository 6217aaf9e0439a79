package org.javix.wasi;

import static org.javix.vfs.AtFlags.AT_SYMLINK_FOLLOW;
import static org.javix.vfs.AtFlags.AT_SYMLINK_NOFOLLOW;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.wasi.WasiFunction.of;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;

/**
 * {@code path_*}: operations on paths, each relative to an open directory, which no path can leave.
 *
 * <p>The file system resolves them, confined to that directory: an absolute path, too many {@code ..} and
 * a symbolic link that leads outside give {@code EPERM}. Besides the errors named at each call every one
 * may give {@code EBADF}, {@code ENOTCAPABLE} for a directory without the right named there, {@code EFAULT},
 * {@code EINVAL} for a path with a NUL in it, and {@code EACCES}, {@code ELOOP}, {@code ENAMETOOLONG},
 * {@code ENOENT}, {@code ENOTDIR}.
 */
final class PathFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("path_create_directory", "fd:u32 path:string", PathFunctions::createDirectory),
            of("path_filestat_get", "fd:u32 flags:lookupflags path:string filestat:x32", PathFunctions::filestatGet),
            of(
                    "path_filestat_set_times",
                    "fd:u32 flags:lookupflags path:string atim:u64 mtim:u64 fst_flags:fstflags",
                    PathFunctions::filestatSetTimes),
            of(
                    "path_link",
                    "old_fd:u32 old_flags:lookupflags old_path:string new_fd:u32 new_path:string",
                    PathFunctions::link),
            of(
                    "path_open",
                    "fd:u32 dirflags:lookupflags path:string oflags:oflags fs_rights_base:rights"
                            + " fs_rights_inheriting:rights fdflags:fdflags opened_fd:=u32",
                    PathOpen::open),
            of("path_readlink", "fd:u32 path:string buf:x32 buf_len:u32 bufused:=u32", PathFunctions::readlink),
            of("path_remove_directory", "fd:u32 path:string", PathFunctions::removeDirectory),
            of("path_rename", "fd:u32 old_path:string new_fd:u32 new_path:string", PathFunctions::rename),
            of("path_symlink", "old_path:string fd:u32 new_path:string", PathFunctions::symlink),
            of("path_unlink_file", "fd:u32 path:string", PathFunctions::unlinkFile));

    /** The only lookup flag: follow a symbolic link in the last component. */
    static final int SYMLINK_FOLLOW = 1;

    private PathFunctions() {}

    /** Makes a directory. Right: PATH_CREATE_DIRECTORY. Errors: {@code EEXIST}, {@code ENOSPC}, {@code EROFS}. */
    private static long createDirectory(Guest guest, long fd, long path, long length) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_CREATE_DIRECTORY, name);
        return refusal < 0 ? refusal : FileCalls.mkdir(files(guest), guest.file(fd), name, 0777);
    }

    /** The attributes of a file. Right: PATH_FILESTAT_GET. */
    private static long filestatGet(Guest guest, long fd, long flags, long path, long length, long result) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_FILESTAT_GET, name);
        if (refusal < 0) {
            return refusal;
        }
        if (flags > SYMLINK_FOLLOW) {
            return -EINVAL;
        }
        guest.check(result, FdStatFunctions.FILESTAT_SIZE);
        Stat stat = new Stat();
        int error = FileCalls.stat(files(guest), guest.file(fd), name, noFollow(flags), stat);
        return error < 0 ? error : FdStatFunctions.put(guest, result, stat);
    }

    /**
     * Sets access and modification time. Right: PATH_FILESTAT_SET_TIMES. Errors: {@code EINVAL} for flags
     * that contradict each other, {@code EPERM}, {@code EROFS}.
     */
    private static long filestatSetTimes(
            Guest guest, long fd, long flags, long path, long length, long atime, long mtime, long fstFlags) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_FILESTAT_SET_TIMES, name);
        if (refusal < 0) {
            return refusal;
        }
        if (flags > SYMLINK_FOLLOW) {
            return -EINVAL;
        }
        return FdStatFunctions.setTimes(guest, guest.file(fd), name, atime, mtime, fstFlags, noFollow(flags));
    }

    /**
     * Gives a file another name. Rights: PATH_LINK_SOURCE of the old directory, PATH_LINK_TARGET of the
     * new one. Errors: {@code EEXIST}, {@code EMLINK}, {@code EPERM} for a directory, {@code ENOSPC},
     * {@code EROFS}, {@code EXDEV}.
     */
    private static long link(
            Guest guest,
            long oldFd,
            long oldFlags,
            long oldPath,
            long oldLength,
            long newFd,
            long newPath,
            long newLength) {
        String oldName = guest.string(oldPath, oldLength);
        String newName = guest.string(newPath, newLength);
        int refusal = refusal(guest, oldFd, Rights.PATH_LINK_SOURCE, oldName);
        if (refusal == 0) {
            refusal = refusal(guest, newFd, Rights.PATH_LINK_TARGET, newName);
        }
        if (refusal < 0) {
            return refusal;
        }
        if (oldFlags > SYMLINK_FOLLOW) {
            return -EINVAL;
        }
        int flags = oldFlags == SYMLINK_FOLLOW ? AT_SYMLINK_FOLLOW : 0;
        return FileCalls.link(files(guest), guest.file(oldFd), oldName, guest.file(newFd), newName, flags);
    }

    /**
     * The target of a symbolic link, cut off where the buffer ends. Right: PATH_READLINK. Errors:
     * {@code EINVAL} for what is no link.
     */
    private static long readlink(
            Guest guest, long fd, long path, long length, long buffer, long bufferLength, long result) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_READLINK, name);
        if (refusal < 0) {
            return refusal;
        }
        guest.check(buffer, bufferLength);
        guest.check(result, 4);
        Result<String> target = FileCalls.readLink(files(guest), guest.file(fd), name);
        if (target.isFailure()) {
            return target.error();
        }
        byte[] bytes = target.value().getBytes(StandardCharsets.ISO_8859_1);
        int used = (int) Math.min(bytes.length, bufferLength);
        guest.put(buffer, bytes, used);
        guest.putU32(result, used);
        return 0;
    }

    /**
     * Removes an empty directory. Right: PATH_REMOVE_DIRECTORY. Errors: {@code EBUSY}, {@code ENOTEMPTY},
     * {@code EROFS}.
     */
    private static long removeDirectory(Guest guest, long fd, long path, long length) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_REMOVE_DIRECTORY, name);
        return refusal < 0 ? refusal : FileCalls.rmdir(files(guest), guest.file(fd), name);
    }

    /**
     * Renames a file or directory, replacing what had the new name. Rights: PATH_RENAME_SOURCE of the old
     * directory, PATH_RENAME_TARGET of the new one. Errors: {@code EBUSY}, {@code EINVAL} for a directory
     * into itself, {@code EISDIR}, {@code ENOSPC}, {@code ENOTEMPTY}, {@code EROFS}, {@code EXDEV}.
     */
    private static long rename(
            Guest guest, long oldFd, long oldPath, long oldLength, long newFd, long newPath, long newLength) {
        String oldName = guest.string(oldPath, oldLength);
        String newName = guest.string(newPath, newLength);
        int refusal = refusal(guest, oldFd, Rights.PATH_RENAME_SOURCE, oldName);
        if (refusal == 0) {
            refusal = refusal(guest, newFd, Rights.PATH_RENAME_TARGET, newName);
        }
        return refusal < 0
                ? refusal
                : FileCalls.rename(files(guest), guest.file(oldFd), oldName, guest.file(newFd), newName, 0);
    }

    /**
     * Makes a symbolic link. Right: PATH_SYMLINK. Errors: {@code EEXIST}, {@code ENOSPC}, {@code EPERM} for
     * an absolute target, which no program could follow, {@code EROFS}.
     */
    private static long symlink(Guest guest, long target, long targetLength, long fd, long path, long length) {
        String targetName = guest.string(target, targetLength);
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_SYMLINK, name);
        if (refusal < 0) {
            return refusal;
        }
        if (targetName.indexOf(0) >= 0) {
            return -EINVAL;
        }
        if (targetName.startsWith("/")) {
            return -EPERM;
        }
        return FileCalls.symlink(files(guest), targetName, guest.file(fd), name);
    }

    /** Removes a name that is no directory's. Right: PATH_UNLINK_FILE. Errors: {@code EISDIR}, {@code EROFS}. */
    private static long unlinkFile(Guest guest, long fd, long path, long length) {
        String name = guest.string(path, length);
        int refusal = refusal(guest, fd, Rights.PATH_UNLINK_FILE, name);
        return refusal < 0 ? refusal : FileCalls.unlink(files(guest), guest.file(fd), name);
    }

    /**
     * Whether a call may use a directory with a path: 0, {@code -EBADF}, {@code -ENOTDIR},
     * {@code -ENOTCAPABLE}, {@code -EINVAL}.
     */
    static int refusal(Guest guest, long fd, long rights, String path) {
        OpenFile directory = guest.file(fd);
        if (directory != null && !FdFunctions.isDirectory(directory)) {
            return -ENOTDIR;
        }
        int refusal = guest.refusal(fd, rights);
        return refusal == 0 && path.indexOf(0) >= 0 ? -EINVAL : refusal;
    }

    private static FsContext files(Guest guest) {
        return guest.context().fileSystem();
    }

    private static int noFollow(long flags) {
        return flags == SYMLINK_FOLLOW ? 0 : AT_SYMLINK_NOFOLLOW;
    }
}
