package org.javix.vfs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A directory or a regular file of the host, on Linux. A file is the one that was there when it was mounted, whatever
 * has its name later. Nothing outside of a directory can be reached through it:
 *
 * <ul>
 *   <li>Every access to a file that is not open opens its path anew, below a descriptor of the directory, with the
 *       kernel told to follow no symbolic link and to go no higher ({@code openat2} with RESOLVE_BENEATH and
 *       RESOLVE_NO_SYMLINKS). So it does not matter what others rename or replace meanwhile.
 *   <li>Symbolic links are resolved by {@link PathWalk}, in the guest's tree.
 *   <li>FIFOs, sockets and devices of the host are seen but cannot be opened (ENXIO) or made (EPERM).
 *   <li>A hard link to a file elsewhere that someone else put here does reach that file: the kernel
 *       knows no difference between two names of a file. The guest itself can link only what it can
 *       reach.
 * </ul>
 *
 * <p>What the JVM's user may not do fails with the host's errno. Thread-safe.
 */
public final class HostFs extends FileSystem implements AutoCloseable {
    /**
     * What it says it is: 9p, which shares a host's files with a guest elsewhere. Programs know that files there change
     * without {@code inotify} telling of it.
     */
    private static final long MAGIC = 0x01021997;

    private final boolean writable;
    private final boolean singleFile;
    private final HostInode root;
    private final long hostDevice;
    private final int hostUser;
    private final int guestUser;
    private final int guestGroup;
    // The directory's descriptor, opened with O_PATH; -1 once closed. It is used under the read lock
    // and closed under the write lock, so that its number is never used for what got it afterwards.
    private int rootFd;
    private volatile boolean closed;
    private final ConcurrentHashMap<Long, Known> known = new ConcurrentHashMap<>();
    private final ReferenceQueue<HostInode> collected = new ReferenceQueue<>();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** An inode that somebody may use. */
    private static final class Known extends WeakReference<HostInode> {
        private final long number;

        Known(HostInode inode, ReferenceQueue<HostInode> queue) {
            super(inode, queue);
            number = inode.number();
        }
    }

    private HostFs(Path directory, boolean writable, int guestUser, int guestGroup) throws IOException {
        this.writable = writable;
        this.guestUser = guestUser;
        this.guestGroup = guestGroup;
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new UnsupportedOperationException("host directories can be mounted on Linux only");
        }
        int fd = HostCalls.openRoot(bytes(directory.toRealPath()));
        if (fd < 0) {
            throw new FileSystemException(directory.toString(), null, Errno.message(-fd));
        }
        Stat stat = new Stat();
        HostCalls.stat(fd, stat);
        singleFile = FileMode.isRegular(stat.mode);
        int probe = singleFile ? fd : HostCalls.openBeneath(fd, "", HostCalls.O_PATH);
        if (probe < 0) {
            HostCalls.close(fd);
            String reason = FileMode.isDirectory(stat.mode)
                    ? "cannot be confined: the kernel has no openat2"
                    : "neither a directory nor a regular file";
            throw new FileSystemException(directory.toString(), null, reason);
        }
        if (probe != fd) {
            HostCalls.close(probe);
        }
        rootFd = fd;
        hostUser = HostCalls.user();
        hostDevice = stat.dev;
        translate(stat);
        root = new HostInode(this, null, stat);
    }

    /** A host directory or file that can only be read. The JVM's user appears as root. */
    public static HostFs readOnly(Path directory) throws IOException {
        return readOnly(directory, 0, 0);
    }

    /** A host directory or file that can be changed. The JVM's user appears as root. */
    public static HostFs readWrite(Path directory) throws IOException {
        return readWrite(directory, 0, 0);
    }

    /**
     * A host directory that can only be read.
     *
     * @param uid what the files of the JVM's user appear to belong to, unless that is root
     * @param gid their group
     */
    public static HostFs readOnly(Path directory, int uid, int gid) throws IOException {
        return new HostFs(directory, false, uid, gid);
    }

    /** A host directory that can be changed; {@code uid} and {@code gid} as for {@link #readOnly(Path, int, int)}. */
    public static HostFs readWrite(Path directory, int uid, int gid) throws IOException {
        return new HostFs(directory, true, uid, gid);
    }

    // The path's own bytes, whatever the JVM's character set is: they are in its URI.
    private static String bytes(Path path) {
        String uri = path.toUri().getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public HostInode root() {
        return root;
    }

    @Override
    public String type() {
        return "hostfs";
    }

    @Override
    public boolean opensSpecialFiles() {
        return false;
    }

    @Override
    public boolean readOnly() {
        return !writable;
    }

    @Override
    public int statfs(StatFs out) {
        int fd = openBeneath("", HostCalls.O_PATH);
        if (fd < 0) {
            return fd;
        }
        int error = HostCalls.statfs(fd, out);
        HostCalls.close(fd);
        out.id = device();
        out.type = MAGIC;
        return error;
    }

    /** Opens a path below the directory: a descriptor or a negative errno; -EIO after {@link #close}. */
    int openBeneath(String path, int flags) {
        lock.readLock().lock();
        try {
            if (rootFd < 0) {
                return -Errno.EIO;
            }
            return singleFile ? HostCalls.openAgain(rootFd, flags) : HostCalls.openBeneath(rootFd, path, flags);
        } finally {
            lock.readLock().unlock();
        }
    }

    /** The inode of a file that was found in a directory: the same object as before, if anybody has it. */
    HostInode inode(HostReach.Place place, Stat stat) {
        for (;;) {
            Known entry = known.get(stat.ino);
            HostInode present = entry == null ? null : entry.get();
            if (present != null && present.is(stat)) {
                present.foundAgain(place, stat);
                return present;
            }
            for (Object old = collected.poll(); old != null; old = collected.poll()) {
                known.remove(((Known) old).number, old);
            }
            HostInode made = new HostInode(this, place, stat);
            Known fresh = new Known(made, collected);
            if (entry == null ? known.putIfAbsent(stat.ino, fresh) == null : known.replace(stat.ino, entry, fresh)) {
                return made;
            }
        }
    }

    /** Whether {@link #close} was called. */
    boolean isClosed() {
        return closed;
    }

    /** Turns the host's view of a file into the guest's. */
    void translate(Stat stat) {
        if (stat.dev != hostDevice) {
            // A file system of its own below: keep its numbers apart.
            stat.ino ^= stat.dev * 0x9e3779b97f4a7c15L;
        }
        stat.dev = device();
        if (hostUser != 0 && stat.uid == hostUser) {
            stat.uid = guestUser;
            stat.gid = guestGroup;
        }
    }

    /** The host's user for a guest's, or -1 for no change. */
    int hostUser(int uid) {
        return hostUser != 0 && uid == guestUser ? -1 : uid;
    }

    /** The host's group for a guest's, or -1 for no change. */
    int hostGroup(int gid) {
        return hostUser != 0 && gid == guestGroup ? -1 : gid;
    }

    /** Whether new files have to be given to the guest's user: only root of the host can do that. */
    boolean givesFiles() {
        return hostUser == 0;
    }

    /** Closes the directory; every later access fails. Open files stay open. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (rootFd >= 0) {
                HostCalls.close(rootFd);
                rootFd = -1;
                closed = true;
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
