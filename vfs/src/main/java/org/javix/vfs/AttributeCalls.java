package org.javix.vfs;

import static org.javix.vfs.AtFlags.AT_EACCESS;
import static org.javix.vfs.AtFlags.AT_SYMLINK_NOFOLLOW;
import static org.javix.vfs.AtFlags.UTIME_NOW;
import static org.javix.vfs.AtFlags.UTIME_OMIT;
import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTTY;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;

/** The calls that look at and change attributes; documented at {@link FileCalls}. */
final class AttributeCalls {
    private AttributeCalls() {}

    private static int find(PathWalk walk, OpenFile at, String path, int flags) {
        boolean keep = (flags & AT_SYMLINK_NOFOLLOW) != 0;
        return walk.find(at, path, keep ? PathWalk.Last.KEEP : PathWalk.Last.FOLLOW, flags);
    }

    /** Finds a file whose attributes are to change. */
    private static int findToChange(PathWalk walk, OpenFile at, String path, int flags) {
        int error = find(walk, at, path, flags);
        return error < 0 ? error : changeable(walk);
    }

    private static int changeable(PathWalk walk) {
        if (walk.inode == null) {
            return -EINVAL; // an anonymous object
        }
        return walk.mount != null && walk.mount.readOnly() ? -EROFS : 0;
    }

    static int stat(FsContext context, OpenFile at, String path, int flags, Stat out) {
        PathWalk walk = new PathWalk(context);
        int error = find(walk, at, path, flags);
        if (error < 0) {
            return error;
        }
        out.mount = walk.mount == null ? 0 : walk.mount.id();
        out.isMountRoot = walk.mount != null && walk.inode != null && walk.mount.isRoot(walk.inode);
        return walk.jumped != null ? walk.jumped.stat(out) : walk.inode.stat(out);
    }

    /** The flags of an open file, which {@code chattr} sets: {@link InodeFlags}, or -ENOTTY. */
    static int flags(OpenFile file) {
        Inode inode = file.inode();
        return inode == null || !inode.keepsFlags() ? -ENOTTY : inode.flags();
    }

    static int setFlags(FsContext context, OpenFile file, int flags) {
        Inode inode = file.inode();
        if (inode == null || !inode.keepsFlags()) {
            return -ENOTTY;
        }
        if (file.location() != null && file.location().mount().readOnly()) {
            return -EROFS;
        }
        Credentials who = context.credentials();
        boolean privileged = ((flags ^ inode.flags()) & InodeFlags.PRIVILEGED) != 0;
        if (!Permissions.owns(who, inode) || privileged && !who.isRoot()) {
            return -EPERM;
        }
        return (flags & ~InodeFlags.ALL) != 0 ? -EOPNOTSUPP : inode.setFlags(flags);
    }

    static int access(FsContext context, OpenFile at, String path, int mask, int flags) {
        if ((mask & ~7) != 0) {
            return -EINVAL;
        }
        Credentials who = context.credentials();
        FsContext as = context;
        if ((flags & AT_EACCESS) == 0 && (who.uid() != who.euid() || who.gid() != who.egid())) {
            as = context.fork();
            who = new Credentials(who.uid(), who.uid(), who.suid(), who.gid(), who.gid(), who.sgid(), who.groups());
            as.setCredentials(who);
            as.setOwner(context.owner());
        }
        PathWalk walk = new PathWalk(as);
        int error = find(walk, at, path, flags);
        if (error < 0 || walk.inode == null) {
            return error;
        }
        int type = FileMode.type(walk.inode.mode());
        if ((mask & FileMode.WRITE) != 0 && walk.mount != null && walk.mount.readOnly()
                && (type == FileMode.S_IFREG || type == FileMode.S_IFDIR || type == FileMode.S_IFLNK)) {
            return -EROFS;
        }
        if ((mask & FileMode.EXECUTE) != 0 && type == FileMode.S_IFREG && walk.mount != null
                && (walk.mount.flags() & Mount.NO_EXEC) != 0) {
            return -EACCES;
        }
        return mask == 0 ? 0 : Permissions.check(who, walk.inode, mask);
    }

    static int chmod(FsContext context, OpenFile at, String path, int mode, int flags) {
        PathWalk walk = new PathWalk(context);
        int error = findToChange(walk, at, path, flags);
        if (error < 0) {
            return error;
        }
        Inode inode = walk.inode;
        if (InodeFlags.isFixed(inode) || !Permissions.owns(walk.who, inode)) {
            return -EPERM;
        }
        if (inode.isSymbolicLink()) {
            return -EOPNOTSUPP;
        }
        int bits = mode & FileMode.PERMISSIONS;
        if (!Permissions.mayKeepSetGroup(walk.who, inode.gid())) {
            bits &= ~FileMode.S_ISGID;
        }
        error = inode.setMode(bits);
        return noted(walk, error, FileEvents.IN_ATTRIB);
    }

    /** Tells those who watch of a change that was made. */
    private static int noted(PathWalk walk, int error, int event) {
        if (error == 0) {
            FileEvents.happened(walk, event);
        }
        return error;
    }

    static int chown(FsContext context, OpenFile at, String path, int uid, int gid, int flags) {
        PathWalk walk = new PathWalk(context);
        int error = findToChange(walk, at, path, flags);
        if (error < 0) {
            return error;
        }
        Inode inode = walk.inode;
        Credentials who = walk.who;
        if ((uid != -1 || gid != -1) && InodeFlags.isFixed(inode)) {
            return -EPERM;
        }
        int mode = inode.mode();
        int kept = FileMode.isDirectory(mode) ? mode : Permissions.withoutSetId(who, mode, inode.gid());
        if (!who.isRoot()) {
            boolean owner = who.euid() == inode.uid();
            boolean keepsUser = uid == -1 || owner && uid == inode.uid();
            boolean keepsGroup = gid == -1 || owner && (gid == inode.gid() || who.inGroup(gid));
            if (!keepsUser || !keepsGroup || kept != mode && !owner) {
                return -EPERM;
            }
        }
        Quotas quotas = inode.fileSystem().quotas();
        if (quotas != null && !who.isRoot() && gid != -1 && gid != inode.gid()) {
            Stat stat = new Stat();
            inode.stat(stat);
            if (!quotas.hasRoom(Quotas.GROUP, gid, stat.blocks * 512, 1)) {
                return -Errno.EDQUOT;
            }
        }
        // Even if both stay, set-id bits go and the time of the change is noted.
        return noted(walk, inode.setOwner(uid, gid, kept), FileEvents.IN_ATTRIB);
    }

    static int utimens(
            FsContext context, OpenFile at, String path,
            long atimeSec, int atimeNsec, long mtimeSec, int mtimeNsec, int flags) {
        boolean omit = atimeNsec == UTIME_OMIT && mtimeNsec == UTIME_OMIT;
        if (omit && !context.isConfined()) {
            return 0; // on Linux not even the path is looked at
        }
        PathWalk walk = new PathWalk(context);
        int error = find(walk, at, path, flags);
        if (error == 0) {
            error = validTime(atimeNsec) && validTime(mtimeNsec) ? changeable(walk) : -EINVAL;
        }
        if (error < 0 || omit) {
            return error;
        }
        Inode inode = walk.inode;
        boolean now = atimeNsec == UTIME_NOW && mtimeNsec == UTIME_NOW;
        if (now ? InodeFlags.isImmutable(inode) : InodeFlags.isFixed(inode)) {
            return -EPERM;
        }
        if (!Permissions.owns(walk.who, inode)) {
            if (!now) {
                return -EPERM;
            }
            error = Permissions.check(walk.who, inode, FileMode.WRITE);
            if (error < 0) {
                return error;
            }
        }
        int event = mtimeNsec == UTIME_OMIT
                ? FileEvents.IN_ACCESS
                : atimeNsec == UTIME_OMIT ? FileEvents.IN_MODIFY : FileEvents.IN_ATTRIB;
        return noted(walk, inode.setTimes(atimeSec, atimeNsec, mtimeSec, mtimeNsec), event);
    }

    private static boolean validTime(int nanoseconds) {
        return nanoseconds >= 0 && nanoseconds < 1_000_000_000 || nanoseconds == UTIME_NOW || nanoseconds == UTIME_OMIT;
    }

    static int truncate(FsContext context, Waiter waiter, OpenFile at, String path, long size) {
        if (size < 0) {
            return -EINVAL;
        }
        PathWalk walk = new PathWalk(context);
        int error = walk.find(at, path, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        if (walk.inode == null) {
            return -ENOENT;
        }
        int mode = walk.inode.mode();
        if (FileMode.isDirectory(mode)) {
            return -EISDIR;
        }
        if (!FileMode.isRegular(mode)) {
            return -EINVAL;
        }
        if (walk.mount.readOnly()) {
            return -EROFS;
        }
        error = Permissions.check(walk.who, walk.inode, FileMode.WRITE);
        if (error == 0 && InodeFlags.isAppendOnly(walk.inode)) {
            error = -EPERM;
        }
        if (error < 0) {
            return error;
        }
        if (walk.inode.isExecuting()) {
            return -Errno.ETXTBSY;
        }
        Leases leases = walk.inode.leasesIfAny();
        error = leases == null ? 0 : leases.breakFor(true, waiter == null ? Waiter.uninterruptible() : waiter);
        error = error < 0 ? error : truncate(walk.who, walk.inode, size);
        return noted(walk, error, FileEvents.IN_MODIFY);
    }

    /** Sets the length; as with any write by others than root, set-id bits are lost. */
    static int truncate(Credentials who, Inode inode, long size) {
        int error = inode.truncate(size);
        if (error == 0) {
            inode.tellLength(size);
            contentChanged(who, inode);
        }
        return error;
    }

    static int truncate(FsContext context, OpenFile file, long size) {
        if (file.isPath()) {
            return -EBADF;
        }
        if (size < 0) {
            return -EINVAL;
        }
        if (file.inode() != null && file.writable() && InodeFlags.isAppendOnly(file.inode())) {
            return -EPERM;
        }
        int error = file.truncate(size);
        if (error == 0 && file.inode() != null) {
            file.inode().tellLength(size);
            contentChanged(context.credentials(), file.inode());
            FileEvents.happened(file, FileEvents.IN_MODIFY);
        }
        return error;
    }

    /** Takes set-id bits away after a change of the content. */
    static void contentChanged(Credentials who, Inode inode) {
        int mode = inode.mode();
        int kept = Permissions.afterWrite(who, mode, inode.gid());
        if (kept != mode) {
            inode.setMode(kept);
        }
    }
}
