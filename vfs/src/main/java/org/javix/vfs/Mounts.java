package org.javix.vfs;

import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;
import static org.javix.vfs.Errno.ENXIO;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mount namespace: the tree that the processes of one sandbox see, with the drivers that open its
 * special files. Thread-safe; looking up takes no lock.
 */
public final class Mounts {
    private final Mount root;
    private final Devices devices = new Devices();
    private volatile SpecialFiles fifos = (context, waiter, where, flags) -> Result.failed(-ENXIO);
    // Replaced as a whole, under this; in the order of mounting.
    private volatile Mount[] mounted = {};

    /** A namespace with a root. */
    public Mounts(FileSystem root) {
        this.root = new Mount(root, null, 0, root.type());
    }

    /** The mount at {@code /}. */
    public Mount root() {
        return root;
    }

    /** The root directory. */
    public Location rootLocation() {
        return new Location(root, root.fileSystem().root());
    }

    /** The device drivers. */
    public Devices devices() {
        return devices;
    }

    /** Sets what opens FIFOs. Until then opening one fails with ENXIO. */
    public void setFifos(SpecialFiles opener) {
        fifos = opener;
    }

    SpecialFiles fifos() {
        return fifos;
    }

    /**
     * Mounts a file system over a directory, which may itself be the root of a mount.
     *
     * @return 0, or -ENOTDIR
     */
    public int mount(Location point, FileSystem fileSystem, int flags, String source) {
        if (!point.inode().isDirectory()) {
            return -ENOTDIR;
        }
        point.inode().covered();
        synchronized (this) {
            Mount[] old = mounted;
            Mount[] fresh = Arrays.copyOf(old, old.length + 1);
            fresh[old.length] = new Mount(fileSystem, point, flags, source);
            mounted = fresh;
        }
        return 0;
    }

    /**
     * Removes a mount. Files that are open through it stay usable.
     *
     * @return 0, -EINVAL if it is not mounted, -EBUSY for the root or if another mount lies in it
     */
    public synchronized int unmount(Mount mount) {
        if (mount == root) {
            return -EBUSY;
        }
        List<Mount> left = new ArrayList<>(List.of(mounted));
        if (!left.remove(mount)) {
            return -EINVAL;
        }
        for (Mount other : left) {
            if (other.point().mount() == mount) {
                return -EBUSY;
            }
        }
        mounted = left.toArray(Mount[]::new);
        if (left.stream().noneMatch(other -> other.fileSystem() == mount.fileSystem())) {
            mount.fileSystem().unmounted();
        }
        return 0;
    }

    /** All mounts, the root first, then in the order of mounting. */
    public List<Mount> list() {
        List<Mount> all = new ArrayList<>();
        all.add(root);
        all.addAll(List.of(mounted));
        return all;
    }

    /** The mount that covers a directory, or null. There are few mounts: a scan beats hashing. */
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
