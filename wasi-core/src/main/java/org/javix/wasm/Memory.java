package org.javix.wasm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;

/**
 * A linear memory. On Linux its largest size is reserved at once and nothing is committed before it is
 * touched; elsewhere growing copies.
 *
 * <p>One thread at a time grows it.
 */
public final class Memory {
    /** The size of a page, in bytes. */
    public static final int PAGE = 65536;

    /** The most pages of a memory with 32-bit addresses. */
    public static final int MAX_PAGES = 65536;

    private final Module.MemoryType type;
    private final long maxPages;
    private final HostPages host = HostPages.host();
    private final ArrayList<Instance> attached = new ArrayList<>(1);

    /** The whole reserved range; null where it is empty or the host has no such thing. */
    private MemorySegment range;

    private MemorySegment segment;

    /** A memory of its minimal size, that may grow to its declared maximum. */
    public Memory(Module.MemoryType type) {
        this(type, MAX_PAGES);
    }

    /**
     * A memory of its minimal size.
     *
     * @param limit the most pages, whatever the type says
     * @throws LinkException where the minimum is over the limit
     */
    public Memory(Module.MemoryType type, long limit) {
        this.type = type;
        long max = type.limits().max();
        this.maxPages = Math.min(Math.min(max < 0 ? MAX_PAGES : max, MAX_PAGES), limit);
        long min = type.limits().min();
        if (min < 0 || min > maxPages) {
            throw new LinkException("a memory of " + Long.toUnsignedString(min) + " pages is over the limit of " + maxPages);
        }
        if (host != null && maxPages > 0) {
            range = host.reserve(maxPages * PAGE);
            segment = range.asSlice(0, min * PAGE);
        } else {
            segment = Arena.ofAuto().allocate(min * PAGE, 16);
        }
    }

    /** The declared type. */
    public Module.MemoryType type() {
        return type;
    }

    /** The size in pages of 64 KiB. */
    public long pages() {
        return segment.byteSize() / PAGE;
    }

    /** The memory as it is now; {@link #grow} makes the segment stale. */
    public MemorySegment segment() {
        return segment;
    }

    /** The most pages that it can grow to. */
    public long maxPages() {
        return maxPages;
    }

    /** Grows by pages of zeroes; answers the old size, or -1 where the limit forbids it. */
    public long grow(long pages) {
        long old = pages();
        if (pages < 0 || pages > maxPages - old) {
            return -1;
        }
        if (range != null) {
            segment = range.asSlice(0, (old + pages) * PAGE);
        } else {
            MemorySegment larger = Arena.ofAuto().allocate((old + pages) * PAGE, 16);
            MemorySegment.copy(segment, 0, larger, 0, segment.byteSize());
            segment = larger;
        }
        for (Instance instance : attached) {
            instance.memory0 = segment;
        }
        return old;
    }

    /**
     * Gives pages back to the host; they read as zeroes.
     *
     * @param at a multiple of 4096 bytes
     * @param length a multiple of 4096 bytes
     */
    public void discard(long at, long length) {
        java.util.Objects.checkFromIndexSize(at, length, segment.byteSize());
        if (range != null) {
            host.discard(range, at, length);
        } else {
            segment.asSlice(at, length).fill((byte) 0);
        }
    }

    /** The bytes that the host has committed to this memory. */
    public long residentBytes() {
        return range == null
                ? segment.byteSize()
                : (long) host.resident(range, segment.byteSize()).cardinality() * HostPages.PAGE;
    }

    /** A copy with the same content. */
    Memory fork() {
        Module.Limits limits = new Module.Limits(0, type.limits().max());
        Memory copy = new Memory(new Module.MemoryType(limits, type.shared(), type.address64()), maxPages);
        copy.grow(pages());
        if (range != null) {
            host.copy(range, copy.range, segment.byteSize());
        } else {
            MemorySegment.copy(segment, 0, copy.segment, 0, segment.byteSize());
        }
        return copy;
    }

    /** Keeps an instance's view of its memory 0 fresh. */
    void attach(Instance instance) {
        attached.add(instance);
    }

    /** Ends the memory's life: nothing may use it any more. */
    void release() {
        if (range != null) {
            host.release(range, segment.byteSize());
            range = null;
        }
        segment = MemorySegment.NULL;
    }
}
