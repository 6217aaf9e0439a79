package org.javix.wasm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * What each page of 4 KiB of a memory allows, for code that is compiled to ask before each access. The pages of the
 * host's stay readable and writable throughout: a fault is found here and never by the host.
 *
 * <p>There is a byte for each page. It is zero until the page is touched; then the {@link Pager} fills in what
 * the page allows, as the kernel fills in a machine's page tables. So mapping costs nothing, whatever its
 * length, and taking away means writing zeroes. The table is reserved for all addresses that an access can
 * compute and takes the place of the comparison with the memory's size.
 *
 * <p>The bit 16 is the pager's own. Most accesses look at one bit only, which says that a page and the one behind it
 * allow them: then it does not matter whether an access straddles the two. It is derived here from the others.
 *
 * <p>Any thread may read and change it. A thread that runs meanwhile may see an old entry until its next
 * safepoint at the latest, and then reads or writes bytes of its own memory: nothing else is ever behind an entry.
 */
public final class PageTable {
    /** The size of a page in bytes, as an exponent. */
    public static final int SHIFT = 12;

    /** Where the first page that can be {@linkplain #allowAll plain} starts: page zero never is. */
    static final int PLAIN_START = 1 << SHIFT;

    /** The page may be read. */
    public static final int READ = 1;

    /** The page may be written. */
    public static final int WRITE = 2;

    /** The page may be read, but its bytes are not in the memory: see {@link Pager#elsewhere}. */
    public static final int READ_ELSEWHERE = 4;

    /** The page may be written, but its bytes are not in the memory. */
    public static final int WRITE_ELSEWHERE = 8;

    /** Set here: this page and the next may be read, so that no access that begins in this one can fail. */
    static final int READ_ON = 32;

    /** Set here: this page and the next may be written. */
    static final int WRITE_ON = 64;

    /** From {@link #READ} to {@link #READ_ON}. */
    static final int ON_SHIFT = 5;

    private static final int PAGE = 1 << SHIFT;

    /** What a 32-bit address and an offset of 31 bits can reach. */
    private static final long PAGES_32 = 1L << 33 - SHIFT;

    /** Over so many entries clearing gives the table's own pages back. */
    private static final long CLEAR_BY_WRITING = 1 << 16;

    private final Memory memory;
    private final HostPages host;
    private final MemorySegment entries;
    private volatile Pager pager;

    /** See {@link #allowAll}. */
    private volatile long plainEnd = Long.MAX_VALUE;

    PageTable(Memory memory, HostPages host) {
        this.memory = memory;
        this.host = host;
        // With 64-bit addresses one more, for the last byte of an access that begins on the last page.
        long size = memory.type().address64()
                ? (memory.maxPages() * Memory.PAGE >>> SHIFT) + PAGE & -PAGE
                : PAGES_32;
        entries = host != null ? host.reserve(size) : Arena.ofAuto().allocate(size);
        pager = new Unprotected();
    }

    /** Everything within the memory is allowed. */
    private final class Unprotected implements Pager {
        @Override
        public Trap.Kind touch(long address, boolean store) {
            if (address < 0 || address >= memory.view().segment.byteSize()) {
                return Trap.Kind.OUT_OF_BOUNDS_MEMORY;
            }
            long page = address >>> SHIFT;
            allow(page, page + 1, READ | WRITE);
            return null;
        }

        @Override
        public MemorySegment elsewhere(long page) {
            return null;
        }
    }

    /** Sets who decides from now on; nothing is allowed until it has said so. */
    public void setPager(Pager pager) {
        this.pager = pager;
        clear(0, entries.byteSize());
        allowAll(0);
    }

    /**
     * Says that all pages but page zero, up to an address, may be read and written and have their bytes in the memory: no
     * entry of theirs is looked at. That makes most accesses as fast as those of code that does not ask. Where it was
     * more before, functions that run may go by that until their next call or loop.
     *
     * @param end where such pages end, a multiple of 4096; it may lie beyond the memory, and the part within counts
     */
    public void allowAll(long end) {
        if (plainEnd != end) {
            plainEnd = end;
            memory.renewView();
        }
    }

    /** The address up to which {@link #allowAll} holds. */
    public long plainEnd() {
        return plainEnd;
    }

    /** Whether all of a range is surely allowed, with its bytes in the memory. */
    private boolean isPlain(long address, long length) {
        return address >= PLAIN_START
                && length >= 0
                && address + length >= 0
                && address + length <= Math.min(plainEnd, memory.view().segment.byteSize());
    }

    /** The address of the entries, for direct access. */
    long address() {
        return entries.address();
    }

    /** How many pages there are entries for. */
    long pages() {
        return entries.byteSize();
    }

    /** What a page allows: bits of this class; 0 also where nobody has asked yet. */
    public int get(long page) {
        return page < 0 || page >= entries.byteSize() ? 0 : entries.get(JAVA_BYTE, page);
    }

    /**
     * Sets what the pages from {@code first} to before {@code end} allow; they must lie in the memory. One thread at a
     * time changes the table.
     */
    public void allow(long first, long end, int bits) {
        if (end << SHIFT > memory.view().segment.byteSize()) {
            throw new IndexOutOfBoundsException("beyond the memory");
        }
        int direct = bits & (READ | WRITE);
        if (end > first + 1) {
            entries.asSlice(first, end - first - 1).fill((byte) (bits | direct << ON_SHIFT));
        }
        entries.set(JAVA_BYTE, end - 1, (byte) (bits | (direct & get(end)) << ON_SHIFT));
        join(first, direct);
    }

    /** Tells the page before one what that allows. */
    private void join(long page, int direct) {
        if (page > 0) {
            int before = entries.get(JAVA_BYTE, page - 1);
            int now = before & ~(READ_ON | WRITE_ON) | (before & direct) << ON_SHIFT;
            if (now != before) {
                entries.set(JAVA_BYTE, page - 1, (byte) now);
            }
        }
    }

    /** Makes the pages from {@code first} to before {@code end} ask again at their next touch. */
    public void clear(long first, long end) {
        long last = Math.min(end, entries.byteSize());
        if (first >= last) {
            return;
        }
        join(first, 0);
        if (host == null || last - first <= CLEAR_BY_WRITING) {
            entries.asSlice(first, last - first).fill((byte) 0);
            return;
        }
        long from = first + PAGE - 1 & -PAGE;
        long to = last & -PAGE;
        entries.asSlice(first, from - first).fill((byte) 0);
        host.discard(entries, from, to - from);
        entries.asSlice(to, last - to).fill((byte) 0);
    }

    /** The memory is gone. */
    void close() {
        if (host != null) {
            host.release(entries, entries.byteSize(), false);
        }
    }

    // ---- Accesses that the table does not allow at once ----

    /**
     * Asks for each page of a range until all are allowed. Faults where one is not.
     *
     * @param length unsigned
     * @return whether some of the bytes lie elsewhere
     */
    boolean require(long address, long length, boolean store) {
        if (isPlain(address, length)) {
            return false;
        }
        boolean elsewhere = false;
        int direct = store ? WRITE : READ;
        int any = store ? WRITE | WRITE_ELSEWHERE : READ | READ_ELSEWHERE;
        if (length == 0) {
            // As the specification has it for nothing beyond the end.
            while (address < 0 || address > memory.view().segment.byteSize()) {
                TrapPoint.access(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, store);
            }
            return false;
        }
        long last = last(address, length);
        long at = address;
        while (at <= last) {
            int entry = get(at >> SHIFT);
            boolean plain = isPlain(at, 1);
            if ((entry & any) != 0 || plain) {
                elsewhere |= (entry & direct) == 0 && !plain;
                at = (at >> SHIFT) + 1 << SHIFT;
                continue;
            }
            boolean beyond = at < 0 || at >> SHIFT >= entries.byteSize();
            Trap.Kind kind = beyond ? Trap.Kind.OUT_OF_BOUNDS_MEMORY : pager.touch(at, store);
            if (kind != null) {
                TrapPoint.access(kind, at, store);
                // A handler may have changed what was seen before.
                at = address;
                elsewhere = false;
            }
        }
        return elsewhere;
    }

    /**
     * As {@link #require}, for the host's own accesses: nothing faults.
     *
     * @return how many bytes from the address on are allowed: {@code length}, or less
     */
    public long reachable(long address, long length, boolean store) {
        if (isPlain(address, length)) {
            return length;
        }
        int any = store ? WRITE | WRITE_ELSEWHERE : READ | READ_ELSEWHERE;
        long last = last(address, length);
        long at = address;
        while (at <= last) {
            if ((get(at >>> SHIFT) & any) != 0 || isPlain(at, 1)) {
                at = (at >>> SHIFT) + 1 << SHIFT;
            } else if (at >>> SHIFT >= entries.byteSize() || pager.touch(at, store) != null) {
                return at - address;
            }
        }
        return length;
    }

    /** The last address of a range, or the last that there is. */
    private static long last(long address, long length) {
        return length < 0 || address > Long.MAX_VALUE - length ? Long.MAX_VALUE : address + length - 1;
    }

    /** Where in its page an address is. */
    static long inPage(long address) {
        return address & PAGE - 1;
    }

    /** Whether a range that is {@linkplain #reachable reachable} has bytes elsewhere. */
    public boolean isElsewhere(long address, long length) {
        for (long page = address >>> SHIFT; page << SHIFT < address + length; page++) {
            if ((get(page) & (READ | WRITE)) == 0 && !isPlain(page << SHIFT, PAGE)) {
                return true;
            }
        }
        return false;
    }

    /** The bytes around an address, wherever they lie: to be used with the address's place in its page; or null. */
    public MemorySegment page(long address) {
        long page = address >>> SHIFT;
        if ((get(page) & (READ | WRITE)) != 0 || isPlain(page << SHIFT, PAGE)) {
            return memory.view().segment.asSlice(page << SHIFT, PAGE);
        }
        return pager.elsewhere(page);
    }

    /** Where an aligned access that must not be torn lies: use it with {@code address % 4096}. */
    MemorySegment place(long address, int width, boolean store) {
        while (true) {
            require(address, width, store);
            if (get(address >> SHIFT) == 0) {
                // It is plain. With an entry, the next access that asks for it will be faster.
                pager.touch(address, store);
            }
            MemorySegment page = page(address);
            if (page != null) {
                return page;
            }
        }
    }

    /** Reads up to 8 bytes at any address. */
    long load(long address, int width) {
        if (inPage(address) <= PAGE - width) {
            MemorySegment page = place(address, width, false);
            long at = inPage(address);
            return switch (width) {
                case 1 -> page.get(Ops.I8, at);
                case 2 -> page.get(Ops.I16, at);
                case 4 -> page.get(Ops.I32, at);
                default -> page.get(Ops.I64, at);
            };
        }
        require(address, width, false);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (load(address + i, 1) & 0xff) << 8 * i;
        }
        return value;
    }

    /** Writes up to 8 bytes at any address. */
    void store(long address, int width, long value) {
        if (inPage(address) <= PAGE - width) {
            MemorySegment page = place(address, width, true);
            long at = inPage(address);
            switch (width) {
                case 1 -> page.set(Ops.I8, at, (byte) value);
                case 2 -> page.set(Ops.I16, at, (short) value);
                case 4 -> page.set(Ops.I32, at, (int) value);
                default -> page.set(Ops.I64, at, value);
            }
            return;
        }
        // Either all of it is stored or nothing.
        require(address, width, true);
        for (int i = 0; i < width; i++) {
            store(address + i, 1, value >> 8 * i);
        }
    }

    // ---- Ranges ----

    /** What is done with a part of a range that lies in one page. */
    private interface Part {
        void at(MemorySegment page, long offset, long done, long length);
    }

    private void eachPart(long address, long length, boolean store, Part part) {
        for (long done = 0; done < length; ) {
            long here = address + done;
            long count = Math.min(PAGE - inPage(here), length - done);
            part.at(place(here, 1, store), inPage(here), done, count);
            done += count;
        }
    }

    /** Fills a range, or faults before it has written anything. */
    void fill(long address, long length, byte value) {
        if (require(address, length, true)) {
            eachPart(address, length, true, (page, at, done, count) -> page.asSlice(at, count).fill(value));
        } else if (length > 0) {
            Blocks.fill(memory.view(), address, length, value);
        }
    }

    /** Copies as {@code memmove} does, or faults before it has written anything. */
    static void copy(PageTable target, long to, PageTable source, long from, long length) {
        boolean elsewhere = source.require(from, length, false) | target.require(to, length, true);
        if (!elsewhere) {
            if (length > 0) {
                Blocks.copy(source.memory.view(), from, target.memory.view(), to, length);
            }
            return;
        }
        MemorySegment between = MemorySegment.ofArray(new byte[PAGE]);
        for (long done = 0; done < length; ) {
            long count = Math.min(PAGE, length - done);
            // Backwards, where the bytes to come would be overwritten.
            long at = to <= from ? done : length - done - count;
            source.read(from + at, between, 0, count);
            target.write(to + at, between, 0, count);
            done += count;
        }
    }

    /** Copies bytes out of a range that is {@linkplain #reachable reachable}, wherever they lie. */
    public void read(long address, MemorySegment to, long at, long length) {
        eachPart(address, length, false, (page, offset, done, count) ->
                MemorySegment.copy(page, offset, to, at + done, count));
    }

    /** Copies bytes into a range that is {@linkplain #reachable reachable}, wherever they lie. */
    public void write(long address, MemorySegment from, long at, long length) {
        eachPart(address, length, true, (page, offset, done, count) ->
                MemorySegment.copy(from, at + done, page, offset, count));
    }
}
