package org.javix.wasm;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Objects;

/**
 * A linear memory (WebAssembly specification, section 4.2). On Linux its largest size is reserved at once and nothing is
 * committed before it is touched; elsewhere growing copies.
 *
 * <p>A <em>shared</em> memory never moves, and all its methods but {@link #close} may be called by any thread;
 * an unshared one belongs to one thread at a time. Threads see that a shared memory has grown at their
 * next atomic instruction, call or loop at the latest.
 */
public final class Memory {
    /** The size of a page, in bytes. */
    public static final int PAGE = 65536;

    /** The most pages of a memory with 32-bit addresses: 4 GiB. */
    public static final int MAX_PAGES = 65536;

    /** The most pages of a memory with 64-bit addresses where nothing else is said: 16 GiB. */
    public static final int MAX_PAGES_64 = 1 << 18;

    /** The most pages of a shared memory where a range cannot be reserved but by filling it with zeroes: 256 MiB. */
    private static final long MAX_PAGES_FILLED = 4096;

    /** The most pages that can be asked for: 64 TiB, half of what a process on Linux can address. */
    private static final long MOST = 1L << 30;

    private final Module.MemoryType type;
    private final long maxPages;
    private final HostPages host = HostPages.host();
    private final MemoryWaits waits = new MemoryWaits();

    /** The instances whose memory 0 this is. Guarded by itself. */
    private final ArrayList<WeakReference<Instance>> attached = new ArrayList<>(1);

    /** The whole reserved range; null where growing copies. */
    private MemorySegment range;

    /** What shows bytes of host files; null as long as nothing does. Guarded by the lock of {@link #attached}. */
    private MappedRanges mapped;

    /** What is shared with copies; null as long as none was made. Guarded by the lock of {@link #attached}. */
    private CopyOnWrite sharing;

    /** Guarded by the lock of {@link #attached}. */
    private boolean closed;

    /** Whether the host was asked for huge pages in the range. */
    private boolean huge;

    /** See {@link #protect}. Written under the lock of {@link #attached}. */
    private PageTable pages;

    /** What has been grown to. Written under the lock of {@link #attached}. */
    private MemoryView view;

    /**
     * A memory of its minimal size, that may grow to its declared maximum.
     *
     * @throws LinkException where the host has no room for it
     */
    public Memory(Module.MemoryType type) {
        this(type, MAX_PAGES_64);
    }

    /**
     * A memory of its minimal size.
     *
     * @param limit the most pages, whatever the type says
     * @throws LinkException where the minimum is over the limit, or the host has no room for it
     */
    public Memory(Module.MemoryType type, long limit) {
        this.type = type;
        long max = type.limits().max();
        long most = Math.min(limit, type.address64() ? MOST : MAX_PAGES);
        long min = type.limits().min();
        if (type.shared() && host == null) {
            most = Math.min(most, Math.max(min, MAX_PAGES_FILLED));
        }
        this.maxPages = max < 0 ? most : Math.min(max, most);
        if (min < 0 || min > maxPages) {
            throw new LinkException("a memory of " + Long.toUnsignedString(min) + " pages is over the limit of " + maxPages);
        }
        try {
            if (host != null && maxPages > 0) {
                range = host.reserve(maxPages * PAGE);
            } else if (type.shared()) {
                // It must not move when it grows.
                range = Arena.ofAuto().allocate(maxPages * PAGE, 16);
            }
            view(range != null ? range.asSlice(0, min * PAGE) : Arena.ofAuto().allocate(min * PAGE, 16));
        } catch (OutOfMemoryError e) {
            throw new LinkException("the host has no room for a memory of " + maxPages + " pages");
        }
    }

    private void view(MemorySegment segment) {
        view = new MemoryView(this, segment, pages);
    }

    /** The declared type. */
    public Module.MemoryType type() {
        return type;
    }

    /** The size in pages of 64 KiB. */
    public long pages() {
        return current().byteSize() / PAGE;
    }

    /** The memory as it is now; {@link #grow} makes the segment stale. */
    public MemorySegment segment() {
        return view.segment;
    }

    /** For compiled code: {@link #segment} in the form that compiled code uses. */
    public MemoryView view() {
        return view;
    }

    /** {@link #segment}, and not one from before another thread has grown the memory. */
    private MemorySegment current() {
        if (!type.shared()) {
            return view.segment;
        }
        synchronized (attached) {
            return view.segment;
        }
    }

    /** The most pages that it can grow to. */
    public long maxPages() {
        return maxPages;
    }

    /**
     * Grows by pages of zeroes.
     *
     * @param pages unsigned
     * @return the old size in pages, or -1 where the limit forbids it or the host has no room
     */
    public long grow(long pages) {
        synchronized (attached) {
            long old = view.segment.byteSize() / PAGE;
            if (pages < 0 || pages > maxPages - old) {
                return -1;
            }
            if (range != null) {
                view(range.asSlice(0, (old + pages) * PAGE));
            } else {
                try {
                    MemorySegment larger = Arena.ofAuto().allocate((old + pages) * PAGE, 16);
                    MemorySegment.copy(view.segment, 0, larger, 0, view.segment.byteSize());
                    view(larger);
                } catch (OutOfMemoryError e) {
                    return -1;
                }
            }
            tellInstances();
            return old;
        }
    }

    private void tellInstances() {
        for (WeakReference<Instance> reference : attached) {
            Instance instance = reference.get();
            if (instance != null) {
                instance.setMemory(view);
            }
        }
    }

    // ---- Pages ----

    /**
     * What its pages allow. Only code that is compiled for it asks ({@link CompileOptions#protects}); all memories of
     * such code have it. At first all of the memory is allowed.
     */
    PageTable protect() {
        synchronized (attached) {
            if (pages == null) {
                pages = new PageTable(this, range == null ? null : host);
                view(view.segment);
                tellInstances();
            }
            return pages;
        }
    }

    /** Tells all instances what the page table says now. */
    void renewView() {
        synchronized (attached) {
            view(view.segment);
            tellInstances();
        }
    }

    /** What its pages allow; null where its code does not ask. */
    public PageTable pageTable() {
        return pages;
    }

    /** Whether {@link #map} can work here. */
    public boolean canMap() {
        return range != null;
    }

    /**
     * Shows a part of a host file from now on: it is read and written in place. The file must be open for both, and
     * its end never come before the part's.
     *
     * @param at a multiple of 4096 bytes, as are length and offset
     * @param descriptor the host's, which stays open as long as this lasts
     * @param writable whether what is written reaches the file; it may be false where nothing is allowed to be written, so that not
     *     even a thread that does not know yet what the page table says changes the file
     * @return whether the host has room for it
     */
    public boolean map(long at, long length, int descriptor, long offset, boolean writable) {
        Objects.checkFromIndexSize(at, length, view.segment.byteSize());
        synchronized (attached) {
            if (mapped == null) {
                mapped = new MappedRanges(host);
            }
            boolean done = mapped.map(range, at, new MappedRanges.Shown(length, descriptor, offset, writable));
            if (done && sharing != null) {
                sharing.replaced(at, length);
            }
            return done;
        }
    }

    /**
     * Shows zeroes again where {@link #map} has shown files; other pages stay.
     *
     * @return whether the host has room for it
     */
    public boolean unmap(long at, long length) {
        Objects.checkFromIndexSize(at, length, view.segment.byteSize());
        synchronized (attached) {
            return mapped == null || mapped.unmap(range, at, length);
        }
    }

    /** Moves bytes to where only zeroes are, and leaves zeroes; pages that were never touched cost nothing. */
    public void move(long from, long to, long length) {
        MemorySegment segment = view.segment;
        if (host != null && range != null) {
            MemorySegment source = segment.asSlice(from, length);
            BitSet pages = host.held(source, length);
            synchronized (attached) {
                if (sharing != null) {
                    pages.or(sharing.pages(from, length));
                }
            }
            huge |= host.copy(source, segment.asSlice(to, length), length, pages);
        } else {
            MemorySegment.copy(segment, from, segment, to, length);
        }
        discard(from, length);
    }

    /** Which pages of a part the host has committed, or have content, where the host does not tell. */
    public BitSet resident(long at, long length) {
        if (host != null && range != null) {
            return host.resident(range.asSlice(at, length), length);
        }
        // Nobody knows, but a page of zeroes might as well not be there.
        BitSet all = new BitSet();
        MemorySegment zeroes = MemorySegment.ofArray(new byte[HostPages.PAGE]);
        for (long done = 0; done < length; done += HostPages.PAGE) {
            if (view.segment.asSlice(at + done, HostPages.PAGE).mismatch(zeroes) >= 0) {
                all.set((int) (done / HostPages.PAGE));
            }
        }
        return all;
    }

    /**
     * Gives pages back to the host; they read as zeroes.
     *
     * @param at a multiple of 4096 bytes
     * @param length a multiple of 4096 bytes
     */
    public void discard(long at, long length) {
        Objects.checkFromIndexSize(at, length, view.segment.byteSize());
        if (host != null && range != null) {
            synchronized (attached) {
                if (sharing != null && sharing.overlaps(at, length)) {
                    sharing.discard(at, length);
                    return;
                }
            }
            host.discard(range, at, length);
        } else {
            view.segment.asSlice(at, length).fill((byte) 0);
        }
    }

    /** Lets the host commit pages ahead, as if they had been written, where it can. Whole pages. */
    public void populate(long at, long length) {
        Objects.checkFromIndexSize(at, length, view.segment.byteSize());
        if (host != null && range != null) {
            host.populate(range, at, length);
        }
    }

    /** The bytes that the host has committed to this memory. */
    public long residentBytes() {
        return residentBytes(0);
    }

    /** The bytes that the host has committed from an address on, a multiple of 4096. */
    public long residentBytes(long from) {
        MemorySegment whole;
        long size;
        synchronized (attached) {
            whole = range;
            size = Math.max(0, view.segment.byteSize() - from);
        }
        return host == null || whole == null
                ? size
                : (long) host.resident(whole.asSlice(from), size).cardinality() * HostPages.PAGE;
    }

    /** The same without what {@link #map} shows, and with its part only of what copies share. Any thread. */
    public long ownResidentBytes() {
        MappedRanges shown;
        MemorySegment whole;
        long length;
        long shared;
        synchronized (attached) {
            if (host == null || range == null) {
                return view.segment.byteSize();
            }
            shown = mapped;
            whole = range;
            length = view.segment.byteSize();
            shared = sharing == null ? 0 : sharing.share();
        }
        BitSet pages = host.held(whole, length);
        if (shown != null) {
            shown.forEach((at, bytes) -> pages.clear((int) (at / HostPages.PAGE), (int) ((at + bytes) / HostPages.PAGE)));
        }
        return (long) pages.cardinality() * HostPages.PAGE + shared;
    }

    /**
     * A copy with the same content and limits; nobody waits at its addresses. No thread may be writing to this memory.
     *
     * @throws OutOfMemoryError where the host has no room for it
     */
    public Memory copy() {
        Module.Limits limits = new Module.Limits(0, type.limits().max());
        Memory copy;
        try {
            copy = new Memory(new Module.MemoryType(limits, type.shared(), type.address64()), maxPages);
        } catch (LinkException e) {
            throw new OutOfMemoryError(e.getMessage());
        }
        if (copy.grow(pages()) < 0) {
            throw new OutOfMemoryError("the host has no room for a copy");
        }
        MemorySegment content = current();
        if (host != null && range != null) {
            synchronized (attached) {
                copyPages(content.byteSize(), copy);
            }
        } else {
            MemorySegment.copy(content, 0, copy.view.segment, 0, content.byteSize());
        }
        if (pages != null) {
            copy.protect();
        }
        return copy;
    }

    private void copyPages(long length, Memory copy) {
        BitSet own = host.held(range, length);
        if (mapped != null) {
            mapped.forEach((at, bytes) -> own.clear((int) (at / HostPages.PAGE), (int) ((at + bytes) / HostPages.PAGE)));
        }
        if (sharing == null && !type.shared() && host.tellsOwn() && CopyOnWrite.isWorthIt(own)) {
            sharing = new CopyOnWrite(host, range);
        }
        if (sharing != null) {
            sharing.prepare(own);
            copy.sharing = new CopyOnWrite(host, copy.range);
            sharing.copyTo(copy.sharing);
        }
        copy.huge = host.copy(range, copy.range, length, own);
        copy.mapped = mapped == null ? null : new MappedRanges(host);
        if (mapped != null && !mapped.copyTo(copy.mapped, copy.range)) {
            copy.close();
            throw new OutOfMemoryError("the host has no room for more mappings");
        }
    }

    // ---- Waiting (threads proposal, wait and notify operators) ----

    /**
     * Starts to wait at an address for {@link #notify}, if the 32-bit integer there has a value. That it has and
     * that the wait starts is one step: no notification in between is lost.
     *
     * @param address a multiple of 4
     * @param woken called once, on the thread that notifies, when the wait is over; it must not block
     * @return the wait, to be {@linkplain MemoryWait#cancel cancelled} by who gives it up, or null for another value
     * @throws Trap where the address is out of bounds or unaligned
     */
    public MemoryWait startWait32(long address, int value, Runnable woken) {
        return waits.start(address, () -> Atomics.read32(current(), address) == value, woken);
    }

    /** {@link #startWait32} for a 64-bit integer; the address is a multiple of 8. */
    public MemoryWait startWait64(long address, long value, Runnable woken) {
        return waits.start(address, () -> Atomics.read64(current(), address) == value, woken);
    }

    /**
     * Ends waits at an address, the longest first.
     *
     * @param address a multiple of 4
     * @param count the most waits to end, unsigned
     * @return the number of ended waits
     * @throws Trap where the address is out of bounds or unaligned
     */
    public int notify(long address, int count) {
        Atomics.check(current(), address, 4);
        return waits.end(address, Integer.toUnsignedLong(count));
    }

    /** The number of waits at an address. */
    public int waiting(long address) {
        return waits.count(address);
    }

    // ---- Life ----

    /** Whether it has been closed: nothing of it may be touched any more. */
    public boolean isClosed() {
        synchronized (attached) {
            return closed;
        }
    }

    /** Keeps an instance's view of its memory 0 fresh. */
    void attach(Instance instance) {
        synchronized (attached) {
            attached.removeIf(reference -> reference.refersTo(null));
            attached.add(new WeakReference<>(instance));
            instance.setMemory(view);
        }
    }

    /** The memory is no longer an instance's. */
    void detach(Instance instance) {
        synchronized (attached) {
            attached.removeIf(reference -> reference.refersTo(instance));
        }
    }

    /** Ends the memory's life and gives its pages back: nothing may use it any more. */
    public void close() {
        synchronized (attached) {
            closed = true;
            // A range that may still show a file is not used again.
            if (host != null && range != null
                    && (mapped == null || mapped.unmap(range, 0, range.byteSize()))
                    && (sharing == null || sharing.close())) {
                host.release(range, view.segment.byteSize(), huge);
            }
            if (pages != null) {
                pages.close();
                pages = null;
            }
            mapped = null;
            sharing = null;
            range = null;
            view(MemorySegment.NULL);
        }
    }
}
