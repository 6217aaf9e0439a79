package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;

import java.util.BitSet;
import java.util.List;
import org.javix.vfs.OpenFile;

/** Advice about mapped pages, and questions. Errors come in Linux's order. */
final class MemoryCalls {
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_REMOVE = 9;
    private static final int MADV_DONTFORK = 10;
    private static final int MADV_DOFORK = 11;
    private static final int MADV_WIPEONFORK = 18;
    private static final int MADV_KEEPONFORK = 19;
    private static final int MADV_LAST = 23;

    private static final int MS_ASYNC = 1;
    private static final int MS_INVALIDATE = 2;
    private static final int MS_SYNC = 4;

    /** FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE. */
    private static final int PUNCH_HOLE = 1 | 2;

    private MemoryCalls() {}

    static long madvise(GuestThread p, long address, long length, long advice) {
        boolean known = advice >= 0 && advice <= MADV_FREE && (advice <= MADV_DONTNEED || advice == MADV_FREE)
                || advice >= MADV_REMOVE && advice <= MADV_LAST;
        long start = address & 0xffff_ffffL;
        long end = start + AddressSpace.roundUp(length & 0xffff_ffffL);
        if (!known || start % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            long at = start;
            boolean gap = false;
            for (Area part : space.in(start, end)) {
                gap |= part.start() != at;
                at = part.end();
                long error = advise(p, space, part, (int) advice);
                if (error < 0) {
                    return error;
                }
            }
            return gap || at != end ? -ENOMEM : 0;
        }
    }

    private static long advise(GuestThread p, AddressSpace space, Area part, int advice) {
        boolean own = part.mapping() == null;
        switch (advice) {
            case MADV_DONTNEED -> {
                if (part.is(Area.LOCKED)) {
                    return -EINVAL;
                }
                space.discard(part.start(), part.end());
            }
            case MADV_FREE -> {
                if (!own) {
                    return -EINVAL;
                }
                space.discard(part.start(), part.end());
            }
            case MADV_REMOVE -> {
                if (part.is(Area.LOCKED) || own) {
                    return -EINVAL;
                }
                if (!part.is(Area.SHARED) || (part.prot() & Area.WRITE) == 0) {
                    return -EACCES;
                }
                return part.mapping().file().allocate(PUNCH_HOLE, part.offset(), part.length());
            }
            case MADV_DONTFORK -> space.mark(part.start(), part.end(), Area.NOT_INHERITED, 0);
            case MADV_DOFORK -> space.mark(part.start(), part.end(), 0, Area.NOT_INHERITED);
            case MADV_WIPEONFORK -> {
                if (!own) {
                    return -EINVAL;
                }
                space.mark(part.start(), part.end(), Area.INHERITED_EMPTY, 0);
            }
            case MADV_KEEPONFORK -> space.mark(part.start(), part.end(), 0, Area.INHERITED_EMPTY);
            default -> {}
        }
        return 0;
    }

    static long msync(GuestThread p, long address, long length, long flags) {
        long start = address & 0xffff_ffffL;
        long end = start + AddressSpace.roundUp(length & 0xffff_ffffL);
        if ((flags & ~(MS_ASYNC | MS_INVALIDATE | MS_SYNC)) != 0
                || start % AddressSpace.PAGE != 0
                || (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC)) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        List<Area> parts = space.in(start, end);
        for (Area part : parts) {
            if ((flags & MS_INVALIDATE) != 0 && part.is(Area.LOCKED)) {
                return -EBUSY;
            }
            if ((flags & MS_SYNC) != 0 && part.is(Area.SHARED)) {
                OpenFile file = part.mapping().file();
                int error = file.sync();
                if (error < 0) {
                    return error;
                }
            }
        }
        return start == end || space.covers(start, end) ? 0 : -ENOMEM;
    }

    static long mincore(GuestThread p, long address, long length, long vector) {
        long start = address & 0xffff_ffffL;
        long size = AddressSpace.roundUp(length & 0xffff_ffffL);
        if (start % AddressSpace.PAGE != 0) {
            return -EINVAL;
        }
        if (size > AddressSpace.TOP - start) {
            return -ENOMEM;
        }
        int count = (int) (size / AddressSpace.PAGE);
        p.memory().check(vector, count);
        AddressSpace space = p.addresses();
        byte[] answer = new byte[count];
        synchronized (space) {
            if (!space.covers(start, start + size)) {
                return -ENOMEM;
            }
            BitSet resident = space.memory().resident(start, size);
            for (int page = 0; page < count; page++) {
                answer[page] = (byte) (resident.get(page) ? 1 : 0);
            }
        }
        p.memory().setBytes(vector, answer);
        return 0;
    }
}
