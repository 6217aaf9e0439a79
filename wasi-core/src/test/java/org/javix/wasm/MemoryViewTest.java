package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/** Both ways to a memory agree on every address around its ends, and around the 2 GiB that the direct one covers. */
class MemoryViewTest {
    private static final ValueLayout.OfLong CONTENT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static MemoryView view(long pages) {
        return new Memory(new Module.MemoryType(new Module.Limits(pages, pages), false, false)).view();
    }

    /** The value, or a number that stands for a trap. */
    private static long outcome(LongSupplier access) {
        try {
            return access.getAsLong();
        } catch (Trap e) {
            assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, e.kind());
            return 0xdead_dead_dead_deadL;
        }
    }

    private static void compare(MemoryView view, long address, long offset) {
        int a = (int) address;
        int o = (int) offset;
        long at = address + offset;
        String where = Long.toHexString(address) + "+" + Long.toHexString(offset);
        assertEquals(outcome(() -> MemoryView.getI8(view, at)), outcome(() -> MemoryView.getI8(view, a, o)), where);
        assertEquals(outcome(() -> MemoryView.getI16(view, at)), outcome(() -> MemoryView.getI16(view, a, o)), where);
        assertEquals(outcome(() -> MemoryView.getI32(view, at)), outcome(() -> MemoryView.getI32(view, a, o)), where);
        assertEquals(outcome(() -> MemoryView.getI64(view, at)), outcome(() -> MemoryView.getI64(view, a, o)), where);
        long in = outcome(() -> {
            MemoryView.setI64(view, a, o, at * 31);
            return at * 31;
        });
        assertEquals(in, outcome(() -> MemoryView.getI64(view, at)), where);
        outcome(() -> {
            MemoryView.setI32(view, a, o, 0x1234_5678);
            return 0;
        });
        outcome(() -> {
            MemoryView.setI16(view, a, o, (short) 0x9abc);
            return 0;
        });
        outcome(() -> {
            MemoryView.setI8(view, a, o, (byte) 0xde);
            return 0;
        });
        if (at + 8 <= view.segment.byteSize()) {
            long expected = at * 31 & 0xffff_ffff_0000_0000L | 0x1234_9adeL;
            assertEquals(expected, view.segment.get(CONTENT, at), where);
        }
    }

    private static void compareAround(MemoryView view, long place) {
        for (long offset : new long[] {0, 1, 3, 8, 4096, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
            for (long address = place - offset - 12; address < place - offset + 12; address++) {
                if (address >= 0 && address < 1L << 32) {
                    compare(view, address, offset);
                }
            }
        }
    }

    @Test
    void theTestsUseTheDirectWay() {
        assertTrue(MemoryView.isDirect(), "start the JVM with --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    @Test
    void theEndsOfASmallMemoryAreExact() {
        MemoryView view = view(1);
        compareAround(view, 0);
        compareAround(view, Memory.PAGE);
        compareAround(view, 1L << 31);
        compareAround(view, (1L << 32) - 1);
        compareAround(view, 1L << 32);
    }

    @Test
    void anEmptyMemoryHasNoAddress() {
        compareAround(view(0), 0);
    }

    @Test
    void memoryBeyondTwoGibibytesIsReached() {
        MemoryView view = view(40_000);
        compareAround(view, 1L << 31);
        compareAround(view, 40_000L * Memory.PAGE);
        MemoryView whole = view(Memory.MAX_PAGES);
        compareAround(whole, 1L << 31);
        compareAround(whole, 1L << 32);
    }
}
