package org.javix.vfs;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ELOOP;
import static org.javix.vfs.Errno.ENOSPC;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENXIO;
import static org.javix.vfs.Errno.EPERM;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A mount namespace: the tree that the processes of one sandbox see, with the drivers that open its
 * special files. Thread-safe; looking up takes no lock.
 */
public final class Mounts {
    /** How many mounts there may be. */
    static final int MAX_MOUNTS = 1000;

    /** Tells whether somebody is in a mount: an open file, a working directory, a root. */
    @FunctionalInterface
    public interface Users {
        /** @param writing whether only files open for writing count */
        boolean use(Mount mount, boolean writing);
    }

    private final Mount root;
    private final Devices devices = new Devices();
    private final Map<String, FileSystemType> types = new ConcurrentHashMap<>();
    private volatile OpenFileCount openFiles = new OpenFileCount(Integer.MAX_VALUE);
    private volatile SpecialFiles fifos = (context, waiter, where, flags) -> Result.failed(-ENXIO);
    private volatile Users users = (mount, writing) -> false;
    private volatile boolean protectsHardLinks = true;
    // Replaced as a whole, under this; in the order of mounting.
    private volatile Mount[] mounted = {};
    // Guarded by this.
    private int lastId = 1;

    /** A namespace with a root. */
    public Mounts(FileSystem root) {
        this.root = new Mount(1, root, root.root(), null, 0, 0, root.type());
        types.put("tmpfs", TmpFsOptions::mount);
        types.put("overlay", OverlayOptions::mount);
    }

    /** The mount at {@code /}. */
    public Mount root() {
        return root;
    }

    /** The root directory. */
    public Location rootLocation() {
        return new Location(root, root.root());
    }

    /** The device drivers. */
    public Devices devices() {
        return devices;
    }

    /** What has been opened in this namespace and how much may be; no limit until {@link #setOpenFiles}. */
    public OpenFileCount openFiles() {
        return openFiles;
    }

    /** Sets what counts the open files; before the first is opened. */
    public void setOpenFiles(OpenFileCount count) {
        openFiles = count;
    }

    /** Sets what opens FIFOs. Until then opening one fails with ENXIO. */
    public void setFifos(SpecialFiles opener) {
        fifos = opener;
    }

    /**
     * Whether a user may link another's file only if it could be read and written, and if it is an
     * ordinary one without set-id bits: Linux's {@code fs.protected_hardlinks}. True at first, as
     * distributions set it.
     */
    public boolean protectsHardLinks() {
        return protectsHardLinks;
    }

    /** Sets {@link #protectsHardLinks}. */
    public void setProtectsHardLinks(boolean value) {
        protectsHardLinks = value;
    }

    SpecialFiles fifos() {
        return fifos;
    }

    /** Sets who is asked whether a mount is in use. Until then none is. */
    public void setUsers(Users who) {
        users = who;
    }

    /** Adds a type that programs of the superuser may mount; {@code tmpfs} and {@code overlay} are there. */
    public void addType(String name, FileSystemType type) {
        types.put(name, type);
    }

    /** The types that programs may mount, by name. */
    public Map<String, FileSystemType> types() {
        return types;
    }

    // Changes

    /**
     * Mounts a file system for the embedder: what it forbids, programs cannot allow again.
     *
     * @param point a directory, which may itself be the root of a mount; any other file if that is what the file
     *     system has as its root
     * @return 0, or -ENOTDIR, -ENOSPC (too many)
     */
    public int mount(Location point, FileSystem fileSystem, int flags, String source) {
        return mount(new Mount.Point(point, null, null), fileSystem, flags, source);
    }

    int mount(Mount.Point point, FileSystem fileSystem, int flags, String source) {
        return add(point, fileSystem, fileSystem.root(), flags, flags, source);
    }

    /** The same for a program: 0, -ENOTDIR, -ENOSPC. */
    int mountForProgram(Mount.Point point, FileSystem fileSystem, int flags, String source) {
        return add(point, fileSystem, fileSystem.root(), flags, 0, source);
    }

    private synchronized int add(
            Mount.Point point, FileSystem fileSystem, Inode top, int flags, int locked, String source) {
        if (top.isDirectory() != point.covered().inode().isDirectory()) {
            return -ENOTDIR;
        }
        if (mounted.length >= MAX_MOUNTS) {
            return -ENOSPC;
        }
        point.covered().inode().covered();
        List<Mount> more = new ArrayList<>(List.of(mounted));
        more.add(new Mount(++lastId, fileSystem, top, point, flags, locked, source));
        mounted = more.toArray(Mount[]::new);
        return 0;
    }

    /**
     * Shows a file or directory in a second place.
     *
     * @param recursive whether the mounts that lie in it are shown there, too
     * @return 0, -ENOTDIR, -ENOSPC
     */
    synchronized int bind(Location source, Mount.Point point, boolean recursive) {
        Mount from = source.mount();
        List<Mount> inside = recursive ? inside(source) : List.of();
        int error = add(point, from.fileSystem(), source.inode(), from.flags(), from.locked(), from.source());
        if (error < 0) {
            return error;
        }
        Map<Mount, Mount> copies = new HashMap<>();
        copies.put(from, mounted[mounted.length - 1]);
        for (Mount mount : inside) {
            Location place = mount.point();
            Location copied = new Location(copies.get(place.mount()), place.inode());
            error = add(new Mount.Point(copied, null, null), mount.fileSystem(), mount.root(), mount.flags(), mount.locked(), mount.source());
            if (error < 0) {
                return error;
            }
            copies.put(mount, mounted[mounted.length - 1]);
        }
        return 0;
    }

    /** The mounts on a directory's own mount that lie below it, and all on those, in the order of mounting. */
    private List<Mount> inside(Location top) {
        List<Mount> found = new ArrayList<>();
        for (Mount mount : mounted) {
            Location place = mount.point();
            boolean below = place.mount() == top.mount() && Paths.inside(top.inode(), place.inode()) != null;
            if (below || found.contains(place.mount())) {
                found.add(mount);
            }
        }
        return found;
    }

    /** Moves a mount to another place: 0, -EINVAL (the root; a directory over a file), -ELOOP (into itself). */
    synchronized int move(Mount mount, Mount.Point point) {
        if (mount == root || mount.root().isDirectory() != point.covered().inode().isDirectory()) {
            return -EINVAL;
        }
        for (Mount above = point.covered().mount(); above != root; above = above.point().mount()) {
            if (above == mount) {
                return -ELOOP;
            }
        }
        point.covered().inode().covered();
        mount.setPoint(point);
        return 0;
    }

    /** Changes the flags of a mount: 0; -EPERM if that would allow what the embedder forbade; -EBUSY (being written). */
    synchronized int remount(Mount mount, int flags) {
        if ((mount.locked() & ~flags) != 0) {
            return -EPERM;
        }
        boolean freezes = (flags & ~mount.flags() & Mount.READ_ONLY) != 0;
        if (freezes && users.use(mount, true)) {
            return -EBUSY;
        }
        mount.setFlags(flags);
        return 0;
    }

    /**
     * Removes a mount. Files that are open through it stay usable.
     *
     * @return 0, -EINVAL if it is not mounted, -EBUSY for the root, if another mount lies in it, or if it is in use
     */
    public int unmount(Mount mount) {
        return unmount(mount, false, false);
    }

    /**
     * Removes a mount.
     *
     * @param detach even if it is in use, and with all mounts that lie in it
     * @param expire only if it was asked for before and nobody has been there since
     * @return 0, -EINVAL, -EBUSY; -EAGAIN at the first time with {@code expire}
     */
    synchronized int unmount(Mount mount, boolean detach, boolean expire) {
        if (mount == root) {
            return -EBUSY;
        }
        List<Mount> left = new ArrayList<>(List.of(mounted));
        if (!left.remove(mount)) {
            return -EINVAL;
        }
        List<Mount> gone = new ArrayList<>(List.of(mount));
        for (Mount other : mounted) {
            if (gone.contains(other.point().mount())) {
                gone.add(other);
            }
        }
        boolean used = users.use(mount, false);
        if (!detach && (gone.size() > 1 || used)) {
            mount.expiring = false;
            return -EBUSY;
        }
        if (expire && !mount.expiring) {
            mount.expiring = true;
            return -EAGAIN;
        }
        left.removeAll(gone);
        mounted = left.toArray(Mount[]::new);
        for (Mount old : gone) {
            if (list().stream().noneMatch(other -> other.fileSystem() == old.fileSystem())) {
                old.fileSystem().unmounted(used || gone.size() > 1);
            }
        }
        return 0;
    }

    // Looking up

    /** All mounts, the root first, then in the order of mounting. */
    public List<Mount> list() {
        List<Mount> all = new ArrayList<>();
        all.add(root);
        all.addAll(List.of(mounted));
        return all;
    }

    /** The mount that covers a file, or null. There are few mounts: a scan beats hashing. */
    Mount covering(Mount mount, Inode inode) {
        if (!inode.mayBeCovered()) {
            return null;
        }
        Mount[] all = mounted;
        for (int i = all.length - 1; i >= 0; i--) {
            Location point = all[i].point();
            if (point.mount() == mount && point.inode().equals(inode)) {
                return all[i];
            }
        }
        return null;
    }
}
