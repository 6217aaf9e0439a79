package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;

/** The permission rules of POSIX and Linux. */
public final class Permissions {
    private Permissions() {}

    /**
     * Whether someone may use a file.
     *
     * @param mask bits of {@link FileMode#READ}, {@link FileMode#WRITE}, {@link FileMode#EXECUTE}
     * @return 0 or -EACCES
     */
    public static int check(Credentials who, Inode inode, int mask) {
        int mode = inode.mode();
        if (who.isRoot()) {
            // Root may do all, but execute only what anybody at all may execute.
            return (mask & FileMode.EXECUTE) == 0 || FileMode.isDirectory(mode) || (mode & 0111) != 0 ? 0 : -EACCES;
        }
        int granted;
        if (inode.uid() == who.euid()) {
            granted = mode >> 6;
        } else if (who.inGroup(inode.gid())) {
            granted = mode >> 3;
        } else {
            granted = mode;
        }
        return (granted & mask) == mask ? 0 : -EACCES;
    }
}
