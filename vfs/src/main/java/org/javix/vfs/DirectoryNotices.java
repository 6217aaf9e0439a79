package org.javix.vfs;

import static org.javix.vfs.Errno.ENOTDIR;

import java.util.ArrayList;
import java.util.List;

/**
 * Signals about what happens in a directory: {@code F_NOTIFY}, the forerunner of {@code inotify}. Each descriptor table
 * asks for its own, which end when it closes a descriptor of the open directory. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_NOTIFY.2const.html">F_NOTIFY(2const)</a>
 */
final class DirectoryNotices {
    private static final int DN_ACCESS = 1;
    private static final int DN_MODIFY = 2;
    private static final int DN_CREATE = 4;
    private static final int DN_DELETE = 8;
    private static final int DN_RENAME = 16;
    private static final int DN_ATTRIB = 32;
    private static final int DN_MULTISHOT = 1 << 31;

    private static final int MOVES = FileEvents.IN_MOVED_FROM | FileEvents.IN_MOVED_TO;

    private final OpenFile directory;
    // Guarded by this.
    private final List<Notice> notices = new ArrayList<>(1);

    DirectoryNotices(OpenFile directory) {
        this.directory = directory;
    }

    /**
     * Asks for signals about more; with 0, for none any more.
     *
     * @param by whose descriptor it is
     * @param wanted bits of {@code DN_}
     * @return 0 or -ENOTDIR
     */
    static int ask(OpenFile file, FdTable by, int descriptor, int wanted) {
        if (!(file instanceof OpenDirectory directory)) {
            return -ENOTDIR;
        }
        int what = wanted & ~DN_MULTISHOT;
        if (what == 0) {
            directory.notices().end(by);
        } else {
            directory.notices().add(by, descriptor, what, (wanted & DN_MULTISHOT) != 0);
        }
        return 0;
    }

    /** What each but DN_RENAME is about, which is told of what gets another name in the same directory. */
    private static int events(int wanted) {
        return ((wanted & DN_ACCESS) != 0 ? FileEvents.IN_ACCESS : 0)
                | ((wanted & DN_MODIFY) != 0 ? FileEvents.IN_MODIFY : 0)
                | ((wanted & DN_CREATE) != 0 ? FileEvents.IN_CREATE | FileEvents.IN_MOVED_TO : 0)
                | ((wanted & DN_DELETE) != 0 ? FileEvents.IN_DELETE | FileEvents.IN_MOVED_FROM : 0)
                | ((wanted & DN_ATTRIB) != 0 ? FileEvents.IN_ATTRIB : 0);
    }

    private void add(FdTable by, int descriptor, int wanted, boolean again) {
        Notice fresh;
        synchronized (this) {
            for (Notice notice : notices) {
                if (notice.by == by) {
                    notice.descriptor = descriptor;
                    notice.wanted |= wanted;
                    notice.again |= again;
                    return;
                }
            }
            fresh = new Notice(directory.inode(), by, descriptor, wanted, again);
            notices.add(fresh);
        }
        fresh.start();
    }

    /** Ends what a descriptor table has asked for. */
    void end(FdTable by) {
        List<Notice> ended;
        synchronized (this) {
            ended = notices.stream().filter(notice -> notice.by == by).toList();
            notices.removeAll(ended);
        }
        ended.forEach(Watch::stop);
    }

    private final class Notice extends Watch {
        private final FdTable by;
        // Guarded by the notices, but for reading.
        private volatile int descriptor;
        private volatile int wanted;
        private volatile boolean again;
        // What the last move out of the directory has in common with a move into it.
        private volatile int moved;

        Notice(Inode inode, FdTable by, int descriptor, int wanted, boolean again) {
            super(inode);
            this.by = by;
            this.descriptor = descriptor;
            this.wanted = wanted;
            this.again = again;
        }

        @Override
        protected int mask() {
            return events(wanted) | ((wanted & DN_RENAME) != 0 ? MOVES : 0);
        }

        @Override
        protected boolean leavesOutUnlinked() {
            return false;
        }

        @Override
        protected void happened(int event, int cookie, String name) {
            boolean renamed = (event & FileEvents.IN_MOVED_TO) != 0 && cookie == moved && (wanted & DN_RENAME) != 0;
            if ((event & FileEvents.IN_MOVED_FROM) != 0) {
                moved = cookie;
            }
            if (!renamed && (event & events(wanted)) == 0) {
                return;
            }
            FileOwner owner = directory.owner();
            if (owner != null) {
                owner.tell(descriptor, FileOwner.POLL_MSG);
            }
            if (!again) {
                DirectoryNotices.this.end(by);
            }
        }

        @Override
        protected void end() {
            DirectoryNotices.this.end(by);
        }
    }
}
