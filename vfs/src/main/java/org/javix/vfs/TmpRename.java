package org.javix.vfs;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.AtFlags.RENAME_EXCHANGE;
import static org.javix.vfs.AtFlags.RENAME_NOREPLACE;

/**
 * One rename in a {@link TmpFs}, POSIX {@code rename} and Linux {@code renameat2}.
 *
 * <p>Between two directories it holds the file system's rename lock, so that the shape of the tree is
 * fixed and it can be told which directory lies in which. Then it locks both directories, the upper
 * one first: {@code rmdir} too locks a directory before what lies in it, so there is no deadlock.
 * Directories that do not lie in each other are ordered by number.
 */
final class TmpRename {
    /** Leaves a whiteout under the old name: for overlays. */
    static final int WHITEOUT = 1 << 16;

    private final TmpDirectory from;
    private final String name;
    private final Inode expected;
    private final TmpDirectory to;
    private final String newName;
    private final Inode target;
    private final boolean exchange;
    private final boolean noReplace;
    private final boolean whiteout;

    TmpRename(
            TmpDirectory from, String name, Inode expected, TmpDirectory to, String newName, Inode target, int flags) {
        this.from = from;
        this.name = name;
        this.expected = expected;
        this.to = to;
        this.newName = newName;
        this.target = target;
        exchange = (flags & RENAME_EXCHANGE) != 0;
        noReplace = (flags & RENAME_NOREPLACE) != 0;
        whiteout = (flags & WHITEOUT) != 0;
    }

    int run() {
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
        TmpDirectory.Entry source = from.entry(name);
        TmpDirectory.Entry old = to.entry(newName);
        if (source == null || source.inode != expected || (old == null ? null : old.inode) != target) {
            return -ESTALE;
        }
        if (to.isRemoved()) {
            return -ENOENT;
        }
        if (old == null && exchange) {
            return -ENOENT;
        }
        if (old != null && noReplace) {
            return -EEXIST;
        }
        if (source.inode instanceof TmpDirectory moving && to.isWithin(moving)) {
            return -EINVAL;
        }
        if (old != null && old.inode instanceof TmpDirectory replaced && from.isWithin(replaced)) {
            return exchange ? -EINVAL : -ENOTEMPTY;
        }
        if (old != null && old.inode == source.inode) {
            return 0;
        }
        if (exchange) {
            exchange(source, old);
            return 0;
        }
        int error = old == null ? 0 : replace(source.inode, old.inode);
        if (error < 0) {
            return error;
        }
        TmpInode rest = whiteout ? TmpSpecial.whiteout(from.fs, 1) : null;
        changeNames(() -> {
            to.put(newName, source.inode);
            if (whiteout) {
                from.put(name, rest);
            } else {
                from.remove(source);
            }
        });
        if (old != null) {
            old.inode.dropLink();
        }
        if (source.inode instanceof TmpDirectory && from != to) {
            from.nlink--;
            to.nlink++;
        }
        touched(source.inode);
        return 0;
    }

    /** Checks that the types match, and retires a directory that is replaced. */
    private int replace(TmpInode moving, TmpInode replaced) {
        if (replaced instanceof TmpDirectory directory) {
            if (!(moving instanceof TmpDirectory)) {
                return -EISDIR;
            }
            int error = directory.retire();
            if (error < 0) {
                return error;
            }
            to.nlink--;
        } else if (moving instanceof TmpDirectory && !OverlayFs.isWhiteout(replaced)) {
            return -ENOTDIR;
        }
        return 0;
    }

    private void changeNames(Runnable change) {
        from.setRenaming(true);
        to.setRenaming(true);
        try {
            change.run();
        } finally {
            from.setRenaming(false);
            to.setRenaming(false);
        }
    }

    private void exchange(TmpDirectory.Entry source, TmpDirectory.Entry old) {
        changeNames(() -> {
            to.put(newName, source.inode);
            from.put(name, old.inode);
        });
        if (from != to) {
            int down = source.inode instanceof TmpDirectory ? 1 : 0;
            int up = old.inode instanceof TmpDirectory ? 1 : 0;
            from.nlink += up - down;
            to.nlink += down - up;
        }
        touched(source.inode);
        touched(old.inode);
    }

    private void touched(TmpInode moved) {
        synchronized (moved) {
            moved.changed();
        }
        from.modified();
        to.modified();
    }
}
