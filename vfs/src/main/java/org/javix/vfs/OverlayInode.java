package org.javix.vfs;

import static org.javix.vfs.Errno.ENODATA;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EROFS;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A file in an {@link OverlayFs}: its copy in the upper layer if there is one, else that of a lower layer. */
class OverlayInode extends Inode {
    /** Where a file of a lower layer was found last: where its copy belongs. */
    record Place(OverlayDirectory directory, String name) {}

    final OverlayFs fs;
    private final long number;
    // Set once, under the lock of the directory and this.
    private volatile TmpInode upper;
    // Null if it was made in the upper layer.
    private volatile Inode lower;
    private volatile Place place;
    // Set once, before the first mount.
    private volatile boolean covered;

    /** How many names it has that are only below. Guarded by this. */
    private int namesBelow;

    /** Whether the copy is kept although it may have no name: it has names below. Guarded by this. */
    private boolean held;

    /** How often it is {@linkplain #hold held}, unless it is a directory. Guarded by this. */
    private int holds;

    /** Open files that read below, to be told of the copy. Guarded by this. */
    private List<OverlayFile> readers = List.of();

    /**
     * One of {@code upper} and {@code lower} is there.
     *
     * @param place where it was found below; null if it is in the upper layer
     */
    OverlayInode(OverlayFs fs, long number, TmpInode upper, Inode lower, Place place) {
        this.fs = fs;
        this.number = number;
        this.upper = upper;
        this.lower = lower;
        this.place = place;
        if (upper == null) {
            namesBelow = isDirectory() ? 1 : linksBelow();
        }
    }

    private int linksBelow() {
        Stat stat = new Stat();
        return lower.stat(stat) == 0 ? Math.max(1, stat.nlink) : 1;
    }

    /** It was looked up again in a lower layer, perhaps under another name, and is as it is there now. */
    void foundAgain(Inode now, List<OverlayFs.Lower> parts, Place where) {
        if (upper == null && !now.fileSystem().neverChanges()) {
            lower = now;
        }
        if (upper == null) {
            place = where;
        }
    }

    @Override
    public final OverlayFs fileSystem() {
        return fs;
    }

    @Override
    public final long number() {
        return number;
    }

    /** The copy in the upper layer, or null. */
    TmpInode upper() {
        return upper;
    }

    final void setUpper(TmpInode copy) {
        upper = copy;
    }

    final Place place() {
        return place;
    }

    /** What it is at present. */
    final Inode real() {
        TmpInode copy = upper;
        return copy != null ? copy : lower;
    }

    final Inode lower() {
        return lower;
    }

    @Override
    boolean mayBeCovered() {
        return covered;
    }

    @Override
    void covered() {
        covered = true;
    }

    // Attributes

    @Override
    public int mode() {
        return real().mode();
    }

    @Override
    public int uid() {
        return real().uid();
    }

    @Override
    public int gid() {
        return real().gid();
    }

    @Override
    public long rdev() {
        return real().rdev();
    }

    @Override
    public int stat(Stat out) {
        synchronized (this) {
            TmpInode copy = upper;
            int error = real().stat(out);
            if (error < 0) {
                return error;
            }
            if (!isDirectory()) {
                out.nlink = (copy == null ? 0 : out.nlink) + namesBelow;
            }
        }
        out.dev = fs.device();
        out.ino = number;
        return 0;
    }

    @Override
    public int setMode(int permissions) {
        int error = copyUp();
        return error < 0 ? error : upper.setMode(permissions);
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        int error = copyUp();
        return error < 0 ? error : upper.setOwner(newUid, newGid, permissions);
    }

    @Override
    public int setTimes(long aSec, int aNsec, long mSec, int mNsec) {
        int error = copyUp();
        return error < 0 ? error : upper.setTimes(aSec, aNsec, mSec, mNsec);
    }

    @Override
    public int setAttribute(String name, byte[] value, int how) {
        if (OverlayMarks.isMark(name)) {
            return -EOPNOTSUPP;
        }
        int error = copyUp();
        return error < 0 ? error : upper.setAttribute(name, value, how);
    }

    @Override
    public int removeAttribute(String name) {
        if (OverlayMarks.isMark(name)) {
            return -EOPNOTSUPP;
        }
        int error = copyUp();
        return error < 0 ? error : upper.removeAttribute(name);
    }

    @Override
    public Result<byte[]> attribute(String name) {
        return OverlayMarks.isMark(name) ? Result.failed(-ENODATA) : real().attribute(name);
    }

    @Override
    public List<String> attributeNames() {
        return real().attributeNames().stream().filter(name -> !OverlayMarks.isMark(name)).toList();
    }

    @Override
    public int flags() {
        return real().flags();
    }

    @Override
    int setFlags(int flags) {
        int error = copyUp();
        return error < 0 ? error : upper.setFlags(flags);
    }

    @Override
    AccessList accessList() {
        return real().accessList();
    }

    @Override
    AccessList defaultList() {
        return real().defaultList();
    }

    @Override
    void stayUnnamed() {
        upper.stayUnnamed();
    }

    @Override
    public Result<String> readLink(FsContext context) {
        return real().readLink(context);
    }

    // Content

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        if (OpenFlags.writes(flags)) {
            int error = copyUp((flags & OpenFlags.O_TRUNC) != 0 ? 0 : Long.MAX_VALUE);
            if (error < 0) {
                return Result.failed(error);
            }
        }
        synchronized (this) {
            if (upper != null) {
                return upper.open(context, where, flags);
            }
            Result<OpenFile> below = lower.open(context, where, flags);
            if (below.isFailure()) {
                return below;
            }
            OverlayFile file = new OverlayFile(this, below.value(), context, where, flags);
            List<OverlayFile> more = new ArrayList<>(readers);
            more.add(file);
            readers = more;
            return Result.of(file);
        }
    }

    final synchronized void closed(OverlayFile file) {
        List<OverlayFile> rest = new ArrayList<>(readers);
        rest.remove(file);
        readers = rest;
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        return real().read(buffer, at, length, position);
    }

    @Override
    public long seek(long position, boolean data) {
        return real().seek(position, data);
    }

    @Override
    public SharedFile share() {
        TmpInode copy = upper;
        return copy == null ? null : copy.share();
    }

    @Override
    public int truncate(long size) {
        Stat stat = new Stat();
        // The copy may get its new length when it is made, and has changed nevertheless.
        boolean shortens = upper == null && stat(stat) == 0 && stat.size > size;
        int error = copyUp(size);
        if (error < 0) {
            return error;
        }
        return shortens && upper instanceof TmpRegular file ? file.truncate(size, true) : upper.truncate(size);
    }

    @Override
    int empty() {
        int error = copyUp(0);
        return error < 0 ? error : upper.empty();
    }

    @Override
    void accessed(boolean always) {
        TmpInode copy = upper;
        if (copy != null) {
            copy.accessed(always);
        }
    }

    @Override
    synchronized int hold() {
        if (isDirectory()) {
            return 0; // nothing to lose
        }
        int error = upper == null ? 0 : upper.hold();
        if (error == 0) {
            holds++;
        }
        return error;
    }

    @Override
    synchronized void drop() {
        if (!isDirectory()) {
            holds--;
            if (upper != null) {
                upper.drop();
            }
        }
    }

    @Override
    final synchronized boolean isInUse() {
        return !readers.isEmpty() || upper != null && upper.isInUse();
    }

    @Override
    public Object contentIdentity() {
        return real().contentIdentity();
    }

    // Copying up

    /** Makes sure that there is a copy in the upper layer: 0, -ENOENT, -ENOSPC, -EROFS, what reading gives. */
    int copyUp() {
        return copyUp(Long.MAX_VALUE);
    }

    /** @param bytes how much of the content is going to be needed */
    private int copyUp(long bytes) {
        if (upper != null) {
            return 0;
        }
        if (fs.readOnly()) {
            return -EROFS;
        }
        // The content is copied without a lock. If two do so at the same time, one copy is thrown away.
        Result<TmpInode> copied = CopyUp.file(fs.upper(), lower, bytes);
        if (copied.isFailure()) {
            return copied.error();
        }
        TmpInode copy = copied.value();
        int error = publish(copy);
        if (upper != copy) {
            copy.discard();
        }
        return error;
    }

    private int publish(TmpInode copy) {
        Place where = place;
        int error = where.directory.copyUp();
        if (error < 0 && error != -ENOENT) {
            return error;
        }
        synchronized (where.directory) {
            synchronized (this) {
                if (upper != null) {
                    return 0;
                }
                copy.above = this;
                boolean named = namesBelow > 0
                        && where.directory.upper() != null
                        && where.directory.adopt(where.name, copy) == 0;
                if (named) {
                    namesBelow--;
                } else if (readers.isEmpty() && holds == 0) {
                    return -ENOENT;
                }
                upper = copy;
                readers.forEach(OverlayFile::switchOver);
                for (int i = 0; i < holds; i++) {
                    copy.hold();
                }
                if (namesBelow > 0) {
                    held = copy.hold() == 0;
                    copy.linkable = true;
                    fs.pin(this);
                } else {
                    fs.leaveBelow(this);
                }
                return 0;
            }
        }
    }

    /** A name that it had only below is gone, or has become one of the upper layer. */
    final synchronized void nameBelowGone() {
        namesBelow--;
        if (namesBelow > 0) {
            fs.pin(this);
            return;
        }
        fs.leaveBelow(this);
        if (held) {
            held = false;
            upper.drop();
        }
    }
}
