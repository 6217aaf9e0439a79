package org.javix.vfs;

/**
 * Somebody who is told what happens to a file, and if it is a directory, to what lies in it. {@link #start} and
 * {@link #stop} may be called by any thread; {@link #happened} is called by the threads that do something.
 */
public abstract class Watch {
    private final Inode inode;

    /** A watch of a file that has not begun. */
    protected Watch(Inode inode) {
        this.inode = inode;
    }

    /** What it watches. */
    public final Inode inode() {
        return inode;
    }

    /** Begins. */
    public final void start() {
        inode.addWatch(this);
        FileEvents.countWatches(1);
    }

    /** Ends, if it has not ended. */
    public final void stop() {
        if (inode.removeWatch(this)) {
            FileEvents.countWatches(-1);
        }
    }

    /** Which events it wants: {@code IN_} bits of {@link FileEvents}. */
    protected abstract int mask();

    /** Whether it does not want to hear of files that have lost their names. */
    protected abstract boolean leavesOutUnlinked();

    /**
     * Something happened.
     *
     * @param event one bit of {@link #mask}, and perhaps {@code IN_ISDIR}
     * @param cookie what the two events of one rename have in common; else 0
     * @param name what it happened to in the directory; null if to the file itself
     */
    protected abstract void happened(int event, int cookie, String name);

    /** The file is gone. */
    protected abstract void end();
}
