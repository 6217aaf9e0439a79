package org.javix.vfs;

import static org.javix.vfs.AtFlags.RENAME_EXCHANGE;
import static org.javix.vfs.AtFlags.RENAME_NOREPLACE;
import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.ESTALE;

/**
 * A rename in an {@link OverlayFs}: what moves is raised to the upper layer, then moved there in one step,
 * which leaves a whiteout where a lower layer has the old name.
 */
final class OverlayRename {
    private final OverlayDirectory from;
    private final String name;
    private final OverlayInode expected;
    private final OverlayDirectory to;
    private final String newName;
    private final OverlayInode target;
    private final int flags;
    private final boolean exchange;

    OverlayRename(
            OverlayDirectory from, String name, OverlayInode expected,
            OverlayDirectory to, String newName, OverlayInode target, int flags) {
        this.from = from;
        this.name = name;
        this.expected = expected;
        this.to = to;
        this.newName = newName;
        this.target = target;
        this.flags = flags;
        exchange = (flags & RENAME_EXCHANGE) != 0;
    }

    int run() {
        int error = from.copyUp();
        if (error == 0) {
            error = to.copyUp();
        }
        // Before the locks: copying takes those of other directories.
        if (error == 0) {
            error = from.raise(name, expected);
        }
        if (error == 0 && exchange && target != null) {
            error = to.raise(newName, target);
        }
        if (error < 0) {
            return error == -ENOENT || error == -EEXIST ? -ESTALE : error;
        }
        if (from == to) {
            synchronized (from) {
                return rename();
            }
        }
        synchronized (from.fs.renameLock) {
            boolean fromFirst = to.isWithin(from) || !from.isWithin(to) && from.number() < to.number();
            synchronized (fromFirst ? from : to) {
                synchronized (fromFirst ? to : from) {
                    return rename();
                }
            }
        }
    }

    // Holds both directories.
    private int rename() {
        OverlayInode source = from.find(name);
        OverlayInode old = to.find(newName);
        if (source == null || source != expected || old != target || from.copyOf(name) == null) {
            return -ESTALE;
        }
        if (to.isRemoved()) {
            return -ENOENT;
        }
        if (old == null && exchange) {
            return -ENOENT;
        }
        if (old != null && (flags & RENAME_NOREPLACE) != 0) {
            return -EEXIST;
        }
        if (source instanceof OverlayDirectory moving && to.isWithin(moving)) {
            return -EINVAL;
        }
        if (old instanceof OverlayDirectory replaced && from.isWithin(replaced)) {
            return exchange ? -EINVAL : -ENOTEMPTY;
        }
        if (old == source) {
            return 0;
        }
        int error = mark(source, from, name);
        if (error == 0 && exchange) {
            error = mark(old, to, newName);
        }
        if (error < 0) {
            return error;
        }
        if (exchange) {
            return to.copyOf(newName) == null ? -ESTALE : move(RENAME_EXCHANGE);
        }
        return replace(source, old);
    }

    private static int mark(OverlayInode inode, OverlayDirectory in, String name) {
        return inode instanceof OverlayDirectory directory && in.copyOf(name) instanceof TmpDirectory copy
                ? in.fs.mark(directory, copy)
                : 0;
    }

    private int replace(OverlayInode source, OverlayInode old) {
        if (old instanceof OverlayDirectory directory) {
            if (!(source instanceof OverlayDirectory)) {
                return -EISDIR;
            }
            synchronized (directory) {
                int error = directory.retire();
                return error < 0 ? error : moveAway();
            }
        }
        if (old != null && source instanceof OverlayDirectory) {
            return -ENOTDIR;
        }
        boolean coversBelow = old != null && to.copyOf(newName) == null;
        int error = moveAway();
        if (error == 0 && coversBelow) {
            old.nameBelowGone();
        }
        return error;
    }

    private int moveAway() {
        return move(from.hasBelow(name) ? TmpRename.WHITEOUT : 0);
    }

    private int move(int how) {
        TmpInode moving = from.copyOf(name);
        TmpInode covered = to.copyOf(newName);
        return from.upper().rename(name, moving, to.upper(), newName, covered, how);
    }
}
