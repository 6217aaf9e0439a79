package org.javix.vfs;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODATA;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ERANGE;

/**
 * The rules for extended attributes that depend on their names, as in Linux ({@code xattr(7)}): who may use
 * which, and on what. The namespaces are {@code user}, {@code trusted} and {@code security}; of
 * {@code system} there are {@linkplain AccessList access control lists}.
 */
final class AttributeNames {
    /** For {@code setxattr}: the attribute must be new. */
    static final int XATTR_CREATE = 1;

    /** For {@code setxattr}: the attribute must be there. */
    static final int XATTR_REPLACE = 2;

    private static final int NAME_LONGEST = 255;
    private static final int VALUE_LONGEST = 1 << 16;

    private AttributeNames() {}

    /** Whether a name may be looked up at all: 0 or -ERANGE. */
    static int check(String name) {
        return name.isEmpty() || name.length() > NAME_LONGEST ? -ERANGE : 0;
    }

    /** Whether an attribute may be set, apart from permissions: 0, -E2BIG, -EINVAL, -ERANGE. */
    static int check(String name, byte[] value, int flags) {
        if ((flags & ~(XATTR_CREATE | XATTR_REPLACE)) != 0) {
            return -EINVAL;
        }
        int error = check(name);
        return error == 0 && value.length > VALUE_LONGEST ? -E2BIG : error;
    }

    /** Whether there is a namespace for the name: 0, -EINVAL (nothing behind the prefix), -EOPNOTSUPP. */
    static int checkNamespace(String name) {
        for (String prefix : new String[] {"user.", "trusted.", "security."}) {
            if (name.startsWith(prefix)) {
                return name.length() == prefix.length() ? -EINVAL : 0;
            }
        }
        return -EOPNOTSUPP;
    }

    /** Whether someone may read or, for {@code changes}, set or remove an attribute of a file. */
    static int checkAccess(Credentials who, Inode inode, String name, boolean changes) {
        if (name.startsWith("system.")) {
            return 0;
        }
        if (name.startsWith("security.")) {
            return changes && !who.isRoot() ? -EPERM : 0;
        }
        int refusal = changes ? -EPERM : -ENODATA;
        if (name.startsWith("trusted.")) {
            return who.isRoot() ? 0 : refusal;
        }
        int mode = inode.mode();
        if (name.startsWith("user.")) {
            if (!FileMode.isRegular(mode) && !FileMode.isDirectory(mode)) {
                return refusal;
            }
            boolean sticky = FileMode.isDirectory(mode) && (mode & FileMode.S_ISVTX) != 0;
            if (changes && sticky && !Permissions.owns(who, inode)) {
                return -EPERM;
            }
        }
        return Permissions.check(who, inode, changes ? FileMode.WRITE : FileMode.READ);
    }

    /** Whether a listing shows an attribute to someone. */
    static boolean isShown(Credentials who, String name) {
        return who.isRoot() || !name.startsWith("trusted.");
    }
}
