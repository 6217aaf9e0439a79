package org.javix.vfs;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EIO;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.EROFS;
import static org.javix.vfs.Errno.ESTALE;
import static org.javix.vfs.Errno.EXDEV;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in a {@link HostFs}. There is one object for a file as long as anybody uses it, found by its number.
 *
 * <p>It is reached by its path below the mounted directory, which follows what is renamed through this mount; who
 * finds another file there answers ENOENT. While it is {@linkplain #hold held}, because it is open or somebody's
 * working directory, a descriptor reaches it, whatever happens to its names. Attributes are as they were when it was
 * last looked up or changed through this mount.
 */
final class HostInode extends Inode {
    private static final Cleaner CLEANER = Cleaner.create(Thread.ofPlatform().daemon().name("javix-host-files").factory());

    /** A directory and the name in it. */
    private record Place(HostInode directory, String name) {}

    private final HostFs fs;
    private final long number;
    private final long birth;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile long rdev;
    // Where it was last; null for the root and a file that never had a name.
    private volatile Place place;
    // Whether it is there no more.
    private volatile boolean removed;

    // A descriptor while it is held, else -1; how often it is. Guarded by this.
    private int heldFd = -1;
    private int holds;
    // Whether one hold lasts as long as this object. Guarded by this.
    private boolean heldForEver;
    // Whether one hold goes to whoever opens it first. Guarded by this.
    private boolean fresh;

    /** The mounted directory. */
    HostInode(HostFs fs, Stat stat) {
        this.fs = fs;
        number = stat.ino;
        birth = stat.birth;
        note(stat);
    }

    HostInode(HostFs fs, HostInode directory, String name, Stat stat) {
        this(fs, stat);
        place = new Place(directory, name);
    }

    private void note(Stat stat) {
        mode = stat.mode;
        uid = stat.uid;
        gid = stat.gid;
        rdev = stat.rdev;
    }

    /** Whether these are attributes of this file, and not of another that got its number. */
    boolean is(Stat stat) {
        return stat.ino == number && stat.birth == birth && FileMode.type(stat.mode) == FileMode.type(mode);
    }

    /** It was looked up again. */
    void foundAgain(HostInode directory, String name, Stat stat) {
        note(stat);
        place = new Place(directory, name);
        removed = false;
    }

    /** The path below the mounted directory; null if it has none any more. */
    private String path() {
        ArrayDeque<String> names = new ArrayDeque<>();
        for (HostInode file = this; file != fs.root(); ) {
            Place where = file.place;
            if (file.removed || where == null) {
                return null;
            }
            names.addFirst(where.name);
            file = where.directory;
        }
        return String.join("/", names);
    }

    // Holding

    @Override
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

    @Override
    synchronized void drop() {
        if (--holds == 0) {
            HostCalls.close(heldFd);
            heldFd = -1;
        }
    }

    /** Holds it for as long as there is this object: nobody tells when a working directory is left. */
    @Override
    synchronized void holdForEver() {
        if (!heldForEver && hold() == 0) {
            heldForEver = true;
            int fd = heldFd;
            CLEANER.register(this, () -> HostCalls.close(fd));
        }
    }

    private int openByPath(int flags) {
        String path = path();
        int fd = path == null ? -ENOENT : fs.openBeneath(path, flags);
        if (fd >= 0 && !isThis(fd)) {
            HostCalls.close(fd);
            return -ENOENT;
        }
        return fd;
    }

    private int openThis(int flags) {
        synchronized (this) {
            if (heldFd >= 0) {
                return HostCalls.reopen(heldFd, flags);
            }
        }
        return openByPath(flags);
    }

    @Override
    public FileSystem fileSystem() {
        return fs;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public int mode() {
        return mode;
    }

    @Override
    public int uid() {
        return uid;
    }

    @Override
    public int gid() {
        return gid;
    }

    @Override
    public long rdev() {
        return rdev;
    }

    @Override
    public Inode parent() {
        Place where = place;
        return where == null ? this : where.directory;
    }

    @Override
    public String name() {
        Place where = place;
        return where == null || removed ? null : where.name;
    }

    @Override
    RecordLocks newLocks() {
        return fs.readOnly() ? new RecordLocks() : new RecordLocks(new HostLocks(this));
    }

    /** A descriptor for locks, one to write with if possible, or a negative errno. */
    int openForLocks() {
        int fd = openThis(HostCalls.O_RDWR | HostCalls.O_NONBLOCK);
        return fd >= 0 ? fd : openThis(HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
    }

    /** What is done with a descriptor that is closed afterwards. */
    @FunctionalInterface
    private interface WithDescriptor {
        int apply(int fd);
    }

    private int with(int flags, WithDescriptor action) {
        if ((flags & HostCalls.O_PATH) != 0) {
            synchronized (this) {
                if (heldFd >= 0) {
                    return action.apply(heldFd);
                }
            }
        }
        int fd = openThis(flags);
        if (fd < 0) {
            return fd;
        }
        try {
            return action.apply(fd);
        } finally {
            HostCalls.close(fd);
        }
    }

    /** Does something in this directory. */
    private int inside(WithDescriptor action) {
        return with(HostCalls.O_PATH | HostCalls.O_DIRECTORY, action);
    }

    private boolean isThis(int fd) {
        Stat stat = new Stat();
        return stat(fd, stat) == 0 && is(stat);
    }

    @Override
    public int stat(Stat out) {
        return with(HostCalls.O_PATH, fd -> stat(fd, out));
    }

    /** The attributes of this file through a descriptor of it. */
    int stat(int fd, Stat out) {
        int error = HostCalls.stat(fd, out);
        if (error == 0) {
            fs.translate(out);
        }
        return error;
    }

    @Override
    public int lookup(String entry, Found out) {
        Stat stat = new Stat();
        int fd = openBelow(entry);
        if (fd < 0) {
            // ELOOP: a directory above became a symbolic link while the path was walked.
            return fd == -Errno.ELOOP || fd == -EXDEV ? -ENOENT : fd;
        }
        int error = stat(fd, stat);
        HostCalls.close(fd);
        if (error == 0) {
            out.inode = fs.inode(this, entry, stat);
        }
        return error;
    }

    private int openBelow(String entry) {
        synchronized (this) {
            if (heldFd >= 0) {
                return HostCalls.openBeneath(heldFd, entry, HostCalls.O_PATH);
            }
        }
        String path = path();
        if (path == null) {
            return -ENOENT;
        }
        return fs.openBeneath(path.isEmpty() ? entry : path + "/" + entry, HostCalls.O_PATH);
    }

    @Override
    public int list(DirectoryReader sink) {
        return list(sink, false);
    }

    int list(DirectoryReader sink, boolean leavesAccessTime) {
        int flags = HostCalls.O_RDONLY | HostCalls.O_DIRECTORY;
        return with(leavesAccessTime ? flags | HostCalls.O_NOATIME : flags, fd -> HostCalls.list(fd, sink));
    }

    // Changes

    @Override
    public int create(String entry, int newMode, int newUid, int newGid, long newRdev, Found out) {
        boolean directory = FileMode.isDirectory(newMode);
        if (!directory && !FileMode.isRegular(newMode)) {
            return -EPERM;
        }
        int bits = newMode & FileMode.PERMISSIONS;
        return made(entry, out, inside(parentFd -> {
            int fd;
            if (directory) {
                int error = HostCalls.mkdir(parentFd, entry, bits);
                if (error < 0) {
                    return error;
                }
                fd = HostCalls.openBeneath(parentFd, entry, HostCalls.O_RDONLY | HostCalls.O_DIRECTORY);
            } else {
                fd = HostCalls.create(parentFd, entry, bits);
            }
            if (fd < 0) {
                return fd;
            }
            give(fd, newUid, newGid);
            HostCalls.chmod(fd, bits); // the JVM's own umask took bits away
            HostCalls.close(fd);
            return 0;
        }));
    }

    @Override
    public int symlink(String entry, String target, int newUid, int newGid, Found out) {
        return made(entry, out, inside(directory -> {
            int error = HostCalls.symlink(target, directory, entry);
            int fd = error < 0 ? error : HostCalls.openBeneath(directory, entry, HostCalls.O_PATH);
            if (fd < 0) {
                return fd;
            }
            give(fd, newUid, newGid);
            HostCalls.close(fd);
            return 0;
        }));
    }

    private void give(int fd, int newUid, int newGid) {
        if (fs.givesFiles()) {
            HostCalls.chown(fd, newUid, newGid);
        }
    }

    private int made(String entry, Found out, int error) {
        if (error == 0 || error == -EEXIST) {
            int found = lookup(entry, out);
            return error == 0 ? found : error;
        }
        return error;
    }

    @Override
    public int link(String entry, Inode file) {
        if (!(file instanceof HostInode other) || other.fs != fs) {
            return -EXDEV;
        }
        return inside(to -> other.with(HostCalls.O_PATH, from -> HostCalls.linkThis(from, to, entry)));
    }

    @Override
    public int unlink(String entry, Inode expected) {
        return gone(entry, expected, inside(directory -> HostCalls.unlink(directory, entry, 0)));
    }

    @Override
    public int rmdir(String entry, Inode expected) {
        return gone(entry, expected, inside(directory -> HostCalls.unlink(directory, entry, HostCalls.AT_REMOVEDIR)));
    }

    private int gone(String entry, Inode expected, int error) {
        if (error == 0 && expected instanceof HostInode file && new Place(this, entry).equals(file.place)) {
            file.removed = true;
        }
        return once(error);
    }

    @Override
    public int createUnnamed(int newMode, int newUid, int newGid, Found out) {
        int bits = newMode & FileMode.PERMISSIONS;
        int fd = inside(directory -> HostCalls.open(directory, ".", HostCalls.O_TMPFILE | HostCalls.O_RDWR, bits));
        if (fd < 0) {
            return fd;
        }
        give(fd, newUid, newGid);
        HostCalls.chmod(fd, bits);
        Stat stat = new Stat();
        int error = stat(fd, stat);
        if (error < 0) {
            HostCalls.close(fd);
            return error;
        }
        HostInode file = new HostInode(fs, stat);
        file.heldFd = fd;
        file.holds = 1;
        file.fresh = true;
        out.inode = file;
        return 0;
    }

    @Override
    public int rename(String entry, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        if (!(newDirectory instanceof HostInode other) || other.fs != fs) {
            return -EXDEV;
        }
        int error = inside(from -> other.inside(to -> HostCalls.rename(from, entry, to, newName, flags)));
        if (error == 0 && expected != target) {
            ((HostInode) expected).place = new Place(other, newName);
            if (target instanceof HostInode file && (flags & AtFlags.RENAME_EXCHANGE) != 0) {
                file.place = new Place(this, entry);
            } else if (target instanceof HostInode file) {
                gone(newName, file, 0);
                file.removed |= file.isDirectory();
            }
        }
        return once(error);
    }

    // A network file system has an ESTALE of its own, which must not look like a request to try again.
    private static int once(int error) {
        return error == -ESTALE ? -EIO : error;
    }

    @Override
    public Result<String> readLink(FsContext context) {
        if (!isSymbolicLink()) {
            return Result.failed(-EINVAL);
        }
        List<Result<String>> target = new ArrayList<>(1);
        int error = with(HostCalls.O_PATH, fd -> {
            // An empty name means the link that the descriptor stands for.
            target.add(HostCalls.readLink(fd, ""));
            return 0;
        });
        return error < 0 ? Result.failed(error) : target.getFirst();
    }

    @Override
    public int setMode(int permissions) {
        int error = with(HostCalls.O_PATH, fd -> HostCalls.chmod(fd, permissions & FileMode.PERMISSIONS));
        if (error == 0) {
            mode = FileMode.type(mode) | permissions & FileMode.PERMISSIONS;
        }
        return error;
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        int hostUid = fs.hostUser(newUid);
        int hostGid = fs.hostGroup(newGid);
        int error = with(HostCalls.O_PATH, fd -> HostCalls.chown(fd, hostUid, hostGid));
        if (error == 0) {
            Stat stat = new Stat();
            if (stat(stat) == 0) {
                note(stat);
            }
        }
        return error;
    }

    @Override
    public int setTimes(long aSec, int aNsec, long mSec, int mNsec) {
        return with(HostCalls.O_PATH, fd -> HostCalls.utimens(fd, aSec, aNsec, mSec, mNsec));
    }

    // Content

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        int error = hold();
        if (error < 0) {
            return Result.failed(error);
        }
        if (isDirectory()) {
            return Result.of(new HostDirectory(flags, where));
        }
        // Never waits for the other end, should it have become a FIFO.
        int fd = openThis(flags & OpenFlags.O_ACCMODE | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            drop();
            return Result.failed(fd);
        }
        return Result.of(new HostFile(this, fd, flags, where, context.credentials()));
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        int fd = openThis(HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            return fd;
        }
        long count = HostCalls.pread(fd, buffer, at, length, position);
        HostCalls.close(fd);
        return count;
    }

    @Override
    public int truncate(long size) {
        if (!FileMode.isRegular(mode)) {
            return -EINVAL;
        }
        if (fs.readOnly()) {
            return -EROFS;
        }
        return with(HostCalls.O_PATH, fd -> HostCalls.truncateThis(fd, size));
    }

    @Override
    int empty() {
        return fs.readOnly() ? -EROFS : with(HostCalls.O_WRONLY | HostCalls.O_NONBLOCK, fd -> HostCalls.truncate(fd, 0));
    }

    @Override
    public int setAttribute(String name, byte[] value, int how) {
        return fs.readOnly() ? -EROFS : with(HostCalls.O_PATH, fd -> HostAttributes.set(fd, name, value, how));
    }

    @Override
    public int removeAttribute(String name) {
        return fs.readOnly() ? -EROFS : with(HostCalls.O_PATH, fd -> HostAttributes.remove(fd, name));
    }

    @Override
    public Result<byte[]> attribute(String name) {
        List<Result<byte[]>> value = new ArrayList<>(1);
        int error = with(HostCalls.O_PATH, fd -> {
            value.add(HostAttributes.get(fd, name));
            return 0;
        });
        return error < 0 ? Result.failed(error) : value.getFirst();
    }

    @Override
    public List<String> attributeNames() {
        List<String> names = new ArrayList<>();
        with(HostCalls.O_PATH, fd -> HostAttributes.list(fd, names));
        return names;
    }

    /** What identifies a version of the content. */
    private record Version(HostFs fs, long number, long size, long mtimeSec, int mtimeNsec, long ctimeSec, int ctimeNsec) {}

    @Override
    public Object contentIdentity() {
        Stat stat = new Stat();
        if (stat(stat) < 0) {
            return null;
        }
        // A change within the clock's step of the last one would not show.
        boolean settled = System.currentTimeMillis() / 1000 - stat.ctimeSec > 2;
        return settled
                ? new Version(fs, number, stat.size, stat.mtimeSec, stat.mtimeNsec, stat.ctimeSec, stat.ctimeNsec)
                : null;
    }
}
