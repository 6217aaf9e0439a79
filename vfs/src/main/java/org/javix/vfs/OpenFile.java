package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENOTTY;
import static org.javix.vfs.Errno.ESPIPE;
import static org.javix.vfs.OpenFlags.STATUS;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * An open file description: what {@code open} makes and what descriptors refer to. Descriptors of
 * several processes may share one, with its position and status flags.
 *
 * <p>It counts references: one for each descriptor, one for each other holder. After the last
 * {@link #release} it is closed once, through {@link #closed}. A call that races with the last close
 * must do no harm; it may answer EBADF.
 *
 * <p>Bytes are exchanged as a memory segment with offset and length in bytes; the caller has checked
 * that they lie inside. Counts and results are bytes; a negative result is an {@link Errno}.
 * Thread-safe.
 */
public abstract class OpenFile {
    /** {@link #seek} from the start. */
    public static final int SEEK_SET = 0;

    /** {@link #seek} from the present position. */
    public static final int SEEK_CUR = 1;

    /** {@link #seek} from the end. */
    public static final int SEEK_END = 2;

    /** {@link #seek} to the first byte at or after the offset that is stored. */
    public static final int SEEK_DATA = 3;

    /** {@link #seek} to the first hole at or after the offset; the end of file counts as one. */
    public static final int SEEK_HOLE = 4;

    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(OpenFile.class, "references", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Location location;
    // Set once, before the file is visible to others. The name does not follow a later rename.
    private Location directory;
    private String name;
    private Credentials opener;
    // What the inode counts it as; see Inode.use.
    private int use;
    // Whether the file was made by opening it. Set before it is visible to others.
    private boolean created;
    // Whether the inode has counted it as a reader. Set before the file is visible to others.
    private boolean reads;
    private volatile FileOwner owner;
    // Who tells the owner of what happens, while O_ASYNC is set by a call. Guarded by this.
    private InputNotice notice;
    // Set before the file is visible to others; null if nobody counts it.
    private OpenFileCount counter;
    private volatile int flags;
    private volatile int references = 1;
    // Guarded by this; null while there are none.
    private List<Runnable> closeActions;
    // Of an anonymous object. Written under this; null until somebody asks.
    private volatile RecordLocks locks;

    /** An anonymous object, such as a pipe: it has no place in the tree. */
    protected OpenFile(int flags) {
        this(flags, null);
    }

    /**
     * A file at a place, with one reference.
     *
     * @param flags access mode and status flags; flags that only matter to {@code open} are dropped
     */
    protected OpenFile(int flags, Location location) {
        this.flags = flags & ~(OpenFlags.O_CREAT | OpenFlags.O_EXCL | OpenFlags.O_NOCTTY | OpenFlags.O_TRUNC
                | OpenFlags.O_CLOEXEC);
        this.location = location;
    }

    /** An open directory with one reference, which lists what {@link Inode#list} of its inode gives. */
    public static OpenFile directory(int flags, Location where) {
        return new OpenDirectory(flags, where);
    }

    // References

    /** Adds a reference; the caller holds one already. */
    public final void retain() {
        REFERENCES.getAndAdd(this, 1);
    }

    /**
     * Adds a reference unless the last one is gone.
     *
     * @return whether the file may be used and must be released
     */
    public final boolean tryRetain() {
        int count;
        do {
            count = references;
            if (count <= 0) {
                return false;
            }
        } while (!REFERENCES.compareAndSet(this, count, count + 1));
        return true;
    }

    /** How many references there are now; 0 once it is closed. */
    public final int references() {
        return references;
    }

    /** Drops a reference; the last one closes the file. */
    public final void release() {
        if ((int) REFERENCES.getAndAdd(this, -1) == 1) {
            RecordLocks held = locksIfAny();
            if (held != null) {
                held.releaseAll(this);
            }
            if (use != 0) {
                inode().endUse(use);
            }
            if (reads) {
                inode().countReader(-1);
            }
            Leases leases = inode() == null ? null : inode().leasesIfAny();
            if (leases != null) {
                leases.remove(this);
            }
            if (counter != null) {
                counter.remove();
            }
            if (notice != null) {
                setAsync(-1, false);
            }
            closed();
            if (opener != null && !isPath()) {
                FileEvents.closed(this);
            }
            runCloseActions();
        }
    }

    private void runCloseActions() {
        List<Runnable> actions;
        synchronized (this) {
            actions = closeActions;
            closeActions = null;
        }
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    /** Has something run once the file is closed; false if it is closed already. It does not keep the file open. */
    public final synchronized boolean whenClosed(Runnable action) {
        if (references <= 0) {
            return false;
        }
        if (closeActions == null) {
            closeActions = new ArrayList<>(1);
        }
        return closeActions.add(action);
    }

    /** Takes {@link #whenClosed} back. */
    public final synchronized void cancelWhenClosed(Runnable action) {
        if (closeActions != null) {
            closeActions.remove(action);
        }
    }

    /** Called once, when the last reference is gone. */
    protected void closed() {}

    /** Called after a descriptor for it was closed, whether others are left or not. */
    protected void descriptorClosed(FdTable by) {}

    // What it is

    /** Access mode and status flags, as {@code F_GETFL} gives them. */
    public final int flags() {
        return flags;
    }

    /** Sets the status flags as {@code F_SETFL} does; other bits of {@code value} are ignored. */
    public final synchronized void setStatusFlags(int value) {
        flags = flags & ~STATUS | value & STATUS;
    }

    /** The queues that tell what happens to it; none if no signals are sent about such files. */
    protected List<WaitQueue> toldQueues() {
        return List.of();
    }

    /**
     * Sets or clears {@link OpenFlags#O_ASYNC}: whether the {@linkplain #owner owner} gets signals about what can be read
     * and written.
     *
     * @param descriptor what the signals will say that the file is
     * @return false, and nothing is changed, if no signals are sent about such files
     */
    public final boolean setAsync(int descriptor, boolean on) {
        List<WaitQueue> queues = toldQueues();
        if (queues.isEmpty()) {
            return false;
        }
        synchronized (this) {
            if (on && notice == null) {
                notice = new InputNotice(this, descriptor);
                queues.forEach(queue -> queue.add(notice));
            } else if (!on && notice != null) {
                queues.forEach(queue -> queue.remove(notice));
                notice = null;
            }
            flags = on ? flags | OpenFlags.O_ASYNC : flags & ~OpenFlags.O_ASYNC;
        }
        return true;
    }

    /** Whether it only names a place ({@code O_PATH}): most calls then answer EBADF. */
    public final boolean isPath() {
        return (flags & OpenFlags.O_PATH) != 0;
    }

    /** Whether it was opened for reading. */
    public final boolean readable() {
        return OpenFlags.reads(flags);
    }

    /** Whether it was opened for writing. */
    public final boolean writable() {
        return OpenFlags.writes(flags);
    }

    /** Whether calls must not wait. */
    public final boolean nonBlocking() {
        return (flags & OpenFlags.O_NONBLOCK) != 0;
    }

    /** Where it is in the tree; null for an anonymous object. */
    public final Location location() {
        return location;
    }

    /** Its inode; null for an anonymous object without one. */
    public Inode inode() {
        return location == null ? null : location.inode();
    }

    /** The locks of what is open, be it a file, a pipe or a socket; made when first asked for. */
    public RecordLocks locks() {
        Inode inode = inode();
        if (inode != null) {
            return inode.locks();
        }
        if (locks == null) {
            synchronized (this) {
                if (locks == null) {
                    locks = new RecordLocks();
                }
            }
        }
        return locks;
    }

    /** The locks of what is open, or null if nobody has ever asked for them. */
    public RecordLocks locksIfAny() {
        Inode inode = inode();
        return inode == null ? locks : inode.locksIfAny();
    }

    /** Remembers the name it was opened by, for {@link #path}. */
    final void opened(Location parent, String entry) {
        directory = parent;
        name = entry;
    }

    /** The inode has counted it as one that writes (1) or executes (-1), until it is closed. */
    final void counts(int what) {
        use = what;
    }

    /** The inode has counted it as one that reads, until it is closed. */
    final void countsAsReader() {
        reads = true;
    }

    /** It has made the file that it opened. */
    final void creates() {
        created = true;
    }

    /** Whether opening it made the file ({@code F_CREATED_QUERY}). */
    public final boolean isCreator() {
        return created;
    }

    /** Who gets the signals about it; null if nobody has ever been named. */
    public final FileOwner owner() {
        return owner;
    }

    /** Names who gets the signals about it. */
    public final void setOwner(FileOwner who) {
        owner = who;
    }

    /** Remembers who counts it until it is closed; false if somebody does already. */
    final synchronized boolean countedBy(OpenFileCount who) {
        boolean first = counter == null;
        if (first) {
            counter = who;
        }
        return first;
    }

    /** Remembers who opened it, for {@link #isOpenedBy}. */
    final void openedBy(Credentials who) {
        opener = who;
    }

    /** Whether it was opened with these credentials, which have not been changed since. */
    final boolean isOpenedBy(Credentials who) {
        return opener == who;
    }

    /** The directory it was opened in; null if that is not known. */
    final Inode directoryInode() {
        return directory == null ? null : directory.inode();
    }

    /** The name it was opened by; null if that is not known. */
    final String entryName() {
        return name;
    }

    /** Marks that the content was read, as the file and its mount want it. */
    final void touch(Inode inode) {
        if ((flags & OpenFlags.O_NOATIME) != 0) {
            return;
        }
        Mount mount = location == null ? null : location.mount();
        if (mount == null || mount.keepsAccessTimes(inode)) {
            inode.accessed(mount != null && (mount.flags() & Mount.STRICT_ACCESS_TIME) != 0);
        }
    }

    /** Its content is about to be read without it, as through a mapping. */
    public final void accessed() {
        if (inode() != null) {
            touch(inode());
        }
    }

    /** Tells those who watch that bytes were read. */
    final void noteRead(long count) {
        if (count > 0 && FileEvents.wanted()) {
            FileEvents.happened(this, FileEvents.IN_ACCESS);
        }
    }

    /** Tells those who watch that bytes were written. */
    final void noteWrite(long count) {
        if (count > 0 && FileEvents.wanted()) {
            FileEvents.happened(this, FileEvents.IN_MODIFY);
        }
    }

    /** Takes the name over from another open file of the same inode. */
    final void openedAs(OpenFile other) {
        directory = other.directory;
        name = other.name;
    }

    /**
     * The path from the namespace's root, for people and {@code /proc}: of a directory its present
     * one, of another file the one it was opened by. Anonymous objects give what Linux shows, such
     * as {@code pipe:[12]}.
     */
    public String path() {
        return location == null ? "anon_inode:[file]" : Paths.of(location, directory, name);
    }

    // Input and output

    /** Reads at the position and advances it: the count, 0 at the end of file. */
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return readable() ? -EINVAL : -EBADF;
    }

    /** Writes at the position, or at the end with O_APPEND, and advances it: the count. */
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return writable() ? -EINVAL : -EBADF;
    }

    /** Reads at a given position and leaves the own one alone; ESPIPE where there is none. */
    public long pread(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return -ESPIPE;
    }

    /** Writes at a given position and leaves the own one alone; ESPIPE where there is none. */
    public long pwrite(Waiter waiter, MemorySegment buffer, long at, long length, long position) {
        return -ESPIPE;
    }

    /** Moves the position: the new one, or EINVAL, ENXIO (SEEK_DATA, SEEK_HOLE), ESPIPE. */
    public long seek(long offset, int whence) {
        return -ESPIPE;
    }

    /** Sets the file's length in bytes: 0, or EINVAL also if it is not open for writing. */
    public int truncate(long size) {
        return -EINVAL;
    }

    /**
     * Reserves or frees space; {@link FileCalls#allocate} has checked that the arguments make sense.
     * EOPNOTSUPP for a mode that the file system does not have.
     *
     * @param mode 0, or bits of {@link FallocateFlags}
     */
    public int allocate(int mode, long offset, long length) {
        return writable() ? -Errno.ENODEV : -EBADF;
    }

    /** Fills in the attributes. */
    public int stat(Stat out) {
        Inode inode = inode();
        if (inode == null) {
            out.clear();
            out.mode = 0600;
            out.nlink = 1;
            out.blksize = 4096;
            return 0;
        }
        return inode.stat(out);
    }

    /**
     * Whether bytes can go from it, or to it, without passing through a program, as {@code sendfile} and {@code splice}
     * want it.
     */
    public boolean splices(boolean from) {
        return true;
    }

    /** Stores what was written, as {@code fsync}; EINVAL where that means nothing. */
    public int sync() {
        return -EINVAL;
    }

    /** Device-specific control; {@code memory} is the caller's memory if the argument is an address in it. */
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        return -ENOTTY;
    }

    /**
     * Gives directory entries, {@code .} and {@code ..} among them, from the position on. An entry that
     * stays from start to end comes exactly once, whatever else changes meanwhile.
     *
     * @return how many entries the sink took; 0 at the end; -ENOTDIR, -ENOENT for a removed directory
     */
    public int readDirectory(DirectoryReader sink) {
        return -ENOTDIR;
    }

    // Readiness

    /** What is ready now; see {@link PollEvents}. */
    public int poll() {
        return (readable() ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0)
                | (writable() ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0);
    }

    /** What is ready now for the one who asks, where that differs. */
    public int poll(Waiter waiter) {
        return poll();
    }

    /** Woken when {@link #poll} may have changed; null if it never changes. */
    public WaitQueue waitQueue() {
        return null;
    }

    /** Woken when {@link #poll(Waiter)} may have changed for the one who asks. */
    public WaitQueue waitQueue(Waiter waiter) {
        return waitQueue();
    }

    /**
     * Opens the same object again, through {@code /proc/self/fd} or {@code /dev/fd}. The default shares
     * this open file, as other Unix systems do; a pipe may give a new one.
     */
    public Result<OpenFile> reopen(int newFlags) {
        retain();
        return Result.of(this);
    }
}
