package org.javix.wasm;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;

/**
 * Which pages this process has of its own, not of files, in memory or swapped out, as {@code /proc/self/pagemap} tells. {@code mincore} does
 * not count those that are swapped out: who copied or emptied only what it names would lose or leave them. Thread-safe.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/mm/pagemap.html">pagemap</a>
 */
final class Pagemap {
    private static final int O_RDONLY_CLOEXEC = 0x80000;

    /** PAGEMAP_SCAN, of Linux 6.7 and later, and its structures' sizes. */
    private static final long SCAN = 0xc0606610L;

    private static final int ARGUMENT = 96;
    private static final int REGION = 24;
    private static final int REGIONS = 64;

    /** PAGE_IS_FILE. */
    private static final long FILE = 1 << 2;

    /** PAGE_IS_PRESENT, PAGE_IS_SWAPPED. */
    private static final long HELD = 1 << 3 | 1 << 4;

    /** The same in an entry of the file, which has 8 bytes for each page. */
    private static final long ENTRY_FILE = 1L << 61;

    private static final long ENTRY_HELD = 3L << 62;

    private static final int ENTRIES_AT_ONCE = 4096;

    private final MethodHandle ioctl;
    private final MethodHandle pread;
    private final int descriptor;
    private final boolean scans;

    private Pagemap(Linker linker, boolean mayScan) throws Throwable {
        SymbolLookup c = linker.defaultLookup();
        MethodHandle open = linker.downcallHandle(
                c.find("open").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, ValueLayout.ADDRESS, JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        ioctl = linker.downcallHandle(
                c.find("ioctl").orElseThrow(),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        pread = linker.downcallHandle(
                c.find("pread").orElseThrow(),
                FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ValueLayout.ADDRESS, JAVA_LONG, JAVA_LONG),
                Linker.Option.critical(true));
        try (Arena arena = Arena.ofConfined()) {
            descriptor = (int) open.invokeExact(arena.allocateFrom("/proc/self/pagemap"), O_RDONLY_CLOEXEC);
            MemorySegment page = arena.allocate(HostPages.PAGE, HostPages.PAGE);
            scans = mayScan && descriptor >= 0 && scan(page.address(), HostPages.PAGE, new BitSet());
        }
    }

    /**
     * Opens it; null where the host does not show it.
     *
     * @param mayScan whether the host may be asked to skip what was never touched, if it can
     */
    static Pagemap open(Linker linker, boolean mayScan) {
        try {
            Pagemap map = new Pagemap(linker, mayScan);
            return map.descriptor < 0 ? null : map;
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * The pages with content that is not a file's.
     *
     * @param address a multiple of the page
     * @return null where the host does not tell
     */
    BitSet held(long address, long length) {
        BitSet pages = new BitSet();
        long bytes = length + HostPages.PAGE - 1 & -HostPages.PAGE;
        try {
            return (scans ? scan(address, bytes, pages) : read(address, bytes, pages)) ? pages : null;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    /** Skips what was never touched, whatever its length. */
    private boolean scan(long address, long bytes, BitSet pages) throws Throwable {
        long end = address + bytes;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment argument = arena.allocate(ARGUMENT, 8);
            MemorySegment regions = arena.allocate((long) REGIONS * REGION, 8);
            for (long at = address; at < end; ) {
                argument.set(JAVA_LONG, 0, ARGUMENT);
                argument.set(JAVA_LONG, 16, at);
                argument.set(JAVA_LONG, 24, end);
                argument.set(JAVA_LONG, 40, regions.address());
                argument.set(JAVA_LONG, 48, REGIONS);
                argument.set(JAVA_LONG, 64, FILE);
                argument.set(JAVA_LONG, 72, FILE);
                argument.set(JAVA_LONG, 80, HELD);
                argument.set(JAVA_LONG, 88, HELD);
                int found = (int) ioctl.invokeExact(descriptor, SCAN, argument);
                long next = argument.get(JAVA_LONG, 32);
                if (found < 0 || next <= at) {
                    return false;
                }
                for (int i = 0; i < found; i++) {
                    long first = regions.get(JAVA_LONG, (long) i * REGION) - address;
                    long last = regions.get(JAVA_LONG, (long) i * REGION + 8) - address;
                    pages.set((int) (first / HostPages.PAGE), (int) (last / HostPages.PAGE));
                }
                at = next;
            }
        }
        return true;
    }

    private boolean read(long address, long bytes, BitSet pages) throws Throwable {
        int count = (int) (bytes / HostPages.PAGE);
        long[] entries = new long[Math.min(count, ENTRIES_AT_ONCE)];
        for (int done = 0; done < count; ) {
            int wanted = Math.min(count - done, ENTRIES_AT_ONCE);
            long position = (address / HostPages.PAGE + done) * Long.BYTES;
            long got = (long) pread.invokeExact(
                    descriptor, MemorySegment.ofArray(entries), (long) wanted * Long.BYTES, position);
            if (got <= 0) {
                return false;
            }
            for (int i = 0; i < got / Long.BYTES; i++) {
                if ((entries[i] & ENTRY_HELD) != 0 && (entries[i] & ENTRY_FILE) == 0) {
                    pages.set(done + i);
                }
            }
            done += (int) (got / Long.BYTES);
        }
        return true;
    }
}
