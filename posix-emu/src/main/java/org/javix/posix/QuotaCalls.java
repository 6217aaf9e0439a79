package org.javix.posix;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOSYS;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.vfs.Credentials;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Quota;
import org.javix.vfs.Quotas;
import org.javix.vfs.Result;

/**
 * Quotas of users and groups. A file system is named by any file in it, since there are no block devices.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/quotactl.2.html">quotactl(2)</a>
 */
final class QuotaCalls {
    private static final int Q_SYNC = 0x80_0001;
    private static final int Q_QUOTAON = 0x80_0002;
    private static final int Q_QUOTAOFF = 0x80_0003;
    private static final int Q_GETFMT = 0x80_0004;
    private static final int Q_GETINFO = 0x80_0005;
    private static final int Q_SETINFO = 0x80_0006;
    private static final int Q_GETQUOTA = 0x80_0007;
    private static final int Q_SETQUOTA = 0x80_0008;
    private static final int Q_GETNEXTQUOTA = 0x80_0009;

    /** The format of quotas that lie in memory alone. */
    private static final int QFMT_SHMEM = 5;

    // What a structure says something about.
    private static final int BYTE_LIMITS = 1;
    private static final int FILE_LIMITS = 4;
    private static final int BYTE_TIME = 16;
    private static final int FILE_TIME = 32;
    private static final int ALL = 63;
    private static final int BYTE_GRACE = 1;
    private static final int FILE_GRACE = 2;
    private static final int FLAGS = 4;

    /** Limits of bytes are in these. */
    private static final int BLOCK = 1024;

    private static final int MAX_KINDS = 3;

    private QuotaCalls() {}

    static long quotactl(GuestThread p, long command, long special, long id, long address) {
        int sub = (int) command >>> 8;
        if (special == 0) {
            return sub == Q_SYNC ? 0 : -ENODEV;
        }
        String path = p.memory().path(special);
        Result<OpenFile> opened = FileCalls.open(p.fs(), p.waiter(), null, path, OpenFlags.O_PATH, 0);
        if (opened.isFailure()) {
            return opened.error();
        }
        OpenFile file = opened.value();
        try {
            return control(p, file, sub, (int) command & 0xff, (int) id, address);
        } finally {
            file.release();
        }
    }

    static long quotactlFd(GuestThread p, long fd, long command, long id, long address) {
        return control(p, p.file(fd), (int) command >>> 8, (int) command & 0xff, (int) id, address);
    }

    private static long control(GuestThread p, OpenFile file, int command, int kind, int id, long address) {
        if (kind >= MAX_KINDS) {
            return -EINVAL;
        }
        Quotas quotas = file.location() == null ? null : file.location().mount().fileSystem().quotas();
        if (quotas == null) {
            return -ENOSYS;
        }
        if (kind > Quotas.GROUP) {
            return -EINVAL;
        }
        if (!mayAsk(p.credentials(), command, kind, id)) {
            return -EPERM;
        }
        if (command == Q_SYNC) {
            return 0;
        }
        if (!quotas.counts(kind)) {
            return isKnown(command) ? -ESRCH : -EINVAL;
        }
        GuestMemory memory = p.memory();
        switch (command) {
            case Q_QUOTAON, Q_QUOTAOFF -> {
                return enforce(quotas, kind, command == Q_QUOTAON);
            }
            case Q_GETFMT -> memory.set32(address, QFMT_SHMEM);
            case Q_GETINFO -> storeGrace(memory, address, quotas, kind);
            case Q_SETINFO -> setGrace(memory, address, quotas, kind);
            case Q_GETQUOTA -> store(memory, address, quotas.get(kind, id), 0);
            case Q_GETNEXTQUOTA -> {
                Integer next = quotas.next(kind, id);
                if (next == null) {
                    return -ENOENT;
                }
                store(memory, address, quotas.get(kind, next), next);
            }
            case Q_SETQUOTA -> quotas.set(kind, id, changed(quotas.get(kind, id), memory, address));
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }

    private static boolean isKnown(int command) {
        return command >= Q_SYNC && command <= Q_GETNEXTQUOTA;
    }

    /** Anybody may ask about themselves and about what is the same for all. */
    private static boolean mayAsk(Credentials who, int command, int kind, int id) {
        return switch (command) {
            case Q_GETFMT, Q_SYNC, Q_GETINFO -> true;
            case Q_GETQUOTA -> who.isRoot() || (kind == Quotas.USER ? who.euid() == id : who.inGroup(id));
            default -> who.isRoot();
        };
    }

    private static long enforce(Quotas quotas, int kind, boolean enforced) {
        if (quotas.isEnforced(kind) == enforced) {
            return enforced ? -EEXIST : -EINVAL;
        }
        quotas.setEnforced(kind, enforced);
        return 0;
    }

    /** Writes a struct if_dqblk, or a struct if_nextdqblk, which has the id at its end. */
    private static void store(GuestMemory memory, long address, Quota quota, int id) {
        memory.clear(address, 72);
        memory.set64(address, quota.hardBytes() / BLOCK);
        memory.set64(address + 8, quota.softBytes() / BLOCK);
        memory.set64(address + 16, quota.bytes());
        memory.set64(address + 24, quota.hardFiles());
        memory.set64(address + 32, quota.softFiles());
        memory.set64(address + 40, quota.files());
        memory.set64(address + 48, quota.bytesUntil());
        memory.set64(address + 56, quota.filesUntil());
        memory.set32(address + 64, ALL);
        memory.set32(address + 68, id);
    }

    /** Limits with what a struct if_dqblk says; what is held cannot be said. */
    private static Quota changed(Quota quota, GuestMemory memory, long address) {
        int valid = memory.i32(address + 64);
        Quota changed = quota;
        if ((valid & BYTE_LIMITS) != 0) {
            changed = changed.withByteLimits(bytes(memory.i64(address)), bytes(memory.i64(address + 8)));
        }
        if ((valid & FILE_LIMITS) != 0) {
            changed = changed.withFileLimits(positive(memory.i64(address + 24)), positive(memory.i64(address + 32)));
        }
        if ((valid & BYTE_TIME) != 0) {
            changed = changed.withBytesUntil(positive(memory.i64(address + 48)));
        }
        if ((valid & FILE_TIME) != 0) {
            changed = changed.withFilesUntil(positive(memory.i64(address + 56)));
        }
        return changed;
    }

    private static long bytes(long blocks) {
        if (blocks < 0 || blocks > Long.MAX_VALUE / BLOCK) {
            throw Fault.OUT_OF_RANGE;
        }
        return blocks * BLOCK;
    }

    private static long positive(long number) {
        if (number < 0) {
            throw Fault.OUT_OF_RANGE;
        }
        return number;
    }

    /** Writes a struct if_dqinfo. */
    private static void storeGrace(GuestMemory memory, long address, Quotas quotas, int kind) {
        memory.set64(address, quotas.byteGrace(kind));
        memory.set64(address + 8, quotas.fileGrace(kind));
        memory.set32(address + 16, 0);
        memory.set32(address + 20, BYTE_GRACE | FILE_GRACE | FLAGS);
    }

    private static void setGrace(GuestMemory memory, long address, Quotas quotas, int kind) {
        int valid = memory.i32(address + 20);
        quotas.setGrace(
                kind,
                (valid & BYTE_GRACE) != 0 ? memory.i64(address) : quotas.byteGrace(kind),
                (valid & FILE_GRACE) != 0 ? memory.i64(address + 8) : quotas.fileGrace(kind));
    }
}
