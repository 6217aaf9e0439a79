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
import java.lang.ref.WeakReference;
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
    private final HostFs fs;
    private final long number;
    private final long birth;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile long rdev;
    private final HostReach reach;
    // Guarded by this; null if it was never mapped shared.
    private WeakReference<HostSharedFile> shared;

    /**
     * A file.
     *
     * @param place where it was found; null for the mounted directory and a file without a name
     */
    HostInode(HostFs fs, HostReach.Place place, Stat stat) {
        this.fs = fs;
        number = stat.ino;
        birth = stat.birth;
        reach = new HostReach(fs, this, place);
        note(stat);
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
    void foundAgain(HostReach.Place place, Stat stat) {
        note(stat);
        reach.moved(place);
    }

    HostReach reach() {
        return reach;
    }

    @Override
    int hold() {
        return reach.hold();
    }

    @Override
    void drop() {
        reach.drop();
    }

    // Nobody tells when a working directory is left.
    @Override
    void holdForEver() {
        reach.holdForEver();
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
        HostReach.Place place = reach.place();
        return place == null ? this : place.directory();
    }

    @Override
    public String name() {
        return reach.name();
    }

    @Override
    RecordLocks newLocks() {
        return fs.readOnly() ? new RecordLocks() : new RecordLocks(new HostLocks(this));
    }

    /** A descriptor for locks, one to write with if possible, or a negative errno. */
    int openForLocks() {
        int fd = reach.open(HostCalls.O_RDWR | HostCalls.O_NONBLOCK);
        return fd >= 0 ? fd : reach.open(HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
    }

    /** Does something in this directory. */
    private int inside(HostReach.WithDescriptor action) {
        return reach.with(HostCalls.O_PATH | HostCalls.O_DIRECTORY, action);
    }

    /** Whether a descriptor is one of this file. */
    boolean isThis(int fd) {
        Stat stat = new Stat();
        return stat(fd, stat) == 0 && is(stat);
    }

    @Override
    public int stat(Stat out) {
        return reach.with(HostCalls.O_PATH, fd -> stat(fd, out));
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
        int fd = reach.openBelow(entry);
        if (fd < 0) {
            // ELOOP: a directory above became a symbolic link while the path was walked.
            return fd == -Errno.ELOOP ? -ENOENT : fd;
        }
        int error = stat(fd, stat);
        HostCalls.close(fd);
        if (error == 0) {
            out.inode = fs.inode(new HostReach.Place(this, entry), stat);
        }
        return error;
    }

    @Override
    public int list(DirectoryReader sink) {
        return list(sink, false);
    }

    int list(DirectoryReader sink, boolean leavesAccessTime) {
        int flags = HostCalls.O_RDONLY | HostCalls.O_DIRECTORY;
        return reach.with(leavesAccessTime ? flags | HostCalls.O_NOATIME : flags, fd -> HostCalls.list(fd, sink));
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
        return inside(to -> other.reach.with(HostCalls.O_PATH, from -> HostCalls.linkThis(from, to, entry)));
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
        if (error == 0 && expected instanceof HostInode file) {
            file.reach.removed(new HostReach.Place(this, entry));
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
        HostInode file = new HostInode(fs, null, stat);
        file.reach.holdFirst(fd);
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
            if (target instanceof HostInode file && (flags & AtFlags.RENAME_EXCHANGE) != 0) {
                file.reach.moved(new HostReach.Place(this, entry));
            } else {
                other.gone(newName, target, 0);
            }
            ((HostInode) expected).reach.moved(new HostReach.Place(other, newName));
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
        int error = reach.with(HostCalls.O_PATH, fd -> {
            // An empty name means the link that the descriptor stands for.
            target.add(HostCalls.readLink(fd, ""));
            return 0;
        });
        return error < 0 ? Result.failed(error) : target.getFirst();
    }

    @Override
    public int setMode(int permissions) {
        int error = reach.with(HostCalls.O_PATH, fd -> HostCalls.chmod(fd, permissions & FileMode.PERMISSIONS));
        if (error == 0) {
            mode = FileMode.type(mode) | permissions & FileMode.PERMISSIONS;
        }
        return error;
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        int hostUid = fs.hostUser(newUid);
        int hostGid = fs.hostGroup(newGid);
        int error = reach.with(HostCalls.O_PATH, fd -> HostCalls.chown(fd, hostUid, hostGid));
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
        return reach.with(HostCalls.O_PATH, fd -> HostCalls.utimens(fd, aSec, aNsec, mSec, mNsec));
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
        int fd = reach.open(flags & OpenFlags.O_ACCMODE | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            drop();
            return Result.failed(fd);
        }
        return Result.of(new HostFile(this, fd, flags, where, context.credentials()));
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        int fd = reach.open(HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            return fd;
        }
        long count = HostCalls.pread(fd, buffer, at, length, position);
        HostCalls.close(fd);
        return count;
    }

    @Override
    public synchronized SharedFile share() {
        HostSharedFile present = shared == null ? null : shared.get();
        if (present != null || fs.readOnly() || !MemoryFile.IS_SUPPORTED) {
            return present;
        }
        int fd = reach.open(HostCalls.O_RDWR | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            return null;
        }
        present = new HostSharedFile(this, fd);
        shared = new WeakReference<>(present);
        return present;
    }

    /** The length is about to be set, or has been: memories that show the file look again. */
    void cut(long size) {
        HostSharedFile present;
        synchronized (this) {
            present = shared == null ? null : shared.get();
        }
        if (present != null) {
            present.cut(size);
        }
    }

    @Override
    public int truncate(long size) {
        if (!FileMode.isRegular(mode)) {
            return -EINVAL;
        }
        if (fs.readOnly()) {
            return -EROFS;
        }
        cut(size);
        int error = reach.with(HostCalls.O_PATH, fd -> HostCalls.truncateThis(fd, size));
        cut(size);
        return error;
    }

    @Override
    int empty() {
        return fs.readOnly() ? -EROFS : reach.with(HostCalls.O_WRONLY | HostCalls.O_NONBLOCK, fd -> HostCalls.truncate(fd, 0));
    }

    @Override
    public int setAttribute(String name, byte[] value, int how) {
        return fs.readOnly() ? -EROFS : reach.with(HostCalls.O_PATH, fd -> HostAttributes.set(fd, name, value, how));
    }

    @Override
    public int removeAttribute(String name) {
        return fs.readOnly() ? -EROFS : reach.with(HostCalls.O_PATH, fd -> HostAttributes.remove(fd, name));
    }

    @Override
    public Result<byte[]> attribute(String name) {
        List<Result<byte[]>> value = new ArrayList<>(1);
        int error = reach.with(HostCalls.O_PATH, fd -> {
            value.add(HostAttributes.get(fd, name));
            return 0;
        });
        return error < 0 ? Result.failed(error) : value.getFirst();
    }

    @Override
    public List<String> attributeNames() {
        List<String> names = new ArrayList<>();
        reach.with(HostCalls.O_PATH, fd -> HostAttributes.list(fd, names));
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
