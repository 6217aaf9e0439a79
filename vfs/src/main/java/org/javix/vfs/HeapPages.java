package org.javix.vfs;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.ConcurrentSkipListMap;

/** Pages on Java's heap, for hosts without {@link MemoryFile}. */
final class HeapPages extends PageStore {
    /** Arrays of longs, since memory must be aligned for atomic access. */
    private final ConcurrentSkipListMap<Long, MemorySegment> pages = new ConcurrentSkipListMap<>();

    @Override
    void read(long position, MemorySegment to, long at, long length) {
        for (long done = 0; done < length; ) {
            long here = position + done;
            int offset = (int) here & Pages.SIZE - 1;
            long part = Math.min(Pages.SIZE - offset, length - done);
            MemorySegment page = pages.get(here >> Pages.SHIFT);
            if (page == null) {
                to.asSlice(at + done, part).fill((byte) 0);
            } else {
                MemorySegment.copy(page, offset, to, at + done, part);
            }
            done += part;
        }
    }

    @Override
    boolean write(long position, MemorySegment from, long at, long length) {
        for (long done = 0; done < length; ) {
            long here = position + done;
            int offset = (int) here & Pages.SIZE - 1;
            long part = Math.min(Pages.SIZE - offset, length - done);
            MemorySegment.copy(from, at + done, present(here >> Pages.SHIFT), offset, part);
            done += part;
        }
        return true;
    }

    /** A page that may not have been there before. */
    private MemorySegment present(long index) {
        return pages.computeIfAbsent(index, key -> MemorySegment.ofArray(new long[Pages.SIZE / Long.BYTES]));
    }

    @Override
    void punch(long from, long to) {
        for (long index : pages.subMap(from >> Pages.SHIFT, (to - 1 >> Pages.SHIFT) + 1).keySet()) {
            long start = index << Pages.SHIFT;
            if (from <= start && to >= start + Pages.SIZE) {
                pages.remove(index);
            } else {
                long first = Math.max(0, from - start);
                present(index).asSlice(first, Math.min(Pages.SIZE, to - start) - first).fill((byte) 0);
            }
        }
    }

    @Override
    int descriptor() {
        return -1;
    }

    @Override
    MemorySegment page(long index) {
        return present(index);
    }

    @Override
    void close() {
        pages.clear();
    }
}
