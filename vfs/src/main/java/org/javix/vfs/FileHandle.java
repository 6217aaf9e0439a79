package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESTALE;

/**
 * A name of a file that stays when its path changes: the file's number, and the mount that it was found in.
 *
 * @param mount the number of the mount, as in {@code /proc/self/mountinfo}
 * @param number the number of the file
 * @see <a href="https://man7.org/linux/man-pages/man2/open_by_handle_at.2.html">open_by_handle_at(2)</a>
 */
public record FileHandle(int mount, long number) {
    /**
     * The handle of a file; -EOPNOTSUPP where files are not found by number: in overlays, on the host, in {@code proc}.
     *
     * @param flags {@link AtFlags#AT_SYMLINK_FOLLOW}, {@link AtFlags#AT_EMPTY_PATH}
     */
    public static Result<FileHandle> of(FsContext context, OpenFile at, String path, int flags) {
        PathWalk walk = new PathWalk(context);
        boolean follow = (flags & AtFlags.AT_SYMLINK_FOLLOW) != 0;
        int error = walk.find(at, path, follow ? PathWalk.Last.FOLLOW : PathWalk.Last.KEEP, flags);
        if (error < 0) {
            return Result.failed(error);
        }
        if (walk.inode == null || walk.mount == null || !walk.inode.fileSystem().hasHandles()) {
            return Result.failed(-EOPNOTSUPP);
        }
        walk.inode.fileSystem().remember(walk.inode);
        return Result.of(new FileHandle(walk.mount.id(), walk.inode.number()));
    }

    /**
     * Opens a file by its number. No path is walked, so this is for the superuser.
     *
     * @param place an open file of the mount; null for that of the working directory
     * @return the file, or what {@code open} gives, or -EBADF, -EPERM, -ESTALE
     */
    public static Result<OpenFile> open(FsContext context, Waiter waiter, OpenFile place, long number, int flags) {
        if (!context.credentials().isRoot()) {
            return Result.failed(-EPERM);
        }
        Location at = place == null ? context.cwd() : place.location();
        if (at == null || at.mount() == null) {
            return Result.failed(place == FileCalls.BAD_DESCRIPTOR ? -EBADF : -ESTALE);
        }
        Inode inode = at.mount().fileSystem().byHandle(number);
        return inode == null
                ? Result.failed(-ESTALE)
                : OpenCall.open(context, waiter, new Location(at.mount(), inode), flags);
    }
}
