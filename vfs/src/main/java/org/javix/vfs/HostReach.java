package org.javix.vfs;

import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ENOENT;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;

/**
 * How a {@link HostInode} is reached: by its path below the mounted directory, which follows what is renamed through
 * this mount, or, while it is held, by a descriptor. Thread-safe.
 */
final class HostReach {
    private static final Cleaner CLEANER = Cleaner.create(Thread.ofPlatform().daemon().name("javix-host-files").factory());

    /** A directory and the name in it. */
    record Place(HostInode directory, String name) {}

    /** What is done with a descriptor of the file, which is not to be kept. */
    @FunctionalInterface
    interface WithDescriptor {
        int apply(int fd);
    }

    private final HostFs fs;
    private final HostInode file;
    // Where it was last; null for the root and a file that never had a name.
    private volatile Place place;
    // Whether it is there no more.
    private volatile boolean removed;

    // A descriptor while it is held, else -1; how often it is. Guarded by this.
    private int heldFd = -1;
    private int holds;
    // Whether one hold lasts as long as the inode. Guarded by this.
    private boolean heldForEver;
    // Whether one hold goes to whoever opens it first. Guarded by this.
    private boolean fresh;

    HostReach(HostFs fs, HostInode file, Place place) {
        this.fs = fs;
        this.file = file;
        this.place = place;
    }

    // Where it is

    /** Where it was last; null for the root and a file that never had a name. */
    Place place() {
        return place;
    }

    /** The name, or null if it has none. */
    String name() {
        Place where = place;
        return where == null || removed ? null : where.name;
    }

    void moved(Place where) {
        place = where;
        removed = false;
    }

    /** A name was removed; it may have others. */
    void removed(Place where) {
        if (where.equals(place)) {
            removed = true;
        }
    }

    /** The path below the mounted directory; null if it has none any more. */
    private String path() {
        ArrayDeque<String> names = new ArrayDeque<>();
        for (HostReach reach = this; reach.file != fs.root(); reach = reach.place.directory.reach()) {
            String name = reach.name();
            // While the host moves directories into each other, the places may for a moment go round in a circle.
            if (name == null || names.size() > PathWalk.PATH_LONGEST) {
                return null;
            }
            names.addFirst(name);
        }
        return String.join("/", names);
    }

    // Holding

    /** Keeps a descriptor until {@link #drop}: 0 or a negative errno. */
    synchronized int hold() {
        if (fresh) {
            fresh = false;
            return 0;
        }
        if (holds == 0) {
            int fd = openByPath(HostCalls.O_PATH);
            if (fd < 0) {
                return fd;
            }
            heldFd = fd;
        }
        holds++;
        return 0;
    }

    synchronized void drop() {
        if (--holds == 0) {
            HostCalls.close(heldFd);
            heldFd = -1;
        }
    }

    /** Holds it for as long as there is the inode. */
    synchronized void holdForEver() {
        if (!heldForEver && hold() == 0) {
            heldForEver = true;
            int fd = heldFd;
            CLEANER.register(file, () -> HostCalls.close(fd));
        }
    }

    /** Holds it by a descriptor that is open already; the first {@link #hold} takes that over. */
    synchronized void holdFirst(int fd) {
        heldFd = fd;
        holds = 1;
        fresh = true;
    }

    // Opening

    private int openByPath(int flags) {
        String path = path();
        int fd = path == null ? -ENOENT : fs.openBeneath(path, flags);
        if (fd >= 0 && !file.isThis(fd)) {
            HostCalls.close(fd);
            return -ENOENT;
        }
        return fd;
    }

    /** Opens it: a descriptor; -ENOENT if it is no longer where it was found. */
    int open(int flags) {
        synchronized (this) {
            if (heldFd >= 0) {
                return fs.isClosed() ? -EIO : HostCalls.reopen(heldFd, flags);
            }
        }
        return openByPath(flags);
    }

    /** Opens what has a name in this directory, with O_PATH. */
    int openBelow(String entry) {
        synchronized (this) {
            if (heldFd >= 0) {
                return fs.isClosed() ? -EIO : HostCalls.openBeneath(heldFd, entry, HostCalls.O_PATH);
            }
        }
        String path = path();
        if (path == null) {
            return -ENOENT;
        }
        return fs.openBeneath(path.isEmpty() ? entry : path + "/" + entry, HostCalls.O_PATH);
    }

    /** Does something with a descriptor; no lock is held meanwhile. */
    int with(int flags, WithDescriptor action) {
        int fd = (flags & HostCalls.O_PATH) != 0 ? holdIfHeld() : -1;
        if (fd >= 0) {
            try {
                return action.apply(fd);
            } finally {
                drop();
            }
        }
        fd = open(flags);
        if (fd < 0) {
            return fd;
        }
        try {
            return action.apply(fd);
        } finally {
            HostCalls.close(fd);
        }
    }

    private synchronized int holdIfHeld() {
        if (heldFd >= 0) {
            holds++;
        }
        return heldFd;
    }
}
