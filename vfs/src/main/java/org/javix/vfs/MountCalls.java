package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.EPERM;

/**
 * {@code mount} and {@code umount2}, as programs call them. The errors come in Linux's order.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mount.2.html">mount(2)</a>
 */
final class MountCalls {
    private static final int MS_REMOUNT = 32;
    private static final int MS_BIND = 4096;
    private static final int MS_MOVE = 8192;
    private static final int MS_REC = 16384;
    private static final int MS_RELATIME = 1 << 21;
    private static final int MS_PROPAGATION = 1 << 17 | 1 << 18 | 1 << 19 | 1 << 20;
    private static final int MS_MAGIC = 0xC0ED0000;
    private static final int MS_MAGIC_MASK = 0xffff0000;

    private static final int MNT_FORCE = 1;
    private static final int MNT_DETACH = 2;
    private static final int MNT_EXPIRE = 4;
    private static final int UMOUNT_NOFOLLOW = 8;

    private MountCalls() {}

    static int mount(FsContext context, String source, String target, String type, int requested, String options) {
        PathWalk point = new PathWalk(context);
        int error = point.find(null, target, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        if (point.mount == null) {
            return -EINVAL;
        }
        if (!point.who.isRoot()) {
            return -EPERM;
        }
        int flags = (requested & MS_MAGIC_MASK) == MS_MAGIC ? requested & ~MS_MAGIC_MASK : requested;
        boolean top = point.mount.isRoot(point.inode);
        if ((flags & MS_REMOUNT) != 0) {
            return top ? remount(context, point.mount, flags, options) : -EINVAL;
        }
        if ((flags & MS_BIND) != 0) {
            return bind(context, source, point.mountPoint(), flags);
        }
        if ((flags & MS_PROPAGATION) != 0) {
            return top ? 0 : -EINVAL; // there is one namespace, so nothing can spread
        }
        if ((flags & MS_MOVE) != 0) {
            return move(context, source, point.mountPoint());
        }
        if (type == null) {
            return -EINVAL;
        }
        FileSystemType kind = context.mounts().types().get(type);
        if (kind == null) {
            return -ENODEV;
        }
        Result<? extends FileSystem> made = kind.open(context, source == null ? "" : source, options);
        if (made.isFailure()) {
            return made.error();
        }
        String name = source == null || source.isEmpty() ? "none" : source;
        error = context.mounts().mountForProgram(point.mountPoint(), made.value(), flags & Mount.FLAGS, name);
        if (error < 0) {
            made.value().unmounted(false);
        }
        return error;
    }

    private static int remount(FsContext context, Mount mount, int flags, String options) {
        if ((flags & MS_BIND) == 0) {
            int error = mount.fileSystem().remount(options);
            if (error < 0) {
                return error;
            }
        }
        boolean saysNothing = (flags & (Mount.ACCESS_TIMES | MS_RELATIME)) == 0;
        int kept = saysNothing ? mount.flags() & Mount.ACCESS_TIMES : 0;
        return context.mounts().remount(mount, flags & Mount.FLAGS | kept);
    }

    private static int bind(FsContext context, String source, Mount.Point point, int flags) {
        if (source == null || source.isEmpty()) {
            return -EINVAL;
        }
        PathWalk walk = new PathWalk(context);
        int error = walk.find(null, source, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        return walk.mount == null ? -EINVAL : context.mounts().bind(walk.location(), point, (flags & MS_REC) != 0);
    }

    private static int move(FsContext context, String source, Mount.Point point) {
        if (source == null || source.isEmpty()) {
            return -EINVAL;
        }
        PathWalk walk = new PathWalk(context);
        int error = walk.find(null, source, PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        boolean top = walk.mount != null && walk.mount.isRoot(walk.inode);
        return top ? context.mounts().move(walk.mount, point) : -EINVAL;
    }

    static int unmount(FsContext context, String target, int flags) {
        int known = MNT_FORCE | MNT_DETACH | MNT_EXPIRE | UMOUNT_NOFOLLOW;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        PathWalk walk = new PathWalk(context);
        boolean keep = (flags & UMOUNT_NOFOLLOW) != 0;
        int error = walk.find(null, target, keep ? PathWalk.Last.KEEP : PathWalk.Last.FOLLOW, false);
        if (error < 0) {
            return error;
        }
        if (!walk.who.isRoot()) {
            return -EPERM;
        }
        boolean expire = (flags & MNT_EXPIRE) != 0;
        boolean contradiction = expire && (flags & (MNT_FORCE | MNT_DETACH)) != 0;
        if (walk.mount == null || !walk.mount.isRoot(walk.inode) || contradiction) {
            return -EINVAL;
        }
        return context.mounts().unmount(walk.mount, (flags & MNT_DETACH) != 0, expire);
    }
}
