package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import org.javix.vfs.AtFlags;
import org.javix.vfs.FileCalls;
import org.javix.vfs.InodeFlags;
import org.javix.vfs.Stat;
import org.javix.vfs.StatFs;

/** Attributes of files and file systems. */
final class StatCalls {
    private static final int STAT_SIZE = 112;
    private static final int STATX_SIZE = 256;
    private static final int STATX_BASIC_STATS = 0x7ff;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_MNT_ID = 0x1000;
    /** Those of {@link InodeFlags} that are told, with the same numbers. */
    private static final int STATX_ATTRIBUTES = InodeFlags.IMMUTABLE | InodeFlags.APPEND | InodeFlags.NO_DUMP;
    private static final int STATX_ATTR_MOUNT_ROOT = 0x2000;
    private static final long SECOND = 1_000_000_000;
    /** Flags that only say how fresh the answer must be, or that nothing is to be mounted. */
    private static final int AT_STATX_SYNC_TYPE_AND_NO_AUTOMOUNT = 0x6800;

    /** AT_STATX_FORCE_SYNC and AT_STATX_DONT_SYNC. */
    private static final int AT_STATX_SYNC_TYPE = 0x6000;

    private static final int STATFS_SIZE = 88;

    private StatCalls() {}

    static long fstatat(GuestThread p, long dirfd, long path, long stat, long flags) {
        String name = p.memory().path(path);
        int known = AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH | AT_STATX_SYNC_TYPE_AND_NO_AUTOMOUNT;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        Stat out = p.stat();
        int error = FileCalls.stat(p.fs(), p.directory(dirfd, name), name, (int) flags & known, out);
        if (error == 0) {
            store(p.memory(), stat, out);
        }
        return error;
    }

    static long fstat(GuestThread p, long fd, long stat) {
        Stat out = p.stat();
        int error = p.file(fd).stat(out);
        if (error == 0) {
            store(p.memory(), stat, out);
        }
        return error;
    }

    private static void store(GuestMemory memory, long at, Stat stat) {
        memory.check(at, STAT_SIZE);
        memory.set64(at, stat.dev);
        memory.set64(at + 8, stat.ino);
        memory.set32(at + 16, stat.mode);
        memory.set32(at + 20, stat.nlink);
        memory.set32(at + 24, stat.uid);
        memory.set32(at + 28, stat.gid);
        memory.set64(at + 32, stat.rdev);
        memory.set64(at + 40, stat.size);
        memory.set32(at + 48, stat.blksize);
        memory.set32(at + 52, 0);
        memory.set64(at + 56, stat.blocks);
        memory.setTimespec(at + 64, stat.atimeSec, stat.atimeNsec);
        memory.setTimespec(at + 80, stat.mtimeSec, stat.mtimeNsec);
        memory.setTimespec(at + 96, stat.ctimeSec, stat.ctimeNsec);
    }

    static long statx(GuestThread p, long dirfd, long path, long flags, long mask, long statx) {
        String name = p.memory().path(path);
        int known = AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH;
        boolean contradicts = (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE;
        if ((flags & ~(known | AT_STATX_SYNC_TYPE_AND_NO_AUTOMOUNT)) != 0 || contradicts || mask < 0) {
            return -EINVAL;
        }
        Stat stat = p.stat();
        stat.birth = stat.flags = 0; // not every file system says something of them
        int error = FileCalls.stat(p.fs(), p.directory(dirfd, name), name, (int) flags & known, stat);
        if (error != 0) {
            return error;
        }
        GuestMemory memory = p.memory();
        memory.clear(statx, STATX_SIZE);
        int birth = stat.birth == 0 ? 0 : (int) mask & STATX_BTIME;
        memory.set32(statx, STATX_BASIC_STATS | birth | (stat.mount != 0 ? STATX_MNT_ID : 0));
        memory.set32(statx + 4, stat.blksize);
        memory.set64(statx + 8, stat.flags & STATX_ATTRIBUTES | (stat.isMountRoot ? STATX_ATTR_MOUNT_ROOT : 0));
        memory.set32(statx + 16, stat.nlink);
        memory.set32(statx + 20, stat.uid);
        memory.set32(statx + 24, stat.gid);
        memory.set16(statx + 28, stat.mode);
        memory.set64(statx + 32, stat.ino);
        memory.set64(statx + 40, stat.size);
        memory.set64(statx + 48, stat.blocks);
        memory.set64(statx + 56, STATX_ATTRIBUTES | STATX_ATTR_MOUNT_ROOT);
        memory.setTimespec(statx + 64, stat.atimeSec, stat.atimeNsec);
        if (birth != 0) {
            memory.setTimespec(statx + 80, Math.floorDiv(stat.birth, SECOND), (int) Math.floorMod(stat.birth, SECOND));
        }
        memory.setTimespec(statx + 96, stat.ctimeSec, stat.ctimeNsec);
        memory.setTimespec(statx + 112, stat.mtimeSec, stat.mtimeNsec);
        memory.set32(statx + 128, major(stat.rdev));
        memory.set32(statx + 132, minor(stat.rdev));
        memory.set32(statx + 136, major(stat.dev));
        memory.set32(statx + 140, minor(stat.dev));
        memory.set64(statx + 144, stat.mount);
        return 0;
    }

    private static int major(long device) {
        return (int) (device >>> 32 & 0xfffff000L | device >>> 8 & 0xfff);
    }

    private static int minor(long device) {
        return (int) (device >>> 12 & 0xffffff00L | device & 0xff);
    }

    static long statfs(GuestThread p, long path, long statfs) {
        StatFs out = new StatFs();
        int error = FileCalls.statfs(p.fs(), null, p.memory().path(path), 0, out);
        return error != 0 ? error : store(p.memory(), statfs, out);
    }

    static long fstatfs(GuestThread p, long fd, long statfs) {
        StatFs out = new StatFs();
        int error = FileCalls.statfs(p.fs(), p.file(fd), "", AtFlags.AT_EMPTY_PATH, out);
        return error != 0 ? error : store(p.memory(), statfs, out);
    }

    private static long store(GuestMemory memory, long at, StatFs statfs) {
        memory.clear(at, STATFS_SIZE);
        memory.set32(at, (int) statfs.type);
        memory.set32(at + 4, (int) statfs.blockSize);
        memory.set64(at + 8, statfs.blocks);
        memory.set64(at + 16, statfs.blocksFree);
        memory.set64(at + 24, statfs.blocksAvailable);
        memory.set64(at + 32, statfs.files);
        memory.set64(at + 40, statfs.filesFree);
        memory.set64(at + 48, statfs.id);
        memory.set32(at + 56, (int) statfs.nameLength);
        memory.set32(at + 60, (int) statfs.blockSize);
        memory.set32(at + 64, (int) statfs.flags);
        return 0;
    }
}
