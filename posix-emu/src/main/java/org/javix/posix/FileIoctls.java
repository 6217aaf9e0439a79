package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOTTY;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EXDEV;

import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;

/**
 * The requests of {@code ioctl} that Linux answers for files of any kind; what a regular file does not answer goes to
 * the file itself.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/ioctl.2.html">ioctl(2)</a>
 */
final class FileIoctls {
    static final int FIBMAP = 1;
    static final int FIGETBSZ = 2;
    static final int FIONREAD = 0x541b;
    static final int FIOASYNC = 0x5452;
    static final int FIOQSIZE = 0x5460;
    /** _IOR('f', 1, long) and _IOW('f', 2, long); what is read and written is an int. */
    static final int FS_IOC_GETFLAGS = 0x8004_6601;
    static final int FS_IOC_SETFLAGS = 0x4004_6602;
    static final int FICLONE = 0x4004_9409;
    static final int FICLONERANGE = 0x4020_940d;
    static final int FIDEDUPERANGE = 0xc018_9436;
    static final int FS_IOC_FIEMAP = 0xc020_660b;
    static final int FIFREEZE = 0xc004_5877;
    static final int FITHAW = 0xc004_5878;

    private FileIoctls() {}

    static long ioctl(GuestThread p, OpenFile file, int request, long argument) {
        Inode inode = file.inode();
        switch (request) {
            case FS_IOC_FIEMAP -> {
                return -EOPNOTSUPP;
            }
            case FIFREEZE, FITHAW -> {
                return !p.credentials().isRoot() ? -EPERM : request == FIFREEZE ? -EOPNOTSUPP : -EINVAL;
            }
            case FIGETBSZ -> {
                file.stat(p.stat());
                p.memory().set32(argument, p.stat().blksize);
                return 0;
            }
            case FICLONE -> {
                return clone(p.file(argument), file);
            }
            case FICLONERANGE -> {
                return clone(p.file(p.memory().i64(argument)), file);
            }
            default -> {
                if (inode == null && request == FIDEDUPERANGE) {
                    return -EINVAL;
                }
                if (inode == null) {
                    return other(p, file, request, argument);
                }
            }
        }
        boolean regular = FileMode.isRegular(inode.mode());
        Stat stat = p.stat();
        switch (request) {
            case FIONREAD -> {
                if (!regular) {
                    return other(p, file, request, argument);
                }
                long position = file.seek(0, OpenFile.SEEK_CUR);
                file.stat(stat);
                p.memory().set32(argument, (int) (stat.size - position));
                return 0;
            }
            case FIOQSIZE -> {
                if (!regular && !inode.isDirectory() && !inode.isSymbolicLink()) {
                    return -ENOTTY;
                }
                file.stat(stat);
                p.memory().set64(argument, 512 * stat.blocks);
                return 0;
            }
            case FIBMAP -> {
                return regular ? p.credentials().isRoot() ? -EINVAL : -EPERM : other(p, file, request, argument);
            }
            case FS_IOC_GETFLAGS -> {
                int flags = FileCalls.flags(file);
                if (flags >= 0) {
                    p.memory().set32(argument, flags);
                }
                return Math.min(flags, 0);
            }
            case FS_IOC_SETFLAGS -> {
                return FileCalls.setFlags(p.fs(), file, p.memory().i32(argument));
            }
            default -> {
                return regular && file.readable() ? -EOPNOTSUPP : inode.isDirectory() ? -EISDIR : -EINVAL;
            }
        }
    }

    /** No file system here shares blocks; what else is wrong is told first. */
    private static long clone(OpenFile from, OpenFile to) {
        Inode source = from.inode();
        Inode target = to.inode();
        if (source == null || target == null || source.fileSystem() != target.fileSystem()) {
            return -EXDEV;
        }
        if (source.isDirectory() || target.isDirectory()) {
            return -EISDIR;
        }
        if (!FileMode.isRegular(source.mode()) || !FileMode.isRegular(target.mode())) {
            return -EINVAL;
        }
        boolean appends = (to.flags() & OpenFlags.O_APPEND) != 0;
        return from.readable() && to.writable() && !appends ? -EOPNOTSUPP : -EBADF;
    }

    private static long other(GuestThread p, OpenFile file, int request, long argument) {
        try {
            return file.ioctl(p.waiter(), request, p.memory().segment(), argument & 0xffff_ffffL);
        } catch (IndexOutOfBoundsException e) {
            return -EFAULT;
        }
    }
}
