package org.javix.posix;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EBUSY;
import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;

import java.util.BitSet;
import java.util.List;
import org.javix.vfs.OpenFile;
import org.javix.wasm.Trap;

/** Advice about mapped pages, and questions. Errors come in Linux's order. */
final class MemoryCalls {
    private static final int MADV_NORMAL = 0;
    private static final int MADV_RANDOM = 1;
    private static final int MADV_SEQUENTIAL = 2;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_FREE = 8;
    private static final int MADV_REMOVE = 9;
    private static final int MADV_DONTFORK = 10;
    private static final int MADV_DOFORK = 11;
    private static final int MADV_MERGEABLE = 12;
    private static final int MADV_UNMERGEABLE = 13;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final int MADV_DONTDUMP = 16;
    private static final int MADV_DODUMP = 17;
    private static final int MADV_WIPEONFORK = 18;
    private static final int MADV_KEEPONFORK = 19;
    private static final int MADV_COLD = 20;
    private static final int MADV_PAGEOUT = 21;
    private static final int MADV_POPULATE_READ = 22;
    private static final int MADV_POPULATE_WRITE = 23;
    private static final int MADV_DONTNEED_LOCKED = 24;
    private static final int MADV_LAST = 25;

    private static final int MS_ASYNC = 1;
    private static final int MS_INVALIDATE = 2;
    private static final int MS_SYNC = 4;

    /** FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE. */
    private static final int PUNCH_HOLE = 1 | 2;

    private MemoryCalls() {}

    static long madvise(GuestThread p, long address, long length, long advice) {
        long start = address & 0xffff_ffffL;
        long end = start + AddressSpace.roundUp(length & 0xffff_ffffL);
        if (advice < 0
                || advice > MADV_LAST
                || advice > MADV_DONTNEED && advice < MADV_FREE
                || start % AddressSpace.PAGE != 0
                || end > AddressSpace.TOP) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            long at = start;
            boolean gap = false;
            for (Area part : space.in(start, end)) {
                gap |= part.start() != at;
                if (gap && (advice == MADV_POPULATE_READ || advice == MADV_POPULATE_WRITE)) {
                    break;
                }
                at = part.end();
                long error = space.maySplit() ? advise(space, part, (int) advice) : -ENOMEM;
                if (error < 0) {
                    return error;
                }
            }
            return gap || at != end ? -ENOMEM : 0;
        }
    }

    private static long advise(AddressSpace space, Area part, int advice) {
        boolean own = part.mapping() == null;
        boolean locked = part.is(Area.LOCKED);
        switch (advice) {
            case MADV_DONTNEED, MADV_DONTNEED_LOCKED -> {
                if (locked && advice == MADV_DONTNEED) {
                    return -EINVAL;
                }
                space.discard(part.start(), part.end());
            }
            case MADV_FREE -> {
                if (locked || !own) {
                    return -EINVAL;
                }
                space.discard(part.start(), part.end());
            }
            case MADV_COLD, MADV_PAGEOUT -> {
                return locked ? -EINVAL : 0;
            }
            case MADV_REMOVE -> {
                if (locked || own) {
                    return -EINVAL;
                }
                if (!part.is(Area.SHARED) || !part.mapping().writable()) {
                    return -EACCES;
                }
                return part.mapping().file().allocate(PUNCH_HOLE, part.offset(), part.length());
            }
            case MADV_WIPEONFORK -> {
                if (!own) {
                    return -EINVAL;
                }
                space.mark(part.start(), part.end(), Area.INHERITED_EMPTY, 0);
            }
            case MADV_POPULATE_READ, MADV_POPULATE_WRITE -> {
                return populate(space, part, advice == MADV_POPULATE_WRITE);
            }
            default -> remember(space, part, advice);
        }
        return 0;
    }

    /** Advice that is kept with the area. */
    private static void remember(AddressSpace space, Area part, int advice) {
        int sets = switch (advice) {
            case MADV_RANDOM -> Area.RANDOM;
            case MADV_SEQUENTIAL -> Area.SEQUENTIAL;
            case MADV_DONTFORK -> Area.NOT_INHERITED;
            case MADV_MERGEABLE -> part.is(Area.SHARED) ? 0 : Area.MERGEABLE;
            case MADV_HUGEPAGE -> Area.HUGE_PAGES;
            case MADV_NOHUGEPAGE -> Area.NO_HUGE_PAGES;
            case MADV_DONTDUMP -> Area.NOT_DUMPED;
            default -> 0;
        };
        int clears = switch (advice) {
            case MADV_NORMAL, MADV_RANDOM, MADV_SEQUENTIAL -> Area.RANDOM | Area.SEQUENTIAL;
            case MADV_DOFORK -> Area.NOT_INHERITED;
            case MADV_UNMERGEABLE -> Area.MERGEABLE;
            case MADV_HUGEPAGE, MADV_NOHUGEPAGE -> Area.HUGE_PAGES | Area.NO_HUGE_PAGES;
            case MADV_DODUMP -> Area.NOT_DUMPED;
            case MADV_KEEPONFORK -> Area.INHERITED_EMPTY;
            default -> 0;
        };
        if ((sets | clears) != 0) {
            space.mark(part.start(), part.end(), sets, clears);
        }
    }

    private static long populate(AddressSpace space, Area part, boolean store) {
        if (!store && (part.prot() & Area.READ) == 0) {
            return -EINVAL;
        }
        Trap.Kind refused = space.content().populate(part, store);
        if (refused == null) {
            return 0;
        }
        return switch (refused) {
            case PROTECTED_PAGE -> -EINVAL;
            case NO_MEMORY -> -ENOMEM;
            default -> -EFAULT;
        };
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
        AddressSpace space = p.addresses();
        byte[] answer = new byte[count];
        synchronized (space) {
            if (!space.covers(start, start + size)) {
                return -ENOMEM;
            }
            BitSet resident = space.content().present(start, start + size);
            for (int page = 0; page < count; page++) {
                answer[page] = (byte) (resident.get(page) ? 1 : 0);
            }
        }
        p.memory().setBytes(vector, answer);
        return 0;
    }
}
