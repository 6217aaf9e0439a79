package org.javix.posix;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.ENOMEM;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.javix.process.ProcessImage;
import org.javix.vfs.SharedFile;
import org.javix.wasm.Memory;
import org.javix.wasm.PageTable;

/**
 * The address space of a process: areas over a linear memory. First come the program's data and stack, then a small
 * room for the program break, then the mappings, each at the lowest address that has room, which keeps memories short.
 *
 * <p>Pages that are in no area always read as zeroes in the memory, so that a new mapping need not touch them. What a
 * page shows is decided when it is first touched: see {@link FirstTouches}.
 *
 * <p>Only programs that map memory themselves are compiled to heed all that ({@link CompiledPrograms}); then
 * page zero is in no area. In others areas are only accounts.
 *
 * <p>Thread-safe; all threads of a process have the same one. Changes and first touches hold this.
 */
final class AddressSpace {
    /** The guest's page, in bytes. */
    static final int PAGE = 1 << PageTable.SHIFT;

    /** Room for the program break, which the C library uses for small records only; beyond it mappings may be in the way. */
    private static final long BREAK_ROOM = 256 * 1024;

    /** So much stays free between a stack that grows and what lies below: Linux's {@code stack_guard_gap}. */
    private static final long STACK_GUARD = 256 * PAGE;

    /** As on Linux. */
    private static final int MOST_AREAS = 65_530;

    /** A 32-bit machine's. */
    static final long TOP = 1L << 32;

    private final Memory memory;
    /** Null where the program's accesses heed nothing. */
    private final PageTable pages;
    /** Null likewise. */
    private final FirstTouches touches;
    /** Null likewise, and where threads run that would not learn of changes. */
    private final PlainPages plain;

    private final Areas areas = new Areas(this);
    private final BackingMemory backing;
    private final AreaPages content;
    private final long breakStart;
    private long breakEnd;
    /** The processes that use it. */
    private int users = 1;
    /** How many bytes may be in use: RLIMIT_AS. */
    private long limit = Long.MAX_VALUE;
    /** How many of them may be private and writable: RLIMIT_DATA. */
    private long dataLimit = Long.MAX_VALUE;
    /** What it has resident counts here as well; null before {@link #setResidentLimit}. */
    private ResidentMemory common;
    /** MCL_FUTURE: new areas are locked. */
    private boolean locksFuture;

    /** The address space of a fresh instance. */
    AddressSpace(Memory memory) {
        this.memory = memory;
        pages = memory.pageTable();
        backing = new BackingMemory(memory);
        breakStart = memory.segment().byteSize();
        breakEnd = breakStart;
        long start = pages == null ? 0 : PAGE;
        if (start < breakStart) {
            areas.add(new Area(start, breakStart, Area.READ | Area.WRITE, Area.PROGRAM, null, 0));
        }
        touches = pages == null ? null : new FirstTouches(this, areas, memory);
        content = new AreaPages(this, areas, memory, backing, touches);
        plain = plainPages();
    }

    private AddressSpace(AddressSpace parent, Memory memory) {
        this.memory = memory;
        pages = memory.pageTable();
        backing = new BackingMemory(memory);
        breakStart = parent.breakStart;
        breakEnd = parent.breakEnd;
        limit = parent.limit;
        dataLimit = parent.dataLimit;
        common = parent.common;
        touches = pages == null ? null : new FirstTouches(this, areas, memory);
        content = new AreaPages(this, areas, memory, backing, touches);
        if (parent.touches != null) {
            touches.limitAs(parent.touches);
        }
        plain = plainPages();
    }

    private PlainPages plainPages() {
        return pages == null || memory.type().shared() ? null : new PlainPages(pages, areas, touches, floor());
    }

    /**
     * The same for the copied memory of a forked process.
     *
     * @param pid the child's
     */
    synchronized AddressSpace fork(Memory copy, int pid) {
        AddressSpace child = new AddressSpace(this, copy);
        child.inherit(this, pid);
        return child;
    }

    private synchronized void inherit(AddressSpace parent, int pid) {
        Map<Mapping, Mapping> forked = new IdentityHashMap<>();
        if (plain != null) {
            plain.inherit(parent.plain);
        }
        for (Area area : parent.areas.all()) {
            if (area.is(Area.NOT_INHERITED) || area.is(Area.INHERITED_EMPTY)) {
                backing.forget(area);
                if (area.is(Area.NOT_INHERITED)) {
                    if (plain != null) {
                        plain.endBefore(area.start());
                    }
                    continue;
                }
            }
            Mapping mapping = area.mapping() == null
                    ? null
                    : forked.computeIfAbsent(area.mapping(), mapped -> mapped.forked(pid));
            areas.put(new Area(
                    area.start(), area.end(), area.prot(), area.flags() & ~Area.LOCKED, mapping, area.offset()));
            if (mapping != null && !area.is(Area.SHARED)) {
                content.keepFilled(parent.pages, area, mapping.size());
            }
        }
    }

    /** One more process uses it, as the child of {@code vfork} does. */
    synchronized AddressSpace retain() {
        users++;
        return this;
    }

    /** A process leaves it; the last one lets its files go. */
    synchronized void release() {
        if (--users == 0) {
            areas.clear();
        }
    }

    // ---- What is asked about it ----

    Memory memory() {
        return memory;
    }

    /** What its pages hold. */
    AreaPages content() {
        return content;
    }

    /** Where there is an area with these bytes: all of them. */
    synchronized boolean covers(long start, long end) {
        return areas.covers(start, end);
    }

    /** The areas, and parts of areas, in a range. */
    synchronized List<Area> in(long start, long end) {
        return areas.in(start, end);
    }

    /** The area of an address, or null. */
    synchronized Area at(long address) {
        return areas.at(address);
    }

    /** Where the address space ends: no area reaches beyond. */
    long top() {
        return Math.min(TOP, memory.maxPages() * Memory.PAGE);
    }

    /** Whether there is room for the areas that a call makes of one. */
    synchronized boolean maySplit() {
        return areas.count() + 2 <= MOST_AREAS;
    }

    /** The bytes in areas. */
    synchronized long mappedBytes() {
        return areas.bytes();
    }

    /** The most bytes that have been in areas. */
    synchronized long peakBytes() {
        return areas.peakBytes();
    }

    /** The bytes that are locked in memory. */
    synchronized long lockedBytes() {
        return areas.all().stream().filter(area -> area.is(Area.LOCKED)).mapToLong(Area::length).sum();
    }

    /**
     * What identifies the bytes behind an address, whoever maps them: equal for equal bytes; null where they are this
     * address space's alone.
     */
    synchronized Object storage(long address) {
        Area area = areas.at(address);
        return area == null || !area.is(Area.SHARED)
                ? null
                : new Storage(area.mapping().shared(), area.position(address));
    }

    /** See {@link #storage}. */
    private record Storage(SharedFile file, long position) {}

    /** The ranges as {@code /proc/PID/maps} has them. Any thread. */
    synchronized List<ProcessImage.Area> areas(String program) {
        return areas.all().stream().map(area -> area.described(program)).toList();
    }

    /**
     * Limits how much may be in use from now on; what is in use already may be more.
     *
     * @param bytes unsigned
     * @param data of them, private and writable; unsigned
     */
    synchronized void setLimits(long bytes, long data) {
        limit = bytes < 0 ? Long.MAX_VALUE : bytes;
        dataLimit = data < 0 ? Long.MAX_VALUE : data;
    }

    /**
     * Limits how much may be resident. Heeded by each touch where programs map memory themselves, in others when they take
     * more addresses.
     *
     * @param bytes its own limit
     * @param all that of its sandbox
     */
    synchronized void setResidentLimit(long bytes, ResidentMemory all) {
        common = all;
        if (touches != null) {
            touches.setResidentLimit(bytes, areas.bytes());
        }
    }

    /** Whether a mapping of zeroes with these rights can be backed. */
    synchronized boolean canBack(long length, int prot, boolean reserves) {
        return touches == null
                || !reserves
                || (prot & Area.WRITE) == 0
                || touches.canBack(length) && (common == null || common.canBack(length));
    }

    /** Whether the sandbox's limit lets so many bytes more become resident. */
    boolean mayHold(long more) {
        return common == null || common.allows(more);
    }

    /** Whether new areas are locked: MCL_FUTURE. */
    synchronized void setLocksFuture(boolean locks) {
        locksFuture = locks;
    }

    synchronized boolean locksFuture() {
        return locksFuture;
    }

    // ---- The program break ----

    /** Moves the program break; answers where it is now, which is where it was if it cannot move. */
    synchronized long setBreak(long end) {
        long before = roundUp(breakEnd);
        long after = roundUp(end);
        boolean inTheWay = end > breakStart + BREAK_ROOM && !areas.isFree(before, after);
        if (end < breakStart || inTheWay || !allows(end - breakEnd, true) || !backing.reach(end)) {
            return breakEnd;
        }
        if (end < breakEnd) {
            memory.segment().asSlice(end, Math.min(breakEnd, after) - end).fill((byte) 0);
        }
        if (after < before) {
            unmap(after, before - after);
        } else if (after > before && areas.isFree(before, after)) {
            areas.add(new Area(before, after, Area.READ | Area.WRITE, Area.BREAK, null, 0));
        }
        breakEnd = end;
        return end;
    }

    // ---- Mapping ----

    /**
     * Maps an area anywhere.
     *
     * @param hint where it is to be, if there is room
     * @param length a multiple of the page
     * @param mapping null for zeroes
     * @return its address, or -ENOMEM
     */
    synchronized long map(long hint, long length, int prot, int flags, Mapping mapping, long offset) {
        if (length > top()) {
            return -ENOMEM;
        }
        long at = hint & -PAGE;
        if (at < floor() || at > top() - length || !areas.isFree(at, at + length)) {
            // What is not plain goes where it leaves room for what is.
            boolean apart = plain != null && !PlainPages.isPlain(prot, flags, mapping);
            at = apart ? areas.roomFrom(plain.apart(), top(), length) : -1;
            at = at < 0 ? areas.room(floor(), top(), length) : at;
        }
        return at < 0 ? -ENOMEM : place(new Area(at, at + length, prot, flags, mapping, offset));
    }

    /**
     * Maps an area at an address, a multiple of the page.
     *
     * @param replace whether what is mapped there gives way
     * @return the address, -EEXIST, or -ENOMEM
     */
    synchronized long mapAt(long address, long length, boolean replace, int prot, int flags, Mapping mapping, long offset) {
        if (length > top() || address > top() - length) {
            return -ENOMEM;
        }
        if (!areas.isFree(address, address + length)) {
            if (!replace) {
                return -EEXIST;
            }
            long error = unmap(address, length);
            if (error < 0) {
                return error;
            }
        }
        return place(new Area(address, address + length, prot, flags, mapping, offset));
    }

    private long floor() {
        return breakStart + BREAK_ROOM;
    }

    private long place(Area area) {
        boolean held = touches == null && area.mapping() == null;
        if (!allows(area.length(), area.isData())
                || held && !mayHold(area.length())
                || areas.count() >= MOST_AREAS
                || !backing.reach(area.end())
                || !backing.show(area)) {
            return -ENOMEM;
        }
        areas.add(locksFuture ? area.withFlags(Area.LOCKED, 0) : area);
        if (plain != null) {
            plain.added(area);
        }
        return area.start();
    }

    /** Unmaps pages: 0, or -ENOMEM where the host cannot. */
    synchronized long unmap(long address, long length) {
        long end = address + length;
        for (Area part : areas.in(address, end)) {
            if (!backing.forget(part)) {
                return -ENOMEM;
            }
            areas.remove(part.start(), part.end());
            if (plain != null && !part.is(Area.HEAP | Area.BREAK)) {
                plain.endBefore(part.start());
            }
        }
        return 0;
    }

    /** Sets the rights of a range that areas cover. */
    synchronized void protect(long start, long end, int prot) {
        areas.change(start, end, area -> {
            backing.askAgain(area);
            return area.withProt(prot);
        });
        if (plain != null) {
            plain.changed(start);
        }
    }

    /** Sets and clears flags of a range that areas cover. */
    synchronized void mark(long start, long end, int set, int cleared) {
        areas.change(start, end, area -> area.withFlags(set, cleared));
    }

    /** Makes a range begin anew: zeroes, or the file's bytes. Here pages are given back to the host, however few. */
    synchronized void discard(long start, long end) {
        for (Area part : areas.in(start, end)) {
            backing.discard(part);
        }
    }

    // ---- Resizing ----

    /** Makes an area longer in place, if nothing lies behind it. */
    synchronized boolean extend(Area area, long length) {
        long end = area.start() + length;
        if (length > top() - area.start() || !areas.isFree(area.end(), end)) {
            return false;
        }
        Area more = new Area(
                area.end(), end, area.prot(), area.flags(), area.mapping(),
                area.mapping() == null ? 0 : area.position(area.end()));
        return place(more) > 0;
    }

    /**
     * Moves an area, or shows it a second time.
     *
     * @param length the new length
     * @param to where nothing lies, or -1 for anywhere
     * @param keep what becomes of the old place: whether it stays mapped, empty if it is private
     * @return the new address, or -ENOMEM
     */
    synchronized long move(Area area, long length, long to, boolean keep) {
        long offset = area.mapping() == null ? 0 : area.offset();
        long limitBefore = limit;
        long dataLimitBefore = dataLimit;
        long leaves = keep ? 0 : Math.min(area.length(), length);
        setLimits(limit + leaves, dataLimit + leaves);
        long at = to < 0
                ? map(0, length, area.prot(), area.flags(), area.mapping(), offset)
                : mapAt(to, length, false, area.prot(), area.flags(), area.mapping(), offset);
        setLimits(limitBefore, dataLimitBefore);
        if (at < 0) {
            return at;
        }
        if (!area.is(Area.SHARED)) {
            backing.move(area, at, Math.min(length, area.length()));
        }
        if (!keep) {
            unmap(area.start(), area.length());
        }
        return at;
    }

    /**
     * Lets a stack reach an address below it, if there is one: MAP_GROWSDOWN.
     *
     * @return the area that the address is in now, or null
     */
    Area growDown(long address) {
        long start = address & -PAGE;
        Area stack = areas.from(address);
        if (stack == null || !stack.is(Area.GROWS_DOWN) || start < floor() || !allows(stack.start() - start, false)) {
            return null;
        }
        for (Area below : areas.in(Math.max(0, start - STACK_GUARD), start)) {
            if (below.prot() != 0 && !below.is(Area.GROWS_DOWN)) {
                return null;
            }
        }
        areas.add(new Area(start, stack.start(), stack.prot(), stack.flags(), null, 0));
        return areas.at(address);
    }

    /** Whether the limits allow for so many more bytes. */
    private boolean allows(long more, boolean data) {
        return more <= 0
                || (limit == Long.MAX_VALUE || areas.bytes() + more <= limit)
                        && (!data || dataLimit == Long.MAX_VALUE || areas.dataBytes() + more <= dataLimit);
    }

    static long page(long address) {
        return address >> PageTable.SHIFT;
    }

    /** The next multiple of the page. */
    static long roundUp(long address) {
        return address + PAGE - 1 & -PAGE;
    }
}
