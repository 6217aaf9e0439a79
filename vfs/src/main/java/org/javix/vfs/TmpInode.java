package org.javix.vfs;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODATA;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.EOPNOTSUPP;

import java.time.Instant;
import java.util.List;

/** What all files of a {@link TmpFs} have in common. */
abstract class TmpInode extends Inode {
    private static final long DAY = 24 * 60 * 60;

    final TmpFs fs;
    private final long number;
    // As in Stat.
    private final long birth;

    // Written under this.
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    volatile int nlink;
    // Set once, before the first mount.
    private volatile boolean covered;

    // Guarded by this.
    private long atimeSec;
    private long mtimeSec;
    private long ctimeSec;
    private int atimeNsec;
    private int mtimeNsec;
    private int ctimeNsec;
    private int opens;
    private boolean evicted;

    /** The inode of the overlay that shows this file; null if there is none yet. Written under this. */
    volatile OverlayInode above;

    // Null until the first is set. Guarded by this.
    private TmpAttributes attributes;
    // What the attributes of these names say. Written under this.
    private volatile AccessList accessList;
    private volatile AccessList defaultList;
    // Written under this.
    private volatile int flags;

    /** How often it counts against the limit of inodes: as on Linux, once for each name. Guarded by this. */
    int charges;

    /** Whether its owner and group are charged for it, where there are quotas. Guarded by this. */
    private boolean counted;

    /** Whether a file without a name may still get one, as {@code O_TMPFILE} allows. */
    boolean linkable;

    /** A new file. */
    TmpInode(TmpFs fs, int mode, int uid, int gid, int nlink) {
        this.fs = fs;
        this.number = fs.newNumber();
        this.mode = mode;
        this.uid = uid;
        this.gid = gid;
        this.nlink = nlink;
        Instant now = fs.now();
        birth = nanoseconds(now);
        atimeSec = mtimeSec = ctimeSec = now.getEpochSecond();
        atimeNsec = mtimeNsec = ctimeNsec = now.getNano();
    }

    /** A copy of a file of the lower file system. */
    TmpInode(TmpFs fs, Stat lower) {
        this.fs = fs;
        number = fs.newNumber();
        birth = nanoseconds(fs.now());
        mode = lower.mode;
        uid = lower.uid;
        gid = lower.gid;
        nlink = lower.nlink;
        atimeSec = lower.atimeSec;
        atimeNsec = lower.atimeNsec;
        mtimeSec = lower.mtimeSec;
        mtimeNsec = lower.mtimeNsec;
        ctimeSec = lower.ctimeSec;
        ctimeNsec = lower.ctimeNsec;
    }

    private static long nanoseconds(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    @Override
    public final TmpFs fileSystem() {
        return fs;
    }

    @Override
    public final long number() {
        return number;
    }

    @Override
    public final int mode() {
        return mode;
    }

    @Override
    public final int uid() {
        return uid;
    }

    @Override
    public final int gid() {
        return gid;
    }

    @Override
    boolean mayBeCovered() {
        return covered;
    }

    @Override
    void covered() {
        covered = true;
    }

    /** Length in bytes, as {@code stat} gives it. */
    public abstract long size();

    /** Storage in 512-byte units. */
    long blocks() {
        return 0;
    }

    @Override
    public int stat(Stat out) {
        out.dev = fs.device();
        out.ino = number;
        out.rdev = rdev();
        out.blksize = Pages.SIZE;
        out.birth = birth;
        out.flags = flags;
        synchronized (this) {
            out.mode = mode;
            out.nlink = nlink;
            out.uid = uid;
            out.gid = gid;
            out.size = size();
            out.blocks = blocks();
            out.atimeSec = atimeSec;
            out.atimeNsec = atimeNsec;
            out.mtimeSec = mtimeSec;
            out.mtimeNsec = mtimeNsec;
            out.ctimeSec = ctimeSec;
            out.ctimeNsec = ctimeNsec;
        }
        return 0;
    }

    // Attributes

    @Override
    public synchronized int setMode(int permissions) {
        mode = FileMode.type(mode) | permissions & FileMode.PERMISSIONS;
        if (accessList != null) {
            accessList = accessList.withMode(mode);
            attributes.set(AccessList.ACCESS, accessList.bytes(), 0); // of the same size, so there is room
        }
        changed();
        return 0;
    }

    @Override
    public synchronized int setOwner(int newUid, int newGid, int permissions) {
        Quotas quotas = fs.quotas();
        if (quotas != null) {
            // Whether the new owner has room was asked before.
            long files = counted ? 1 : 0;
            quotas.give(uid, gid, ownBytes(), files);
            quotas.take(newUid == -1 ? uid : newUid, newGid == -1 ? gid : newGid, ownBytes(), files, true);
        }
        if (newUid != -1) {
            uid = newUid;
        }
        if (newGid != -1) {
            gid = newGid;
        }
        mode = FileMode.type(mode) | permissions & FileMode.PERMISSIONS;
        changed();
        return 0;
    }

    @Override
    public synchronized int setTimes(long aSec, int aNsec, long mSec, int mNsec) {
        Instant now = fs.now();
        if (aNsec == AtFlags.UTIME_NOW) {
            atimeSec = now.getEpochSecond();
            atimeNsec = now.getNano();
        } else if (aNsec != AtFlags.UTIME_OMIT) {
            atimeSec = aSec;
            atimeNsec = aNsec;
        }
        if (mNsec == AtFlags.UTIME_NOW) {
            mtimeSec = now.getEpochSecond();
            mtimeNsec = now.getNano();
        } else if (mNsec != AtFlags.UTIME_OMIT) {
            mtimeSec = mSec;
            mtimeNsec = mNsec;
        }
        ctimeSec = now.getEpochSecond();
        ctimeNsec = now.getNano();
        return 0;
    }

    @Override
    public synchronized int setAttribute(String name, byte[] value, int how) {
        if (evicted) {
            return -ENOENT; // removed since it was found: nobody would give the space back
        }
        if (attributes == null) {
            attributes = new TmpAttributes(fs);
        }
        if (AccessList.isName(name)) {
            return setList(name, value);
        }
        int error = attributes.set(name, value, how);
        if (error == 0) {
            changed();
        }
        return error;
    }

    /** Sets or, if it is empty or says no more than a mode, removes an access control list. Holds this. */
    private int setList(String name, byte[] value) {
        Result<AccessList> parsed = AccessList.parse(value);
        if (parsed.isFailure()) {
            return parsed.error();
        }
        AccessList list = parsed.value();
        boolean ofFile = name.equals(AccessList.ACCESS);
        if (!keepsAccessLists() || !ofFile && list != null && !isDirectory()) {
            return keepsAccessLists() ? -EACCES : -EOPNOTSUPP;
        }
        if (list != null && !list.isValid()) {
            return -EINVAL;
        }
        int bits = ofFile && list != null ? list.mode() : mode & 0777;
        if (ofFile && list != null && list.isMode()) {
            list = null;
        }
        int error = list == null ? 0 : attributes.set(name, list.bytes(), 0);
        if (error < 0) {
            return error;
        }
        if (list == null) {
            attributes.remove(name);
        }
        if (ofFile) {
            mode = mode & ~0777 | bits;
            accessList = list;
        } else {
            defaultList = list;
        }
        changed();
        return 0;
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    synchronized int setFlags(int value) {
        flags = value;
        changed();
        return 0;
    }

    @Override
    AccessList accessList() {
        return accessList;
    }

    @Override
    AccessList defaultList() {
        return defaultList;
    }

    @Override
    public synchronized int removeAttribute(String name) {
        if (AccessList.isName(name)) {
            return attributes == null ? 0 : setList(name, new byte[0]);
        }
        int error = attributes == null ? -ENODATA : attributes.remove(name);
        if (error == 0) {
            changed();
        }
        return error;
    }

    @Override
    public synchronized Result<byte[]> attribute(String name) {
        byte[] value = attributes == null ? null : attributes.get(name);
        return value == null ? Result.failed(-ENODATA) : Result.of(value);
    }

    @Override
    public synchronized List<String> attributeNames() {
        return attributes == null ? List.of() : attributes.names();
    }

    /** Copies the extended attributes of a file of another file system, as far as there is space for them. */
    final void takeAttributes(Inode source) {
        for (String name : source.attributeNames()) {
            Result<byte[]> value = source.attribute(name);
            if (!value.isFailure()) {
                setAttribute(name, value.value(), 0);
            }
        }
    }

    /** Marks a change of attributes. Holds this. */
    final void changed() {
        Instant now = fs.now();
        ctimeSec = now.getEpochSecond();
        ctimeNsec = now.getNano();
    }

    /** Marks a change of content. Holds this. */
    final void modified() {
        Instant now = fs.now();
        mtimeSec = ctimeSec = now.getEpochSecond();
        mtimeNsec = ctimeNsec = now.getNano();
    }

    /**
     * Marks an access, by Linux's default rule (relatime): only if it is the first since a change or a
     * day has gone by. The first look takes no lock; a missed update is made by the next access.
     */
    @Override
    final void accessed(boolean always) {
        boolean after = atimeSec > mtimeSec || atimeSec == mtimeSec && atimeNsec > mtimeNsec;
        boolean afterChange = atimeSec > ctimeSec || atimeSec == ctimeSec && atimeNsec > ctimeNsec;
        if (!always && after && afterChange && fs.recentSecond() - atimeSec < DAY || fs.readOnly()
                || (flags & InodeFlags.NO_ACCESS_TIME) != 0) {
            return;
        }
        synchronized (this) {
            Instant now = fs.now();
            atimeSec = now.getEpochSecond();
            atimeNsec = now.getNano();
        }
    }

    /** Clears the set-id bits if the content is changed by someone without privilege. Holds this. */
    final void dropSetId(Credentials writer) {
        mode = Permissions.afterWrite(writer, mode, gid);
    }

    /** Sets all three times to those of another file. */
    final synchronized void takeTimes(Stat from) {
        atimeSec = from.atimeSec;
        atimeNsec = from.atimeNsec;
        mtimeSec = from.mtimeSec;
        mtimeNsec = from.mtimeNsec;
        ctimeSec = from.ctimeSec;
        ctimeNsec = from.ctimeNsec;
    }

    @Override
    final synchronized void stayUnnamed() {
        linkable = false;
    }

    // Names and opens: the space is given back when both are gone

    /** Pays for a file that was just made: 0, -EDQUOT, -ENOSPC. */
    final int pay() {
        if (!fs.takeInode()) {
            return -ENOSPC;
        }
        if (!countOwner(uid == 0)) {
            fs.giveInodes(1);
            return -Errno.EDQUOT;
        }
        charges = 1;
        return 0;
    }

    /**
     * Charges owner and group for a file, where there are quotas; false if that is too much.
     *
     * @param privileged whether quotas do not matter
     */
    final synchronized boolean countOwner(boolean privileged) {
        counted = fs.quotas() == null || fs.quotas().take(uid, gid, 0, 1, privileged);
        return counted;
    }

    /** How many bytes of pages it has. */
    long ownBytes() {
        return 0;
    }

    /** Adds a name: 0, -ENOENT if the file is gone for good, -ENOSPC. */
    synchronized int addLink() {
        if (nlink == 0 && !linkable) {
            return -ENOENT;
        }
        // The first name of a file that had none was paid for when it was made.
        if (nlink > 0) {
            if (!fs.takeInode()) {
                return -ENOSPC;
            }
            charges++;
        }
        nlink++;
        changed();
        return 0;
    }

    /** Takes a name away. */
    synchronized void dropLink() {
        nlink--;
        changed();
        if (nlink > 0 && charges > nlink) {
            charges--;
            fs.giveInodes(1);
        }
        evictIfUnused();
    }

    @Override
    final synchronized int hold() {
        // A directory that was removed is still someone's working directory, and has nothing to lose.
        if (evicted && !isDirectory()) {
            return -ENOENT;
        }
        opens++;
        return 0;
    }

    @Override
    final synchronized void drop() {
        opens--;
        evictIfUnused();
    }

    @Override
    final synchronized boolean isInUse() {
        return opens > 0;
    }

    /** Gives the space of a file back that never got a name. */
    final synchronized void discard() {
        evictIfUnused();
    }

    private void evictIfUnused() {
        if (nlink == 0 && opens == 0 && !evicted) {
            evicted = true;
            fs.forget(this);
            fs.giveInodes(charges);
            if (counted && fs.quotas() != null) {
                fs.quotas().give(uid, gid, 0, 1);
            }
            if (attributes != null) {
                attributes.clear();
            }
            evict();
        }
    }

    /** Whether nothing leads to it any more. Holds this. */
    final boolean isEvicted() {
        return evicted;
    }

    /** Gives the storage back. Holds this. */
    void evict() {}
}
