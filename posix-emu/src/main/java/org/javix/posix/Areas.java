package org.javix.posix;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The areas of an address space, by address; they never overlap, and neighbours that are the same are one. Guarded by
 * the address space's lock.
 */
final class Areas {
    private final TreeMap<Long, Area> byStart = new TreeMap<>();
    private final AddressSpace space;
    private long bytes;
    private long peakBytes;
    /** From the mappings' floor up to here nothing is free: so much need not be looked at again. */
    private long firstGap;

    Areas(AddressSpace space) {
        this.space = space;
    }

    /** The area that an address lies in, or null. */
    Area at(long address) {
        Map.Entry<Long, Area> entry = byStart.floorEntry(address);
        return entry != null && address < entry.getValue().end() ? entry.getValue() : null;
    }

    /** The first area that ends behind an address, or null. */
    Area from(long address) {
        Area area = at(address);
        if (area != null) {
            return area;
        }
        Map.Entry<Long, Area> entry = byStart.higherEntry(address);
        return entry == null ? null : entry.getValue();
    }

    /** All areas. */
    List<Area> all() {
        return List.copyOf(byStart.values());
    }

    /** The bytes in all areas. */
    long bytes() {
        return bytes;
    }

    /** The most bytes that there were. */
    long peakBytes() {
        return peakBytes;
    }

    /** The bytes in areas of {@linkplain Area#isData data}. */
    long dataBytes() {
        long sum = 0;
        for (Area area : byStart.values()) {
            sum += area.isData() ? area.length() : 0;
        }
        return sum;
    }

    int count() {
        return byStart.size();
    }

    /** The areas, and parts of areas, in a range. */
    List<Area> in(long start, long end) {
        List<Area> found = new ArrayList<>();
        Map.Entry<Long, Area> before = byStart.lowerEntry(start);
        if (before != null && before.getValue().end() > start) {
            Area area = before.getValue();
            found.add(area.part(start, Math.min(end, area.end())));
        }
        for (Area area : byStart.subMap(start, end).values()) {
            found.add(area.end() <= end ? area : area.part(area.start(), end));
        }
        return found;
    }

    /** Whether nothing lies in a range. */
    boolean isFree(long start, long end) {
        Map.Entry<Long, Area> before = byStart.lowerEntry(end);
        return before == null || before.getValue().end() <= start;
    }

    /** Whether areas cover a range without a gap. */
    boolean covers(long start, long end) {
        long at = start;
        while (at < end) {
            Area area = at(at);
            if (area == null) {
                return false;
            }
            at = area.end();
        }
        return true;
    }

    /** The lowest address from {@code floor} on with so much room below {@code top}; -1 where there is none. */
    long room(long floor, long top, long length) {
        long at = behind(Math.max(floor, firstGap));
        firstGap = at;
        return fit(at, top, length);
    }

    /** The same for a floor above that of {@link #room}. */
    long roomFrom(long floor, long top, long length) {
        return fit(behind(floor), top, length);
    }

    private long fit(long from, long top, long length) {
        long at = from;
        for (Area area : byStart.tailMap(at).values()) {
            if (area.start() - at >= length) {
                break;
            }
            at = area.end();
        }
        return at <= top - length ? at : -1;
    }

    /** The first address from here on that is in no area. */
    private long behind(long start) {
        long at = start;
        for (Area area = at(at); area != null; area = at(at)) {
            at = area.end();
        }
        return at;
    }

    /** Adds an area where nothing lies. */
    void add(Area area) {
        Area whole = area;
        Map.Entry<Long, Area> before = byStart.lowerEntry(area.start());
        if (before != null && before.getValue().continuesIn(whole)) {
            whole = new Area(before.getKey(), whole.end(), whole.prot(), whole.flags(), whole.mapping(), before.getValue().offset());
        }
        Area next = byStart.get(area.end());
        if (next != null && whole.continuesIn(next)) {
            whole = new Area(whole.start(), next.end(), whole.prot(), whole.flags(), whole.mapping(), whole.offset());
        }
        // Kept before it is given up: an area may be the last of its mapping.
        put(whole);
    }

    /** Adds an area where nothing lies, as it is: those of a forked process are those of its parent. */
    void put(Area area) {
        if (area.mapping() != null) {
            area.mapping().retain(space);
        }
        for (Area old : List.copyOf(byStart.subMap(area.start(), area.end()).values())) {
            drop(old);
        }
        byStart.put(area.start(), area);
        bytes += area.length();
        peakBytes = Math.max(peakBytes, bytes);
    }

    private void drop(Area area) {
        byStart.remove(area.start());
        bytes -= area.length();
        firstGap = Math.min(firstGap, area.start());
        if (area.mapping() != null) {
            area.mapping().release();
        }
    }

    /** Takes a range out. */
    void remove(long start, long end) {
        change(start, end, area -> null);
    }

    /** Replaces what lies in a range, area by area; a null takes it out. */
    void change(long start, long end, UnaryOperator<Area> change) {
        for (Area part : in(start, end)) {
            Area whole = at(part.start());
            List<Area> pieces = new ArrayList<>(3);
            if (whole.start() < part.start()) {
                pieces.add(whole.part(whole.start(), part.start()));
            }
            Area changed = change.apply(part);
            if (whole.end() > part.end()) {
                pieces.add(whole.part(part.end(), whole.end()));
            }
            if (whole.mapping() != null) {
                whole.mapping().retain(space);
            }
            drop(whole);
            pieces.forEach(this::put);
            if (changed != null) {
                add(changed);
            }
            if (whole.mapping() != null) {
                whole.mapping().release();
            }
        }
    }

    /** Takes everything out. */
    void clear() {
        List.copyOf(byStart.values()).forEach(this::drop);
    }
}
