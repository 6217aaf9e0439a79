package org.javix.wasm;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Address ranges reserved from Linux without committing a page of them.
 *
 * <p>A range is never unmapped once guest code has seen it: freed ranges are recycled, emptied. So a
 * stale segment can never crash the JVM. Thread-safe.
 */
final class HostPages {
    /** The host's and the guest's page size. */
    static final int PAGE = 4096;

    /** Ranges with at most this many resident bytes are zeroed by writing, larger ones by the kernel. */
    private static final long ZERO_BY_WRITING = 4 << 20;

    /** How many free ranges of a size may hold committed pages: what a burst of processes leaves must not stay. */
    private static final int WARM_RANGES = 256;

    /** How many pages one call asks about: those of 4 GiB. */
    private static final int PAGES_AT_ONCE = 1 << 20;

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x02 | 0x20 | 0x4000;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE_NORESERVE = 0x02 | 0x4000;
    private static final int MAP_FIXED = 0x10;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_HUGEPAGE = 14;
    private static final int MADV_POPULATE_WRITE = 23;

    /** Longer runs of pages are copied into huge pages, since the host takes longer to make pages than to copy them. */
    private static final long COPIED_TO_HUGE_PAGES = 4 << 20;

    private static final long HUGE_PAGE = 2 << 20;

    /** So many runs of a memory: the host keeps records of them, and has room for 65,530 in all. */
    private static final int MOST_HUGE_RUNS = 16;

    private static final VarHandle EIGHT_PAGES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** Null where the host is not a Linux that lets us. */
    private static final HostPages HOST = open();

    private final MethodHandle mmap;
    private final MethodHandle madvise;
    private final MethodHandle mincore;
    /** Null where the host has none; then what is swapped out is not seen. */
    private final Pagemap pagemap;

    // Guarded by itself.
    private final Map<Long, ArrayDeque<MemorySegment>> free = new HashMap<>();

    private HostPages(Linker linker) {
        SymbolLookup c = linker.defaultLookup();
        AddressLayout pointer = ValueLayout.ADDRESS;
        ValueLayout.OfLong size = ValueLayout.JAVA_LONG;
        ValueLayout.OfInt integer = ValueLayout.JAVA_INT;
        mmap = linker.downcallHandle(
                c.find("mmap").orElseThrow(),
                FunctionDescriptor.of(size, size, size, integer, integer, integer, size));
        madvise = linker.downcallHandle(
                c.find("madvise").orElseThrow(), FunctionDescriptor.of(integer, size, size, integer));
        mincore = linker.downcallHandle(
                c.find("mincore").orElseThrow(),
                FunctionDescriptor.of(integer, size, size, pointer),
                Linker.Option.critical(true));
        pagemap = Pagemap.open(linker, true);
    }

    private static HostPages open() {
        if (!System.getProperty("os.name").equals("Linux") || Boolean.getBoolean("javix.portableMemory")) {
            return null;
        }
        try {
            return new HostPages(Linker.nativeLinker());
        } catch (UnsupportedOperationException | IllegalCallerException | java.util.NoSuchElementException e) {
            return null;
        }
    }

    /** The host's pages, or null where memory must come from the Java heap's side. */
    static HostPages host() {
        return HOST;
    }

    /**
     * Reserves a range of zeroes.
     *
     * @throws OutOfMemoryError where the host has no such range left
     */
    MemorySegment reserve(long bytes) {
        synchronized (free) {
            ArrayDeque<MemorySegment> ranges = free.get(bytes);
            if (ranges != null && !ranges.isEmpty()) {
                return ranges.pop();
            }
        }
        long address;
        try {
            address = (long) mmap.invokeExact(0L, bytes, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        if (address == -1) {
            throw new OutOfMemoryError("the host has no " + bytes + " bytes of address space left");
        }
        return MemorySegment.ofAddress(address).reinterpret(bytes);
    }

    /**
     * Empties a range, of which only the first {@code used} bytes were ever used, and keeps it for reuse.
     *
     * @param huge whether {@link #copy} has said that it asked for huge pages there
     */
    void release(MemorySegment range, long used, boolean huge) {
        if (huge) {
            if (!unmap(range, 0, range.byteSize())) {
                return;
            }
        } else {
            empty(range, used);
        }
        synchronized (free) {
            free(range.byteSize()).push(range);
        }
    }

    /** The free ranges of a size. Guarded by free. */
    private ArrayDeque<MemorySegment> free(long bytes) {
        return free.computeIfAbsent(bytes, key -> new ArrayDeque<>());
    }

    private void empty(MemorySegment range, long used) {
        boolean warm;
        synchronized (free) {
            warm = free(range.byteSize()).size() < WARM_RANGES;
        }
        BitSet resident = held(range, used);
        if (warm && (long) resident.cardinality() * PAGE <= ZERO_BY_WRITING) {
            eachRun(resident, (at, length) -> range.asSlice(at, length).fill((byte) 0));
        } else {
            discard(range, 0, used);
        }
    }

    /** Gives pages back to the host; they read as zeroes again. Whole pages. */
    void discard(MemorySegment range, long at, long length) {
        if (!advise(range.address() + at, length, MADV_DONTNEED)) {
            range.asSlice(at, length).fill((byte) 0);
        }
    }

    /** Commits pages ahead. A host before Linux 5.14 does so when they are touched. */
    void populate(MemorySegment range, long at, long length) {
        advise(range.address() + at, length, MADV_POPULATE_WRITE);
    }

    /** Whether the host has taken the advice. */
    private boolean advise(long address, long length, int advice) {
        try {
            return (int) madvise.invokeExact(address, length, advice) == 0;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Shows a host file's bytes in a part of a range from now on. They must never end before {@code offset + length}:
     * the host would raise SIGBUS.
     *
     * @param writable whether what is written reaches the file; else it stays in the range
     * @return whether the host has done it
     */
    boolean map(MemorySegment range, long at, long length, int descriptor, long offset, boolean writable) {
        Objects.checkFromIndexSize(at, length, range.byteSize());
        int flags = (writable ? MAP_SHARED : MAP_PRIVATE_NORESERVE) | MAP_FIXED;
        return remap(range.address() + at, length, flags, descriptor, offset);
    }

    /**
     * Shows zeroes of its own there again.
     *
     * @return whether the host has done it
     */
    boolean unmap(MemorySegment range, long at, long length) {
        Objects.checkFromIndexSize(at, length, range.byteSize());
        return remap(range.address() + at, length, MAP_PRIVATE_ANONYMOUS_NORESERVE | MAP_FIXED, -1, 0);
    }

    private boolean remap(long address, long length, int flags, int descriptor, long offset) {
        try {
            return (long) mmap.invokeExact(address, length, PROT_READ_WRITE, flags, descriptor, offset) == address;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Whether {@link #held} tells what the range has of its own from what it shows. */
    boolean tellsOwn() {
        return pagemap != null;
    }

    /** Which pages of the first {@code length} bytes have content of their own, in memory or swapped out. */
    BitSet held(MemorySegment range, long length) {
        BitSet pages = pagemap == null ? null : pagemap.held(range.address(), length);
        return pages == null ? resident(range, length) : pages;
    }

    /** Which pages of the first {@code length} bytes the host has in memory; those of files that are shown, too. */
    BitSet resident(MemorySegment range, long length) {
        BitSet set = new BitSet();
        byte[] pages = new byte[(int) Math.min((length + PAGE - 1) / PAGE, PAGES_AT_ONCE)];
        for (long at = 0; at < length; at += (long) PAGES_AT_ONCE * PAGE) {
            long bytes = Math.min(length - at, (long) PAGES_AT_ONCE * PAGE);
            int first = (int) (at / PAGE);
            int count = (int) ((bytes + PAGE - 1) / PAGE);
            try {
                int failed = (int) mincore.invokeExact(range.address() + at, bytes, MemorySegment.ofArray(pages));
                if (failed != 0) {
                    set.set(first, first + count);
                    continue;
                }
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            for (int i = 0; i < count; i++) {
                // Most of a sparse memory is not there: eight pages at a time.
                while (i + 8 <= count && (long) EIGHT_PAGES.get(pages, i) == 0) {
                    i += 8;
                }
                if (i < count && (pages[i] & 1) != 0) {
                    set.set(first + i);
                }
            }
        }
        return set;
    }

    /**
     * Copies pages of the first {@code length} bytes into an empty range.
     *
     * @return whether the range has huge pages now
     */
    boolean copy(MemorySegment from, MemorySegment to, long length, BitSet pages) {
        int[] huge = {0};
        eachRun(pages, (at, bytes) -> {
            if (bytes >= COPIED_TO_HUGE_PAGES && huge[0] < MOST_HUGE_RUNS) {
                huge[0]++;
                askForHugePages(to.address() + at, bytes);
            }
            MemorySegment.copy(from, at, to, at, Math.min(bytes, length - at));
        });
        return huge[0] > 0;
    }

    private void askForHugePages(long address, long length) {
        long start = address + HUGE_PAGE - 1 & -HUGE_PAGE;
        long end = address + length & -HUGE_PAGE;
        advise(start, end - start, MADV_HUGEPAGE);
    }

    /** Told of ranges of pages. */
    @FunctionalInterface
    interface Run {
        void at(long offset, long bytes);
    }

    private static void eachRun(BitSet pages, Run run) {
        for (int i = pages.nextSetBit(0); i >= 0; ) {
            int end = pages.nextClearBit(i);
            run.at((long) i * PAGE, (long) (end - i) * PAGE);
            i = pages.nextSetBit(end);
        }
    }

    /** The bytes that freed ranges still hold; for tests. */
    int freeRanges() {
        synchronized (free) {
            return free.values().stream().mapToInt(ArrayDeque::size).sum();
        }
    }
}
