package org.javix.vfs;

import static org.javix.vfs.RecordLocks.F_RDLCK;
import static org.javix.vfs.RecordLocks.F_UNLCK;
import static org.javix.vfs.RecordLocks.F_WRLCK;

import java.util.List;

/**
 * The locks of a sandbox on a file of the host, held against the host's other programs: ranges as
 * open-file-description locks, so that no other descriptor of the JVM drops them, and the whole file by {@code flock}.
 * The descriptors for it are open as long as something is locked.
 *
 * <p>A file that cannot be found any more, as it has no name, is locked within the sandbox only.
 */
final class HostLocks implements LockMirror {
    private static final int NONE = -1;

    /** The pid to show for a process that the sandbox does not see, as Linux shows it in another namespace. */
    private static final int STRANGER = 0;

    private final HostInode inode;
    // Guarded by the RecordLocks that this belongs to.
    private int rangesFd = NONE;
    private int wholeFd = NONE;
    private int held;

    HostLocks(HostInode inode) {
        this.inode = inode;
    }

    @Override
    public int lock(int type, long start, long end) {
        if (rangesFd == NONE) {
            rangesFd = inode.openForLocks();
            if (rangesFd < 0) {
                rangesFd = NONE;
                return 0;
            }
        }
        int error = HostCalls.setLock(rangesFd, type, start, end);
        if (error == 0) {
            held++;
        } else if (held == 0) {
            closeRanges();
        }
        return refusal(error);
    }

    // A descriptor that cannot be written to cannot hold a write lock: then it holds in the sandbox only.
    private static int refusal(int error) {
        return switch (error) {
            case -Errno.EACCES -> -Errno.EAGAIN;
            case -Errno.EBADF, -Errno.EINVAL -> 0;
            default -> error;
        };
    }

    @Override
    public void relax(List<RecordLocks.Range> ranges, long start, long end) {
        if (rangesFd == NONE) {
            return;
        }
        if (ranges.isEmpty()) {
            closeRanges(); // drops all
            return;
        }
        long from = start;
        while (from >= 0 && from <= end) {
            int type = F_UNLCK;
            long to = end;
            for (RecordLocks.Range range : ranges) {
                if (range.start() > from) {
                    to = Math.min(to, range.start() - 1);
                } else if (range.end() >= from) {
                    type = type == F_WRLCK || range.type() == F_WRLCK ? F_WRLCK : F_RDLCK;
                    to = Math.min(to, range.end());
                }
            }
            HostCalls.setLock(rangesFd, type, from, to);
            from = to + 1; // negative after the last byte
        }
    }

    private void closeRanges() {
        HostCalls.close(rangesFd);
        rangesFd = NONE;
        held = 0;
    }

    @Override
    public RecordLocks.Range test(int type, long start, long end) {
        int fd = rangesFd != NONE ? rangesFd : inode.openForLocks();
        if (fd < 0) {
            return null;
        }
        RecordLocks.Range found = HostCalls.getLock(fd, type, start, end);
        if (fd != rangesFd) {
            HostCalls.close(fd);
        }
        return found == null ? null : new RecordLocks.Range(null, STRANGER, found.type(), found.start(), found.end());
    }

    @Override
    public int lockWhole(int type) {
        if (type == F_UNLCK) {
            if (wholeFd != NONE) {
                HostCalls.close(wholeFd);
                wholeFd = NONE;
            }
            return 0;
        }
        boolean first = wholeFd == NONE;
        if (first) {
            wholeFd = inode.openForLocks();
            if (wholeFd < 0) {
                wholeFd = NONE;
                return 0;
            }
        }
        int error = HostCalls.flock(wholeFd, type);
        if (error < 0 && first) {
            HostCalls.close(wholeFd);
            wholeFd = NONE;
        }
        return error;
    }
}
