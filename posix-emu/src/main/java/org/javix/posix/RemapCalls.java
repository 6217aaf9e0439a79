package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.EPERM;

/**
 * {@code mremap} and {@code remap_file_pages}: moves, resizes and shows again what is mapped. Errors come in the order of Linux 6.17,
 * the first that moves several areas at once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/mremap.2.html">mremap(2)</a>
 */
final class RemapCalls {
    private static final int MREMAP_MAYMOVE = 1;
    private static final int MREMAP_FIXED = 2;
    private static final int MREMAP_DONTUNMAP = 4;

    private static final long ADDRESSES = 0xffff_ffffL;

    private RemapCalls() {}

    /**
     * What is asked for.
     *
     * @param before the length of what is mapped, in whole pages
     * @param after the length that it is to have
     * @param to where it is to be, or -1
     * @param mayMove MREMAP_MAYMOVE
     * @param keeps MREMAP_DONTUNMAP: the old addresses stay mapped
     */
    private record Request(long from, long before, long after, long to, boolean mayMove, boolean keeps) {
        boolean overlaps() {
            return from < to + after && to < from + before;
        }
    }

    static long mremap(GuestThread p, long old, long oldSize, long newSize, long flags, long fixed) {
        boolean hasPlace = (flags & (MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0;
        boolean isFixed = (flags & MREMAP_FIXED) != 0;
        Request wanted = new Request(
                old & ADDRESSES,
                AddressSpace.roundUp(oldSize & ADDRESSES),
                AddressSpace.roundUp(newSize & ADDRESSES),
                hasPlace ? fixed & ADDRESSES : -1,
                (flags & MREMAP_MAYMOVE) != 0,
                (flags & MREMAP_DONTUNMAP) != 0);
        if ((flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED | MREMAP_DONTUNMAP)) != 0
                || wanted.from % AddressSpace.PAGE != 0
                || wanted.after == 0
                || wanted.after > AddressSpace.TOP) {
            return -EINVAL;
        }
        if (hasPlace
                && (wanted.to > AddressSpace.TOP - wanted.after
                        || wanted.to % AddressSpace.PAGE != 0
                        || !wanted.mayMove
                        || wanted.keeps && wanted.before != wanted.after
                        || wanted.overlaps())) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            Area area = space.at(wanted.from);
            if (area == null) {
                return -EFAULT;
            }
            if (isFixed) {
                return wanted.before == wanted.after ? moveAll(p, space, wanted) : moveTo(p, space, area, wanted);
            }
            return wanted.keeps ? leave(space, area, wanted) : resize(p, space, area, wanted);
        }
    }

    /** {@code mremap} of the C library's own heap. */
    static long heapRemap(GuestThread p, long old, long oldSize, long newSize, long flags) {
        return mremap(p, old, oldSize, newSize, flags & MREMAP_MAYMOVE, 0);
    }

    /** Why what is mapped cannot have that length or be shown elsewhere; 0 where it can. */
    private static long refusal(GuestThread p, Area area, Request wanted) {
        if (wanted.before == 0 && !area.is(Area.SHARED)) {
            return -EINVAL;
        }
        if (wanted.from + Math.min(wanted.before, wanted.after) > area.end()) {
            return -EFAULT;
        }
        long more = wanted.after - wanted.before;
        return area.is(Area.LOCKED) && more > 0 && LockedMemoryCalls.exceeds(p, more) ? -EAGAIN : 0;
    }

    private static long resize(GuestThread p, AddressSpace space, Area area, Request wanted) {
        long more = wanted.after - wanted.before;
        if (more <= 0) {
            long error = more < 0 ? space.unmap(wanted.from + wanted.after, -more) : 0;
            return error < 0 ? error : wanted.from;
        }
        long error = refusal(p, area, wanted);
        if (error < 0) {
            return error;
        }
        if (wanted.before == 0) {
            return wanted.mayMove ? space.move(area.part(wanted.from, area.end()), wanted.after, -1, true) : -ENOMEM;
        }
        Area part = area.part(wanted.from, wanted.from + wanted.before);
        if (part.end() == area.end() && space.extend(part, wanted.after)) {
            return wanted.from;
        }
        return wanted.mayMove ? space.move(part, wanted.after, -1, false) : -ENOMEM;
    }

    /** Moves the pages anywhere and leaves their addresses mapped. */
    private static long leave(AddressSpace space, Area area, Request wanted) {
        return wanted.from + wanted.before > area.end()
                ? -EFAULT
                : space.move(area.part(wanted.from, wanted.from + wanted.before), wanted.after, -1, true);
    }

    /** To a place of its own, with another length. */
    private static long moveTo(GuestThread p, AddressSpace space, Area area, Request wanted) {
        long error = refusal(p, area, wanted);
        if (error == 0) {
            error = makeRoom(space, wanted.to, wanted.after);
        }
        if (error == 0 && wanted.after < wanted.before) {
            error = space.unmap(wanted.from + wanted.after, wanted.before - wanted.after);
        }
        if (error < 0) {
            return error;
        }
        return wanted.before == 0
                ? space.move(area.part(wanted.from, area.end()), wanted.after, wanted.to, true)
                : space.move(
                        area.part(wanted.from, wanted.from + Math.min(wanted.before, wanted.after)),
                        wanted.after, wanted.to, wanted.keeps);
    }

    /** To a place of their own, as they are: all areas of the range, with the gaps between them. */
    private static long moveAll(GuestThread p, AddressSpace space, Request wanted) {
        for (Area part : space.in(wanted.from, wanted.from + wanted.before)) {
            long to = wanted.to + part.start() - wanted.from;
            long error = makeRoom(space, to, part.length());
            long moved = error < 0 ? error : space.move(part, part.length(), to, wanted.keeps);
            if (moved < 0) {
                return moved;
            }
        }
        return wanted.to;
    }

    private static long makeRoom(AddressSpace space, long to, long length) {
        return to < MapCalls.LOWEST ? -EPERM : space.unmap(to, length);
    }

    /**
     * Shows other pages of the file in a part of a shared mapping, as a mapping of its own: Linux has kept nothing but that of
     * nonlinear mappings.
     */
    static long remapFilePages(GuestThread p, long address, long size, long prot, long page, long flags) {
        long start = address & ADDRESSES & -AddressSpace.PAGE;
        long length = size & ADDRESSES & -AddressSpace.PAGE;
        long first = page & ADDRESSES;
        if (prot != 0 || length == 0 || length > AddressSpace.TOP - start || first + length / AddressSpace.PAGE > ADDRESSES) {
            return -EINVAL;
        }
        AddressSpace space = p.addresses();
        synchronized (space) {
            Area area = space.at(start);
            if (area == null || !area.is(Area.SHARED) || !isOneFile(space, area, start + length)) {
                return -EINVAL;
            }
            Mapping mapping = area.mapping();
            // The last area of the file may be what gives way.
            mapping.retain(space);
            long at = space.mapAt(start, length, true, area.prot(), area.flags(), mapping, first * AddressSpace.PAGE);
            mapping.release();
            return Math.min(at, 0);
        }
    }

    private static boolean isOneFile(AddressSpace space, Area first, long end) {
        for (Area part : space.in(first.start(), end)) {
            if (part.mapping() != first.mapping() || part.flags() != first.flags() || part.prot() != first.prot()) {
                return false;
            }
        }
        return space.covers(first.start(), end);
    }
}
