package org.javix.vfs;

import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENAMETOOLONG;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENOTEMPTY;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.Errno.EXDEV;
import static org.javix.vfs.FileMode.EXECUTE;
import static org.javix.vfs.FileMode.WRITE;

/** The calls that add and remove directory entries; documented at {@link FileCalls}. */
final class EntryCalls {
    /** How often a rename looks again at names that change all the time. */
    private static final int ATTEMPTS = 100;

    /** Where a walk upwards ends: a host that moves directories about might make it go round in a circle. */
    private static final int DEEPEST = 1 << 20;

    private EntryCalls() {}

    static int mkdir(FsContext context, OpenFile at, String path, int mode) {
        PathWalk walk = new PathWalk(context);
        int error = findNew(walk, at, path, true);
        if (error < 0) {
            return error;
        }
        // A directory hands its set-group-id bit down.
        int bits = mode & (0777 | FileMode.S_ISVTX) | walk.directory.mode() & FileMode.S_ISGID;
        return create(walk, FileMode.S_IFDIR | bits, 0);
    }

    static int mknod(FsContext context, OpenFile at, String path, int mode, long rdev) {
        int error = checkNodeType(mode);
        if (error < 0) {
            return error;
        }
        int type = FileMode.type(mode) == 0 ? FileMode.S_IFREG : FileMode.type(mode);
        boolean device = type == FileMode.S_IFCHR || type == FileMode.S_IFBLK;
        PathWalk walk = new PathWalk(context);
        error = findNew(walk, at, path, false);
        if (error < 0) {
            return error;
        }
        // Anybody may make a whiteout, the character device 0:0.
        boolean whiteout = type == FileMode.S_IFCHR && rdev == 0;
        if (device && !whiteout && !walk.who.isRoot()) {
            return -EPERM;
        }
        int bits = Permissions.newBits(walk.who, walk.directory, mode & FileMode.PERMISSIONS);
        return create(walk, type | bits, device ? rdev : 0);
    }

    static int checkNodeType(int mode) {
        return switch (FileMode.type(mode)) {
            case 0, FileMode.S_IFREG, FileMode.S_IFIFO, FileMode.S_IFSOCK, FileMode.S_IFCHR, FileMode.S_IFBLK -> 0;
            case FileMode.S_IFDIR -> -EPERM;
            default -> -EINVAL;
        };
    }

    /** The umask is yet to be applied. */
    private static int create(PathWalk walk, int mode, long rdev) {
        int group = Permissions.newGroup(walk.who, walk.directory);
        Inode.Found found = new Inode.Found();
        NewMode made = NewMode.of(walk, mode);
        int error = walk.directory.create(walk.name, made.mode(), walk.who.euid(), group, rdev, found);
        if (error == 0) {
            made.complete(found.inode);
            FileEvents.created(walk.directory, walk.name, FileMode.type(mode));
        }
        return error;
    }

    static int symlink(FsContext context, String target, OpenFile at, String path) {
        if (target.isEmpty()) {
            return -ENOENT;
        }
        if (target.length() > PathWalk.PATH_LONGEST) {
            return -ENAMETOOLONG;
        }
        PathWalk walk = new PathWalk(context);
        int error = findNew(walk, at, path, false);
        if (error < 0) {
            return error;
        }
        int group = Permissions.newGroup(walk.who, walk.directory);
        error = walk.directory.symlink(walk.name, target, walk.who.euid(), group, new Inode.Found());
        if (error == 0) {
            FileEvents.created(walk.directory, walk.name, FileMode.S_IFLNK);
        }
        return error;
    }

    static int link(FsContext context, OpenFile oldAt, String oldPath, OpenFile newAt, String newPath, int flags) {
        PathWalk old = new PathWalk(context);
        if ((flags & AtFlags.AT_EMPTY_PATH) != 0 && !mayNameAgain(old.who, oldAt)) {
            return -ENOENT;
        }
        boolean follow = (flags & AtFlags.AT_SYMLINK_FOLLOW) != 0;
        int error = old.find(oldAt, oldPath, follow ? PathWalk.Last.FOLLOW : PathWalk.Last.KEEP, flags);
        if (error < 0) {
            return error;
        }
        PathWalk walk = new PathWalk(context);
        error = findPlace(walk, newAt, newPath, false);
        if (error < 0) {
            return error;
        }
        if (old.mount != walk.mount || old.inode == null) {
            return -EXDEV;
        }
        if (context.mounts().protectsHardLinks() && !isSafeToLink(old.who, old.inode)) {
            return -EPERM;
        }
        error = Permissions.checkAdd(walk.who, walk.directory);
        if (error < 0) {
            return error;
        }
        if (old.inode.isDirectory()) {
            return -EPERM;
        }
        if (InodeFlags.isFixed(old.inode)) {
            return -EPERM;
        }
        error = walk.directory.link(walk.name, old.inode);
        if (error == 0) {
            FileEvents.linked(walk.directory, walk.name, old.inode);
        }
        return error;
    }

    /** A descriptor may have come from someone with more rights: only who opened it gives it a name. */
    private static boolean mayNameAgain(Credentials who, OpenFile file) {
        return who.isRoot() || file == null || file == FileCalls.BAD_DESCRIPTOR || file.isOpenedBy(who);
    }

    /** Linux's {@code protected_hardlinks}: a link to another's file needs the right to read and write it. */
    private static boolean isSafeToLink(Credentials who, Inode inode) {
        int mode = inode.mode();
        int executableSetGroup = FileMode.S_ISGID | 010;
        boolean privileged = (mode & FileMode.S_ISUID) != 0 || (mode & executableSetGroup) == executableSetGroup;
        return Permissions.owns(who, inode)
                || FileMode.isRegular(mode) && !privileged
                        && Permissions.check(who, inode, FileMode.READ | WRITE) == 0;
    }

    /** Finds the directory of a new entry and checks that it may be made. */
    private static int findNew(PathWalk walk, OpenFile at, String path, boolean directory) {
        int error = findPlace(walk, at, path, directory);
        return error < 0 ? error : Permissions.checkAdd(walk.who, walk.directory);
    }

    /** Finds the directory of a new entry. */
    private static int findPlace(PathWalk walk, OpenFile at, String path, boolean directory) {
        int error = walk.find(at, path, PathWalk.Last.ENTRY, true);
        if (error < 0) {
            return error;
        }
        if (walk.kind != PathWalk.NAME || walk.inode != null) {
            return -EEXIST;
        }
        if (walk.lastError < 0) {
            return walk.lastError;
        }
        if (walk.trailingSlash && !directory) {
            return -ENOENT;
        }
        if (walk.mount.readOnly()) {
            return -EROFS;
        }
        return 0;
    }

    static int unlink(FsContext context, OpenFile at, String path) {
        PathWalk walk = new PathWalk(context);
        for (;;) {
            int error = walk.find(at, path, PathWalk.Last.ENTRY, true);
            if (error < 0) {
                return error;
            }
            if (walk.kind != PathWalk.NAME) {
                return -EISDIR;
            }
            error = walk.trailingSlash ? slashError(walk) : checkRemove(walk);
            if (error < 0) {
                return error;
            }
            if (walk.inode.isDirectory()) {
                return -EISDIR;
            }
            if (isMountPoint(walk)) {
                return -EBUSY;
            }
            error = walk.directory.unlink(walk.name, walk.inode);
            if (error == 0) {
                FileEvents.removed(walk.directory, walk.name, walk.inode);
            }
            if (error != -ESTALE) {
                return error;
            }
        }
    }

    /** A slash is an error before it is looked at whether the caller may remove the file. */
    private static int slashError(PathWalk walk) {
        if (walk.mount.readOnly()) {
            return -EROFS;
        }
        if (walk.inode == null) {
            return walk.missing();
        }
        return walk.inode.isDirectory() ? -EISDIR : -ENOTDIR;
    }

    static int rmdir(FsContext context, OpenFile at, String path) {
        PathWalk walk = new PathWalk(context);
        for (;;) {
            int error = walk.find(at, path, PathWalk.Last.ENTRY, true);
            if (error < 0) {
                return error;
            }
            switch (walk.kind) {
                case PathWalk.DOT:
                    return -EINVAL;
                case PathWalk.DOT_DOT:
                    return -ENOTEMPTY;
                case PathWalk.ROOT:
                    return -EBUSY;
                default:
                    break;
            }
            error = checkRemove(walk);
            if (error < 0) {
                return error;
            }
            if (!walk.inode.isDirectory()) {
                return -ENOTDIR;
            }
            if (isMountPoint(walk)) {
                return -EBUSY;
            }
            error = walk.directory.rmdir(walk.name, walk.inode);
            if (error == 0) {
                FileEvents.removed(walk.directory, walk.name, walk.inode);
            }
            if (error != -ESTALE) {
                return error;
            }
        }
    }

    private static int checkRemove(PathWalk walk) {
        if (walk.mount.readOnly()) {
            return -EROFS;
        }
        if (walk.inode == null) {
            return walk.missing();
        }
        return Permissions.checkRemove(walk.who, walk.directory, walk.inode);
    }

    private static boolean isMountPoint(PathWalk walk) {
        return walk.context.mounts().covering(walk.mount, walk.inode) != null;
    }

    static int rename(FsContext context, OpenFile oldAt, String oldPath, OpenFile newAt, String newPath, int flags) {
        boolean exchange = (flags & AtFlags.RENAME_EXCHANGE) != 0;
        boolean noReplace = (flags & AtFlags.RENAME_NOREPLACE) != 0;
        boolean whiteout = (flags & AtFlags.RENAME_WHITEOUT) != 0;
        int known = AtFlags.RENAME_EXCHANGE | AtFlags.RENAME_NOREPLACE | AtFlags.RENAME_WHITEOUT;
        if ((flags & ~known) != 0 || exchange && (noReplace || whiteout)) {
            return -EINVAL;
        }
        PathWalk from = new PathWalk(context);
        PathWalk to = new PathWalk(context);
        for (int attempt = 0; ; attempt++) {
            int error = from.find(oldAt, oldPath, PathWalk.Last.ENTRY, true);
            if (error == 0) {
                error = to.find(newAt, newPath, PathWalk.Last.ENTRY, true);
            }
            if (error == 0 && whiteout && !from.mount.fileSystem().hasWhiteouts()) {
                error = -EINVAL;
            }
            if (error == 0) {
                error = checkRename(from, to, exchange, noReplace);
                if (error < 0 && attempt < ATTEMPTS && hasMoved(from)) {
                    continue; // the two were looked up at different moments, and may never have been so together
                }
            }
            if (error < 0) {
                return error;
            }
            error = from.directory.rename(
                    from.name, from.inode, to.directory, to.name, to.inode, flags & ~AtFlags.RENAME_WHITEOUT);
            if (error == 0 && exchange) {
                FileEvents.exchanged(from.directory, from.name, from.inode, to.directory, to.name, to.inode);
            } else if (error == 0) {
                FileEvents.renamed(from.directory, from.name, from.inode, to.directory, to.name, to.inode);
            }
            if (error == 0 && whiteout) {
                create(from, FileMode.S_IFCHR, 0);
            }
            if (error != -ESTALE) {
                return error;
            }
        }
    }

    private static boolean hasMoved(PathWalk walk) {
        Inode.Found found = new Inode.Found();
        return walk.kind == PathWalk.NAME
                && walk.inode != null
                && (walk.directory.lookup(walk.name, found) < 0 || !found.inode.equals(walk.inode));
    }

    // In the order in which Linux finds the errors.
    private static int checkRename(PathWalk from, PathWalk to, boolean exchange, boolean noReplace) {
        if (from.mount != to.mount) {
            return -EXDEV;
        }
        if (from.kind != PathWalk.NAME) {
            return -EBUSY;
        }
        if (to.kind != PathWalk.NAME) {
            return noReplace ? -EEXIST : -EBUSY;
        }
        if (from.mount.readOnly()) {
            return -EROFS;
        }
        if (from.inode == null) {
            return from.missing();
        }
        if (to.lastError < 0) {
            return to.lastError;
        }
        if (noReplace && to.inode != null) {
            return -EEXIST;
        }
        if (exchange && to.inode == null) {
            return -ENOENT;
        }
        if (exchange && to.trailingSlash && !to.inode.isDirectory()) {
            return -ENOTDIR;
        }
        boolean directory = from.inode.isDirectory();
        if (!directory && (from.trailingSlash || !exchange && to.trailingSlash)) {
            return -ENOTDIR;
        }
        if (directory && isWithin(to.directory, from.inode)) {
            return -EINVAL;
        }
        if (to.inode != null && to.inode.isDirectory() && isWithin(from.directory, to.inode)) {
            return exchange ? -EINVAL : -ENOTEMPTY;
        }
        if (to.inode != null && to.inode.equals(from.inode)) {
            return 0;
        }
        return checkMove(from, to, directory, exchange);
    }

    private static int checkMove(PathWalk from, PathWalk to, boolean directory, boolean exchange) {
        int error = Permissions.checkRemove(from.who, from.directory, from.inode);
        if (error < 0) {
            return error;
        }
        if (to.inode == null) {
            error = Permissions.checkAdd(to.who, to.directory);
        } else {
            error = Permissions.checkRemove(to.who, to.directory, to.inode);
            if (error == 0 && !exchange && directory && !to.inode.isDirectory()) {
                error = -ENOTDIR;
            } else if (error == 0 && !exchange && !directory && to.inode.isDirectory()) {
                error = -EISDIR;
            }
        }
        if (error < 0) {
            return error;
        }
        // A directory that moves gets another "..", so it must be writable itself.
        if (!from.directory.equals(to.directory)) {
            if (directory) {
                error = Permissions.check(from.who, from.inode, WRITE);
            }
            if (error == 0 && exchange && to.inode.isDirectory()) {
                error = Permissions.check(to.who, to.inode, WRITE);
            }
            if (error < 0) {
                return error;
            }
        }
        return isMountPoint(from) || to.inode != null && isMountPoint(to) ? -EBUSY : 0;
    }

    private static boolean isWithin(Inode directory, Inode ancestor) {
        for (int level = 0; !directory.equals(ancestor); level++) {
            Inode above = directory.parent();
            if (above.equals(directory) || level == DEEPEST) {
                return false;
            }
            directory = above;
        }
        return true;
    }
}
