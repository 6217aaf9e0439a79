package org.javix.posix;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;

import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.javix.process.ProcessImage;
import org.javix.wasm.Memory;

/**
 * Which pages of a linear memory are in use behind the program's own data and stack: first a small
 * room for the program break, then the mappings. Pages that are not in use always read as zeroes, so
 * that a new mapping need not touch them. Mappings are placed at the lowest address that has room,
 * which keeps memories short.
 *
 * <p>Used by the guest's own thread only.
 */
final class AddressSpace {
    /** The guest's page, in bytes. */
    static final int PAGE = 4096;

    /** Room for the program break, which the C library uses for small records only. */
    private static final long BREAK_ROOM = 256 * 1024;

    /** Up to this length pages are zeroed by writing, which beats a call of the host. */
    private static final long ZERO_BY_WRITING = 64 * 1024;

    private final Memory memory;
    private final long breakStart;
    private long breakEnd;
    /** Bit n: the page at {@code breakStart + BREAK_ROOM + n * PAGE} is mapped. */
    private final BitSet mapped;
    /** How many bytes may be in use: RLIMIT_AS. */
    private long limit = Long.MAX_VALUE;

    /** The address space of a fresh instance. */
    AddressSpace(Memory memory) {
        this.memory = memory;
        breakStart = memory.segment().byteSize();
        breakEnd = breakStart;
        mapped = new BitSet();
    }

    private AddressSpace(AddressSpace parent, Memory memory) {
        this.memory = memory;
        breakStart = parent.breakStart;
        breakEnd = parent.breakEnd;
        mapped = (BitSet) parent.mapped.clone();
        limit = parent.limit;
    }

    /** The same for the copied memory of a forked process. */
    AddressSpace fork(Memory copy) {
        return new AddressSpace(this, copy);
    }

    /**
     * Limits how much may be in use from now on.
     *
     * @param bytes unsigned; what is in use already may be more
     */
    void setLimit(long bytes) {
        limit = bytes < 0 ? Long.MAX_VALUE : bytes;
    }

    /** The ranges as {@code /proc/PID/maps} has them: the program, the program break's, all mappings. Any thread. */
    List<ProcessImage.Area> areas(String program) {
        long end = memory.segment().byteSize();
        long heapEnd = Math.min(end, Math.max(breakStart, breakEnd + PAGE - 1 & -PAGE));
        long mappings = Math.min(end, address(0));
        return Stream.of(
                        new ProcessImage.Area(0, breakStart, "rw-p", program),
                        new ProcessImage.Area(breakStart, heapEnd, "rw-p", "[heap]"),
                        new ProcessImage.Area(mappings, end, "rw-p", ""))
                .filter(area -> area.start() < area.end())
                .toList();
    }

    /** Moves the program break; answers where it is now, which is where it was if it cannot move. */
    long setBreak(long end) {
        if (end < breakStart || end > breakStart + BREAK_ROOM || !allows(end - breakEnd) || !reach(end)) {
            return breakEnd;
        }
        if (end < breakEnd) {
            memory.segment().asSlice(end, breakEnd - end).fill((byte) 0);
        }
        breakEnd = end;
        return end;
    }

    /** Maps pages of zeroes anywhere: their address, or -ENOMEM. */
    long map(long length) {
        int pages = pages(length);
        int page = 0;
        while (true) {
            page = mapped.nextClearBit(page);
            int next = mapped.nextSetBit(page);
            if (next < 0 || next - page >= pages) {
                break;
            }
            page = next;
        }
        long address = address(page);
        if (!allows(length(pages)) || !reach(address + length(pages))) {
            return -ENOMEM;
        }
        mapped.set(page, page + pages);
        return address;
    }

    /**
     * Maps pages of zeroes at an address.
     *
     * @param replace whether pages that are mapped there give way
     * @return the address, -EEXIST, -EINVAL below the mappings' range, or -ENOMEM
     */
    long mapAt(long address, long length, boolean replace) {
        int pages = pages(length);
        if (address % PAGE != 0 || address < address(0)) {
            return -EINVAL;
        }
        if (!allows(length(pages)) || !reach(address + length(pages))) {
            return -ENOMEM;
        }
        int page = page(address);
        int used = mapped.nextSetBit(page);
        if (used >= 0 && used < page + pages) {
            if (!replace) {
                return -EEXIST;
            }
            zero(page, page + pages);
        }
        mapped.set(page, page + pages);
        return address;
    }

    /** Unmaps pages: 0 or -EINVAL. */
    long unmap(long address, long length) {
        if (address % PAGE != 0 || length == 0) {
            return -EINVAL;
        }
        long end = address + length(pages(length));
        int first = page(Math.max(address, address(0)));
        int last = page(Math.min(end, memory.segment().byteSize()));
        if (first < last) {
            zero(first, last);
            mapped.clear(first, last);
        }
        return 0;
    }

    /** Resizes a mapping: its address, -EFAULT if it is none, -EINVAL, or -ENOMEM. */
    long remap(long address, long oldLength, long newLength, boolean mayMove) {
        if (address % PAGE != 0 || newLength == 0 || oldLength == 0) {
            return -EINVAL;
        }
        if (address < address(0) || address + oldLength > memory.segment().byteSize()) {
            return -EFAULT;
        }
        int first = page(address);
        int oldPages = pages(oldLength);
        int newPages = pages(newLength);
        if (mapped.nextClearBit(first) < first + oldPages) {
            return -EFAULT;
        }
        if (newPages <= oldPages) {
            if (newPages < oldPages) {
                unmap(address(first + newPages), length(oldPages - newPages));
            }
            return address;
        }
        if (!allows(length(newPages - oldPages))) {
            return -ENOMEM;
        }
        int next = mapped.nextSetBit(first + oldPages);
        if ((next < 0 || next >= first + newPages) && reach(address(first + newPages))) {
            mapped.set(first + oldPages, first + newPages);
            return address;
        }
        if (!mayMove) {
            return -ENOMEM;
        }
        long moved = map(newLength);
        if (moved > 0) {
            MemorySegment segment = memory.segment();
            MemorySegment.copy(segment, address, segment, moved, length(oldPages));
            unmap(address, length(oldPages));
        }
        return moved;
    }

    /** Makes the mapped pages of a range read as zeroes. */
    void discard(long address, long length) {
        int first = page(Math.max(address, address(0)));
        int last = page(Math.min(address + length(pages(length)), memory.segment().byteSize()));
        if (first < last) {
            zero(first, last);
        }
    }

    /** The bytes that are mapped. */
    long mappedBytes() {
        return (long) mapped.cardinality() * PAGE + breakEnd - breakStart;
    }

    /** Zeroes the mapped ones among the pages from {@code first} to before {@code last}. */
    private void zero(int first, int last) {
        int page = mapped.nextSetBit(first);
        while (page >= 0 && page < last) {
            int end = Math.min(last, mapped.nextClearBit(page));
            long bytes = length(end - page);
            if (bytes <= ZERO_BY_WRITING) {
                memory.segment().asSlice(address(page), bytes).fill((byte) 0);
            } else {
                memory.discard(address(page), bytes);
            }
            page = mapped.nextSetBit(end);
        }
    }

    /** Whether the limit allows for so many more bytes. */
    private boolean allows(long more) {
        return limit == Long.MAX_VALUE || more <= 0 || breakStart + mappedBytes() + more <= limit;
    }

    /** Lets the memory reach an address. */
    private boolean reach(long end) {
        long missing = end - memory.segment().byteSize();
        return missing <= 0 || memory.grow((missing + Memory.PAGE - 1) / Memory.PAGE) >= 0;
    }

    private long address(int page) {
        return breakStart + BREAK_ROOM + length(page);
    }

    private int page(long address) {
        return (int) ((address - breakStart - BREAK_ROOM) / PAGE);
    }

    private static int pages(long length) {
        return (int) ((length + PAGE - 1) / PAGE);
    }

    private static long length(int pages) {
        return (long) pages * PAGE;
    }
}
