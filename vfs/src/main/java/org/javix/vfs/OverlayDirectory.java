package org.javix.vfs;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.Errno.EXDEV;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A directory in an {@link OverlayFs}. Looking up takes no lock; changes hold this. The entries of the upper
 * part that are not whiteouts come first, then those of the lower parts that nothing above them covers.
 */
final class OverlayDirectory extends OverlayInode {
    // The lower parts, top first; empty for an opaque directory.
    private volatile List<OverlayFs.Lower> lowers;
    // Set once, under this.
    private volatile boolean removed;

    OverlayDirectory(OverlayFs fs, long number, TmpDirectory upper, List<OverlayFs.Lower> lowers, Place place) {
        super(fs, number, upper, lowers.isEmpty() ? null : lowers.getFirst().inode(), place);
        this.lowers = lowers;
    }

    @Override
    TmpDirectory upper() {
        return (TmpDirectory) super.upper();
    }

    List<OverlayFs.Lower> lowers() {
        return lowers;
    }

    @Override
    void foundAgain(Inode now, List<OverlayFs.Lower> parts, Place where) {
        super.foundAgain(now, parts, where);
        lowers = parts;
    }

    // Place

    @Override
    public OverlayDirectory parent() {
        if (this == fs.root()) {
            return this;
        }
        TmpDirectory copy = upper();
        return copy == null ? place().directory() : (OverlayDirectory) copy.parent().above;
    }

    @Override
    public String name() {
        if (this == fs.root() || removed) {
            return null;
        }
        TmpDirectory copy = upper();
        return copy == null ? place().name() : copy.name();
    }

    /** Whether this is {@code other} or lies in it. */
    boolean isWithin(OverlayDirectory other) {
        OverlayDirectory directory = this;
        while (directory != other) {
            if (directory == fs.root()) {
                return false;
            }
            directory = directory.parent();
        }
        return true;
    }

    // Finding

    /** What the upper part has under a name, a whiteout too; null if nothing. */
    TmpInode copyOf(String name) {
        TmpDirectory copy = upper();
        return copy == null ? null : copy.child(name);
    }

    @Override
    public int lookup(String name, Found out) {
        for (;;) {
            TmpInode copy = copyOf(name);
            if (copy != null) {
                if (OverlayFs.isWhiteout(copy)) {
                    return -ENOENT;
                }
                out.inode = fs.above(copy, this, name);
                return 0;
            }
            if (removed || lowers.isEmpty()) {
                return -ENOENT;
            }
            int error = fs.lookupBelow(this, name, out);
            if (copyOf(name) == null) {
                return error;
            }
            // It was copied up or covered meanwhile.
        }
    }

    /** The inode of a name, or null. */
    OverlayInode find(String name) {
        Found found = new Found();
        return lookup(name, found) == 0 ? (OverlayInode) found.inode : null;
    }

    /** Whether a lower part has a name, so that a whiteout is needed to hide it. */
    boolean hasBelow(String name) {
        return !lowers.isEmpty() && fs.lookupBelow(this, name, new Found()) == 0;
    }

    /** The lower parts of a subdirectory. */
    List<OverlayFs.Lower> lowersOf(String name) {
        Found found = new Found();
        return !lowers.isEmpty() && fs.lookupBelow(this, name, found) == 0 && found.inode instanceof OverlayDirectory below
                ? below.lowers
                : List.of();
    }

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        return Result.of(new OpenDirectory(flags, where));
    }

    @Override
    public int list(DirectoryReader sink) {
        List<String> names = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        TmpDirectory copy = upper();
        if (copy != null) {
            copy.list((ino, next, type, name) -> names.add(name) && seen.add(name));
        }
        for (OverlayFs.Lower lower : removed ? List.<OverlayFs.Lower>of() : lowers) {
            int error = lower.inode().list((ino, next, type, name) -> !seen.add(name) || names.add(name));
            if (error < 0) {
                return error;
            }
        }
        int count = 0;
        Found found = new Found();
        for (String name : names) {
            // Whiteouts, and what vanished since, are not found.
            if (lookup(name, found) == 0) {
                int type = FileMode.directoryType(found.inode.mode());
                if (!sink.entry(found.inode.number(), count + 3L, type, name)) {
                    break;
                }
                count++;
            }
        }
        return count;
    }

    @Override
    public int stat(Stat out) {
        int error = super.stat(out);
        if (error < 0) {
            return error;
        }
        if (removed) {
            out.nlink = 0;
        } else if (upper() != null && !lowers.isEmpty()) {
            int[] links = {2};
            list((ino, next, type, name) -> {
                links[0] += type == FileMode.directoryType(FileMode.S_IFDIR) ? 1 : 0;
                return true;
            });
            out.nlink = links[0];
        }
        return 0;
    }

    // Copying up

    @Override
    int copyUp() {
        if (upper() != null) {
            return 0;
        }
        if (fs.readOnly()) {
            return -EROFS;
        }
        Place where = place();
        int error = where.directory().copyUp();
        if (error < 0) {
            return error;
        }
        synchronized (where.directory()) {
            synchronized (this) {
                if (upper() != null) {
                    return 0;
                }
                Stat stat = new Stat();
                error = removed ? -ENOENT : lower().stat(stat);
                if (error == 0 && !FileMode.isDirectory(stat.mode)) {
                    error = -ENOENT; // others have put something else in its place
                }
                if (error < 0) {
                    return error;
                }
                if (!fs.upper().takeInode()) {
                    return -ENOSPC;
                }
                TmpDirectory copy = new TmpDirectory(fs.upper(), stat.mode, stat.uid, stat.gid);
                copy.charges = 1;
                copy.countOwner(true);
                copy.takeAttributes(lower());
                copy.takeTimes(stat);
                copy.above = this;
                error = where.directory().adopt(where.name(), copy);
                if (error < 0) {
                    fs.upper().giveInodes(1);
                    return error;
                }
                setUpper(copy);
                fs.leaveBelow(this);
                return 0;
            }
        }
    }

    /** Adds a copy to the upper part, which is there, unless the name is taken: 0, -EEXIST, -ENOENT. Holds this. */
    int adopt(String name, TmpInode copy) {
        return removed ? -ENOENT : upper().adopt(name, copy);
    }

    /**
     * Makes sure that a name found to be {@code inode} is one of the upper layer: 0, -ESTALE, or what copying
     * gives.
     */
    int raise(String name, OverlayInode inode) {
        if (copyOf(name) == null) {
            int error = inode.copyUp();
            if (error < 0) {
                return error;
            }
        }
        synchronized (this) {
            TmpInode copy = copyOf(name);
            if (copy != null) {
                return copy.above == inode ? 0 : -ESTALE;
            }
            if (find(name) != inode) {
                return -ESTALE; // moved or removed meanwhile
            }
            // Another name of the file was copied.
            TmpInode file = inode.upper();
            synchronized (inode) {
                int error = file.addLink();
                if (error == 0) {
                    error = adopt(name, file);
                    inode.nameBelowGone();
                }
                return error;
            }
        }
    }

    // Changes

    /** Puts a new file of the upper layer under a name that nothing visible has. Holds this. */
    private int enter(String name, TmpInode file, boolean fresh) {
        if (removed) {
            return -ENOENT;
        }
        TmpInode present = copyOf(name);
        return present == null ? upper().add(name, file, fresh) : upper().replace(name, present, file, fresh);
    }

    private int make(String name, TmpInode file, OverlayInode inode, Found out) {
        int error = copyUp();
        if (error < 0) {
            return error;
        }
        file.above = inode;
        synchronized (this) {
            if (lookup(name, out) == 0) {
                return -EEXIST;
            }
            if (inode instanceof OverlayDirectory directory && hasBelow(name)) {
                error = fs.mark(directory, (TmpDirectory) file);
            }
            if (error == 0) {
                error = enter(name, file, true);
            }
        }
        if (error == 0) {
            out.inode = inode;
        }
        return error;
    }

    @Override
    public int create(String name, int mode, int uid, int gid, long rdev, Found out) {
        if (FileMode.type(mode) == FileMode.S_IFCHR && rdev == 0) {
            return -EPERM; // that is what a whiteout looks like
        }
        TmpInode file = TmpDirectory.make(fs.upper(), mode, uid, gid, rdev);
        long made = fs.number(0, file);
        OverlayInode inode = file instanceof TmpDirectory directory
                ? new OverlayDirectory(fs, made, directory, List.of(), null)
                : new OverlayInode(fs, made, file, null, null);
        return make(name, file, inode, out);
    }

    @Override
    public int symlink(String name, String target, int uid, int gid, Found out) {
        TmpInode file = new TmpSymlink(fs.upper(), target, uid, gid);
        return make(name, file, new OverlayInode(fs, fs.number(0, file), file, null, null), out);
    }

    @Override
    public int createUnnamed(int mode, int uid, int gid, Found out) {
        int error = copyUp();
        if (error < 0) {
            return error;
        }
        error = upper().createUnnamed(mode, uid, gid, out);
        if (error == 0) {
            out.inode = fs.above((TmpInode) out.inode, this, null);
        }
        return error;
    }

    @Override
    public int link(String name, Inode file) {
        if (!(file instanceof OverlayInode inode) || inode.fs != fs) {
            return -EXDEV;
        }
        int error = copyUp();
        if (error == 0) {
            error = inode.copyUp();
        }
        if (error < 0) {
            return error;
        }
        synchronized (this) {
            return find(name) != null ? -EEXIST : enter(name, inode.upper(), false);
        }
    }

    @Override
    public int unlink(String name, Inode expected) {
        int error = copyUp();
        if (error < 0) {
            return error;
        }
        synchronized (this) {
            OverlayInode inode = find(name);
            return inode == null || inode != expected ? -ESTALE : takeAway(name, inode);
        }
    }

    /** Removes a name, leaving a whiteout if it has to hide one below. Holds this. */
    private int takeAway(String name, OverlayInode inode) {
        TmpInode copy = copyOf(name);
        boolean below = hasBelow(name);
        int error;
        if (copy == null) {
            error = upper().add(name, TmpSpecial.whiteout(fs.upper(), 0), false);
        } else if (below) {
            error = upper().replace(name, copy, TmpSpecial.whiteout(fs.upper(), 0), false);
        } else {
            error = copy instanceof TmpDirectory ? upper().rmdir(name, copy) : upper().unlink(name, copy);
        }
        if (error == 0 && copy == null && !(inode instanceof OverlayDirectory)) {
            inode.nameBelowGone();
        }
        return error;
    }

    @Override
    public int rmdir(String name, Inode expected) {
        int error = copyUp();
        if (error < 0) {
            return error;
        }
        synchronized (this) {
            OverlayInode inode = find(name);
            if (inode == null || inode != expected) {
                return -ESTALE;
            }
            OverlayDirectory directory = (OverlayDirectory) inode;
            synchronized (directory) {
                error = directory.retire();
                return error < 0 ? error : takeAway(name, directory);
            }
        }
    }

    /** Marks it removed if it is empty: 0 or -ENOTEMPTY. Holds this and its directory. */
    int retire() {
        int entries = list((ino, next, type, name) -> true);
        if (entries != 0) {
            return entries < 0 ? entries : -ENOTEMPTY;
        }
        removed = true;
        TmpDirectory copy = upper();
        if (copy == null) {
            fs.leaveBelow(this);
        } else {
            copy.clear(); // only whiteouts are left
        }
        return 0;
    }

    @Override
    public int rename(String name, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        if (!(newDirectory instanceof OverlayDirectory to) || to.fs != fs) {
            return -EXDEV;
        }
        return new OverlayRename(this, name, (OverlayInode) expected, to, newName, (OverlayInode) target, flags).run();
    }
}
