package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EMFILE;
import static org.javix.vfs.Errno.EOVERFLOW;
import static org.javix.vfs.Errno.EPERM;

import org.javix.vfs.AtFlags;
import org.javix.vfs.FileHandle;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * Files by handles. A handle has the form of Linux's tmpfs: its length, a type, then a generation, here always 0, and the
 * two halves of the file's number.
 */
final class HandleCalls {
    private static final int LENGTH = 12;
    private static final int LONGEST = 128;
    private static final int TYPE = 1;
    private HandleCalls() {}

    static long nameToHandle(GuestThread p, long dirfd, long path, long handle, long mount, long flags) {
        if ((flags & ~(AtFlags.AT_SYMLINK_FOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        String name = p.memory().path(path);
        Result<FileHandle> found = FileHandle.of(p.fs(), p.directory(dirfd, name), name, (int) flags);
        if (found.isFailure()) {
            return found.error();
        }
        GuestMemory memory = p.memory();
        int room = memory.i32(handle);
        if (Integer.compareUnsigned(room, LONGEST) > 0) {
            return -EINVAL;
        }
        boolean fits = room >= LENGTH;
        memory.check(handle, fits ? 8 + LENGTH : 8);
        memory.set32(mount, found.value().mount());
        memory.set32(handle, LENGTH);
        memory.set32(handle + 4, TYPE);
        if (!fits) {
            return -EOVERFLOW;
        }
        memory.set32(handle + 8, 0);
        memory.set64(handle + 12, found.value().number());
        return 0;
    }

    static long openByHandle(GuestThread p, long mount, long handle, long flags) {
        GuestMemory memory = p.memory();
        OpenFile place = (int) mount == AtFlags.AT_FDCWD ? null : p.file(mount);
        int length = memory.i32(handle);
        if (length == 0 || Integer.compareUnsigned(length, LONGEST) > 0) {
            return p.credentials().isRoot() ? -EINVAL : -EPERM;
        }
        boolean ours = length == LENGTH && memory.i32(handle + 4) == TYPE && memory.i32(handle + 8) == 0;
        if (p.files().isFull()) {
            return -EMFILE;
        }
        long number = ours ? memory.i64(handle + 12) : -1;
        Result<OpenFile> opened = FileHandle.open(p.fs(), p.waiter(), place, number, (int) flags);
        return opened.isFailure() ? opened.error() : p.install(opened.value(), ((int) flags & OpenFlags.O_CLOEXEC) != 0);
    }
}
