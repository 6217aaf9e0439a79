package org.javix.vfs;

/** What {@code statfs} tells about a file system. A plain holder that the caller owns; not thread-safe. */
public final class StatFs {
    /** The file system's magic number, such as {@code 0x01021994} for tmpfs. */
    public long type;

    /** The unit of the block counts, in bytes. */
    public long blockSize;

    /** Size in blocks; 0 when unlimited. */
    public long blocks;

    /** Free blocks. */
    public long blocksFree;

    /** Free blocks for an ordinary user. */
    public long blocksAvailable;

    /** How many inodes there can be; 0 when unlimited. */
    public long files;

    /** Free inodes. */
    public long filesFree;

    /** Identifies the file system: its device number. */
    public long id;

    /** The longest name, in bytes. */
    public long nameLength;

    /** Mount flags: {@code ST_RDONLY} 1, {@code ST_NOSUID} 2, {@code ST_NODEV} 4, {@code ST_NOEXEC} 8. */
    public long flags;

    /** In {@link #flags}: {@code ST_RELATIME}, the time of access is set by the first reading after a change. */
    static final int RELATIVE_ACCESS_TIME = 4096;

    /** {@link #type} of what holds pipes. */
    static final long PIPEFS = 0x5049_5045;

    /** {@link #type} of what holds sockets. */
    static final long SOCKFS = 0x534f_434b;

    /** {@link #type} of what holds other objects without a name. */
    static final long ANONYMOUS = 0x0904_1934;

    /** All zero. */
    public StatFs() {}
}
