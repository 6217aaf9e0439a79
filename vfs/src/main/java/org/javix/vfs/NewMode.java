package org.javix.vfs;

/**
 * The permissions of a new file: the umask takes some away, or a directory's access control list for new files does,
 * which the file then has as well.
 *
 * @param mode what to make the file with
 * @param list the access control list of the file, or null
 * @param defaultList the list for new files of a new directory, or null
 */
record NewMode(int mode, AccessList list, AccessList defaultList) {
    /** For a file in the directory of a walk; the umask is that of its context. */
    static NewMode of(PathWalk walk, int mode) {
        return of(walk.directory, mode, walk.context.umask());
    }

    /** For a file in a directory. */
    static NewMode of(Inode directory, int mode, int umask) {
        AccessList inherited = directory.defaultList();
        if (inherited == null) {
            return new NewMode(mode & ~umask, null, null);
        }
        AccessList list = inherited.limitedTo(mode);
        AccessList handedDown = FileMode.isDirectory(mode) ? inherited : null;
        int bits = mode & ~0777 | list.mode();
        return list.isMode()
                ? new NewMode(bits, null, handedDown)
                // The group is given nothing before the list is there.
                : new NewMode(bits & ~070, list, handedDown);
    }

    /** Gives the file that was made its lists. */
    void complete(Inode made) {
        if (list != null) {
            made.setAttribute(AccessList.ACCESS, list.bytes(), 0);
        }
        if (defaultList != null) {
            made.setAttribute(AccessList.DEFAULT, defaultList.bytes(), 0);
        }
    }
}
