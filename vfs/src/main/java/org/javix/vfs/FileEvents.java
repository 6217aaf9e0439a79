package org.javix.vfs;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happens to files, for those who watch: the events of {@code inotify}, with Linux's numbers, told where Linux
 * tells them. Only what is done through this virtual file system is seen; changes that others make to a directory of
 * the host are not.
 *
 * <p>While nobody watches anything, an event costs one read of a field.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/inotify.7.html">inotify(7)</a>
 */
public final class FileEvents {
    /** It was read. */
    public static final int IN_ACCESS = 0x001;
    /** It was written to or cut. */
    public static final int IN_MODIFY = 0x002;
    /** Its attributes, or how many names it has, changed. */
    public static final int IN_ATTRIB = 0x004;
    /** It was closed and had been open for writing. */
    public static final int IN_CLOSE_WRITE = 0x008;
    /** It was closed and had not been open for writing. */
    public static final int IN_CLOSE_NOWRITE = 0x010;
    /** It was opened. */
    public static final int IN_OPEN = 0x020;
    /** Something was moved out of the directory. */
    public static final int IN_MOVED_FROM = 0x040;
    /** Something was moved into the directory. */
    public static final int IN_MOVED_TO = 0x080;
    /** Something was made in the directory. */
    public static final int IN_CREATE = 0x100;
    /** Something was removed from the directory. */
    public static final int IN_DELETE = 0x200;
    /** It is gone itself. */
    public static final int IN_DELETE_SELF = 0x400;
    /** It was moved itself. */
    public static final int IN_MOVE_SELF = 0x800;
    /** Beside an event: it is about a directory. */
    public static final int IN_ISDIR = 0x4000_0000;

    private static final AtomicInteger WATCHES = new AtomicInteger();
    private static final AtomicInteger COOKIES = new AtomicInteger();

    private FileEvents() {}

    /** Whether anybody watches anything. */
    static boolean wanted() {
        return WATCHES.get() != 0;
    }

    static void countWatches(int change) {
        WATCHES.addAndGet(change);
    }

    // ---- names ----

    static void created(Inode directory, String name, int type) {
        if (wanted()) {
            toDirectory(directory, IN_CREATE | (type == FileMode.S_IFDIR ? IN_ISDIR : 0), 0, name, null);
        }
    }

    static void linked(Inode directory, String name, Inode inode) {
        if (wanted()) {
            toItself(inode, IN_ATTRIB);
            toDirectory(directory, IN_CREATE, 0, name, inode);
        }
    }

    static void removed(Inode directory, String name, Inode inode) {
        if (wanted()) {
            boolean isDirectory = inode.isDirectory();
            if (!isDirectory) {
                toItself(inode, IN_ATTRIB);
            }
            toDirectory(directory, IN_DELETE | (isDirectory ? IN_ISDIR : 0), 0, name, inode);
            leaveIfGone(inode);
        }
    }

    /** @param replaced what had the new name; null if nothing had */
    static void renamed(Inode directory, String name, Inode inode, Inode newDirectory, String newName, Inode replaced) {
        if (!wanted() || inode.equals(replaced)) {
            return;
        }
        move(directory, name, inode, newDirectory, newName);
        if (replaced != null) {
            toItself(replaced, IN_ATTRIB);
        }
        toItself(inode, IN_MOVE_SELF);
        if (replaced != null) {
            leaveIfGone(replaced);
        }
    }

    static void exchanged(Inode directory, String name, Inode inode, Inode newDirectory, String newName, Inode other) {
        if (wanted()) {
            move(directory, name, inode, newDirectory, newName);
            toItself(inode, IN_MOVE_SELF);
            move(newDirectory, newName, other, directory, name);
            toItself(other, IN_MOVE_SELF);
        }
    }

    private static void move(Inode directory, String name, Inode inode, Inode newDirectory, String newName) {
        int cookie = COOKIES.incrementAndGet();
        int kind = inode.isDirectory() ? IN_ISDIR : 0;
        toDirectory(directory, IN_MOVED_FROM | kind, cookie, name, inode);
        toDirectory(newDirectory, IN_MOVED_TO | kind, cookie, newName, inode);
    }

    // ---- contents and attributes ----

    /** Something happened to an open file. */
    static void happened(OpenFile file, int event) {
        Inode inode = file.inode();
        if (inode != null && wanted()) {
            happened(inode, file.directoryInode(), file.entryName(), event);
        }
    }

    /** Something happened to what a path led to. */
    static void happened(PathWalk walk, int event) {
        if (walk.inode == null || !wanted()) {
            return;
        }
        if (walk.directory == null && walk.jumped != null) {
            happened(walk.jumped, event);
        } else {
            happened(walk.inode, walk.directory, walk.name, event);
        }
    }

    private static void happened(Inode inode, Inode directory, String name, int event) {
        boolean isDirectory = inode.isDirectory();
        Inode parent = isDirectory ? inode.parent() : directory;
        String entry = isDirectory ? inode.name() : name;
        int what = event | (isDirectory ? IN_ISDIR : 0);
        if (parent != null && entry != null && parent.isWatched() && isStillNamed(parent, entry, inode)) {
            toDirectory(parent, what, 0, entry, inode);
        }
        toItself(inode, what);
    }

    /** Whether a file that was opened by a name still has it, or none at all. */
    private static boolean isStillNamed(Inode directory, String name, Inode inode) {
        Inode.Found found = new Inode.Found();
        return directory.lookup(name, found) == 0 ? found.inode.equals(inode) : isGone(inode);
    }

    /** A file was closed by its last descriptor. */
    static void closed(OpenFile file) {
        if (wanted()) {
            happened(file, file.writable() ? IN_CLOSE_WRITE : IN_CLOSE_NOWRITE);
            leaveIfGone(file.inode());
        }
    }

    // ---- delivery ----

    private static boolean isGone(Inode inode) {
        Stat stat = new Stat();
        return inode.isDirectory() ? inode.isRemoved() : inode.stat(stat) < 0 || stat.nlink == 0;
    }

    /** Tells those who watch a file that it is gone, once it has neither names nor users. */
    private static void leaveIfGone(Inode inode) {
        if (inode.isWatched() && isGone(inode) && !inode.isInUse()) {
            toItself(inode, IN_DELETE_SELF);
            for (Watch watch : inode.watches()) {
                watch.end();
            }
        }
    }

    private static void toItself(Inode inode, int event) {
        for (Watch watch : inode.watches()) {
            if ((watch.mask() & event & ~IN_ISDIR) != 0) {
                watch.happened(event, 0, null);
            }
        }
    }

    private static void toDirectory(Inode directory, int event, int cookie, String name, Inode about) {
        for (Watch watch : directory.watches()) {
            boolean spared = watch.leavesOutUnlinked() && about != null && (event & IN_DELETE) == 0 && isGone(about);
            if ((watch.mask() & event & ~IN_ISDIR) != 0 && !spared) {
                watch.happened(event, cookie, name);
            }
        }
    }
}
