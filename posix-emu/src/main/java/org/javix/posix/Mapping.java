package org.javix.posix;

import java.lang.foreign.MemorySegment;
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

    /** One more area has it; {@code cut} is told when pages of the file change their place. */
    final void retain(SharedFile.Watcher cut) {
        if (areas++ == 0) {
            file.retain();
            if (shared != null) {
                watcher = cut;
                shared.watch(cut);
            }
            begun();
        }
    }

    /** An area of it is gone. */
    final void release() {
        if (--areas == 0) {
            if (shared != null) {
                shared.unwatch(watcher);
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

    /** What {@code /proc/PID/maps} calls it. */
    String name() {
        return file.path();
    }
}
