package org.javix.vfs;

import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOTDIR;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Several directories shown as one: what changes goes to the upper one, which lies in a {@link TmpFs};
 * the lower ones are only read. It has the layout and the meaning of Linux's overlayfs, without its
 * exceptions from POSIX.
 *
 * <p><b>Layers.</b> A name means what the topmost layer has under it; directories of one name are
 * merged. A name that was removed, and that a lower layer still has, is covered by a <i>whiteout</i> in
 * the upper one: a character device with number 0. A directory without lower parts is <i>opaque</i>.
 *
 * <p><b>Copying up.</b> Before a file of a lower layer is changed in any way it is copied to the upper
 * one, with its attributes and the directories that it lies in. It stays the same inode: the number does
 * not change, a reader that has it open sees what is written from then on, and its locks stay. Where
 * the lower layer {@linkplain FileSystem#neverChanges never changes}, the copy shares the content until it
 * is written to, page by page. The names of a file with several hard links stay names of one file.
 *
 * <p><b>Renaming</b> a directory of a lower layer moves its copy in the upper one, which takes its lower
 * parts along.
 *
 * <p><b>What changes beneath.</b> Lower layers may be changed by others: what was not copied up is looked
 * up anew each time. The upper directory is the overlay's own while it is in use.
 *
 * <p><b>Objects.</b> The inode of a file that is in the upper layer is kept by its copy there
 * ({@link TmpInode#above}); that of a file that is only in a lower layer is kept, weakly, in a table by
 * number, so that all who use it at the same time use one object. Locks: the renaming lock, then
 * directories of the overlay from the top down, then a file of the overlay, then those of the upper layer.
 *
 * @see <a href="https://docs.kernel.org/filesystems/overlayfs.html">overlayfs</a>
 */
public final class OverlayFs extends FileSystem {
    private static final long MAGIC = 0x794c7630;

    /** A directory of a lower layer; the layers are counted from 1, top first. */
    record Lower(Inode inode, int layer) {}

    /** An entry of {@link #known}; kept alive by {@link #pinned} if more is known than the layers tell. */
    private static final class Known extends WeakReference<OverlayInode> {
        private final long number;
        private volatile OverlayInode pinned;

        Known(OverlayInode inode, ReferenceQueue<OverlayInode> queue) {
            super(inode, queue);
            number = inode.number();
        }
    }

    private final TmpFs upper;
    private final int layers;
    // Whether the upper layer may be mounted again.
    private final boolean lasting;
    private final String options;
    private final OverlayDirectory root;
    private final ConcurrentHashMap<Long, Known> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<OverlayInode> collected = new ReferenceQueue<>();

    /** Held while an entry moves from one directory to another: the shape of the tree is then fixed. */
    final Object renameLock = new Object();

    private OverlayFs(List<Inode> lowers, TmpDirectory upperRoot, boolean lasting, String options) {
        this.lasting = lasting;
        this.options = options;
        upper = upperRoot == null ? null : upperRoot.fs;
        layers = lowers.size() + 1;
        List<Lower> parts = new ArrayList<>();
        for (Inode lower : lowers) {
            parts.add(new Lower(lower, parts.size() + 1));
        }
        root = new OverlayDirectory(this, number(1, lowers.getFirst()), upperRoot, parts, null);
        if (upperRoot != null) {
            upperRoot.above = root;
        }
    }

    /**
     * A private, writable view of another file system.
     *
     * @param maxBytes how many bytes of pages the changes may take; more gives ENOSPC
     * @param maxInodes how many files the changes may take, whiteouts not counted; more gives ENOSPC
     * @param clock gives the time stamps
     */
    public static OverlayFs over(FileSystem lower, long maxBytes, long maxInodes, InstantSource clock) {
        TmpFs changes = TmpFs.create(maxBytes, maxInodes, clock);
        Stat stat = new Stat();
        if (lower.root().stat(stat) == 0) {
            changes.root().takeAttributes(lower.root());
            CopyUp.attributes(changes.root(), stat);
        }
        return new OverlayFs(List.of(lower.root()), changes.root(), false, "");
    }

    /**
     * A view of directories that exist.
     *
     * @param lowers the lower layers, the topmost first
     * @param upper takes the changes; null for a view that cannot be changed
     * @param options what {@code /proc/mounts} shows after the flags
     * @return the file system; -ENOTDIR; -EINVAL without a lower layer, or if {@code upper} does not lie in a
     *     {@link TmpFs}; -EBUSY if {@code upper} is in use for another one
     */
    public static Result<OverlayFs> of(List<Inode> lowers, Inode upper, String options) {
        if (lowers.isEmpty() || upper != null && !(upper instanceof TmpInode)) {
            return Result.failed(-EINVAL);
        }
        for (Inode lower : lowers) {
            if (!lower.isDirectory()) {
                return Result.failed(-ENOTDIR);
            }
        }
        if (upper == null) {
            return Result.of(new OverlayFs(lowers, null, false, options));
        }
        if (!(upper instanceof TmpDirectory directory)) {
            return Result.failed(-ENOTDIR);
        }
        if (directory.readOnlyFileSystem()) {
            return Result.failed(-Errno.EROFS);
        }
        if (!directory.occupy(true)) {
            return Result.failed(-EBUSY);
        }
        return Result.of(new OverlayFs(lowers, directory, true, options));
    }

    @Override
    protected void unmounted(boolean used) {
        TmpDirectory directory = root.upper();
        if (directory != null) {
            directory.occupy(false);
        }
    }

    @Override
    public Inode root() {
        return root;
    }

    @Override
    public String type() {
        return "overlay";
    }

    @Override
    public String options() {
        return options;
    }

    @Override
    boolean keepsFlagsAndLists() {
        return true;
    }

    @Override
    public boolean readOnly() {
        return upper == null || upper.readOnly();
    }

    @Override
    public int statfs(StatFs out) {
        int error = upper != null ? upper.statfs(out) : root.lowers().getFirst().inode().fileSystem().statfs(out);
        out.type = MAGIC;
        out.id = device();
        return error;
    }

    /** Notes what lies below a directory that is about to have another name, or a name that is taken below. */
    int mark(OverlayDirectory directory, TmpDirectory copy) {
        if (!lasting) {
            return 0;
        }
        return directory.lowers().isEmpty()
                ? OverlayMarks.setOpaque(copy)
                : OverlayMarks.setRedirect(copy, directory.lowers().getFirst(), root.lowers());
    }

    /** The file system of the upper layer; null if there is none. */
    TmpFs upper() {
        return upper;
    }

    /** How many bytes of pages the changes take. */
    public long usedBytes() {
        return upper == null ? 0 : upper.usedBytes();
    }

    // Inodes

    /** Whether an inode of a layer marks a removed name. */
    static boolean isWhiteout(Inode inode) {
        return inode.mode() >>> 12 == FileMode.S_IFCHR >>> 12 && inode.rdev() == 0;
    }

    /** A number of its own for a file of a layer. */
    long number(int layer, Inode inode) {
        long number = inode.number();
        if (number >>> 40 == 0) {
            return number * layers + layer;
        }
        // Such numbers are the host's for file systems mounted below; to clash they would have to be contrived.
        return (number * 0x9e3779b97f4a7c15L >>> 1) * layers + layer | Long.MIN_VALUE;
    }

    /** The inode of a file of the upper layer, which was found in {@code directory}. */
    OverlayInode above(TmpInode copy, OverlayDirectory directory, String name) {
        OverlayInode present = copy.above;
        if (present != null && present.fs == this) {
            return present;
        }
        OverlayInode made;
        if (copy instanceof TmpDirectory part) {
            // From an earlier overlay on the same upper directory.
            List<Lower> parts = OverlayMarks.lowersOf(part, directory, name, root.lowers());
            long number = parts.isEmpty() ? number(0, copy) : number(parts.getFirst().layer(), parts.getFirst().inode());
            made = new OverlayDirectory(this, number, part, parts, null);
        } else {
            made = new OverlayInode(this, number(0, copy), copy, null, null);
        }
        synchronized (copy) {
            present = copy.above;
            if (present == null || present.fs != this) {
                copy.above = made;
                present = made;
            }
        }
        return present;
    }

    /**
     * Finds a name in the lower layers.
     *
     * @return 0 with the inode; -ENOENT; what the layer gives
     */
    int lookupBelow(OverlayDirectory directory, String name, Inode.Found out) {
        List<Lower> parts = null;
        for (Lower lower : directory.lowers()) {
            int error = lower.inode().lookup(name, out);
            if (error == -ENOENT) {
                continue;
            }
            if (error < 0) {
                return error;
            }
            Inode found = out.inode;
            if (isWhiteout(found)) {
                break;
            }
            if (!found.isDirectory()) {
                if (parts == null) {
                    out.inode = known(found, lower.layer(), List.of(), new OverlayInode.Place(directory, name));
                    return 0;
                }
                break;
            }
            if (parts == null) {
                parts = new ArrayList<>(1);
            }
            parts.add(new Lower(found, lower.layer()));
        }
        if (parts == null) {
            return -ENOENT;
        }
        Lower top = parts.getFirst();
        out.inode = known(top.inode(), top.layer(), parts, new OverlayInode.Place(directory, name));
        return 0;
    }

    private OverlayInode known(Inode lower, int layer, List<Lower> parts, OverlayInode.Place place) {
        long number = number(layer, lower);
        for (;;) {
            Known entry = known.get(number);
            OverlayInode inode = entry == null ? null : entry.get();
            if (inode != null && FileMode.type(inode.mode()) == FileMode.type(lower.mode())) {
                inode.foundAgain(lower, parts, place);
                return inode;
            }
            forget();
            inode = lower.isDirectory()
                    ? new OverlayDirectory(this, number, null, parts, place)
                    : new OverlayInode(this, number, null, lower, place);
            Known fresh = new Known(inode, collected);
            if (entry == null ? known.putIfAbsent(number, fresh) == null : known.replace(number, entry, fresh)) {
                return inode;
            }
        }
    }

    private void forget() {
        for (Object old = collected.poll(); old != null; old = collected.poll()) {
            known.remove(((Known) old).number, old);
        }
    }

    /** The file is in the upper layer now, or gone: whoever finds it below again finds another file. */
    void leaveBelow(OverlayInode inode) {
        Known entry = known.get(inode.number());
        if (entry != null && entry.get() == inode) {
            known.remove(inode.number(), entry);
        }
    }

    /** Keeps an inode of which some names are only below, although others were changed. */
    void pin(OverlayInode inode) {
        Known entry = known.get(inode.number());
        if (entry != null && entry.get() == inode) {
            entry.pinned = inode;
        }
    }
}
