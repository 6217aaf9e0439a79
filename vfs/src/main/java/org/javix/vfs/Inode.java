package org.javix.vfs;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENXIO;
import static org.javix.vfs.Errno.EROFS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * A file of any type. Two inodes are the same file if they are {@link #equals equal}.
 *
 * <p>The operations here do not look at permissions, mounts or symbolic links; {@link FileCalls}
 * does. Names are single components, not {@code .} or {@code ..}, at most 255 bytes, one char per
 * byte. Results are 0 or a negative {@link Errno}. The default of every change is EROFS, so a
 * read-only file system implements reading only. Thread-safe.
 *
 * <p>A caller checks permissions on what it found and then changes it. Between the two the entry may
 * have become another file, so the operations that remove or replace take the inode that was
 * found and answer ESTALE if it is no longer there; the caller then starts again.
 */
public abstract class Inode implements Content {
    private static final VarHandle LOCKS;
    private static final VarHandle ATTACHMENT;
    private static final VarHandle WRITERS;
    private static final VarHandle READERS;
    private static final VarHandle LEASES;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LOCKS = lookup.findVarHandle(Inode.class, "locks", RecordLocks.class);
            WRITERS = lookup.findVarHandle(Inode.class, "writers", int.class);
            READERS = lookup.findVarHandle(Inode.class, "readers", int.class);
            LEASES = lookup.findVarHandle(Inode.class, "leases", Leases.class);
            ATTACHMENT = lookup.findVarHandle(Inode.class, "attachment", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile RecordLocks locks;
    private volatile Object attachment;
    // How often it is open for writing; if negative, how often it is being executed.
    private volatile int writers;
    // How often it is open for reading alone. Regular files only.
    private volatile int readers;
    private volatile Leases leases;
    // Replaced under this, never changed.
    private volatile List<LengthWatcher> lengthWatchers = List.of();

    /** For implementations. */
    protected Inode() {}

    /** Is told that the length of a regular file was set. */
    @FunctionalInterface
    public interface LengthWatcher {
        /**
         * Called on any thread, without a lock, after the length was set.
         *
         * @param size what it was set to, in bytes
         */
        void lengthSet(long size);
    }

    /** Takes the inode that an operation finds or makes. */
    public static final class Found {
        /** The inode; meaningful only after success. */
        public Inode inode;

        /** Nothing yet. */
        public Found() {}
    }

    /** The file system that it belongs to. */
    public abstract FileSystem fileSystem();

    /** Its number, unique in its file system. */
    public abstract long number();

    /** Type and permissions; the type never changes. See {@link FileMode}. */
    public abstract int mode();

    /** The owner. */
    public abstract int uid();

    /** The group. */
    public abstract int gid();

    /** Fills in all attributes. */
    public abstract int stat(Stat out);

    /** What a device node stands for, or 0. */
    public long rdev() {
        return 0;
    }

    /**
     * Whether something may be mounted on this file, in any namespace. The answer no spares a
     * path walk the look at the mounts.
     */
    boolean mayBeCovered() {
        return true;
    }

    /** Something is about to be mounted on this file. */
    void covered() {}

    /** Whether it is a directory. */
    public final boolean isDirectory() {
        return FileMode.isDirectory(mode());
    }

    /** Whether it is a symbolic link. */
    public final boolean isSymbolicLink() {
        return FileMode.isSymbolicLink(mode());
    }

    // Directories

    /** The directory that holds this directory; itself for a root. Directories only. */
    public Inode parent() {
        return this;
    }

    /** The name of this directory in its parent; null for a root or if it was removed. Directories only. */
    public String name() {
        return null;
    }

    /**
     * Finds an entry.
     *
     * @return 0 with the inode in {@code out}, or -ENOENT, -ENOTDIR
     */
    public int lookup(String name, Found out) {
        return -ENOTDIR;
    }

    /**
     * Makes a file of any type except a symbolic link.
     *
     * @param mode type and permissions, final: the umask is already applied
     * @return 0, -EEXIST, -ENOENT if this directory was removed, -ENOSPC, -EROFS
     */
    public int create(String name, int mode, int uid, int gid, long rdev, Found out) {
        return -EROFS;
    }

    /** Makes a regular file without a name in this directory's file system, for {@code O_TMPFILE}. */
    public int createUnnamed(int mode, int uid, int gid, Found out) {
        return -Errno.EOPNOTSUPP;
    }

    /** This file, made by {@link #createUnnamed}, is never to get a name. */
    void stayUnnamed() {}

    /** Makes a symbolic link: 0, -EEXIST, -ENOENT, -ENOSPC, -EROFS. */
    public int symlink(String name, String target, int uid, int gid, Found out) {
        return -EROFS;
    }

    /** Gives a file of the same file system another name: 0, -EEXIST, -ENOENT, -EMLINK, -ENOSPC, -EROFS. */
    public int link(String name, Inode file) {
        return -EROFS;
    }

    /** Removes a name that is not a directory's: 0, -ESTALE, -EROFS. */
    public int unlink(String name, Inode expected) {
        return -EROFS;
    }

    /** Removes an empty directory: 0, -ENOTEMPTY, -ESTALE, -EROFS. */
    public int rmdir(String name, Inode expected) {
        return -EROFS;
    }

    /**
     * Moves an entry within the file system, replacing what has the new name.
     *
     * @param expected the inode that {@code name} was found to be
     * @param target the inode that {@code newName} was found to be; null if there was none
     * @param flags {@link AtFlags#RENAME_NOREPLACE}, {@link AtFlags#RENAME_EXCHANGE}
     * @return 0, -EEXIST, -EINVAL (a directory into itself), -ENOTEMPTY, -EISDIR, -ENOTDIR, -ENOENT,
     *     -ESTALE, -EROFS
     */
    public int rename(String name, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        return -EROFS;
    }

    // Symbolic links

    /** The target of a symbolic link, or -EINVAL. The caller matters for links such as {@code /proc/self}. */
    public Result<String> readLink(FsContext context) {
        return Result.failed(-EINVAL);
    }

    /**
     * The open file that following this symbolic link leads to directly, whatever its text says, as
     * the links in {@code /proc/self/fd} do; null for an ordinary link. Not retained.
     */
    public OpenFile follow(FsContext context) {
        return null;
    }

    // Attributes

    /** Sets the permission bits. */
    public int setMode(int permissions) {
        return -EROFS;
    }

    /**
     * Sets owner, group and permission bits together.
     *
     * @param uid the owner, or -1 to keep it
     * @param gid the group, or -1 to keep it
     */
    public int setOwner(int uid, int gid, int permissions) {
        return -EROFS;
    }

    /** Sets access and modification time; a nanoseconds value may be {@code UTIME_NOW} or {@code UTIME_OMIT}. */
    public int setTimes(long atimeSec, int atimeNsec, long mtimeSec, int mtimeNsec) {
        return -EROFS;
    }

    // Extended attributes

    /**
     * Sets an extended attribute; names and permissions were checked.
     *
     * @param how 0, 1 if it must be new, 2 if it must be there
     * @return 0, -EEXIST, -ENODATA, -ENOSPC, -EOPNOTSUPP, -EROFS
     */
    public int setAttribute(String name, byte[] value, int how) {
        return -Errno.EOPNOTSUPP;
    }

    /** Removes an extended attribute: 0, -ENODATA, -EOPNOTSUPP, -EROFS. */
    public int removeAttribute(String name) {
        return -Errno.EOPNOTSUPP;
    }

    /** The value of an extended attribute, for reading only; -ENODATA, -EOPNOTSUPP. */
    public Result<byte[]> attribute(String name) {
        return Result.failed(-Errno.EOPNOTSUPP);
    }

    /** The names of the extended attributes, in the order of the alphabet; empty where there can be none. */
    public List<String> attributeNames() {
        return List.of();
    }

    /** See {@link InodeFlags}. */
    public int flags() {
        return 0;
    }

    /** Sets the flags; that the caller may is checked: 0, -ENOSPC, -ENOTTY where there are none, -EROFS. */
    int setFlags(int flags) {
        return -Errno.ENOTTY;
    }

    /** Whether it can have {@linkplain #setFlags flags}. */
    final boolean keepsFlags() {
        int mode = mode();
        return fileSystem().keepsFlagsAndLists() && (FileMode.isRegular(mode) || FileMode.isDirectory(mode));
    }

    /** Whether it can have access control lists. */
    final boolean keepsAccessLists() {
        return fileSystem().keepsFlagsAndLists() && !isSymbolicLink();
    }

    /** The access control list of this file; null if its mode says all. */
    AccessList accessList() {
        return null;
    }

    /** The access control list that new files in this directory begin with, or null. */
    AccessList defaultList() {
        return null;
    }

    // Content

    /**
     * Opens it. Regular files and directories only; {@link SpecialFiles} opens the rest.
     *
     * @param where this inode as it was found
     * @return the open file with one reference; -ENOENT if the file vanished since it was found
     */
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        return Result.failed(-ENXIO);
    }

    /** Reads without opening, for a layer above and for exec: bytes read, 0 at the end, or an errno. */
    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        return -EINVAL;
    }

    /** Sets the length of a regular file: 0, -EINVAL, -EFBIG, -ENOSPC, -EROFS. */
    public int truncate(long size) {
        return isDirectory() ? -Errno.EISDIR : -EINVAL;
    }

    /** A regular file's bytes, to be shown in memories; null where that is not possible, or there is no room. */
    public SharedFile share() {
        return null;
    }

    /** Tells a watcher whenever a process sets the length, from now on. */
    public final synchronized void watchLength(LengthWatcher watcher) {
        List<LengthWatcher> more = new ArrayList<>(lengthWatchers);
        more.add(watcher);
        lengthWatchers = List.copyOf(more);
    }

    /** No longer tells it. */
    public final synchronized void unwatchLength(LengthWatcher watcher) {
        List<LengthWatcher> fewer = new ArrayList<>(lengthWatchers);
        fewer.remove(watcher);
        lengthWatchers = List.copyOf(fewer);
    }

    /** The length was set. */
    final void tellLength(long size) {
        for (LengthWatcher watcher : lengthWatchers) {
            watcher.lengthSet(size);
        }
    }

    /** Sets the length of a regular file to 0, as opening it with {@code O_TRUNC} does; as {@link #truncate}. */
    int empty() {
        return truncate(0);
    }

    /**
     * An object that stands for the present content of a regular file: while the same object comes
     * back, the content is the same. Files of all sandboxes that share an image share it. Null if
     * the file system cannot tell. Meant as a key of caches.
     */
    @Override
    public Object contentIdentity() {
        return null;
    }

    /** Lists entries from a position on; see {@link OpenFile#readDirectory}. */
    public int list(DirectoryReader sink) {
        return -ENOTDIR;
    }

    /**
     * Counts a user that is no open file of its own, such as one of {@code O_PATH}: until {@link #drop} the
     * file lives on without a name. 0, or -ENOENT if it is gone for good.
     */
    int hold() {
        return 0;
    }

    /** As {@link #hold}, for somebody who never tells that it is over. */
    void holdForEver() {}

    /** Takes {@link #hold} back. */
    void drop() {}

    /** Counts one more who writes (1) or executes (-1); false if the other is being done: ETXTBSY. */
    final boolean use(int what) {
        int count;
        do {
            count = writers;
            if (count * what < 0) {
                return false;
            }
        } while (!WRITERS.compareAndSet(this, count, count + what));
        return true;
    }

    /** Takes {@link #use} back. */
    final void endUse(int what) {
        WRITERS.getAndAdd(this, -what);
    }

    /** Counts one more, or with -1 one less, who has it open for reading alone. */
    final void countReader(int change) {
        READERS.getAndAdd(this, change);
    }

    /**
     * Whether somebody but a given open file has it open so that a lease is impossible.
     *
     * @param any whether reading counts, too
     */
    final boolean isOpenOtherwise(OpenFile file, boolean any) {
        if (!any) {
            return writers > 0;
        }
        return writers > (file.writable() ? 1 : 0) || readers > (file.writable() ? 0 : 1);
    }

    /** The leases of this file; made when first asked for. */
    final Leases leases() {
        if (leases == null) {
            LEASES.compareAndSet(this, null, new Leases());
        }
        return leases;
    }

    /** Sets the leases, for a test with another time. */
    final void leases(Leases with) {
        leases = with;
    }

    /** The leases, or null if nobody has ever asked for one. */
    final Leases leasesIfAny() {
        return leases;
    }

    /** Whether it is being executed and so must not be written to. */
    final boolean isExecuting() {
        return writers < 0;
    }

    /**
     * Marks that the content was read, for the access time.
     *
     * @param always whether each reading counts, not only the first since a change or within a day
     */
    void accessed(boolean always) {}

    /** Whether this directory was removed; it is open or someone's working directory. Directories only. */
    final boolean isRemoved() {
        return name() == null && !parent().equals(this);
    }

    // Who watches it

    private static final Watch[] NO_WATCHES = {};
    // Replaced as a whole, under this.
    private volatile Watch[] watches = NO_WATCHES;

    final boolean isWatched() {
        return watches.length > 0;
    }

    final Watch[] watches() {
        return watches;
    }

    final synchronized void addWatch(Watch watch) {
        Watch[] more = Arrays.copyOf(watches, watches.length + 1);
        more[watches.length] = watch;
        watches = more;
    }

    final synchronized boolean removeWatch(Watch watch) {
        Watch[] rest = Arrays.stream(watches).filter(other -> other != watch).toArray(Watch[]::new);
        boolean found = rest.length < watches.length;
        watches = rest;
        return found;
    }

    /** Whether it is open, so that it lives on without a name. */
    boolean isInUse() {
        return false;
    }

    // State that others attach

    /** The record locks of this file; made when first asked for. */
    public RecordLocks locks() {
        RecordLocks present = locks;
        if (present == null) {
            LOCKS.compareAndSet(this, null, newLocks());
            present = locks;
        }
        return present;
    }

    /** Locks to begin with. */
    RecordLocks newLocks() {
        return new RecordLocks();
    }

    /** The record locks, or null if nobody has ever asked for them. */
    public RecordLocks locksIfAny() {
        return locks;
    }

    /** What a driver keeps with this inode, such as the pipe behind a FIFO; made when first asked for. */
    public final Object attachment(Supplier<?> maker) {
        Object present = attachment;
        if (present == null) {
            ATTACHMENT.compareAndSet(this, null, maker.get());
            present = attachment;
        }
        return present;
    }

    /** What a driver keeps with this inode, or null. */
    public final Object attachment() {
        return attachment;
    }

    /** Sets or, with null, clears what a driver keeps with this inode. */
    public final void setAttachment(Object object) {
        attachment = object;
    }
}
