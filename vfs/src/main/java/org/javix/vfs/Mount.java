package org.javix.vfs;

/** A file system at its place in a mount namespace. Immutable. */
public final class Mount {
    /** No changes through this mount. */
    public static final int READ_ONLY = 1;

    /** Set-id bits have no effect on exec. */
    public static final int NO_SET_ID = 2;

    /** Device nodes cannot be opened. */
    public static final int NO_DEVICES = 4;

    /** Nothing can be executed. */
    public static final int NO_EXEC = 8;

    private final FileSystem fileSystem;
    private final Location point;
    private final int flags;
    private final String source;

    Mount(FileSystem fileSystem, Location point, int flags, String source) {
        this.fileSystem = fileSystem;
        this.point = point;
        this.flags = flags;
        this.source = source;
    }

    /** What is mounted. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** The directory that it covers; null for the root mount. */
    public Location point() {
        return point;
    }

    /** {@link #READ_ONLY}, {@link #NO_SET_ID}, {@link #NO_DEVICES}, {@link #NO_EXEC}. */
    public int flags() {
        return flags;
    }

    /** What {@code /proc/mounts} shows in the first column. */
    public String source() {
        return source;
    }

    /** Whether changes fail with EROFS. */
    public boolean readOnly() {
        return (flags & READ_ONLY) != 0 || fileSystem.readOnly();
    }

    boolean isRoot(Inode inode) {
        return fileSystem.root().equals(inode);
    }
}
