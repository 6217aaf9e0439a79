package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EOVERFLOW;

import org.javix.vfs.OpenFile;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;

/**
 * File locks: {@code flock}, and the lock commands of {@code fcntl}.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/fcntl.html">fcntl</a>
 */
final class LockCalls {
    private static final int LOCK_SH = 1;
    private static final int LOCK_EX = 2;
    private static final int LOCK_NB = 4;
    private static final int LOCK_UN = 8;
    /** Asked for mandatory locks once; Linux takes it and does nothing. */
    private static final int LOCK_MAND = 32;

    private LockCalls() {}

    static long flock(GuestThread p, long fd, long operation) {
        if ((operation & LOCK_MAND) != 0) {
            return 0;
        }
        int type;
        switch ((int) operation & ~LOCK_NB) {
            case LOCK_SH -> type = RecordLocks.F_RDLCK;
            case LOCK_EX -> type = RecordLocks.F_WRLCK;
            case LOCK_UN -> type = RecordLocks.F_UNLCK;
            default -> {
                return -EINVAL;
            }
        }
        OpenFile file = p.plainFile(fd);
        return file.locks().flock(file, type, (operation & LOCK_NB) != 0 ? null : p.waiter());
    }

    /** F_SETLK, F_SETLKW and their open-file-description forms. */
    static long set(GuestThread p, OpenFile file, boolean ofDescription, boolean wait, long flock) {
        GuestMemory memory = p.memory();
        int type = memory.i16(flock);
        long start = start(p, file, flock);
        long end = end(memory, flock, start);
        if (start < 0 || end < 0) {
            return start < 0 ? start : end;
        }
        if (type < RecordLocks.F_RDLCK || type > RecordLocks.F_UNLCK) {
            return -EINVAL;
        }
        if (type == RecordLocks.F_RDLCK && !file.readable() || type == RecordLocks.F_WRLCK && !file.writable()) {
            return -EBADF;
        }
        if (ofDescription && memory.i32(flock + 24) != 0) {
            return -EINVAL; // so that one day it may mean something
        }
        // A length may count backwards: the range then ends before the start.
        long length = memory.i64(flock + 16);
        long first = length < 0 ? start + length : start;
        Object owner = ofDescription ? file : p.files();
        Waiter waiter = wait ? p.waiter() : null;
        return file.locks().set(owner, ofDescription ? -1 : p.process().pid(), type, first, end, waiter);
    }

    /** F_GETLK and F_OFD_GETLK; the latter with F_UNLCK finds a lock of the open file itself. */
    static long get(GuestThread p, OpenFile file, boolean ofDescription, long flock) {
        GuestMemory memory = p.memory();
        int type = memory.i16(flock);
        long start = start(p, file, flock);
        long end = end(memory, flock, start);
        if (type < RecordLocks.F_RDLCK || type > (ofDescription ? RecordLocks.F_UNLCK : RecordLocks.F_WRLCK)) {
            return -EINVAL;
        }
        if (start < 0 || end < 0) {
            return start < 0 ? start : end;
        }
        if (ofDescription && memory.i32(flock + 24) != 0) {
            return -EINVAL;
        }
        long length = memory.i64(flock + 16);
        long first = length < 0 ? start + length : start;
        Object owner = ofDescription ? file : p.files();
        RecordLocks.Range found = type == RecordLocks.F_UNLCK
                ? file.locks().own(owner, first, end)
                : file.locks().test(owner, type, first, end);
        if (found == null) {
            memory.set16(flock, RecordLocks.F_UNLCK);
            return 0;
        }
        memory.set16(flock, found.type());
        memory.set16(flock + 2, OpenFile.SEEK_SET);
        memory.set64(flock + 8, found.start());
        memory.set64(flock + 16, found.end() == Long.MAX_VALUE ? 0 : found.end() - found.start() + 1);
        memory.set32(flock + 24, found.pid());
        return 0;
    }

    /** The absolute offset that the structure names, before a negative length is looked at. */
    private static long start(GuestThread p, OpenFile file, long flock) {
        long start = p.memory().i64(flock + 8);
        long base;
        switch (p.memory().i16(flock + 2)) {
            case OpenFile.SEEK_SET -> base = 0;
            case OpenFile.SEEK_CUR -> base = Math.max(0, file.seek(0, OpenFile.SEEK_CUR));
            case OpenFile.SEEK_END -> {
                Stat stat = p.stat();
                file.stat(stat);
                base = stat.size;
            }
            default -> {
                return -EINVAL;
            }
        }
        long sum = base + start;
        if (start > 0 && sum < 0) {
            return -EOVERFLOW;
        }
        return sum < 0 ? -EINVAL : sum;
    }

    /** The last byte, inclusive. */
    private static long end(GuestMemory memory, long flock, long start) {
        long length = memory.i64(flock + 16);
        if (start < 0 || length == 0) {
            return Long.MAX_VALUE;
        }
        if (length < 0) {
            return start + length < 0 || start == 0 ? -EINVAL : start - 1;
        }
        long end = start + length - 1;
        return end < 0 ? -EOVERFLOW : end;
    }
}
