package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Which parts of a memory show bytes of host files. Whole pages; thread-safe.
 *
 * <p>The host keeps a record for each, and a process has room for 65,530 of them, the JVM's own among them. So all
 * memories together have a limit well below.
 */
final class MappedRanges {
    private static final int MOST = 16_000;

    private static final AtomicInteger ALL = new AtomicInteger();

    /**
     * What is shown from some address on.
     *
     * @param writable whether what is written reaches the file
     */
    record Shown(long length, int descriptor, long offset, boolean writable) {
        Shown part(long from, long bytes) {
            return new Shown(bytes, descriptor, offset + from, writable);
        }
    }

    private final HostPages host;
    // Guarded by this. By address; they do not overlap.
    private final TreeMap<Long, Shown> ranges = new TreeMap<>();

    MappedRanges(HostPages host) {
        this.host = host;
    }

    /** Shows a file's bytes; false where the host or the limit forbids it. */
    synchronized boolean map(MemorySegment range, long at, Shown shown) {
        if (ALL.get() >= MOST
                || !host.map(range, at, shown.length, shown.descriptor, shown.offset, shown.writable)) {
            return false;
        }
        forget(at, shown.length);
        put(at, shown);
        return true;
    }

    /** Whether so many more can be shown. */
    boolean hasRoomFor(int count) {
        return ALL.get() + count <= MOST;
    }

    /** Shows zeroes again; false where the host or the limit forbids it. */
    synchronized boolean unmap(MemorySegment range, long at, long length) {
        if (!overlaps(at, length)) {
            return true;
        }
        if (splits(at, at + length) && ALL.get() >= MOST || !host.unmap(range, at, length)) {
            return false;
        }
        forget(at, length);
        return true;
    }

    /** Shows in another memory what is shown here. */
    synchronized boolean copyTo(MappedRanges other, MemorySegment range) {
        for (Map.Entry<Long, Shown> entry : ranges.entrySet()) {
            if (!other.map(range, entry.getKey(), entry.getValue())) {
                return false;
            }
        }
        return true;
    }

    synchronized void forEach(HostPages.Run run) {
        ranges.forEach((at, shown) -> run.at(at, shown.length));
    }

    /** Whether a range lies within what is shown, so that two parts would be left. */
    private boolean splits(long at, long end) {
        Map.Entry<Long, Shown> before = ranges.lowerEntry(at);
        return before != null && before.getKey() + before.getValue().length > end;
    }

    synchronized boolean overlaps(long at, long length) {
        Map.Entry<Long, Shown> before = ranges.lowerEntry(at + length);
        return before != null && before.getKey() + before.getValue().length > at;
    }

    private void put(long at, Shown shown) {
        ranges.put(at, shown);
        ALL.incrementAndGet();
    }

    /** Cuts a range out of what is remembered. */
    synchronized void forget(long at, long length) {
        long end = at + length;
        while (true) {
            Map.Entry<Long, Shown> before = ranges.lowerEntry(end);
            if (before == null || before.getKey() + before.getValue().length <= at) {
                return;
            }
            long start = before.getKey();
            Shown old = before.getValue();
            ranges.remove(start);
            ALL.decrementAndGet();
            if (start < at) {
                put(start, old.part(0, at - start));
            }
            if (start + old.length > end) {
                put(end, old.part(end - start, start + old.length - end));
            }
        }
    }
}
