package org.javix.vfs;

import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The bytes of a host's file that is mapped shared, through a descriptor of its own. Programs of the host see what
 * is written at once, and the other way round.
 *
 * <p>A program of the host may cut the file off where memories show it. The host then answers accesses with SIGBUS,
 * which HotSpot survives: it throws an {@link InternalError} at its next safepoint.
 */
final class HostSharedFile implements SharedFile {
    private static final Cleaner CLEANER = Cleaner.create();

    private final HostInode inode;
    private final int fd;
    private final CopyOnWriteArrayList<Watcher> watchers = new CopyOnWriteArrayList<>();

    /** @param fd open to read and write; closed when nobody has this any more */
    HostSharedFile(HostInode inode, int fd) {
        this.inode = inode;
        this.fd = fd;
        CLEANER.register(this, () -> HostCalls.close(fd));
    }

    @Override
    public long size() {
        Stat stat = new Stat();
        return inode.stat(fd, stat) < 0 ? 0 : stat.size;
    }

    @Override
    public int prepare(long page, boolean store) {
        return 0;
    }

    @Override
    public int descriptor() {
        return fd;
    }

    @Override
    public MemorySegment page(long page) {
        throw new UnsupportedOperationException("the file has a descriptor");
    }

    @Override
    public void watch(Watcher watcher) {
        watchers.add(watcher);
    }

    @Override
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** A process of the sandbox has set the length. */
    void cut(long size) {
        for (Watcher watcher : watchers) {
            watcher.changed(size >> Pages.SHIFT, Long.MAX_VALUE);
        }
    }
}
