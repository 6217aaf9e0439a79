package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.FileMode.EXECUTE;
import static org.javix.vfs.FileMode.S_ISGID;
import static org.javix.vfs.FileMode.S_ISUID;
import static org.javix.vfs.FileMode.S_ISVTX;
import static org.javix.vfs.FileMode.WRITE;

/** The permission rules of POSIX (section 4.7, file access permissions) and Linux. */
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
            return (mask & EXECUTE) == 0 || FileMode.isDirectory(mode) || (mode & 0111) != 0 ? 0 : -EACCES;
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

    /** Whether someone is root or owns a file. */
    static boolean owns(Credentials who, Inode inode) {
        return who.isRoot() || who.euid() == inode.uid();
    }

    /** Whether someone may take an entry out of a directory: 0, -EACCES, or -EPERM if it is sticky. */
    static int checkRemove(Credentials who, Inode directory, Inode entry) {
        int error = check(who, directory, WRITE | EXECUTE);
        if (error < 0) {
            return error;
        }
        boolean sticky = (directory.mode() & S_ISVTX) != 0;
        return sticky && !owns(who, directory) && !owns(who, entry) ? -EPERM : 0;
    }

    /** The group of a new file: the directory's if that has its set-group-id bit. */
    static int newGroup(Credentials who, Inode directory) {
        return (directory.mode() & S_ISGID) != 0 ? directory.gid() : who.egid();
    }

    /** The mode after someone without privilege wrote to the file or it changed hands. */
    static int withoutSetId(int mode) {
        // Set-group-id without group execution once meant mandatory locking, so it stays.
        return mode & ~((mode & 010) != 0 ? S_ISUID | S_ISGID : S_ISUID);
    }
}
