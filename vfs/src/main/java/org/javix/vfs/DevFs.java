package org.javix.vfs;

import static org.javix.vfs.FileMode.S_IFCHR;
import static org.javix.vfs.FileMode.S_IFDIR;
import static org.javix.vfs.FileMode.S_ISVTX;

import java.time.InstantSource;

/**
 * The usual content of {@code /dev}: null, zero, full, random, urandom, tty, console and ptmx; the
 * links fd, stdin, stdout and stderr; the directories pts and shm. Drivers for the terminals are
 * registered with {@link Devices} by who has them.
 */
public final class DevFs {
    private static final int TTY_GROUP = 5;
    private static final long DEFAULT_BYTES = 64 << 20;
    private static final long DEFAULT_INODES = 4096;

    private DevFs() {}

    /** A new, writable file system with the usual nodes, for at most 64 MiB and 4096 files. */
    public static TmpFs create(InstantSource clock) {
        return create(DEFAULT_BYTES, DEFAULT_INODES, clock);
    }

    /** A new, writable file system with the usual nodes; the limits are those of {@link TmpFs#create}. */
    public static TmpFs create(long maxBytes, long maxInodes, InstantSource clock) {
        TmpFs fs = TmpFs.create(maxBytes, maxInodes, clock);
        TmpDirectory root = fs.root();
        device(root, "null", 1, 3, 0666, 0);
        device(root, "zero", 1, 5, 0666, 0);
        device(root, "full", 1, 7, 0666, 0);
        device(root, "random", 1, 8, 0666, 0);
        device(root, "urandom", 1, 9, 0666, 0);
        device(root, "tty", 5, 0, 0666, TTY_GROUP);
        device(root, "console", 5, 1, 0620, TTY_GROUP);
        device(root, "ptmx", 5, 2, 0666, TTY_GROUP);
        link(root, "fd", "/proc/self/fd");
        link(root, "stdin", "/proc/self/fd/0");
        link(root, "stdout", "/proc/self/fd/1");
        link(root, "stderr", "/proc/self/fd/2");
        Inode.Found found = new Inode.Found();
        root.create("pts", S_IFDIR | 0755, 0, 0, 0, found);
        root.create("shm", S_IFDIR | S_ISVTX | 0777, 0, 0, 0, found);
        return fs;
    }

    private static void device(TmpDirectory root, String name, int major, int minor, int mode, int group) {
        root.create(name, S_IFCHR | mode, 0, group, Devices.number(major, minor), new Inode.Found());
    }

    private static void link(TmpDirectory root, String name, String target) {
        root.symlink(name, target, 0, 0, new Inode.Found());
    }
}
