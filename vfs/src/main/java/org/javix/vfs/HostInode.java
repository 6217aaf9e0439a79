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

/**
 * A file in a {@link HostFs}: a path below its root, with the attributes as they were when it was
 * looked up. It is whatever is at that path now; two of the same path are the same file.
 */
final class HostInode extends Inode {
    private final HostFs fs;
    private final HostInode parent;
    private final String name;
    private final String path;
    private final long number;
    private volatile int mode;
    private volatile int uid;
    private volatile int gid;
    private volatile long rdev;

    HostInode(HostFs fs, HostInode parent, String name, Stat stat) {
        this.fs = fs;
        this.parent = parent;
        this.name = name;
        path = parent == null || parent.path.isEmpty() ? name : parent.path + "/" + name;
        number = stat.ino;
        note(stat);
    }

    private void note(Stat stat) {
        mode = stat.mode;
        uid = stat.uid;
        gid = stat.gid;
        rdev = stat.rdev;
    }

    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof HostInode inode && inode.fs == fs && inode.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
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
        return parent == null ? this : parent;
    }

    @Override
    public String name() {
        return parent == null ? null : name;
    }

    @Override
    public RecordLocks locks() {
        return fs.locks(this);
    }

    /** A descriptor for locks, one to write with if possible, or a negative errno. */
    int openForLocks() {
        int fd = fs.openBeneath(path, HostCalls.O_RDWR | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            fd = fs.openBeneath(path, HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
        }
        if (fd >= 0 && !isThis(fd)) {
            HostCalls.close(fd);
            return -ENOENT;
        }
        return fd;
    }

    @Override
    public RecordLocks locksIfAny() {
        return fs.locksIfAny(number);
    }

    /** What is done with a descriptor that is closed afterwards. */
    @FunctionalInterface
    private interface WithDescriptor {
        int apply(int fd);
    }

    private int with(int flags, WithDescriptor action) {
        int fd = fs.openBeneath(path, flags);
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

    /**
     * Does something with this file, as long as it is still the one that was looked up: permissions
     * were checked on that one. Every descriptor of it will do.
     */
    private int change(int flags, WithDescriptor action) {
        return with(flags, fd -> isThis(fd) ? action.apply(fd) : -ENOENT);
    }

    private boolean isThis(int fd) {
        Stat stat = new Stat();
        return stat(fd, stat) == 0 && stat.ino == number && FileMode.type(stat.mode) == FileMode.type(mode);
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
        String below = path.isEmpty() ? entry : path + "/" + entry;
        int fd = fs.openBeneath(below, HostCalls.O_PATH);
        if (fd < 0) {
            // ELOOP: a directory above became a symbolic link while the path was walked.
            return fd == -Errno.ELOOP || fd == -EXDEV ? -ENOENT : fd;
        }
        int error = stat(fd, stat);
        HostCalls.close(fd);
        if (error == 0) {
            out.inode = new HostInode(fs, this, entry, stat);
        }
        return error;
    }

    @Override
    public int list(DirectoryReader sink) {
        return with(HostCalls.O_RDONLY | HostCalls.O_DIRECTORY, fd -> HostCalls.list(fd, sink));
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
        return inside(to -> other.parent.inside(from -> HostCalls.link(from, other.name, to, entry)));
    }

    @Override
    public int unlink(String entry, Inode expected) {
        return once(inside(directory -> HostCalls.unlink(directory, entry, 0)));
    }

    @Override
    public int rmdir(String entry, Inode expected) {
        return once(inside(directory -> HostCalls.unlink(directory, entry, HostCalls.AT_REMOVEDIR)));
    }

    @Override
    public int rename(String entry, Inode expected, Inode newDirectory, String newName, Inode target, int flags) {
        if (!(newDirectory instanceof HostInode other) || other.fs != fs) {
            return -EXDEV;
        }
        return once(inside(from -> other.inside(to -> HostCalls.rename(from, entry, to, newName, flags))));
    }

    // A network file system has an ESTALE of its own, which must not look like a request to try again.
    private static int once(int error) {
        return error == -ESTALE ? -EIO : error;
    }

    @Override
    public Result<String> readLink(FsContext context) {
        int fd = fs.openBeneath(path, HostCalls.O_PATH);
        if (fd < 0) {
            return Result.failed(fd);
        }
        // An empty name means the link that the descriptor stands for.
        Result<String> target = isSymbolicLink() ? HostCalls.readLink(fd, "") : Result.failed(-EINVAL);
        HostCalls.close(fd);
        return target;
    }

    @Override
    public int setMode(int permissions) {
        int error = change(HostCalls.O_PATH, fd -> HostCalls.chmod(fd, permissions & FileMode.PERMISSIONS));
        if (error == 0) {
            mode = FileMode.type(mode) | permissions & FileMode.PERMISSIONS;
        }
        return error;
    }

    @Override
    public int setOwner(int newUid, int newGid, int permissions) {
        int hostUid = fs.hostUser(newUid);
        int hostGid = fs.hostGroup(newGid);
        int error = change(HostCalls.O_PATH, fd -> HostCalls.chown(fd, hostUid, hostGid));
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
        return change(HostCalls.O_PATH, fd -> HostCalls.utimens(fd, aSec, aNsec, mSec, mNsec));
    }

    // Content

    @Override
    public Result<OpenFile> open(FsContext context, Location where, int flags) {
        if (isDirectory()) {
            return Result.of(new OpenDirectory(flags, where));
        }
        // Never waits for the other end, should it have become a FIFO.
        int fd = fs.openBeneath(path, flags & OpenFlags.O_ACCMODE | HostCalls.O_NONBLOCK);
        if (fd < 0) {
            return Result.failed(fd);
        }
        if (!isThis(fd)) {
            HostCalls.close(fd);
            return Result.failed(-ENOENT);
        }
        return Result.of(new HostFile(this, fd, flags, where));
    }

    @Override
    public long read(MemorySegment buffer, long at, long length, long position) {
        int fd = fs.openBeneath(path, HostCalls.O_RDONLY | HostCalls.O_NONBLOCK);
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
        return change(HostCalls.O_WRONLY | HostCalls.O_NONBLOCK, fd -> HostCalls.truncate(fd, size));
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
