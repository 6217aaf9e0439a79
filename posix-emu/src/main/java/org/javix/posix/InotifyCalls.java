package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMFILE;
import static org.javix.vfs.Errno.ENFILE;

import org.javix.process.InotifyFile;
import org.javix.vfs.FileCalls;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * Watching files.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
final class InotifyCalls {
    private static final int IN_ONLYDIR = 0x0100_0000;
    private static final int IN_DONT_FOLLOW = 0x0200_0000;
    private static final int IN_MASK_CREATE = 0x1000_0000;
    private static final int IN_MASK_ADD = 0x2000_0000;
    /** Every bit that means something: the mask has one at least. */
    private static final int KNOWN = 0xf700_efff;

    private InotifyCalls() {}

    static long inotifyInit1(GuestThread p, long flags) {
        if ((flags & ~(OpenFlags.O_CLOEXEC | OpenFlags.O_NONBLOCK)) != 0) {
            return -EINVAL;
        }
        InotifyFile file = InotifyFile.open(p.kernel(), (int) flags & OpenFlags.O_NONBLOCK);
        if (file == null) {
            return -EMFILE;
        }
        long fd = EventCalls.install(p, flags, status -> file);
        if (fd == -ENFILE) {
            file.release();
        }
        return fd;
    }

    static long inotifyAddWatch(GuestThread p, long fd, long path, long mask) {
        boolean both = (mask & IN_MASK_ADD) != 0 && (mask & IN_MASK_CREATE) != 0;
        if ((mask & KNOWN) == 0 || both) {
            return -EINVAL;
        }
        OpenFile file = p.file(fd);
        if (!(file instanceof InotifyFile inotify)) {
            return -EINVAL;
        }
        Result<Inode> found = FileCalls.findToWatch(
                p.fs(), p.memory().path(path), (mask & IN_DONT_FOLLOW) == 0, (mask & IN_ONLYDIR) != 0);
        return found.isFailure() ? found.error() : inotify.add(found.value(), (int) mask);
    }

    static long inotifyRmWatch(GuestThread p, long fd, long watch) {
        return p.file(fd) instanceof InotifyFile inotify ? inotify.remove((int) watch) : -EINVAL;
    }
}
