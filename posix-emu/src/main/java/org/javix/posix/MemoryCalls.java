package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.ENOMEM;

import org.javix.vfs.OpenFile;

/** Memory mappings and the program break. */
final class MemoryCalls {
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_TYPE = 0xf;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_FIXED_NOREPLACE = 0x100000;

    private static final int MREMAP_MAYMOVE = 1;

    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_LAST = 21;

    private MemoryCalls() {}

    static long brk(GuestThread p, long end) {
        return p.addresses().setBreak(end & 0xffff_ffffL);
    }

    static long mmap(GuestThread p, long address, long length, long prot, long flags, long fd, long offset) {
        long size = length & 0xffff_ffffL;
        long type = flags & MAP_TYPE;
        if (size == 0 || offset < 0 || offset % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        OpenFile file = null;
        if ((flags & MAP_ANONYMOUS) == 0) {
            file = p.file(fd);
            if (!file.readable()) {
                return -EACCES;
            }
        }
        if (type != MAP_PRIVATE) {
            // A copy would not be shared, so better none.
            return type == MAP_SHARED ? -ENODEV : -EINVAL;
        }
        long place = address & 0xffff_ffffL;
        AddressSpace space = p.addresses();
        long at;
        if ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0) {
            at = space.mapAt(place, size, (flags & MAP_FIXED) != 0);
        } else {
            at = space.map(size);
        }
        if (at > 0 && file != null) {
            long error = fill(p, file, at, size, offset);
            if (error < 0) {
                space.unmap(at, size);
                return error;
            }
        }
        return at;
    }

    /** {@code mmap} of the C library's own, for its heap and stacks: never a file. */
    static long heapMap(GuestThread p, long address, long length, long prot, long flags) {
        return mmap(p, address, length, prot, flags | MAP_ANONYMOUS, -1, 0);
    }

    /** {@code mremap} of the C library's own heap. */
    static long heapRemap(GuestThread p, long old, long oldSize, long newSize, long flags) {
        return mremap(p, old, oldSize, newSize, flags & MREMAP_MAYMOVE, 0);
    }

    /** Copies a file's bytes; what lies behind its end stays zero. */
    private static long fill(GuestThread p, OpenFile file, long at, long size, long offset) {
        long done = 0;
        while (done < size) {
            long got = file.pread(p.waiter(), p.memory().segment(), at + done, size - done, offset + done);
            if (got < 0) {
                return -ENODEV;
            }
            if (got == 0) {
                break;
            }
            done += got;
        }
        return 0;
    }

    static long munmap(GuestThread p, long address, long length) {
        return p.addresses().unmap(address & 0xffff_ffffL, length & 0xffff_ffffL);
    }

    static long mprotect(GuestThread p, long address, long length, long prot) {
        return range(p, address, length);
    }

    static long mremap(GuestThread p, long old, long oldSize, long newSize, long flags, long fixed) {
        if ((flags & ~MREMAP_MAYMOVE) != 0) {
            return -EINVAL;
        }
        return p.addresses()
                .remap(
                        old & 0xffff_ffffL,
                        oldSize & 0xffff_ffffL,
                        newSize & 0xffff_ffffL,
                        (flags & MREMAP_MAYMOVE) != 0);
    }

    static long madvise(GuestThread p, long address, long length, long advice) {
        long error = range(p, address, length);
        if (error < 0 || advice < 0 || advice > MADV_LAST) {
            return error < 0 ? error : -EINVAL;
        }
        if (advice == MADV_DONTNEED || advice == MADV_FREE) {
            p.addresses().discard(address & 0xffff_ffffL, length & 0xffff_ffffL);
        }
        return 0;
    }

    static long msync(GuestThread p, long address, long length, long flags) {
        return range(p, address, length);
    }

    static long mlock(GuestThread p, long address, long length) {
        return range(p, address, length);
    }

    static long mlockall(GuestThread p, long flags) {
        return 0;
    }

    static long munlockall(GuestThread p) {
        return 0;
    }

    /** Whether a range begins at a page and lies in the memory: 0, -EINVAL or -ENOMEM. */
    private static long range(GuestThread p, long address, long length) {
        long start = address & 0xffff_ffffL;
        if (start % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        return start + (length & 0xffff_ffffL) > p.memory().segment().byteSize() ? -ENOMEM : 0;
    }
}
