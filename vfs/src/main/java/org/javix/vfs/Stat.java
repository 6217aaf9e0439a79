package org.javix.vfs;

/**
 * The attributes of a file, as {@code stat} gives them. A plain holder that the caller owns and may
 * use again; not thread-safe.
 */
public final class Stat {
    /** The device that the file system is. */
    public long dev;

    /** The inode's number, unique within {@link #dev}. */
    public long ino;

    /** Type and permissions; see {@link FileMode}. */
    public int mode;

    /** How many names the file has. */
    public int nlink;

    /** The owner. */
    public int uid;

    /** The group. */
    public int gid;

    /** What a device node stands for; see {@link Devices#number}. */
    public long rdev;

    /** Length in bytes. */
    public long size;

    /** The best size of a read or write, in bytes. */
    public int blksize;

    /** Storage in use, in units of 512 bytes. */
    public long blocks;

    /** Last access: seconds since the epoch. */
    public long atimeSec;

    /** Last access: nanoseconds, 0 to 999,999,999. */
    public int atimeNsec;

    /** Last change of the content: seconds since the epoch. */
    public long mtimeSec;

    /** Last change of the content: nanoseconds, 0 to 999,999,999. */
    public int mtimeNsec;

    /** Last change of content or attributes: seconds since the epoch. */
    public long ctimeSec;

    /** Last change of content or attributes: nanoseconds, 0 to 999,999,999. */
    public int ctimeNsec;

    /** When the file was made, in nanoseconds since the epoch; 0 if the file system does not know. */
    public long birth;

    /** See {@link InodeFlags}. */
    public int flags;

    /** The number of the mount, as in {@code /proc/self/mountinfo}; 0 if there is none. */
    public int mount;

    /** Whether it is the root of its mount. */
    public boolean isMountRoot;

    /** All zero. */
    public Stat() {}

    /** Sets every field to zero. */
    public void clear() {
        dev = ino = rdev = size = blocks = birth = 0;
        mode = nlink = uid = gid = blksize = flags = mount = 0;
        isMountRoot = false;
        atimeSec = mtimeSec = ctimeSec = 0;
        atimeNsec = mtimeNsec = ctimeNsec = 0;
    }

    /** Sets the three times to one instant, in nanoseconds since the epoch. */
    public void setTimes(long nanoseconds) {
        atimeSec = mtimeSec = ctimeSec = Math.floorDiv(nanoseconds, 1_000_000_000L);
        atimeNsec = mtimeNsec = ctimeNsec = (int) Math.floorMod(nanoseconds, 1_000_000_000L);
    }
}
