package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EOPNOTSUPP;

import org.javix.vfs.OpenFile;
import org.javix.vfs.PollEvents;

/**
 * Reading and writing with flags for one call. What is stored is stored at once, so those that ask for that, or for
 * haste, change nothing.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/preadv2.2.html">preadv2(2)</a>
 */
final class FlaggedIoCalls {
    private static final int RWF_NOWAIT = 8;
    private static final int RWF_APPEND = 16;
    /** RWF_HIPRI, RWF_DSYNC and RWF_SYNC as well. */
    private static final int KNOWN = 31;

    private FlaggedIoCalls() {}

    /** An offset of -1 means the position, which moves. */
    static long preadv2(GuestThread p, long fd, long vector, long count, long offset, long high, long flags) {
        long error = check(p.file(fd), flags, PollEvents.POLLIN);
        if (error < 0) {
            return error;
        }
        return IoCalls.position(offset, high) == -1
                ? IoCalls.readv(p, fd, vector, count)
                : IoCalls.preadv(p, fd, vector, count, offset, high);
    }

    static long pwritev2(GuestThread p, long fd, long vector, long count, long offset, long high, long flags) {
        OpenFile file = p.file(fd);
        long error = check(file, flags, PollEvents.POLLOUT);
        if (error < 0) {
            return error;
        }
        boolean moves = IoCalls.position(offset, high) == -1;
        if ((flags & RWF_APPEND) != 0 && file.writable()) {
            long kept = file.seek(0, OpenFile.SEEK_CUR);
            long end = file.seek(0, OpenFile.SEEK_END);
            if (end >= 0) {
                long written = IoCalls.writev(p, fd, vector, count);
                if (!moves) {
                    file.seek(kept, OpenFile.SEEK_SET);
                }
                return written;
            }
        }
        return moves ? IoCalls.writev(p, fd, vector, count) : IoCalls.pwritev(p, fd, vector, count, offset, high);
    }

    private static long check(OpenFile file, long flags, int event) {
        if ((flags & ~KNOWN) != 0) {
            return -EOPNOTSUPP;
        }
        boolean mustWait = (flags & RWF_NOWAIT) != 0
                && (file.poll() & (event | PollEvents.POLLHUP | PollEvents.POLLERR)) == 0;
        return mustWait ? -EAGAIN : 0;
    }
}
