package org.javix.posix;

import static org.javix.vfs.Errno.EEXIST;
import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;
import org.junit.jupiter.api.Test;

class AddressSpaceTest {
    private static final int PAGE = AddressSpace.PAGE;
    private static final long START = 2 * Memory.PAGE;

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
        long a = space.map(3 * PAGE);
        long b = space.map(1);
        assertEquals(a + 3 * PAGE, b);
        put(a, 1);
        assertEquals(0, space.unmap(a, 3 * PAGE));
        assertEquals(0, at(a));
        assertEquals(a, space.map(PAGE));
        assertEquals(a + PAGE, space.map(2 * PAGE));
    }

    @Test
    void aHoleThatIsTooSmallIsPassedOver() {
        long a = space.map(PAGE);
        long b = space.map(PAGE);
        space.unmap(a, PAGE);
        assertEquals(b + PAGE, space.map(2 * PAGE));
    }

    @Test
    void theMemorysLimitHolds() {
        assertEquals(-ENOMEM, space.map(64L * Memory.PAGE));
    }

    @Test
    void fixedMappingsReplaceOrRefuse() {
        long a = space.map(2 * PAGE);
        put(a, 1);
        assertEquals(-EEXIST, space.mapAt(a, PAGE, false));
        assertEquals(a, space.mapAt(a, PAGE, true));
        assertEquals(0, at(a));
        assertEquals(-EINVAL, space.mapAt(a + 1, PAGE, true));
        assertEquals(-EINVAL, space.mapAt(0, PAGE, true));
    }

    @Test
    void remapGrowsInPlaceOrMoves() {
        long a = space.map(PAGE);
        put(a, 42);
        assertEquals(a, space.remap(a, PAGE, 2 * PAGE, false));
        long b = space.map(PAGE);
        assertEquals(-ENOMEM, space.remap(a, 2 * PAGE, 3 * PAGE, false));
        long moved = space.remap(a, 2 * PAGE, 3 * PAGE, true);
        assertNotEquals(a, moved);
        assertTrue(moved > b);
        assertEquals(42, at(moved));
        assertEquals(0, at(a));
        assertEquals(moved, space.remap(moved, 3 * PAGE, PAGE, false));
        assertEquals(-EFAULT, space.remap(a, PAGE, PAGE, true));
    }

    @Test
    void aForkHasTheSameMappings() {
        long a = space.map(PAGE);
        AddressSpace fork = space.fork(memory(64));
        assertEquals(a + PAGE, fork.map(PAGE));
        assertEquals(a + PAGE, space.map(PAGE));
    }
}
