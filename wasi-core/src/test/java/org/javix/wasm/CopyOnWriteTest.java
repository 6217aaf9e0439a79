package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Large memories and their copies: they share pages, and nobody can tell. */
class CopyOnWriteTest {
    private static final int PAGE = HostPages.PAGE;
    private static final int PAGES = 24 << 20 >> 12;
    private static final long SIZE = (long) PAGES * PAGE;

    private final List<Memory> open = new ArrayList<>();

    @BeforeEach
    void theHostSharesPages() {
        assumeTrue(HostPages.host() != null && HostPages.host().tellsOwn(), "the portable memory copies");
    }

    @AfterEach
    void close() {
        open.forEach(Memory::close);
    }

    private Memory opened(Memory memory) {
        open.add(memory);
        return memory;
    }

    /** One whose pages have their numbers. */
    private Memory numbered() {
        Memory memory = opened(new Memory(new Module.MemoryType(new Module.Limits(SIZE / Memory.PAGE, 4096), false, false)));
        for (int page = 0; page < PAGES; page++) {
            set(memory, page, page + 1);
        }
        return memory;
    }

    private static void set(Memory memory, int page, long value) {
        memory.segment().set(Ops.I64, (long) page * PAGE + 8, value);
    }

    private static long get(Memory memory, int page) {
        return memory.segment().get(Ops.I64, (long) page * PAGE + 8);
    }

    /** A copy by which both share, since it is the second. */
    private Memory share(Memory memory) {
        memory.copy().close();
        return opened(memory.copy());
    }

    @Test
    void neitherSideSeesWhatTheOtherWrites() {
        Memory parent = numbered();
        Memory child = share(parent);
        set(parent, 5, 50);
        set(child, 6, 60);
        assertEquals(6, get(child, 5));
        assertEquals(7, get(parent, 6));
        Memory grandchild = opened(child.copy());
        set(child, 7, 70);
        assertEquals(60, get(grandchild, 6));
        assertEquals(8, get(grandchild, 7));
        parent.close();
        child.close();
        assertEquals(60, get(grandchild, 6));
        assertEquals(PAGES, get(grandchild, PAGES - 1));
    }

    @Test
    void whatIsSharedIsThereOnce() {
        Memory parent = numbered();
        long alone = parent.ownResidentBytes();
        Memory child = share(parent);
        long together = parent.ownResidentBytes() + child.ownResidentBytes();
        assertTrue(together < alone + (1 << 20), () -> alone + " alone, " + together + " together");
        assertTrue(together > alone - (1 << 20), () -> alone + " alone, " + together + " together");
        child.close();
        assertEquals(alone, parent.ownResidentBytes(), 1 << 20);
    }

    @Test
    void whatIsGivenBackReadsAsZeroesOnOneSide() {
        Memory parent = numbered();
        Memory child = share(parent);
        parent.discard(100L * PAGE, 1000L * PAGE);
        assertEquals(100, get(parent, 99));
        assertEquals(0, get(parent, 100));
        assertEquals(101, get(child, 100));
        Memory other = opened(parent.copy());
        assertEquals(0, get(other, 100));
        assertEquals(1101, get(other, 1100));
        assertTrue(parent.resident(100L * PAGE, 1000L * PAGE).cardinality() <= 1);
    }

    @Test
    void aMemoryThatIsClosedLeavesZeroes() {
        Memory parent = numbered();
        Memory child = share(parent);
        set(child, 5, 1);
        child.close();
        parent.close();
        for (int i = 0; i < 3; i++) {
            Memory next = opened(new Memory(new Module.MemoryType(new Module.Limits(SIZE / Memory.PAGE, 4096), false, false)));
            for (int page = 0; page < PAGES; page++) {
                assertEquals(0, get(next, page));
            }
        }
    }

    /** Copies of copies, with pages written, given back and moved, beside arrays of numbers that have the same done to them. */
    @Test
    void copiesAreAsIfEachHadItsOwnPages() {
        Random random = new Random(6);
        List<Memory> memories = new ArrayList<>(List.of(numbered()));
        List<long[]> models = new ArrayList<>();
        long[] first = new long[PAGES];
        for (int page = 0; page < PAGES; page++) {
            first[page] = page + 1;
        }
        models.add(first);
        for (int step = 0; step < 150; step++) {
            int which = random.nextInt(memories.size());
            Memory memory = memories.get(which);
            long[] model = models.get(which);
            int from = random.nextInt(PAGES / 2);
            int count = 1 + random.nextInt(random.nextInt(10) == 0 ? PAGES / 2 : 300);
            switch (random.nextInt(6)) {
                case 0 -> {
                    memory.discard((long) from * PAGE, (long) count * PAGE);
                    Arrays.fill(model, from, from + count, 0);
                }
                case 1 -> {
                    int to = PAGES / 2 + random.nextInt(PAGES / 2 - 300);
                    int moved = Math.min(count, Math.min(300, PAGES / 2 - from));
                    memory.discard((long) to * PAGE, (long) moved * PAGE);
                    memory.move((long) from * PAGE, (long) to * PAGE, (long) moved * PAGE);
                    System.arraycopy(model, from, model, to, moved);
                    Arrays.fill(model, from, from + moved, 0);
                }
                case 2 -> {
                    if (memories.size() < 5) {
                        memories.add(opened(memory.copy()));
                        models.add(model.clone());
                    }
                }
                case 3 -> {
                    if (memories.size() > 1) {
                        memories.remove(which).close();
                        models.remove(which);
                    }
                }
                default -> {
                    for (int page = from; page < from + count; page++) {
                        set(memory, page, step);
                        model[page] = step;
                    }
                }
            }
            for (int i = 0; i < memories.size(); i++) {
                for (int page = step % 7; page < PAGES; page += 7) {
                    assertEquals(models.get(i)[page], get(memories.get(i), page), "step " + step + ", page " + page);
                }
            }
        }
    }

    /** The host has room for some 65,000 records of mappings, of which the JVM needs some: a memory cannot take them all. */
    @Test
    void cuttingWhatIsSharedIntoPiecesEndsBeforeTheHostsRoomDoes() throws Exception {
        Memory parent = numbered();
        List<Memory> children = new ArrayList<>(List.of(share(parent)));
        for (int i = 0; i < 20; i++) {
            children.add(opened(parent.copy()));
        }
        for (Memory child : children) {
            for (int page = 0; page < PAGES; page += 2) {
                child.discard((long) page * PAGE, PAGE);
            }
        }
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
            assertTrue(maps.count() < 45_000);
        }
        for (Memory child : children) {
            assertEquals(0, get(child, 100));
            assertEquals(102, get(child, 101));
            Memory copy = child.copy();
            assertEquals(0, get(copy, 100));
            assertEquals(102, get(copy, 101));
            copy.close();
        }
    }
}
