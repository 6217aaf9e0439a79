package org.javix.posix;

import static org.javix.vfs.Errno.EFBIG;

import org.javix.process.Rlimit;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.vfs.FileMode;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Stat;

/**
 * The limit on the size of files, RLIMIT_FSIZE. It holds for regular files only; who goes beyond it gets SIGXFSZ,
 * and EFBIG if that does not end the process.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/getrlimit.html">getrlimit</a>
 */
final class FileSizeLimit {
    private FileSizeLimit() {}

    /** Whether there is a limit. */
    static boolean isSet(GuestThread p) {
        return limit(p) != Rlimit.INFINITY;
    }

    private static long limit(GuestThread p) {
        return p.process().rlimits().soft(Rlimit.FSIZE);
    }

    /**
     * How many of the bytes of a write may be written.
     *
     * @param position where, or -1 for the file's own position
     * @return the count, perhaps a smaller one, or -EFBIG
     */
    static long allowed(GuestThread p, OpenFile file, long position, long count) {
        if (!isSet(p) || count == 0 || !isRegular(file)) {
            return count;
        }
        long at = position >= 0 ? position : file.seek(0, OpenFile.SEEK_CUR);
        if ((file.flags() & OpenFlags.O_APPEND) != 0) {
            at = size(p, file);
        }
        return exceeds(p, at + 1) ? -EFBIG : Math.min(count, limit(p) - at);
    }

    /** Whether an open file must not get a new length; then the signal was sent. */
    static boolean refuses(GuestThread p, OpenFile file, long length) {
        return isSet(p) && isRegular(file) && file.writable() && length > size(p, file) && exceeds(p, length);
    }

    /** Whether a length is over the limit; then the signal was sent. */
    static boolean exceeds(GuestThread p, long length) {
        if (Long.compareUnsigned(length, limit(p)) <= 0) {
            return false;
        }
        p.signals().send(SigInfo.kernel(Signal.SIGXFSZ));
        return true;
    }

    private static boolean isRegular(OpenFile file) {
        Inode inode = file.inode();
        return inode != null && FileMode.isRegular(inode.mode());
    }

    private static long size(GuestThread p, OpenFile file) {
        Stat stat = p.stat();
        return file.stat(stat) == 0 ? stat.size : 0;
    }
}
