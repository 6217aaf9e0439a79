package org.javix.vfs;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A file system in memory, with everything POSIX asks of one: hard links, files that live on
 * unlinked while open, FIFOs, devices, sparse files, three time stamps, limits.
 *
 * <p>It may lie {@linkplain #over over} another file system that never changes, and is then a
 * private, writable copy of it. The copy is lazy: a directory's entries are taken over when it is
 * first looked into (names and attributes only), and a page of a file when it is first written. A
 * removed entry is simply gone from the copy, so there are no whiteouts.
 *
 * <p>Locks: each inode has its own. Whoever needs several takes {@link #renameLock} first if two
 * directories are involved, then directories from the top down (see {@link TmpRename}), then
 * the file.
 */
public final class TmpFs extends FileSystem {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    private static final long MAGIC = 0x01021994;

    private final long maxBytes;
    private final long maxInodes;
    private final InstantSource clock;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong inodes = new AtomicLong();
    private final AtomicLong nextNumber = new AtomicLong(1);
    private final TmpDirectory root;
    private volatile boolean frozen;
    // The last time that was asked for: good enough where a day's difference matters.
    private volatile long recentSecond;

    /** Held while an entry moves from one directory to another: the shape of the tree is then fixed. */
    final Object renameLock = new Object();

    /** Files of the lower file system that have several names, by their number there. */
    final ConcurrentHashMap<Long, TmpInode> linkedBelow = new ConcurrentHashMap<>();

    private TmpFs(long maxBytes, long maxInodes, InstantSource clock, Inode lower) {
        this.maxBytes = maxBytes;
        this.maxInodes = maxInodes;
        this.clock = clock;
        if (lower == null) {
            root = new TmpDirectory(this, FileMode.S_IFDIR | 0755, 0, 0);
            takeInode();
            root.charges = 1;
        } else {
            Stat stat = new Stat();
            lower.stat(stat);
            root = new TmpDirectory(this, stat, lower);
        }
    }

    /** An empty file system without limits. */
    public static TmpFs create() {
        return create(UNLIMITED, UNLIMITED, InstantSource.system());
    }

    /**
     * An empty file system whose root belongs to root with mode 0755.
     *
     * @param maxBytes how many bytes of pages it may hold; more gives ENOSPC
     * @param maxInodes how many names of files it may hold; more gives ENOSPC
     * @param clock gives the time stamps
     */
    public static TmpFs create(long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs(maxBytes, maxInodes, clock, null);
    }

    /**
     * A private, writable copy of another file system, which must not change any more. It costs nothing
     * to make: directories are copied when they are first looked into, content when it is changed.
     * Only what is added counts against the limits.
     */
    public static TmpFs over(FileSystem lower, long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs(maxBytes, maxInodes, clock, lower.root());
    }

    /** Makes it read-only for ever, so that it can lie {@linkplain #over under} others. */
    public TmpFs freeze() {
        frozen = true;
        return this;
    }

    @Override
    public boolean readOnly() {
        return frozen;
    }

    @Override
    public boolean neverChanges() {
        return frozen;
    }

    @Override
    public TmpDirectory root() {
        return root;
    }

    @Override
    public String type() {
        return "tmpfs";
    }

    @Override
    public int statfs(StatFs out) {
        super.statfs(out);
        out.type = MAGIC;
        if (maxBytes != UNLIMITED) {
            out.blocks = maxBytes >> Pages.SHIFT;
            out.blocksFree = out.blocksAvailable = Math.max(0, maxBytes - bytes.get()) >> Pages.SHIFT;
        }
        if (maxInodes != UNLIMITED) {
            out.files = maxInodes;
            out.filesFree = Math.max(0, maxInodes - inodes.get());
        }
        return 0;
    }

    /** How many bytes of pages are in use. */
    public long usedBytes() {
        return bytes.get();
    }

    /** How many inodes are in use, the lower file system's not counted. */
    public long usedInodes() {
        return inodes.get();
    }

    Instant now() {
        Instant now = clock.instant();
        if (now.getEpochSecond() != recentSecond) {
            recentSecond = now.getEpochSecond();
        }
        return now;
    }

    long recentSecond() {
        return recentSecond;
    }

    long newNumber() {
        return nextNumber.getAndIncrement();
    }

    boolean takeInode() {
        return take(inodes, 1, maxInodes);
    }

    void giveInodes(int count) {
        if (count > 0) {
            inodes.getAndAdd(-count);
        }
    }

    boolean takePage() {
        return take(bytes, Pages.SIZE, maxBytes);
    }

    void givePages(long pages) {
        bytes.getAndAdd(-(pages << Pages.SHIFT));
    }

    private static boolean take(AtomicLong used, long amount, long limit) {
        if (used.addAndGet(amount) <= limit) {
            return true;
        }
        used.getAndAdd(-amount);
        return false;
    }
}
