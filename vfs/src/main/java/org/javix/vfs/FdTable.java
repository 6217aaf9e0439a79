package org.javix.vfs;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMFILE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * The descriptors of a process. Thread-safe; {@link #get} takes no lock.
 *
 * <p>The table is also the owner of the process's record locks: closing any descriptor of a file
 * drops all locks that the process has on it, a forked table has none, exec keeps them.
 */
public final class FdTable {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(OpenFile[].class);
    private static final VarHandle TAG = MethodHandles.arrayElementVarHandle(Object[].class);

    // Replaced when it grows; slots are set under this and read without.
    private volatile OpenFile[] files;
    // Bit n: descriptor n closes on exec. Guarded by this.
    private long[] closeOnExec;
    // Null until the first tag. Replaced when it grows; elements are set under this and read without.
    private volatile Object[] tags;
    // No descriptor below it is free. Guarded by this.
    private int firstFree;
    private volatile int limit;

    /** Called for each open descriptor by {@link #forEach}. */
    @FunctionalInterface
    public interface Visitor {
        /** Takes one descriptor. */
        void visit(int fd, OpenFile file, boolean closeOnExec);
    }

    /** An empty table with a limit of 1024. */
    public FdTable() {
        this(1024);
    }

    /** An empty table; {@code limit} is one more than the highest descriptor. */
    public FdTable(int limit) {
        this.limit = limit;
        files = new OpenFile[16];
        closeOnExec = new long[1];
    }

    private FdTable(FdTable parent) {
        limit = parent.limit;
        files = parent.files.clone();
        closeOnExec = parent.closeOnExec.clone();
        tags = parent.tags == null ? null : parent.tags.clone();
        firstFree = parent.firstFree;
        for (OpenFile file : files) {
            if (file != null) {
                file.retain();
            }
        }
    }

    /** One more than the highest descriptor that can be made (RLIMIT_NOFILE). */
    public int limit() {
        return limit;
    }

    /** Sets the limit; higher descriptors that are open stay open. */
    public void setLimit(int value) {
        limit = value;
    }

    /** The open file of a descriptor; null if it is not open. Not retained. */
    public OpenFile get(int fd) {
        OpenFile[] table = files;
        return Integer.compareUnsigned(fd, table.length) < 0 ? (OpenFile) SLOT.getAcquire(table, fd) : null;
    }

    /**
     * Puts a file at the lowest free descriptor. The caller's reference becomes the table's; on failure
     * it stays the caller's.
     *
     * @param minFd the lowest descriptor to use
     * @return the descriptor, -EMFILE, or -EINVAL if {@code minFd} is out of range
     */
    public synchronized int add(OpenFile file, int minFd, boolean cloexec) {
        if (minFd < 0 || minFd > 0 && minFd >= limit) {
            return -EINVAL;
        }
        int fd = Math.max(minFd, firstFree);
        while (fd < files.length && files[fd] != null) {
            fd++;
        }
        if (fd >= limit) {
            return -EMFILE;
        }
        if (minFd <= firstFree) {
            firstFree = fd + 1;
        }
        set(fd, file, cloexec);
        return fd;
    }

    /** Whether {@link #add} would find no free descriptor now. */
    public synchronized boolean isFull() {
        int fd = firstFree;
        while (fd < files.length && files[fd] != null) {
            fd++;
        }
        firstFree = fd;
        return fd >= limit;
    }

    /**
     * Makes {@code newFd} refer to what {@code fd} refers to, closing what it was.
     *
     * @return {@code newFd}, or -EBADF. Equal descriptors change nothing.
     */
    public int dup2(int fd, int newFd, boolean cloexec) {
        OpenFile replaced;
        synchronized (this) {
            OpenFile file = get(fd);
            if (file == null || newFd < 0 || newFd >= limit) {
                return -EBADF;
            }
            if (fd == newFd) {
                return newFd;
            }
            file.retain();
            replaced = get(newFd);
            clearTag(newFd);
            set(newFd, file, cloexec);
        }
        dropped(replaced);
        return newFd;
    }

    /** Puts a file at exactly this descriptor, closing what it was: the descriptor or -EBADF. */
    public int put(int fd, OpenFile file, boolean cloexec) {
        OpenFile replaced;
        synchronized (this) {
            if (fd < 0 || fd >= limit) {
                return -EBADF;
            }
            replaced = get(fd);
            clearTag(fd);
            set(fd, file, cloexec);
        }
        dropped(replaced);
        return fd;
    }

    /** Closes a descriptor: 0 or -EBADF. */
    public int close(int fd) {
        OpenFile file;
        synchronized (this) {
            file = get(fd);
            if (file == null) {
                return -EBADF;
            }
            remove(fd);
        }
        dropped(file);
        return 0;
    }

    /** Closes all descriptors from {@code first} to {@code last}. */
    public void closeRange(int first, int last) {
        int end = Math.min(last, files.length - 1);
        for (int fd = Math.max(first, 0); fd <= end; fd++) {
            close(fd);
        }
    }

    /** Closes everything. */
    public void closeAll() {
        closeRange(0, Integer.MAX_VALUE);
    }

    /** Closes the descriptors that are marked so. */
    public void closeForExec() {
        for (int fd = 0; fd < files.length; fd++) {
            if (closeOnExec(fd)) {
                close(fd);
            }
        }
    }

    /** A copy for a child process: it shares the open files and has no record locks. */
    public synchronized FdTable fork() {
        return new FdTable(this);
    }

    /** Whether a descriptor closes on exec; false if it is not open. */
    public synchronized boolean closeOnExec(int fd) {
        return get(fd) != null && (closeOnExec[fd >> 6] & 1L << fd) != 0;
    }

    /** Sets whether a descriptor closes on exec: 0 or -EBADF. */
    public synchronized int setCloseOnExec(int fd, boolean value) {
        if (get(fd) == null) {
            return -EBADF;
        }
        mark(fd, value);
        return 0;
    }

    /** What was set with {@link #setTag}, or null. Takes no lock. */
    public Object tag(int fd) {
        Object[] table = tags;
        return table == null || Integer.compareUnsigned(fd, table.length) >= 0 ? null : TAG.getAcquire(table, fd);
    }

    /** Keeps an object with a descriptor until it is closed or replaced: 0 or -EBADF. */
    public synchronized int setTag(int fd, Object tag) {
        if (get(fd) == null) {
            return -EBADF;
        }
        if (tags == null) {
            tags = new Object[files.length];
        } else if (fd >= tags.length) {
            tags = Arrays.copyOf(tags, files.length);
        }
        TAG.setRelease(tags, fd, tag);
        return 0;
    }

    /** Visits the open descriptors in order; the table may change meanwhile. */
    public void forEach(Visitor visitor) {
        for (int fd = 0; fd < files.length; fd++) {
            OpenFile file = get(fd);
            if (file != null) {
                visitor.visit(fd, file, closeOnExec(fd));
            }
        }
    }

    private void set(int fd, OpenFile file, boolean cloexec) {
        if (fd >= files.length) {
            int length = Math.max(files.length * 2, Integer.highestOneBit(fd) << 1);
            closeOnExec = Arrays.copyOf(closeOnExec, (length + 63) / 64);
            files = Arrays.copyOf(files, length);
        }
        mark(fd, cloexec);
        SLOT.setRelease(files, fd, file);
    }

    private void mark(int fd, boolean cloexec) {
        if (cloexec) {
            closeOnExec[fd >> 6] |= 1L << fd;
        } else {
            closeOnExec[fd >> 6] &= ~(1L << fd);
        }
    }

    private void remove(int fd) {
        SLOT.setRelease(files, fd, null);
        mark(fd, false);
        clearTag(fd);
        firstFree = Math.min(firstFree, fd);
    }

    private void clearTag(int fd) {
        if (tags != null && fd < tags.length) {
            TAG.setRelease(tags, fd, null);
        }
    }

    // Outside the lock: closing may wake others and take their locks.
    private void dropped(OpenFile file) {
        if (file == null) {
            return;
        }
        RecordLocks locks = file.locksIfAny();
        if (locks != null) {
            locks.releaseAll(this);
        }
        file.release();
        file.descriptorClosed(this);
    }
}
