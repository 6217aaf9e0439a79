package org.javix.vfs;

import java.util.concurrent.atomic.AtomicLong;

/** A tree of inodes that can be mounted. Thread-safe. */
public abstract class FileSystem {
    private static final AtomicLong NEXT_DEVICE = new AtomicLong(1);

    private final long device = NEXT_DEVICE.getAndIncrement();

    /** A file system with a device number of its own. */
    protected FileSystem() {}

    /** The root directory; always the same inode. */
    public abstract Inode root();

    /** The name of the type as in {@code /proc/mounts}, such as {@code "tmpfs"}. */
    public abstract String type();

    /** The device number that {@code stat} gives for its files; different for every file system. */
    public final long device() {
        return device;
    }

    /** Whether {@link AtFlags#RENAME_WHITEOUT} means something. */
    boolean hasWhiteouts() {
        return false;
    }

    /** Whether its files can have {@link InodeFlags} and access control lists. */
    boolean keepsFlagsAndLists() {
        return false;
    }

    /** Whether every change fails with EROFS. */
    public boolean readOnly() {
        return false;
    }

    /** Whether no file of it, once seen, ever changes: copies may then share its content. */
    public boolean neverChanges() {
        return false;
    }

    /** Whether FIFOs and devices in it can be opened, with the drivers of the sandbox; if not, opening gives ENXIO. */
    public boolean opensSpecialFiles() {
        return true;
    }

    /** What {@code /proc/mounts} shows after the flags of the mount, such as {@code "size=1024k"}; may be empty. */
    public String options() {
        return "";
    }

    /** Applies options of {@code mount -o remount}: 0 or -EINVAL. The default takes any and does nothing. */
    public int remount(String options) {
        return 0;
    }

    /**
     * The last mount of it was removed.
     *
     * @param used whether files in it may still be open
     */
    protected void unmounted(boolean used) {}

    /** The quotas of users and groups, or null where nobody counts. */
    public Quotas quotas() {
        return null;
    }

    /** Whether files can be found again by their numbers. */
    boolean hasHandles() {
        return false;
    }

    /** A file that was asked for its handle, by its number; null if it is gone. */
    Inode byHandle(long number) {
        return null;
    }

    /** Remembers a file of this file system so that {@link #byHandle} finds it. */
    void remember(Inode inode) {}

    /**
     * Fills in sizes and limits.
     *
     * @return 0 or a negative errno
     */
    public int statfs(StatFs out) {
        out.blockSize = 4096;
        out.nameLength = PathWalk.NAME_MAX;
        out.id = device;
        return 0;
    }
}
