package org.javix.vfs;

import java.lang.ref.Cleaner;
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

    /** What an inode with its name takes, roughly, of the heap. */
    private static final long BYTES_PER_INODE = 1024;

    private static final long MAGIC = 0x01021994;

    // Its own thread, started only once programs mount file systems in memory.
    private static final class Unreachable {
        static final Cleaner WATCH = Cleaner.create();
    }

    private final TmpSpace space;
    private final InstantSource clock;
    // Null where nobody counts. Set before there are files.
    private Quotas quotas;
    private final AtomicLong nextNumber = new AtomicLong(1);
    private final TmpDirectory root;
    private volatile boolean frozen;
    // The last time that was asked for: good enough where a day's difference matters.
    private volatile long recentSecond;

    /** Files whose handles somebody has, by their numbers, until they are gone. */
    private final ConcurrentHashMap<Long, TmpInode> handedOut = new ConcurrentHashMap<>();

    /** Held while an entry moves from one directory to another: the shape of the tree is then fixed. */
    final Object renameLock = new Object();

    /** Files of the lower file system that have several names, by their number there. */
    final ConcurrentHashMap<Long, TmpInode> linkedBelow = new ConcurrentHashMap<>();

    private TmpFs(TmpSpace space, InstantSource clock, Inode lower) {
        this.space = space;
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

    /**
     * An empty file system that may hold half of what the JVM's heap can grow to: one without limits would let a guest fill
     * the heap.
     */
    public static TmpFs create() {
        long bytes = Runtime.getRuntime().maxMemory() / 2;
        return create(bytes, bytes / BYTES_PER_INODE, InstantSource.system());
    }

    /**
     * An empty file system whose root belongs to root with mode 0755.
     *
     * @param maxBytes how many bytes of pages it may hold; more gives ENOSPC
     * @param maxInodes how many names of files it may hold; more gives ENOSPC
     * @param clock gives the time stamps
     */
    public static TmpFs create(long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs(new TmpSpace(null, maxBytes, maxInodes), clock, null);
    }

    /**
     * A private, writable copy of another file system, which must not change any more. It costs nothing
     * to make: directories are copied when they are first looked into, content when it is changed.
     * Only what is added counts against the limits.
     */
    public static TmpFs over(FileSystem lower, long maxBytes, long maxInodes, InstantSource clock) {
        return new TmpFs(new TmpSpace(null, maxBytes, maxInodes), clock, lower.root());
    }

    /**
     * An empty file system whose files count against the limits of another as well, until it is unmounted and
     * nobody uses it any more.
     */
    static TmpFs within(TmpSpace whole, long maxBytes, long maxInodes, InstantSource clock) {
        TmpSpace space = new TmpSpace(whole, maxBytes, maxInodes);
        TmpFs fs = new TmpFs(space, clock, null);
        if (whole != null) {
            Unreachable.WATCH.register(fs, space::release);
        }
        return fs;
    }

    /** Begins to count what users and groups hold; before there are files but the root. */
    TmpFs count(Quotas what) {
        quotas = what;
        root.countOwner(true);
        return this;
    }

    /**
     * Counts what users and groups hold from now on, for {@code quotactl}; to be called before there are files.
     *
     * @param bytes how many bytes of pages each user but root may hold; more gives EDQUOT; 0 for no limit
     * @param files the same for files
     */
    public TmpFs limitUsers(long bytes, long files) {
        Quotas made = new Quotas(clock);
        made.count(Quotas.USER, bytes, files);
        made.count(Quotas.GROUP, 0, 0);
        return count(made);
    }

    @Override
    public Quotas quotas() {
        return quotas;
    }

    @Override
    protected void unmounted(boolean used) {
        if (!used) {
            space.release();
        }
    }

    /** Makes it read-only for ever, so that it can lie {@linkplain #over under} others. */
    public TmpFs freeze() {
        frozen = true;
        return this;
    }

    @Override
    boolean keepsFlagsAndLists() {
        return true;
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
    boolean hasWhiteouts() {
        return true;
    }

    @Override
    public String type() {
        return "tmpfs";
    }

    @Override
    public int statfs(StatFs out) {
        super.statfs(out);
        out.type = MAGIC;
        long maxBytes = space.maxBytes();
        long maxInodes = space.maxInodes();
        if (maxBytes != UNLIMITED) {
            out.blocks = maxBytes >> Pages.SHIFT;
            out.blocksFree = out.blocksAvailable = Math.max(0, maxBytes - space.bytes()) >> Pages.SHIFT;
        }
        if (maxInodes != UNLIMITED) {
            out.files = maxInodes;
            out.filesFree = Math.max(0, maxInodes - space.inodes());
        }
        return 0;
    }

    @Override
    public String options() {
        StringBuilder text = new StringBuilder();
        if (space.maxBytes() != UNLIMITED) {
            text.append(",size=").append(space.maxBytes() >> 10).append('k');
        }
        if (space.maxInodes() != UNLIMITED) {
            text.append(",nr_inodes=").append(space.maxInodes());
        }
        int mode = root.mode() & FileMode.PERMISSIONS;
        if (mode != 01777) {
            text.append(",mode=").append(Integer.toOctalString(mode));
        }
        return quotas == null ? text.toString() : text + quotas.options();
    }

    @Override
    public int remount(String text) {
        long bytes = space.maxBytes();
        long inodes = space.maxInodes();
        for (var option : MountOptions.parse(text).entrySet()) {
            switch (option.getKey()) {
                case "size" -> bytes = MountOptions.size(option.getValue(), bytes);
                case "nr_inodes" -> inodes = MountOptions.size(option.getValue(), inodes);
                case "quota", "usrquota", "grpquota" -> {
                    if (quotas == null) {
                        return -Errno.EINVAL; // what is there already was not counted
                    }
                }
                default -> {} // as on Linux, what cannot be changed later is passed over
            }
        }
        bytes = bytes == 0 ? UNLIMITED : bytes;
        inodes = inodes == 0 ? UNLIMITED : inodes;
        return bytes > 0 && inodes > 0 && space.resize(bytes, inodes) ? 0 : -Errno.EINVAL;
    }

    @Override
    boolean hasHandles() {
        return true;
    }

    @Override
    Inode byHandle(long number) {
        return handedOut.get(number);
    }

    @Override
    void remember(Inode inode) {
        TmpInode file = (TmpInode) inode;
        synchronized (file) {
            if (!file.isEvicted()) {
                handedOut.put(file.number(), file);
            }
        }
    }

    /** A file is gone for good. */
    void forget(TmpInode inode) {
        handedOut.remove(inode.number());
    }

    /** How many bytes of pages are in use. */
    public long usedBytes() {
        return space.bytes();
    }

    /** How many inodes are in use, the lower file system's not counted. */
    public long usedInodes() {
        return space.inodes();
    }

    TmpSpace space() {
        return space;
    }

    InstantSource clock() {
        return clock;
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
        return space.takeInode();
    }

    void giveInodes(int count) {
        if (count > 0) {
            space.giveInodes(count);
        }
    }

    /**
     * Takes a page for a file: 0, -EDQUOT, -ENOSPC.
     *
     * @param privileged whether quotas do not matter
     */
    int takePage(TmpInode file, boolean privileged) {
        if (!takeBytes(Pages.SIZE)) {
            return -Errno.ENOSPC;
        }
        if (quotas != null && !quotas.take(file.uid(), file.gid(), Pages.SIZE, 0, privileged)) {
            giveBytes(Pages.SIZE);
            return -Errno.EDQUOT;
        }
        return 0;
    }

    boolean takeBytes(long count) {
        return space.takeBytes(count);
    }

    void giveBytes(long count) {
        space.giveBytes(count);
    }

    void givePages(TmpInode file, long pages) {
        space.giveBytes(pages << Pages.SHIFT);
        if (quotas != null && pages > 0) {
            quotas.give(file.uid(), file.gid(), pages << Pages.SHIFT, 0);
        }
    }
}
