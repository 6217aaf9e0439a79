package org.javix.posix;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.ENOMEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;
import org.javix.wasm.PageTable;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
    private static final int PAGE = AddressSpace.PAGE;
    private static final long START = 2 * Memory.PAGE;
    private static final int BOTH = Area.READ | Area.WRITE;

    private final Memory memory = memory(64);
    private final AddressSpace space = new AddressSpace(memory);

    private static Memory memory(long pages) {
        return new Memory(new Module.MemoryType(new Module.Limits(2, pages), false, false), pages);
    }

    private byte at(long address) {
        return memory.segment().get(ValueLayout.JAVA_BYTE, address);
    }

    private void put(long address, int value) {
        memory.segment().set(ValueLayout.JAVA_BYTE, address, (byte) value);
    }

    private long map(long length) {
        return space.map(0, length, BOTH, 0, null, 0);
    }

    private long mapAt(long address, long length, boolean replace) {
        return space.mapAt(address, length, replace, BOTH, 0, null, 0);
    }

    @Test
    void theBreakStartsBehindTheProgramAndMoves() {
        assertEquals(START, space.setBreak(0));
        assertEquals(START + 100, space.setBreak(START + 100));
        assertTrue(memory.segment().byteSize() >= START + 100);
        put(START + 50, 7);
        assertEquals(START, space.setBreak(START));
        assertEquals(START + 100, space.setBreak(START + 100));
        assertEquals(0, at(START + 50));
    }

    @Test
    void theBreakStaysWhereItIsWithoutRoom() {
        assertEquals(START, space.setBreak(START + (1 << 30)));
        assertEquals(START, space.setBreak(START - 1));
    }

    @Test
    void mappingsDoNotOverlapAndReadAsZeroes() {
        long a = map(3 * PAGE);
        long b = map(PAGE);
        assertEquals(a + 3 * PAGE, b);
        put(a, 1);
        assertEquals(0, space.unmap(a, 3 * PAGE));
        assertEquals(0, at(a));
        assertEquals(a, map(PAGE));
        assertEquals(a + PAGE, map(2 * PAGE));
    }

    @Test
    void aHoleThatIsTooSmallIsPassedOver() {
        long a = map(PAGE);
        long b = map(PAGE);
        space.unmap(a, PAGE);
        assertEquals(b + PAGE, map(2 * PAGE));
    }

    @Test
    void aHintIsHeededWhereThereIsRoom() {
        long a = map(PAGE);
        assertEquals(a + 8 * PAGE, space.map(a + 8 * PAGE, PAGE, BOTH, 0, null, 0));
        assertEquals(a + PAGE, space.map(a, PAGE, BOTH, 0, null, 0));
    }

    @Test
    void theHeapStaysPlainBehindThePageThatMallocKeepsFree() {
        Memory asking = TestInstance.withProtectedMemory(2).linearMemory();
        PageTable pages = asking.pageTable();
        AddressSpace heap = new AddressSpace(asking);
        long end = pages.plainEnd();
        long brk = heap.setBreak(START + PAGE);
        assertEquals(brk, heap.mapAt(brk, PAGE, true, 0, Area.HEAP, null, 0));
        assertEquals(end, pages.plainEnd());
        assertEquals(brk, heap.mapAt(brk, PAGE, true, 0, 0, null, 0));
        assertEquals(brk, pages.plainEnd());
    }

    @Test
    void theMemorysLimitHolds() {
        assertEquals(-ENOMEM, map(64L * Memory.PAGE));
        assertEquals(-ENOMEM, map(1L << 40));
        assertEquals(-ENOMEM, mapAt(63L * Memory.PAGE, 2 * Memory.PAGE, true));
        assertEquals(-ENOMEM, mapAt(0xffff_f000L, PAGE, true));
    }

    @Test
    void fixedMappingsReplaceOrRefuse() {
        long a = map(2 * PAGE);
        put(a, 1);
        assertEquals(-EEXIST, mapAt(a, PAGE, false));
        assertEquals(a, mapAt(a, PAGE, true));
        assertEquals(0, at(a));
    }

    @Test
    void anAreaGrowsInPlaceOrMoves() {
        long a = map(PAGE);
        put(a, 42);
        assertTrue(space.extend(space.at(a).part(a, a + PAGE), 2 * PAGE));
        long b = map(PAGE);
        Area both = space.at(a).part(a, a + 2 * PAGE);
        assertFalse(space.extend(both, 4 * PAGE));
        long moved = space.move(both, 3 * PAGE, -1, false);
        assertNotEquals(a, moved);
        assertTrue(moved > b);
        assertEquals(42, at(moved));
        assertEquals(0, at(a));
    }

    @Test
    void aForkHasTheSameMappings() {
        long a = map(PAGE);
        AddressSpace fork = space.fork(memory(64), 2);
        assertEquals(a + PAGE, fork.map(0, PAGE, BOTH, 0, null, 0));
        assertEquals(a + PAGE, map(PAGE));
    }

    @Test
    void rightsAndHolesSplitAndJoinAreas() {
        long a = map(4 * PAGE);
        space.protect(a + PAGE, a + 2 * PAGE, Area.READ);
        assertEquals(List.of(BOTH, Area.READ, BOTH), rights(a, a + 4 * PAGE));
        space.unmap(a + 3 * PAGE, PAGE);
        assertFalse(space.covers(a, a + 4 * PAGE));
        assertTrue(space.covers(a, a + 3 * PAGE));
        space.protect(a + PAGE, a + 2 * PAGE, BOTH);
        assertEquals(List.of(BOTH), rights(a, a + 4 * PAGE));
    }

    private List<Integer> rights(long start, long end) {
        return space.in(start, end).stream().map(Area::prot).toList();
    }

    /** Random calls beside a model that is an array of pages. */
    @Test
    void randomCallsAgreeWithAModel() {
        long floor = map(PAGE);
        space.unmap(floor, PAGE);
        int pages = 64;
        int[] model = new int[pages];
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            int first = random.nextInt(pages);
            int count = 1 + random.nextInt(pages - first);
            long at = floor + (long) first * PAGE;
            long length = (long) count * PAGE;
            int prot = random.nextInt(4);
            switch (random.nextInt(3)) {
                case 0 -> {
                    assertEquals(at, space.mapAt(at, length, true, prot, 0, null, 0));
                    Arrays.fill(model, first, first + count, prot + 1);
                }
                case 1 -> {
                    assertEquals(0, space.unmap(at, length));
                    Arrays.fill(model, first, first + count, 0);
                }
                default -> {
                    space.protect(at, at + length, prot);
                    for (int k = first; k < first + count; k++) {
                        model[k] = model[k] == 0 ? 0 : prot + 1;
                    }
                }
            }
            assertEquals(expected(model), found(floor, pages));
        }
    }

    /** Runs of equal pages: start, end, rights. */
    private static List<List<Integer>> expected(int[] model) {
        List<List<Integer>> runs = new ArrayList<>();
        for (int start = 0; start < model.length; ) {
            int end = start;
            while (end < model.length && model[end] == model[start]) {
                end++;
            }
            if (model[start] != 0) {
                runs.add(List.of(start, end, model[start] - 1));
            }
            start = end;
        }
        return runs;
    }

    private List<List<Integer>> found(long floor, int pages) {
        return space.in(floor, floor + (long) pages * PAGE).stream()
                .map(area -> List.of(
                        (int) ((area.start() - floor) / PAGE), (int) ((area.end() - floor) / PAGE), area.prot()))
                .toList();
    }
}
