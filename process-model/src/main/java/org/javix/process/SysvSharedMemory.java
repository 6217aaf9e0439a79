package org.javix.process;

import org.javix.vfs.Credentials;
import org.javix.vfs.OpenFile;

/**
 * A System V shared memory segment: a file without a name, and who has attached it. A segment that is removed while it is
 * attached lives on without its key until the last process has detached it. Thread-safe.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/shmget.html">shmget</a>
 */
public final class SysvSharedMemory extends SysvIpcObject {
    /** How many segments there may be. */
    public static final int SHMMNI = 4096;
    /** The smallest size in bytes. */
    public static final int SHMMIN = 1;
    /** Shown in the mode of a segment that goes with its last attachment. */
    private static final int SHM_DEST = 01000;
    /** Shown in the mode of a segment that is locked in memory. */
    private static final int SHM_LOCKED = 02000;

    private final Kernel kernel;
    private final OpenFile file;
    private final long size;
    private final int creator;
    // Guarded by this.
    private int attached;
    private int last;
    private long attachTime;
    private long detachTime;
    private boolean doomed;
    private boolean locked;

    SysvSharedMemory(Kernel kernel, int key, Process creator, Credentials who, int mode, OpenFile file, long size) {
        super(key, who, mode, now(kernel));
        this.kernel = kernel;
        this.creator = creator.pid();
        this.file = file;
        this.size = size;
    }

    private static long now(Kernel kernel) {
        return kernel.clock().instant().getEpochSecond();
    }

    /** Its bytes. */
    public OpenFile file() {
        return file;
    }

    /** Its size in bytes, as it was asked for. */
    public long size() {
        return size;
    }

    /** The process that has made it. */
    public int creator() {
        return creator;
    }

    /** How many attachments there are. */
    public synchronized int attached() {
        return attached;
    }

    /** The process that has attached or detached it last; 0 for none. */
    public synchronized int last() {
        return last;
    }

    /** When it was attached last, in seconds since 1970; 0 for never. */
    public synchronized long attachTime() {
        return attachTime;
    }

    /** When it was detached last. */
    public synchronized long detachTime() {
        return detachTime;
    }

    /** {@code SHM_LOCK}, {@code SHM_UNLOCK}. */
    public synchronized void setLocked(boolean value) {
        locked = value;
    }

    /** A process has attached it. */
    public synchronized void attach(int pid) {
        attached++;
        last = pid;
        attachTime = now(kernel);
    }

    /** A process has detached it. */
    public void detach(int pid) {
        boolean gone;
        synchronized (this) {
            attached--;
            last = pid;
            detachTime = now(kernel);
            gone = doomed && attached == 0;
        }
        if (gone) {
            kernel.sysvIpc().segments().remove(this);
        }
    }

    /** {@code IPC_RMID}: goes now, or with its last attachment. */
    void doom() {
        boolean gone;
        synchronized (this) {
            doomed = true;
            gone = attached == 0;
        }
        if (gone) {
            kernel.sysvIpc().segments().remove(this);
        } else {
            kernel.sysvIpc().segments().forgetKey(this);
        }
    }

    @Override
    protected int modeFlags() {
        return (doomed ? SHM_DEST : 0) | (locked ? SHM_LOCKED : 0);
    }

    @Override
    protected void removed() {
        file.release();
    }
}
