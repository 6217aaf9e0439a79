package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.EPERM;

import org.javix.process.Rlimit;
import org.javix.wasm.Trap;

/**
 * The {@code mlock} family. Nothing is ever swapped out, so locking is an account only: what is locked, and how much
 * of it RLIMIT_MEMLOCK allows.
 */
final class LockedMemoryCalls {
    private static final int MLOCK_ONFAULT = 1;
    private static final int MCL_CURRENT = 1;
    private static final int MCL_FUTURE = 2;
    private static final int MCL_ONFAULT = 4;

    private LockedMemoryCalls() {}

    /** Whether RLIMIT_MEMLOCK forbids so many more bytes; the superuser has no such limit. */
    static boolean exceeds(GuestThread p, long more) {
        if (p.credentials().euid() == 0) {
            return false;
        }
        long limit = p.process().rlimits().soft(Rlimit.MEMLOCK);
        return Long.compareUnsigned(p.addresses().lockedBytes() + more, limit) > 0;
    }

    /** Whether the process may lock nothing at all. */
    static boolean forbidden(GuestThread p) {
        return p.credentials().euid() != 0 && p.process().rlimits().soft(Rlimit.MEMLOCK) == 0;
    }

    static long mlock(GuestThread p, long address, long length) {
        return lock(p, address, length, false);
    }

    static long mlock2(GuestThread p, long address, long length, long flags) {
        return (flags & ~MLOCK_ONFAULT) != 0 ? -EINVAL : lock(p, address, length, (flags & MLOCK_ONFAULT) != 0);
    }

    private static long lock(GuestThread p, long address, long length, boolean onFault) {
        if (forbidden(p)) {
            return -EPERM;
        }
        long start = address & 0xffff_ffffL & -AddressSpace.PAGE;
        long end = AddressSpace.roundUp((address & 0xffff_ffffL) + (length & 0xffff_ffffL));
        if (end > AddressSpace.TOP) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            long locked = space.in(start, end).stream()
                    .filter(area -> area.is(Area.LOCKED)).mapToLong(Area::length).sum();
            if (exceeds(p, end - start - locked)) {
                return -ENOMEM;
            }
            long error = mark(space, start, end, Area.LOCKED, 0);
            if (error < 0 || onFault) {
                return error;
            }
            Trap.Kind refused = space.content().populate(start, end);
            return refused == null ? 0 : refused == Trap.Kind.NO_MEMORY ? -EAGAIN : -ENOMEM;
        }
    }

    static long munlock(GuestThread p, long address, long length) {
        long start = address & 0xffff_ffffL & -AddressSpace.PAGE;
        long end = AddressSpace.roundUp((address & 0xffff_ffffL) + (length & 0xffff_ffffL));
        if (end > AddressSpace.TOP) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            return mark(space, start, end, 0, Area.LOCKED);
        }
    }

    /** Sets and clears flags up to the first address where nothing is mapped: -ENOMEM if that is before the end. */
    private static long mark(AddressSpace space, long start, long end, int set, int cleared) {
        long at = start;
        for (Area part : space.in(start, end)) {
            if (part.start() != at || !space.maySplit()) {
                return -ENOMEM;
            }
            space.mark(part.start(), part.end(), set, cleared);
            at = part.end();
        }
        return at < end ? -ENOMEM : 0;
    }

    static long mlockall(GuestThread p, long flags) {
        if (flags == 0 || (flags & ~(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT)) != 0 || flags == MCL_ONFAULT) {
            return -EINVAL;
        }
        if (forbidden(p)) {
            return -EPERM;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            if ((flags & MCL_CURRENT) != 0) {
                if (exceeds(p, space.mappedBytes() - space.lockedBytes())) {
                    return -ENOMEM;
                }
                space.mark(0, AddressSpace.TOP, Area.LOCKED, 0);
                if ((flags & MCL_ONFAULT) == 0) {
                    space.content().populate(0, AddressSpace.TOP);
                }
            }
            space.setLocksFuture((flags & MCL_FUTURE) != 0);
        }
        return 0;
    }

    static long munlockall(GuestThread p) {
        AddressSpace space = p.addresses();
        synchronized (space) {
            space.mark(0, AddressSpace.TOP, 0, Area.LOCKED);
            space.setLocksFuture(false);
        }
        return 0;
    }
}
