package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.javix.vfs.MemoryFile;

/**
 * What a memory shares with copies of it until one of them writes.
 *
 * <p>The host shares pages between two ranges of one process only where both are private mappings of one file. So long runs of
 * pages are written to a file in the host's memory, and the memory shows that in their place, as each copy does from then on:
 * the host makes a page of its own for who writes to it. Writing the file takes about twice as long as copying once. So it is done
 * when a memory is copied that had much to copy the last time, too; and if it turns out that most of what was shared has been
 * written since, the next time only after four times as many copies.
 *
 * <p>Guarded by the memory. Only for memories that one thread uses: what another one writes meanwhile would be lost.
 */
final class CopyOnWrite {
    /** Less is copied each time. */
    private static final long WORTH_IT = 8 << 20;

    /** Shorter runs of pages are copied: each that is shared is a record of the host's in each copy. */
    private static final int PAGES_OF_RUN = (1 << 20) / HostPages.PAGE;

    private static final int MOST_RUNS = 64;
    private static final int MOST_PATIENCE = 256;

    /** A content, and how many memories show it. */
    private static final class Content {
        final MemoryFile file;
        final long bytes;
        /** Guarded by this. */
        private int users = 1;

        Content(MemoryFile file, long bytes) {
            this.file = file;
            this.bytes = bytes;
        }

        synchronized Content retain() {
            users++;
            return this;
        }

        synchronized void release() {
            if (--users == 0) {
                file.close();
            }
        }

        /** The part of it that counts as one memory's. */
        synchronized long share() {
            return bytes / users;
        }
    }

    private final MemorySegment range;
    private final MappedRanges shown;

    /** What is shown: the last one, unless the host had no room to show it everywhere. */
    private final List<Content> contents = new ArrayList<>(1);

    /** How many copies in a row have had much to copy, and how many may. */
    private int copied;

    private int patience = 1;

    CopyOnWrite(HostPages host, MemorySegment range) {
        this.range = range;
        shown = new MappedRanges(host);
    }

    /** Whether a memory with so many pages of its own may be worth it. */
    static boolean isWorthIt(BitSet own) {
        return (long) own.cardinality() * HostPages.PAGE >= WORTH_IT;
    }

    /**
     * A copy is about to be made: shares what is worth it.
     *
     * @param own the pages that the memory has of its own; those that are shared from now on are taken out
     */
    void prepare(BitSet own) {
        long much = bytes(longRuns(own, new BitSet()));
        if (much < WORTH_IT || ++copied <= patience) {
            return;
        }
        copied = 0;
        if (!contents.isEmpty() && much > contents.getLast().bytes / 2) {
            patience = Math.min(4 * patience, MOST_PATIENCE);
        }
        BitSet before = new BitSet();
        shown.forEach((at, bytes) -> before.set(page(at), page(at + bytes)));
        BitSet all = (BitSet) own.clone();
        all.or(before);
        List<long[]> runs = longRuns(all, before);
        if (shown.hasRoomFor(runs.size()) && share(runs)) {
            for (long[] run : runs) {
                own.clear(page(run[0]), page(run[0] + run[1]));
            }
        }
    }

    /** Puts runs into a file and shows that; false where the host has no room, and then all is as it was, or shows the same. */
    private boolean share(List<long[]> runs) {
        MemoryFile file = MemoryFile.create();
        if (file == null) {
            return false;
        }
        for (long[] run : runs) {
            if (!file.write(run[0], range, run[0], run[1])) {
                file.close();
                return false;
            }
        }
        List<Content> before = List.copyOf(contents);
        contents.add(new Content(file, bytes(runs)));
        for (long[] run : runs) {
            if (!shown.map(range, run[0], new MappedRanges.Shown(run[1], file.descriptor(), run[0], false))) {
                return false;
            }
        }
        before.forEach(Content::release);
        contents.removeAll(before);
        return true;
    }

    /** Runs of pages, as addresses and lengths in bytes: the first long ones, and all with a page in {@code kept}. */
    private static List<long[]> longRuns(BitSet pages, BitSet kept) {
        List<long[]> runs = new ArrayList<>();
        int most = MOST_RUNS;
        for (int start = pages.nextSetBit(0); start >= 0; ) {
            int end = pages.nextClearBit(start);
            int keeps = kept.nextSetBit(start);
            if (keeps >= 0 && keeps < end || end - start >= PAGES_OF_RUN && most-- > 0) {
                runs.add(new long[] {(long) start * HostPages.PAGE, (long) (end - start) * HostPages.PAGE});
            }
            start = pages.nextSetBit(end);
        }
        return runs;
    }

    private static long bytes(List<long[]> runs) {
        return runs.stream().mapToLong(run -> run[1]).sum();
    }

    private static int page(long address) {
        return (int) (address / HostPages.PAGE);
    }

    /** Whether anything is shared. */
    boolean isEmpty() {
        return contents.isEmpty();
    }

    /** Shows the same in a copy. Where the host has no room for that, the bytes are copied. */
    void copyTo(CopyOnWrite copy) {
        copy.patience = patience;
        if (isEmpty()) {
            return;
        }
        contents.forEach(content -> copy.contents.add(content.retain()));
        if (!shown.copyTo(copy.shown, copy.range)) {
            shown.forEach((at, bytes) -> MemorySegment.copy(range, at, copy.range, at, bytes));
        }
    }

    /** The pages of a part that are shared, from its beginning on. */
    BitSet pages(long at, long length) {
        BitSet pages = new BitSet();
        shown.forEach((start, bytes) -> {
            long from = Math.max(start, at);
            long to = Math.min(start + bytes, at + length);
            if (from < to) {
                pages.set(page(from - at), page(to - at));
            }
        });
        return pages;
    }

    /** Shows zeroes in a part. */
    void discard(long at, long length) {
        if (!shown.unmap(range, at, length)) {
            range.asSlice(at, length).fill((byte) 0);
        }
    }

    /** Whether any of a part is shared. */
    boolean overlaps(long at, long length) {
        return !isEmpty() && shown.overlaps(at, length);
    }

    /** Something else is shown in a part. */
    void replaced(long at, long length) {
        shown.forget(at, length);
    }

    /** The bytes that count as this memory's, of what it shares with others. */
    long share() {
        return contents.stream().mapToLong(Content::share).sum();
    }

    /** Shows zeroes everywhere; false where the host cannot. */
    boolean close() {
        boolean gone = shown.unmap(range, 0, range.byteSize());
        contents.forEach(Content::release);
        contents.clear();
        return gone;
    }
}
