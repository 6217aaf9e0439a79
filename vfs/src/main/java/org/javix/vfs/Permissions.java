package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.ENOENT;
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
     * @return 0, -EACCES, or -EPERM to write to what is immutable
     */
    public static int check(Credentials who, Inode inode, int mask) {
        if ((mask & WRITE) != 0 && InodeFlags.isImmutable(inode)) {
            return -EPERM;
        }
        int mode = inode.mode();
        if (who.isRoot()) {
            // Root may do all, but execute only what anybody at all may execute.
            return (mask & EXECUTE) == 0 || FileMode.isDirectory(mode) || (mode & 0111) != 0 ? 0 : -EACCES;
        }
        int granted;
        AccessList list;
        if (inode.uid() == who.euid()) {
            granted = mode >> 6;
        } else if ((mode & 070) != 0 && (list = inode.accessList()) != null) {
            return list.check(who, inode, mask);
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

    /** Whether someone may put an entry into a directory: 0, -EACCES, or -ENOENT if that was removed. */
    static int checkAdd(Credentials who, Inode directory) {
        return directory.isRemoved() ? -ENOENT : check(who, directory, WRITE | EXECUTE);
    }

    /** Whether someone may take an entry out of a directory: 0, -EACCES, or -EPERM if it is sticky or one of the two fixed. */
    static int checkRemove(Credentials who, Inode directory, Inode entry) {
        int error = check(who, directory, WRITE | EXECUTE);
        if (error < 0) {
            return error;
        }
        if (InodeFlags.isAppendOnly(directory) || InodeFlags.isFixed(entry)) {
            return -EPERM;
        }
        boolean sticky = (directory.mode() & S_ISVTX) != 0;
        return sticky && !owns(who, directory) && !owns(who, entry) ? -EPERM : 0;
    }

    /** The group of a new file: the directory's if that has its set-group-id bit. */
    static int newGroup(Credentials who, Inode directory) {
        return (directory.mode() & S_ISGID) != 0 ? directory.gid() : who.egid();
    }

    /** Whether someone may set the set-group-id bit of a file of this group. */
    static boolean mayKeepSetGroup(Credentials who, int group) {
        return who.isRoot() || who.inGroup(group);
    }

    /** The mode after someone changed the owner of a file: set-id bits are lost. */
    static int withoutSetId(Credentials who, int mode, int group) {
        // Set-group-id without group execution once meant mandatory locking, so it stays in the group.
        boolean dropsGroup = (mode & EXECUTE << 3) != 0 || !mayKeepSetGroup(who, group);
        return mode & ~(dropsGroup ? S_ISUID | S_ISGID : S_ISUID);
    }

    /** The mode after someone changed the content of a regular file: as by {@link #withoutSetId} except for root. */
    static int afterWrite(Credentials who, int mode, int group) {
        return (mode & (S_ISUID | S_ISGID)) == 0 || who.isRoot() ? mode : withoutSetId(who, mode, group);
    }

    /** The permission bits of a new file that is not a directory, before the umask. */
    static int newBits(Credentials who, Inode directory, int bits) {
        int executableSetGroup = S_ISGID | EXECUTE << 3;
        boolean strips = (bits & executableSetGroup) == executableSetGroup
                && (directory.mode() & S_ISGID) != 0
                && !mayKeepSetGroup(who, directory.gid());
        return strips ? bits & ~S_ISGID : bits;
    }
}
