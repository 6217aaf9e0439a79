package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENODEV;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.EOPNOTSUPP;
import static org.javix.vfs.Errno.EOVERFLOW;
import static org.javix.vfs.Errno.EPERM;

import org.javix.vfs.FileSeals;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;
import org.javix.vfs.SharedFile;
import org.javix.vfs.TextFile;

/**
 * The program break, and what maps and unmaps pages. Errors come in Linux's order.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/mmap.html">mmap</a>
 */
final class MapCalls {
    private static final int MAP_SHARED = 1;
    private static final int MAP_PRIVATE = 2;
    private static final int MAP_SHARED_VALIDATE = 3;
    private static final int MAP_TYPE = 0xf;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_GROWSDOWN = 0x100;
    private static final int MAP_LOCKED = 0x2000;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MAP_POPULATE = 0x8000;
    private static final int MAP_NONBLOCK = 0x10000;
    private static final int MAP_HUGETLB = 0x40000;
    private static final int MAP_FIXED_NOREPLACE = 0x100000;
    /** What MAP_SHARED_VALIDATE knows: the flags of old. */
    private static final int MAP_KNOWN = 0x7c07f973;

    /** PROT_READ, PROT_WRITE, PROT_EXEC, PROT_SEM. */
    private static final int PROT_KNOWN = 0xf;
    private static final int PROT_GROWSDOWN = 0x1000000;
    private static final int PROT_GROWSUP = 0x2000000;

    /** A fixed mapping must not cover page zero: {@code vm.mmap_min_addr}. */
    static final long LOWEST = AddressSpace.PAGE;

    private static final int S_IFMT = 0170000;
    private static final int S_IFREG = 0100000;
    private static final int S_IFCHR = 0020000;
    private static final long DEV_ZERO = 1 << 8 | 5;

    private MapCalls() {}

    static long brk(GuestThread p, long end) {
        return p.addresses().setBreak(end & 0xffff_ffffL);
    }

    static long mmap(GuestThread p, long address, long length, long prot, long flags, long fd, long offset) {
        return map(p, address, length, prot, flags, fd, offset, 0);
    }

    private static long map(
            GuestThread p, long address, long length, long prot, long flags, long fd, long offset, int kind) {
        if (offset % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        OpenFile file = (flags & MAP_ANONYMOUS) == 0 ? p.plainFile(fd) : null;
        if ((flags & (MAP_ANONYMOUS | MAP_HUGETLB)) == (MAP_ANONYMOUS | MAP_HUGETLB)) {
            return -ENOMEM; // there are no huge pages
        }
        long size = AddressSpace.roundUp(length & 0xffff_ffffL);
        if (size == 0) {
            return -EINVAL;
        }
        if (offset < 0 || offset + size < 0) {
            return -EOVERFLOW;
        }
        long place = address & 0xffff_ffffL;
        boolean fixed = (flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) != 0;
        if (fixed && place % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        if (fixed && place < LOWEST) {
            return -EPERM;
        }
        if ((flags & MAP_LOCKED) != 0 && LockedMemoryCalls.exceeds(p, size)) {
            return LockedMemoryCalls.forbidden(p) ? -EPERM : -EAGAIN;
        }
        int type = (int) flags & MAP_TYPE;
        if (type == MAP_SHARED_VALIDATE && (flags & ~MAP_KNOWN) != 0) {
            return -EOPNOTSUPP;
        }
        boolean shared = type == MAP_SHARED || type == MAP_SHARED_VALIDATE && file != null;
        boolean grows = (flags & MAP_GROWSDOWN) != 0;
        if (!shared && type != MAP_PRIVATE || grows && (shared || file != null)) {
            return -EINVAL;
        }
        Result<Mapping> mapping = mapping(p, file, shared, prot, size);
        if (mapping != null && mapping.isFailure()) {
            return mapping.error();
        }
        Mapping of = mapping == null ? null : mapping.value();
        if (of == null && !p.addresses().canBack(size, (int) prot, (flags & MAP_NORESERVE) == 0)) {
            return -ENOMEM;
        }
        boolean shows = of != null && of.shared() != null;
        int mark = kind | (shows ? Area.SHARED : 0) | ((flags & MAP_LOCKED) != 0 ? Area.LOCKED : 0) | (grows ? Area.GROWS_DOWN : 0);
        long at = fixed
                ? p.addresses().mapAt(place, size, (flags & MAP_FIXED_NOREPLACE) == 0, (int) prot & 7, mark, of, of == null ? 0 : offset)
                : p.addresses().map(place, size, (int) prot & 7, mark, of, of == null ? 0 : offset);
        if (of != null && at > 0) {
            of.file().accessed();
        }
        if (of != null && file != of.file()) {
            of.file().release(); // it has no descriptor
        }
        boolean ready = (flags & MAP_LOCKED) != 0 || (flags & (MAP_POPULATE | MAP_NONBLOCK)) == MAP_POPULATE;
        if (at > 0 && (ready || p.addresses().locksFuture())) {
            p.addresses().content().populate(at, at + size);
        }
        return at;
    }

    /** What is mapped; null for zeroes. */
    private static Result<Mapping> mapping(GuestThread p, OpenFile file, boolean shared, long prot, long size) {
        if (file == null || isDevZero(file)) {
            return shared ? SharedMemoryCalls.zeroes(p, size) : null;
        }
        Inode inode = file.inode();
        if (!file.readable() || shared && (prot & Area.WRITE) != 0 && !file.writable()) {
            return Result.failed(-EACCES);
        }
        if (inode == null || (inode.mode() & S_IFMT) != S_IFREG || file instanceof TextFile) {
            return Result.failed(-ENODEV);
        }
        if (shared && (prot & Area.WRITE) != 0 && FileSeals.keepContent(file)) {
            return Result.failed(-EPERM);
        }
        SharedFile bytes = shared ? inode.share() : null;
        if (shared && bytes == null && file.writable()) {
            return Result.failed(-ENODEV); // a copy would not be shared, so better none
        }
        return Result.of(new Mapping(file, bytes));
    }

    private static boolean isDevZero(OpenFile file) {
        Inode inode = file.inode();
        return inode != null && (inode.mode() & S_IFMT) == S_IFCHR && inode.rdev() == DEV_ZERO;
    }

    /** {@code mmap} of the C library's own, for its heap and stacks: never a file. */
    static long heapMap(GuestThread p, long address, long length, long prot, long flags) {
        return map(p, address, length, prot, flags | MAP_ANONYMOUS, -1, 0, Area.HEAP);
    }

    static long munmap(GuestThread p, long address, long length) {
        long start = address & 0xffff_ffffL;
        long size = AddressSpace.roundUp(length & 0xffff_ffffL);
        if (start % AddressSpace.PAGE != 0 || size == 0 || size > AddressSpace.TOP - start) {
            return -EINVAL;
        }
        return p.addresses().maySplit() ? p.addresses().unmap(start, size) : -ENOMEM;
    }

    static long mprotect(GuestThread p, long address, long length, long prot) {
        long start = address & 0xffff_ffffL;
        long end = start + AddressSpace.roundUp(length & 0xffff_ffffL);
        if ((prot & PROT_GROWSUP) != 0 || start % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        if (start == end) {
            return 0;
        }
        if ((prot & ~(PROT_KNOWN | PROT_GROWSDOWN)) != 0) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            long at = start;
            if ((prot & PROT_GROWSDOWN) != 0) {
                Area stack = space.at(start);
                if (stack == null || !stack.is(Area.GROWS_DOWN)) {
                    return stack == null ? -ENOMEM : -EINVAL;
                }
                at = stack.start();
            }
            for (Area part : space.in(at, end)) {
                if (part.start() != at || !space.maySplit()) {
                    return -ENOMEM;
                }
                if (part.is(Area.SHARED) && (prot & Area.WRITE) != 0 && !part.mapping().writable()) {
                    return -EACCES;
                }
                space.protect(part.start(), part.end(), (int) prot & 7);
                at = part.end();
            }
            return at == end ? 0 : -ENOMEM;
        }
    }
}
