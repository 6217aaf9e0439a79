package org.javix.wasi;

import static org.javix.vfs.AtFlags.AT_EMPTY_PATH;
import static org.javix.vfs.AtFlags.UTIME_NOW;
import static org.javix.vfs.AtFlags.UTIME_OMIT;
import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.wasi.WasiFunction.of;

import java.util.List;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;

/**
 * {@code fd_fdstat_*} and {@code fd_filestat_*}: the attributes of a descriptor and of its file. Each may
 * fail with {@code EBADF} and {@code ENOTCAPABLE}.
 */
final class FdStatFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("fd_fdstat_get", "fd:u32 stat:x32", FdStatFunctions::fdstatGet),
            of("fd_fdstat_set_flags", "fd:u32 flags:fdflags", FdStatFunctions::fdstatSetFlags),
            of(
                    "fd_fdstat_set_rights",
                    "fd:u32 fs_rights_base:rights fs_rights_inheriting:rights",
                    FdStatFunctions::fdstatSetRights),
            of("fd_filestat_get", "fd:u32 filestat:x32", FdStatFunctions::filestatGet),
            of("fd_filestat_set_size", "fd:u32 size:u64", FdStatFunctions::filestatSetSize),
            of(
                    "fd_filestat_set_times",
                    "fd:u32 atim:u64 mtim:u64 fst_flags:fstflags",
                    FdStatFunctions::filestatSetTimes));

    private static final int APPEND = 1;
    private static final int DSYNC = 2;
    private static final int NONBLOCK = 4;
    private static final int RSYNC = 8;
    private static final int SYNC = 16;

    private static final int ATIM = 1;
    private static final int ATIM_NOW = 2;
    private static final int MTIM = 4;
    private static final int MTIM_NOW = 8;

    /** The size of a {@code filestat}, in bytes. */
    static final int FILESTAT_SIZE = 64;

    private static final long NANOSECONDS = 1_000_000_000L;

    private FdStatFunctions() {}

    /** The type, flags and rights of a descriptor. No right is needed. Errors: {@code EFAULT}. */
    private static long fdstatGet(Guest guest, long fd, long result) {
        OpenFile file = guest.file(fd);
        if (file == null) {
            return -EBADF;
        }
        guest.check(result, 24);
        Descriptor descriptor = Descriptor.of(guest.context().files(), (int) fd, file);
        guest.putU16(result, Descriptor.type(file).number());
        guest.putU16(result + 2, fdFlags(file.flags()));
        guest.putU32(result + 4, 0);
        guest.putU64(result + 8, descriptor.base());
        guest.putU64(result + 16, descriptor.inheriting());
        return 0;
    }

    /**
     * Sets the flags APPEND and NONBLOCK; the SYNC ones are fixed when a file is opened. Right:
     * FD_FDSTAT_SET_FLAGS. Errors: {@code EINVAL} for other flags.
     */
    private static long fdstatSetFlags(Guest guest, long fd, long flags) {
        int refusal = guest.refusal(fd, Rights.FD_FDSTAT_SET_FLAGS);
        if (refusal < 0) {
            return refusal;
        }
        OpenFile file = guest.file(fd);
        int status = openFlags((int) flags);
        int fixed = OpenFlags.O_SYNC;
        if (status < 0 || (status & fixed & ~file.flags()) != 0) {
            return -EINVAL;
        }
        file.setStatusFlags(status);
        return 0;
    }

    /** Gives up rights. Errors: {@code ENOTCAPABLE} for one that the descriptor does not have. */
    private static long fdstatSetRights(Guest guest, long fd, long base, long inheriting) {
        OpenFile file = guest.file(fd);
        if (file == null) {
            return -EBADF;
        }
        FdTable files = guest.context().files();
        Descriptor old = Descriptor.of(files, (int) fd, file);
        if ((base & ~old.base()) != 0 || (inheriting & ~old.inheriting()) != 0) {
            return -WasiErrno.ENOTCAPABLE;
        }
        return files.setTag((int) fd, new Descriptor(base, inheriting, old.preopen()));
    }

    /** The attributes of a file. Right: FD_FILESTAT_GET. Errors: {@code EFAULT}, {@code EIO}. */
    private static long filestatGet(Guest guest, long fd, long result) {
        int refusal = guest.refusal(fd, Rights.FD_FILESTAT_GET);
        if (refusal < 0) {
            return refusal;
        }
        guest.check(result, FILESTAT_SIZE);
        Stat stat = new Stat();
        int error = guest.file(fd).stat(stat);
        return error < 0 ? error : put(guest, result, stat);
    }

    /**
     * Sets the length of a file. Right: FD_FILESTAT_SET_SIZE. Errors: {@code EFBIG}, {@code EINVAL},
     * {@code ENOSPC}, {@code EROFS}.
     */
    private static long filestatSetSize(Guest guest, long fd, long size) {
        int refusal = guest.refusal(fd, Rights.FD_FILESTAT_SET_SIZE);
        if (refusal < 0) {
            return refusal;
        }
        return size < 0 ? -EFBIG : guest.file(fd).truncate(size);
    }

    /**
     * Sets access and modification time. Right: FD_FILESTAT_SET_TIMES. Errors: {@code EINVAL} for flags
     * that contradict each other, {@code EPERM}, {@code EROFS}.
     */
    private static long filestatSetTimes(Guest guest, long fd, long atime, long mtime, long flags) {
        int refusal = guest.refusal(fd, Rights.FD_FILESTAT_SET_TIMES);
        return refusal < 0 ? refusal : setTimes(guest, guest.file(fd), "", atime, mtime, flags, AT_EMPTY_PATH);
    }

    /** Sets the times of a path; {@code atFlags} as {@link FileCalls#utimens} takes them. */
    static long setTimes(
            Guest guest, OpenFile at, String path, long atime, long mtime, long flags, int atFlags) {
        if (flags > (ATIM | ATIM_NOW | MTIM | MTIM_NOW)
                || (flags & (ATIM | ATIM_NOW)) == (ATIM | ATIM_NOW)
                || (flags & (MTIM | MTIM_NOW)) == (MTIM | MTIM_NOW)) {
            return -EINVAL;
        }
        if (flags == 0) {
            // Linux would not even look at the path, so that it could lead anywhere.
            return FileCalls.stat(guest.context().fileSystem(), at, path, atFlags, new Stat());
        }
        return FileCalls.utimens(
                guest.context().fileSystem(),
                at,
                path,
                seconds(atime),
                nanoseconds(atime, (flags & ATIM) != 0, (flags & ATIM_NOW) != 0),
                seconds(mtime),
                nanoseconds(mtime, (flags & MTIM) != 0, (flags & MTIM_NOW) != 0),
                atFlags);
    }

    // Timestamps are unsigned.
    private static long seconds(long time) {
        return Long.divideUnsigned(time, NANOSECONDS);
    }

    private static int nanoseconds(long time, boolean set, boolean now) {
        if (set) {
            return (int) Long.remainderUnsigned(time, NANOSECONDS);
        }
        return now ? UTIME_NOW : UTIME_OMIT;
    }

    /** Writes a {@code filestat}. */
    static long put(Guest guest, long result, Stat stat) {
        guest.putU64(result, stat.dev);
        guest.putU64(result + 8, stat.ino);
        guest.putU64(result + 16, FileType.ofMode(stat.mode).number());
        guest.putU64(result + 24, stat.nlink);
        guest.putU64(result + 32, stat.size);
        guest.putU64(result + 40, stat.atimeSec * NANOSECONDS + stat.atimeNsec);
        guest.putU64(result + 48, stat.mtimeSec * NANOSECONDS + stat.mtimeNsec);
        guest.putU64(result + 56, stat.ctimeSec * NANOSECONDS + stat.ctimeNsec);
        return 0;
    }

    /** The flags of {@code open} for a set of {@code fdflags}, or {@code -EINVAL}. */
    static int openFlags(int fdFlags) {
        if ((fdFlags & ~(APPEND | DSYNC | NONBLOCK | RSYNC | SYNC)) != 0) {
            return -EINVAL;
        }
        int flags = 0;
        if ((fdFlags & APPEND) != 0) {
            flags |= OpenFlags.O_APPEND;
        }
        if ((fdFlags & DSYNC) != 0) {
            flags |= OpenFlags.O_DSYNC;
        }
        if ((fdFlags & NONBLOCK) != 0) {
            flags |= OpenFlags.O_NONBLOCK;
        }
        // Linux has one flag for both.
        if ((fdFlags & (RSYNC | SYNC)) != 0) {
            flags |= OpenFlags.O_SYNC;
        }
        return flags;
    }

    private static int fdFlags(int openFlags) {
        int flags = 0;
        if ((openFlags & OpenFlags.O_APPEND) != 0) {
            flags |= APPEND;
        }
        if ((openFlags & OpenFlags.O_NONBLOCK) != 0) {
            flags |= NONBLOCK;
        }
        if ((openFlags & OpenFlags.O_SYNC) == OpenFlags.O_SYNC) {
            flags |= SYNC;
        } else if ((openFlags & OpenFlags.O_DSYNC) != 0) {
            flags |= DSYNC;
        }
        return flags;
    }
}
