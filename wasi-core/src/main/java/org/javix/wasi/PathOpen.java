package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * {@code path_open}. WASI has no access mode: the rights asked for tell whether a file is opened for
 * reading, writing, or both.
 */
final class PathOpen {
    private static final int CREAT = 1;
    private static final int DIRECTORY = 2;
    private static final int EXCL = 4;
    private static final int TRUNC = 8;

    private PathOpen() {}

    /**
     * Opens a file, or makes it.
     *
     * <p>The new descriptor is the lowest that is free. What of reading and writing was not asked for it
     * cannot do; beyond that it gets every right that its directory passes on and its file's type can have.
     * Rights of the directory: PATH_OPEN; PATH_CREATE_FILE with the flag CREAT;
     * PATH_FILESTAT_SET_SIZE with the flag TRUNC, without which it is {@code EPERM}; and, to be inherited, all
     * the rights asked for.
     * Errors, beside those of every path: {@code EEXIST}, {@code EINTR}, {@code EINVAL}, {@code EISDIR},
     * {@code ELOOP} for a symbolic link that must not be followed, {@code EMFILE}, {@code ENOSPC},
     * {@code ENOTDIR} with the flag DIRECTORY, {@code ENXIO}, {@code EROFS}, {@code ETXTBSY}.
     */
    static long open(
            Guest guest,
            long fd,
            long lookupFlags,
            long path,
            long length,
            long openFlags,
            long base,
            long inheriting,
            long fdFlags,
            long result) {
        String name = guest.string(path, length);
        guest.check(result, 4);
        int refusal = PathFunctions.refusal(guest, fd, needed(openFlags), name);
        if (refusal == 0 && (openFlags & TRUNC) != 0 && guest.refusal(fd, Rights.PATH_FILESTAT_SET_SIZE) < 0) {
            refusal = -EPERM;
        }
        if (refusal < 0) {
            return refusal;
        }
        int flags = FdStatFunctions.openFlags((int) fdFlags);
        if (flags < 0
                || lookupFlags > PathFunctions.SYMLINK_FOLLOW
                || openFlags > (CREAT | DIRECTORY | EXCL | TRUNC)
                || (openFlags & (CREAT | DIRECTORY)) == (CREAT | DIRECTORY)) {
            return -EINVAL;
        }
        OpenFile directory = guest.file(fd);
        long grantable = Descriptor.of(guest.context().files(), (int) fd, directory).inheriting();
        // Bits that mean nothing are passed over: libcs ask for all 64.
        if (((base | inheriting) & Rights.ALL & ~grantable) != 0) {
            return -WasiErrno.ENOTCAPABLE;
        }
        flags |= flags(lookupFlags, openFlags, base);
        Result<OpenFile> opened;
        do {
            opened = FileCalls.open(
                    guest.context().fileSystem(), guest.context().waiter(), directory, name, flags, 0666);
        } while (guest.restarts(opened.error()));
        return opened.isFailure()
                ? opened.error()
                : add(guest, opened.value(), Rights.granted(base) & grantable, grantable, result);
    }

    private static long needed(long openFlags) {
        long rights = Rights.PATH_OPEN;
        if ((openFlags & CREAT) != 0) {
            rights |= Rights.PATH_CREATE_FILE;
        }
        return rights;
    }

    private static int flags(long lookupFlags, long openFlags, long base) {
        int flags = OpenFlags.O_NOCTTY;
        if ((base & Rights.WRITING) != 0) {
            flags |= (base & Rights.READING) != 0 ? OpenFlags.O_RDWR : OpenFlags.O_WRONLY;
        }
        if (lookupFlags != PathFunctions.SYMLINK_FOLLOW) {
            flags |= OpenFlags.O_NOFOLLOW;
        }
        if ((openFlags & CREAT) != 0) {
            flags |= OpenFlags.O_CREAT;
        }
        if ((openFlags & DIRECTORY) != 0) {
            flags |= OpenFlags.O_DIRECTORY;
        }
        if ((openFlags & EXCL) != 0) {
            flags |= OpenFlags.O_EXCL;
        }
        if ((openFlags & TRUNC) != 0) {
            flags |= OpenFlags.O_TRUNC;
        }
        return flags;
    }

    private static long add(Guest guest, OpenFile file, long base, long inheriting, long result) {
        int fd = guest.context().files().add(file, 0, false);
        if (fd < 0) {
            file.release();
            return fd;
        }
        FileType type = Descriptor.type(file);
        Descriptor descriptor =
                new Descriptor(base & Rights.of(type), inheriting & Rights.inheriting(type), null);
        guest.context().files().setTag(fd, descriptor);
        guest.putU32(result, fd);
        return 0;
    }
}
