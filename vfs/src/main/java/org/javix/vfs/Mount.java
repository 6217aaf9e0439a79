package org.javix.vfs;

/**
 * A file system, or a part of one, at its place in a mount namespace. Only the namespace changes its place and
 * flags. Thread-safe.
 */
public final class Mount {
    /** No changes through this mount. */
    public static final int READ_ONLY = 1;

    /** Set-id bits have no effect on exec. */
    public static final int NO_SET_ID = 2;

    /** Device nodes cannot be opened. */
    public static final int NO_DEVICES = 4;

    /** Nothing can be executed. */
    public static final int NO_EXEC = 8;

    /** Reading does not set the time of access. */
    public static final int NO_ACCESS_TIME = 1024;

    /** The same for directories only. */
    public static final int NO_DIRECTORY_ACCESS_TIME = 2048;

    /** Each reading sets the time of access, not only the first since a change or within a day. */
    public static final int STRICT_ACCESS_TIME = 1 << 24;

    /** Those that say when the time of access is set. */
    static final int ACCESS_TIMES = NO_ACCESS_TIME | NO_DIRECTORY_ACCESS_TIME | STRICT_ACCESS_TIME;

    /** All of the above. */
    static final int FLAGS = READ_ONLY | NO_SET_ID | NO_DEVICES | NO_EXEC | ACCESS_TIMES;

    /**
     * A place to mount at.
     *
     * @param covered the file that is there
     * @param directory what it lies in, and
     * @param name its name there: needed for the path of what is no directory; may be null
     */
    record Point(Location covered, Location directory, String name) {}

    private final int id;
    private final FileSystem fileSystem;
    private final Inode root;
    private final String source;
    private final int locked;
    // Written under the namespace's lock.
    private volatile Point point;
    private volatile int flags;

    /** Guarded by the namespace: whether an unmount with {@code MNT_EXPIRE} has asked for it once. */
    boolean expiring;

    /** @param locked those of {@code flags} that cannot be taken away from this mount and from what is bound from it */
    Mount(int id, FileSystem fileSystem, Inode root, Point point, int flags, int locked, String source) {
        this.id = id;
        this.fileSystem = fileSystem;
        this.root = root;
        this.point = point;
        this.flags = flags;
        this.locked = locked;
        this.source = source;
    }

    /** Its number in the namespace, as {@code /proc/self/mountinfo} shows it. */
    public int id() {
        return id;
    }

    /** What is mounted. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** The file of the file system that lies at the mount's place: its root, or what was bound. */
    public Inode root() {
        return root;
    }

    /** The file that it covers; null for the root mount. */
    public Location point() {
        Point place = point;
        return place == null ? null : place.covered;
    }

    void setPoint(Point place) {
        point = place;
    }

    /** The path where it is mounted, for who has {@code top} as the root directory; null if it cannot be reached. */
    public String path(Location top) {
        Point place = point;
        if (this == top.mount()) {
            return root.equals(top.inode()) ? "/" : null;
        }
        if (place == null) {
            return null;
        }
        if (place.covered.inode().isDirectory()) {
            return place.covered.pathBelow(top);
        }
        String parent = place.directory == null ? null : place.directory.pathBelow(top);
        return parent == null ? null : (parent.equals("/") ? "" : parent) + "/" + place.name;
    }

    /** {@link #READ_ONLY}, {@link #NO_SET_ID}, {@link #NO_DEVICES}, {@link #NO_EXEC}, {@link #NO_ACCESS_TIME}. */
    public int flags() {
        return flags;
    }

    /** Whether reading a file through this mount may set its time of access. */
    boolean keepsAccessTimes(Inode inode) {
        int never = flags & (NO_ACCESS_TIME | NO_DIRECTORY_ACCESS_TIME);
        return never == 0 || never == NO_DIRECTORY_ACCESS_TIME && !inode.isDirectory();
    }

    void setFlags(int value) {
        flags = value;
    }

    int locked() {
        return locked;
    }

    /** What {@code /proc/mounts} shows in the first column. */
    public String source() {
        return source;
    }

    /** Whether changes fail with EROFS. */
    public boolean readOnly() {
        return (flags & READ_ONLY) != 0 || fileSystem.readOnly();
    }

    /** The place of {@link #root} in the file system, such as {@code "/"}; null if it was removed. */
    public String rootPath() {
        if (root.isDirectory()) {
            return Paths.inside(fileSystem.root(), root);
        }
        return "/"; // a file has no single name
    }

    boolean isRoot(Inode inode) {
        return root.equals(inode);
    }

    /**
     * Whether a directory lies in this mount. One that was found in a part of a file system can be moved out of
     * that part.
     */
    boolean contains(Inode directory) {
        if (root.equals(fileSystem.root())) {
            return true;
        }
        Inode inode = directory;
        while (!root.equals(inode)) {
            Inode above = inode.parent();
            if (above.equals(inode)) {
                return false;
            }
            inode = above;
        }
        return true;
    }
}
