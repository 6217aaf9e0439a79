package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ELOOP;
import static org.javix.vfs.Errno.ENFILE;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENXIO;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;
import static org.javix.vfs.FileMode.EXECUTE;
import static org.javix.vfs.FileMode.READ;
import static org.javix.vfs.FileMode.WRITE;
import static org.javix.vfs.OpenFlags.O_APPEND;
import static org.javix.vfs.OpenFlags.O_CLOEXEC;
import static org.javix.vfs.OpenFlags.O_CREAT;
import static org.javix.vfs.OpenFlags.O_DIRECT;
import static org.javix.vfs.OpenFlags.O_DIRECTORY;
import static org.javix.vfs.OpenFlags.O_EXCL;
import static org.javix.vfs.OpenFlags.O_NOATIME;
import static org.javix.vfs.OpenFlags.O_NOFOLLOW;
import static org.javix.vfs.OpenFlags.O_PATH;
import static org.javix.vfs.OpenFlags.O_TMPFILE;
import static org.javix.vfs.OpenFlags.O_TRUNC;

/** {@code open}, from the path to the open file. */
final class OpenCall {
    /** How often a file may vanish between finding and opening it before the call gives up. */
    private static final int ATTEMPTS = 100;

    private static final int TMPFILE_BIT = O_TMPFILE & ~O_DIRECTORY;

    private final FsContext context;
    private final Waiter waiter;
    private final int flags;
    private final int mode;
    private final PathWalk walk;

    private OpenCall(FsContext context, Waiter waiter, int flags, int mode) {
        this.context = context;
        this.waiter = waiter;
        this.flags = flags;
        this.mode = mode;
        walk = new PathWalk(context);
    }

    static Result<OpenFile> open(FsContext context, Waiter waiter, OpenFile at, String path, int flags, int mode) {
        if ((flags & O_PATH) != 0) {
            flags &= O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
        }
        boolean unnamed = (flags & TMPFILE_BIT) != 0;
        boolean valid = unnamed
                ? (flags & O_DIRECTORY) != 0 && (flags & O_CREAT) == 0 && OpenFlags.writes(flags)
                : (flags & (O_CREAT | O_DIRECTORY)) != (O_CREAT | O_DIRECTORY);
        if (!valid) {
            return Result.failed(-EINVAL);
        }
        OpenFileCount count = context.mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return Result.failed(-ENFILE);
        }
        OpenCall call = new OpenCall(context, waiter, flags, mode);
        Result<OpenFile> result = unnamed ? call.unnamed(at, path) : call.named(at, path);
        if (!result.isFailure()) {
            count.add(result.value());
        }
        return result;
    }

    /** Opens what was found already, whatever leads to it. */
    static Result<OpenFile> open(FsContext context, Waiter waiter, Location place, int flags) {
        OpenFileCount count = context.mounts().openFiles();
        if (count.lacksRoomFor(1)) {
            return Result.failed(-ENFILE);
        }
        OpenCall call = new OpenCall(context, waiter, flags, 0);
        call.walk.mount = place.mount();
        call.walk.inode = place.inode();
        int error = call.check(place.inode(), place.mount());
        if (error < 0) {
            return Result.failed(error);
        }
        Result<OpenFile> result = call.finish(false);
        if (result == null) {
            return Result.failed(-Errno.ESTALE);
        }
        if (!result.isFailure()) {
            count.add(result.value());
        }
        return result;
    }

    private Result<OpenFile> named(OpenFile at, String path) {
        Result<OpenFile> result = null;
        for (int i = 0; i < ATTEMPTS && result == null; i++) {
            result = attempt(at, path);
        }
        return result == null ? Result.failed(-ENOENT) : result;
    }

    /** Tries once; null if another call changed the tree in between. */
    private Result<OpenFile> attempt(OpenFile at, String path) {
        boolean create = (flags & O_CREAT) != 0;
        boolean exclusive = create && (flags & O_EXCL) != 0;
        walk.creating = create;
        boolean follow = (flags & O_NOFOLLOW) == 0 && !exclusive;
        int error = walk.find(at, path, follow ? PathWalk.Last.FOLLOW : PathWalk.Last.KEEP, create);
        if (error < 0) {
            return Result.failed(error);
        }
        if (walk.jumped != null) {
            return reopen();
        }
        boolean made = false;
        if (walk.inode == null) {
            error = create();
            if (error == -EEXIST && !exclusive) {
                return null;
            }
            if (error < 0) {
                return Result.failed(error);
            }
            made = true;
        } else if (exclusive) {
            return Result.failed(-EEXIST);
        }
        error = made ? 0 : check(walk.inode, walk.mount);
        if (error < 0) {
            return Result.failed(error);
        }
        return finish(made);
    }

    /** Makes the file that is missing. */
    private int create() {
        if (walk.mount.readOnly()) {
            return -EROFS;
        }
        Inode directory = walk.directory;
        int error = Permissions.checkAdd(walk.who, directory);
        if (error < 0) {
            return error;
        }
        int group = Permissions.newGroup(walk.who, directory);
        NewMode made = newMode(directory);
        Inode.Found found = new Inode.Found();
        error = directory.create(walk.name, made.mode(), walk.who.euid(), group, 0, found);
        if (error == 0) {
            made.complete(found.inode);
            walk.inode = found.inode;
            FileEvents.created(directory, walk.name, FileMode.S_IFREG);
        }
        return error;
    }

    private NewMode newMode(Inode directory) {
        int bits = Permissions.newBits(walk.who, directory, mode & FileMode.PERMISSIONS);
        return NewMode.of(directory, FileMode.S_IFREG | bits, context.umask());
    }

    /** Whether the caller may open what was found, in this way. */
    private int check(Inode inode, Mount mount) {
        int type = FileMode.type(inode.mode());
        boolean directory = type == FileMode.S_IFDIR;
        if ((flags & O_DIRECTORY) != 0 && !directory) {
            return -ENOTDIR;
        }
        if ((flags & O_PATH) != 0) {
            return 0;
        }
        boolean writes = OpenFlags.writes(flags) || OpenFlags.controls(flags) || (flags & O_TRUNC) != 0;
        if (directory && (flags & O_CREAT) != 0) {
            return -EISDIR;
        }
        if ((flags & O_CREAT) != 0 && isProtected(inode, type)) {
            return -EACCES;
        }
        if (type == FileMode.S_IFLNK) {
            return -ELOOP;
        }
        if (directory && (writes || (flags & O_CREAT) != 0)) {
            return -EISDIR;
        }
        if (type == FileMode.S_IFCHR && (mount.flags() & Mount.NO_DEVICES) != 0) {
            return -EACCES;
        }
        if (!walk.who.isRoot() || inode.flags() != 0) {
            int mask = (OpenFlags.reads(flags) || OpenFlags.controls(flags) ? READ : 0) | (writes ? WRITE : 0);
            int error = Permissions.check(walk.who, inode, mask);
            if (error < 0) {
                return error;
            }
            boolean overwrites = OpenFlags.writes(flags) && (flags & O_APPEND) == 0 || (flags & O_TRUNC) != 0;
            if (overwrites && InodeFlags.isAppendOnly(inode)) {
                return -EPERM;
            }
            if ((flags & O_NOATIME) != 0 && !Permissions.owns(walk.who, inode)) {
                return -EPERM;
            }
        }
        return writes && type == FileMode.S_IFREG && mount.readOnly() ? -EROFS : 0;
    }

    /**
     * Whether O_CREAT must not open another's special file in a sticky directory that all may write to, so
     * that nobody is lured into one. Linux spares regular files and FIFOs unless it is told otherwise.
     */
    private boolean isProtected(Inode inode, int type) {
        Inode directory = walk.directory;
        if (directory == null || type == FileMode.S_IFREG || type == FileMode.S_IFIFO) {
            return false;
        }
        int open = FileMode.S_ISVTX | WRITE;
        return (directory.mode() & open) == open && inode.uid() != directory.uid() && inode.uid() != walk.who.euid();
    }

    private Result<OpenFile> finish(boolean made) {
        Inode inode = walk.inode;
        Location where = walk.location();
        Result<OpenFile> result;
        if ((flags & O_PATH) != 0) {
            int error = inode.hold();
            if (error < 0) {
                return made ? Result.failed(error) : null;
            }
            result = Result.of(new PathFile(flags, where));
        } else if (!FileMode.isRegular(inode.mode())
                && ((flags & O_DIRECT) != 0 || OpenFlags.controls(flags) && FileMode.type(inode.mode()) == FileMode.S_IFIFO)) {
            return Result.failed(-EINVAL);
        } else if (!inode.fileSystem().opensSpecialFiles() && isSpecial(inode)) {
            return Result.failed(-ENXIO);
        } else {
            result = switch (FileMode.type(inode.mode())) {
                case FileMode.S_IFREG -> openRegular(inode, where, made);
                case FileMode.S_IFDIR -> inode.open(context, where, flags);
                case FileMode.S_IFIFO -> context.mounts().fifos().open(context, waiter, where, flags);
                case FileMode.S_IFCHR -> openDevice(inode, where);
                default -> Result.failed(-ENXIO);
            };
        }
        if (result == null || result.isFailure()) {
            return result;
        }
        result.value().openedBy(walk.who);
        if (made) {
            result.value().creates();
        }
        if (walk.directory != null) {
            result.value().opened(new Location(walk.directoryMount, walk.directory), walk.name);
        }
        if (FileEvents.wanted() && (flags & O_PATH) == 0) {
            FileEvents.happened(result.value(), FileEvents.IN_OPEN);
        }
        return result;
    }

    private Result<OpenFile> openRegular(Inode inode, Location where, boolean made) {
        boolean truncates = (flags & O_TRUNC) != 0 && !made;
        boolean writes = OpenFlags.writes(flags);
        if (writes && !inode.use(1) || truncates && inode.isExecuting()) {
            return Result.failed(-Errno.ETXTBSY);
        }
        if (!writes) {
            inode.countReader(1);
        }
        int broken = breakLeases(inode, writes);
        Result<OpenFile> result = broken < 0 ? Result.failed(broken) : inode.open(context, where, flags);
        if (!result.isFailure()) {
            if (writes) {
                result.value().counts(1);
            } else {
                result.value().countsAsReader();
            }
        } else if (writes) {
            inode.endUse(1);
        } else {
            inode.countReader(-1);
        }
        if (result.error() == -ENOENT && !made) {
            return null;
        }
        if (!result.isFailure() && truncates) {
            int error = inode.empty();
            if (error < 0) {
                result.value().release();
                return Result.failed(error);
            }
            inode.tellLength(0);
            AttributeCalls.contentChanged(walk.who, inode);
            FileEvents.happened(walk, FileEvents.IN_MODIFY);
        }
        return result;
    }

    private int breakLeases(Inode inode, boolean writes) {
        Leases leases = inode.leasesIfAny();
        if (leases == null) {
            return 0;
        }
        boolean waits = (flags & OpenFlags.O_NONBLOCK) == 0;
        return leases.breakFor(writes, !waits ? null : waiter == null ? Waiter.uninterruptible() : waiter);
    }

    private static boolean isSpecial(Inode inode) {
        int type = FileMode.type(inode.mode());
        return type != FileMode.S_IFREG && type != FileMode.S_IFDIR;
    }

    private Result<OpenFile> openDevice(Inode inode, Location where) {
        SpecialFiles driver = context.mounts().devices().character(inode.rdev());
        return driver == null ? Result.failed(-ENXIO) : driver.open(context, waiter, where, flags);
    }

    /** Opens what a link in {@code /proc/self/fd} leads to. */
    private Result<OpenFile> reopen() {
        OpenFile target = walk.jumped;
        Inode inode = walk.inode;
        int type = inode == null || walk.mount == null ? 0 : FileMode.type(inode.mode());
        if (type == FileMode.S_IFLNK && (flags & O_PATH) == 0) {
            return Result.failed(-ELOOP);
        }
        if (type != FileMode.S_IFREG && type != FileMode.S_IFDIR) {
            return target.reopen(flags);
        }
        walk.directory = null;
        int error = check(inode, walk.mount);
        if (error < 0) {
            return Result.failed(error);
        }
        Result<OpenFile> result = finish(false);
        if (result != null && !result.isFailure()) {
            result.value().openedAs(target);
        }
        return result;
    }

    private Result<OpenFile> unnamed(OpenFile at, String path) {
        boolean follow = (flags & O_NOFOLLOW) == 0;
        int error = walk.find(at, path, follow ? PathWalk.Last.FOLLOW : PathWalk.Last.KEEP, false);
        if (error < 0) {
            return Result.failed(error);
        }
        Inode directory = walk.inode;
        if (directory == null || !directory.isDirectory()) {
            return Result.failed(-ENOTDIR);
        }
        if (walk.mount.readOnly()) {
            return Result.failed(-EROFS);
        }
        error = Permissions.check(walk.who, directory, WRITE | EXECUTE);
        if (error < 0) {
            return Result.failed(error);
        }
        Inode.Found found = new Inode.Found();
        NewMode made = newMode(directory);
        int group = Permissions.newGroup(walk.who, directory);
        error = directory.createUnnamed(made.mode(), walk.who.euid(), group, found);
        if (error < 0) {
            return Result.failed(error);
        }
        made.complete(found.inode);
        if ((flags & O_EXCL) != 0) {
            found.inode.stayUnnamed();
        }
        Location where = new Location(walk.mount, found.inode);
        Result<OpenFile> result = found.inode.open(context, where, flags & ~O_TMPFILE);
        if (!result.isFailure()) {
            found.inode.use(1);
            result.value().counts(1);
            result.value().openedBy(walk.who);
            result.value().opened(walk.location(), "#" + found.inode.number());
        }
        return result;
    }

    static Result<OpenFile> openForExec(FsContext context, OpenFile at, String path, int atFlags) {
        OpenCall call = new OpenCall(context, null, OpenFlags.O_RDONLY, 0);
        PathWalk walk = call.walk;
        boolean keep = (atFlags & AtFlags.AT_SYMLINK_NOFOLLOW) != 0;
        int error = walk.find(at, path, keep ? PathWalk.Last.KEEP : PathWalk.Last.FOLLOW, atFlags);
        if (error < 0) {
            return Result.failed(error);
        }
        if (walk.inode == null || walk.mount == null) {
            return Result.failed(-EACCES);
        }
        if (walk.inode.isSymbolicLink()) {
            return Result.failed(-ELOOP);
        }
        if (!FileMode.isRegular(walk.inode.mode()) || (walk.mount.flags() & Mount.NO_EXEC) != 0) {
            return Result.failed(-EACCES);
        }
        error = Permissions.check(walk.who, walk.inode, EXECUTE);
        if (error < 0) {
            return Result.failed(error);
        }
        OpenFile jumped = walk.jumped;
        if (!walk.inode.use(-1)) {
            return Result.failed(-Errno.ETXTBSY);
        }
        Result<OpenFile> result = call.finish(false);
        if (result == null || result.isFailure()) {
            walk.inode.endUse(-1);
            return result == null ? Result.failed(-ENOENT) : result;
        }
        result.value().counts(-1);
        if (jumped != null) {
            result.value().openedAs(jumped);
        }
        return result;
    }
}
