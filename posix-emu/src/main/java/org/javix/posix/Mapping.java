package org.javix.posix;

import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;
import org.javix.vfs.FileSeals;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.SharedFile;
import org.javix.vfs.Stat;

/**
 * A file that an address space shows, from the call that mapped it until the last area of it is gone. It keeps the
 * file open, but no descriptor. Guarded by the address space's lock.
 */
class Mapping {
    private final OpenFile file;
    private final SharedFile shared;
    private final boolean sealed;
    private SharedFile.Watcher watcher;
    private Inode.LengthWatcher lengthWatcher;
    private int areas;

    /**
     * @param file open for reading
     * @param shared its bytes, where writes are to reach it; null for a private mapping
     */
    Mapping(OpenFile file, SharedFile shared) {
        this.file = file;
        this.shared = shared;
        sealed = shared != null && FileSeals.keepContent(file);
    }

    /** The same for the address space of a child process. */
    Mapping forked(int child) {
        return new Mapping(file, shared);
    }

    /** One more area of an address space has it, which is told when pages of the file change their place or are lost. */
    final void retain(AddressSpace space) {
        if (areas++ == 0) {
            file.retain();
            if (shared != null) {
                watcher = (first, end) -> space.content().fileChanged(this, first, end);
                shared.watch(watcher);
            } else {
                lengthWatcher = size -> space.content().fileCut(this, size);
                file.inode().watchLength(lengthWatcher);
            }
            begun();
        }
    }

    /** An area of it is gone. */
    final void release() {
        if (--areas == 0) {
            if (shared != null) {
                shared.unwatch(watcher);
            } else {
                file.inode().unwatchLength(lengthWatcher);
            }
            ended();
            file.release();
        }
    }

    /** It has its first area. */
    void begun() {}

    /** It has none any more. */
    void ended() {}

    /** Whether its pages may be written: the file is open for that, and was not sealed. */
    boolean writable() {
        return file.writable() && !sealed;
    }

    final OpenFile file() {
        return file;
    }

    final SharedFile shared() {
        return shared;
    }

    /** The file's length in bytes. */
    final long size() {
        if (shared != null) {
            return shared.size();
        }
        Stat stat = new Stat();
        return file.inode().stat(stat) < 0 ? 0 : stat.size;
    }

    /** Copies the file's bytes out: whether all that lie before its end came. */
    final boolean read(MemorySegment to, long at, long length, long position) {
        Inode inode = file.inode();
        for (long done = 0; done < length; ) {
            long got = inode.read(to, at + done, length - done, position + done);
            if (got <= 0) {
                return got == 0;
            }
            done += got;
        }
        return true;
    }

    /** Names the pages of a part that are no holes of the file, from 0 on. */
    final void eachPageWithData(long position, long length, LongConsumer page) {
        for (long at = position; at < position + length; ) {
            long data = file.inode().seek(at, true);
            if (data < 0 || data >= position + length) {
                return;
            }
            page.accept((data - position) / AddressSpace.PAGE);
            at = (data & -AddressSpace.PAGE) + AddressSpace.PAGE;
        }
    }

    /** What {@code /proc/PID/maps} calls it. */
    String name() {
        return file.path();
    }
}
