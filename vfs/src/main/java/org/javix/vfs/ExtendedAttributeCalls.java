package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;

import java.util.List;

/**
 * The calls on extended attributes. {@code at} and {@code flags} are those of {@link FileCalls}: an empty path
 * with {@link AtFlags#AT_EMPTY_PATH} means an open file. Names are one char per byte, values at most 64 KiB.
 * Thread-safe.
 */
public final class ExtendedAttributeCalls {
    private ExtendedAttributeCalls() {}

    /**
     * Sets an attribute.
     *
     * @param how 0, 1 ({@code XATTR_CREATE}), 2 ({@code XATTR_REPLACE})
     * @return 0, or E2BIG, EEXIST, EINVAL, ENODATA, ENOSPC, EOPNOTSUPP, EPERM, ERANGE, EROFS
     */
    public static int set(
            FsContext context, OpenFile at, String path, int flags, String name, byte[] value, int how) {
        int error = AttributeNames.check(name, value, how);
        PathWalk walk = new PathWalk(context);
        if (error == 0) {
            error = findToChange(walk, at, path, flags, name);
        }
        if (error == 0 && AccessList.isName(name)) {
            return setList(walk, name, value);
        }
        return error < 0 ? error : noted(walk, walk.inode.setAttribute(name, value, how));
    }

    /** Sets an access control list, or removes it if there is no value. The errors are found in Linux's order. */
    private static int setList(PathWalk walk, String name, byte[] value) {
        Inode inode = walk.inode;
        Result<AccessList> list = AccessList.parse(value);
        if (list.isFailure()) {
            return list.error();
        }
        if (!inode.keepsAccessLists()) {
            return -EOPNOTSUPP;
        }
        if (name.equals(AccessList.DEFAULT) && !inode.isDirectory()) {
            return list.value() == null ? 0 : -EACCES;
        }
        if (!Permissions.owns(walk.who, inode)) {
            return -EPERM;
        }
        int error = inode.setAttribute(name, value, 0);
        if (error == 0 && name.equals(AccessList.ACCESS) && !Permissions.mayKeepSetGroup(walk.who, inode.gid())) {
            inode.setMode(inode.mode() & FileMode.PERMISSIONS & ~FileMode.S_ISGID);
        }
        return noted(walk, error);
    }

    /** Removes an attribute: 0, or ENODATA, EOPNOTSUPP, EPERM, ERANGE, EROFS. */
    public static int remove(FsContext context, OpenFile at, String path, int flags, String name) {
        int error = AttributeNames.check(name);
        PathWalk walk = new PathWalk(context);
        if (error == 0) {
            error = findToChange(walk, at, path, flags, name);
        }
        if (error == 0 && AccessList.isName(name)) {
            return setList(walk, name, new byte[0]);
        }
        return error < 0 ? error : noted(walk, walk.inode.removeAttribute(name));
    }

    private static int noted(PathWalk walk, int error) {
        if (error == 0) {
            FileEvents.happened(walk, FileEvents.IN_ATTRIB);
        }
        return error;
    }

    /** The value of an attribute, or ENODATA, EOPNOTSUPP, ERANGE. */
    public static Result<byte[]> get(FsContext context, OpenFile at, String path, int flags, String name) {
        int error = AttributeNames.check(name);
        PathWalk walk = new PathWalk(context);
        if (error == 0) {
            error = find(walk, at, path, flags);
        }
        if (error == 0) {
            error = AttributeNames.checkAccess(walk.who, walk.inode, name, false);
        }
        if (error == 0) {
            error = checkNamespace(walk, name);
        }
        return error < 0 ? Result.failed(error) : walk.inode.attribute(name);
    }

    /** The names of all attributes that the caller may know of. */
    public static Result<List<String>> list(FsContext context, OpenFile at, String path, int flags) {
        PathWalk walk = new PathWalk(context);
        int error = find(walk, at, path, flags);
        if (error < 0) {
            return Result.failed(error);
        }
        List<String> names = walk.inode.attributeNames().stream()
                .filter(name -> AttributeNames.isShown(walk.who, name))
                .toList();
        return Result.of(names);
    }

    private static int find(PathWalk walk, OpenFile at, String path, int flags) {
        boolean keep = (flags & AtFlags.AT_SYMLINK_NOFOLLOW) != 0;
        int error = walk.find(at, path, keep ? PathWalk.Last.KEEP : PathWalk.Last.FOLLOW, flags);
        return error == 0 && walk.inode == null ? -EOPNOTSUPP : error;
    }

    private static int findToChange(PathWalk walk, OpenFile at, String path, int flags, String name) {
        int error = find(walk, at, path, flags);
        if (error == 0 && walk.mount != null && walk.mount.readOnly()) {
            error = -EROFS;
        }
        if (error == 0 && InodeFlags.isFixed(walk.inode)) {
            error = -EPERM;
        }
        if (error == 0) {
            error = AttributeNames.checkAccess(walk.who, walk.inode, name, true);
        }
        // Whether there can be a list is asked when its value is known to be one.
        return error == 0 && !AccessList.isName(name) ? AttributeNames.checkNamespace(name) : error;
    }

    private static int checkNamespace(PathWalk walk, String name) {
        if (AccessList.isName(name)) {
            return walk.inode.keepsAccessLists() ? 0 : -EOPNOTSUPP;
        }
        return AttributeNames.checkNamespace(name);
    }
}
