package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EFBIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESPIPE;
import static org.javix.vfs.FallocateFlags.COLLAPSE_RANGE;
import static org.javix.vfs.FallocateFlags.INSERT_RANGE;
import static org.javix.vfs.FallocateFlags.KEEP_SIZE;
import static org.javix.vfs.FallocateFlags.PUNCH_HOLE;
import static org.javix.vfs.FallocateFlags.UNSHARE_RANGE;
import static org.javix.vfs.FallocateFlags.WRITE_ZEROES;
import static org.javix.vfs.FallocateFlags.ZERO_RANGE;

/** The checks of {@code fallocate}, in Linux's order; documented at {@link FileCalls#allocate}. */
final class AllocateCall {
    private AllocateCall() {}

    static int allocate(FsContext context, OpenFile file, int mode, long offset, long length) {
        if (file.isPath()) {
            return -EBADF;
        }
        if (offset < 0 || length <= 0) {
            return -EINVAL;
        }
        if (!isValid(mode)) {
            return -EOPNOTSUPP;
        }
        if (!file.writable()) {
            return -EBADF;
        }
        Inode inode = file.inode();
        if (inode != null && (InodeFlags.isImmutable(inode)
                || (mode & ~KEEP_SIZE) != 0 && InodeFlags.isAppendOnly(inode))) {
            return -EPERM;
        }
        Stat stat = new Stat();
        file.stat(stat);
        switch (FileMode.type(stat.mode)) {
            case FileMode.S_IFREG -> {}
            case FileMode.S_IFIFO -> {
                return -ESPIPE;
            }
            case FileMode.S_IFDIR -> {
                return -EISDIR;
            }
            default -> {
                return -ENODEV;
            }
        }
        if (offset + length < 0) {
            return -EFBIG;
        }
        int error = file.allocate(mode, offset, length);
        if (error == 0) {
            AttributeCalls.contentChanged(context.credentials(), inode);
            FileEvents.happened(file, FileEvents.IN_MODIFY);
        }
        return error;
    }

    private static boolean isValid(int mode) {
        return switch (mode & ~KEEP_SIZE) {
            case 0, UNSHARE_RANGE, ZERO_RANGE -> true;
            case PUNCH_HOLE -> (mode & KEEP_SIZE) != 0;
            case COLLAPSE_RANGE, INSERT_RANGE, WRITE_ZEROES -> (mode & KEEP_SIZE) == 0;
            default -> false;
        };
    }
}
