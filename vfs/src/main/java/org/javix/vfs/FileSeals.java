package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;

/**
 * What a file in memory promises never to do again, to those that it is handed to.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_GET_SEALS.2const.html">F_GET_SEALS(2const)</a>
 */
public final class FileSeals {
    /** No more seals: the state of every file that was not made to be sealed. */
    public static final int SEAL = 1;

    /** It does not become shorter. */
    public static final int SHRINK = 2;

    /** It does not become longer. */
    public static final int GROW = 4;

    /** Its content stays. */
    public static final int WRITE = 8;

    /** Its content stays, but for memories that show it already. */
    public static final int FUTURE_WRITE = 16;

    /** Whether it can be executed stays. */
    public static final int EXEC = 32;

    private static final int ALL = SEAL | SHRINK | GROW | WRITE | FUTURE_WRITE | EXEC;

    private FileSeals() {}

    /** The seals of an open file; -EINVAL if it can have none. */
    public static int of(OpenFile file) {
        return file.inode() instanceof TmpRegular regular ? regular.seals() : -EINVAL;
    }

    /** Adds seals: 0, -EBUSY if a memory shows what is to stay, -EINVAL, -EPERM if it is sealed or not open for writing. */
    public static int add(OpenFile file, int seals) {
        if (!file.writable()) {
            return -EPERM;
        }
        if ((seals & ~ALL) != 0 || !(file.inode() instanceof TmpRegular regular)) {
            return -EINVAL;
        }
        return regular.addSeals(seals);
    }

    /** Whether the content of a file must stay as it is, for those who begin now. */
    public static boolean keepContent(OpenFile file) {
        int seals = of(file);
        return seals > 0 && (seals & (WRITE | FUTURE_WRITE)) != 0;
    }
}
