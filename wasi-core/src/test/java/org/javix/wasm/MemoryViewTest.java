package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * The direct way to a memory agrees with the exact one on every address around the memory's ends, around what the direct one
 * covers, and around 2 GiB.
 */
class MemoryViewTest {
    private static final ValueLayout.OfLong CONTENT = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** A module without anything, for an instance that has a memory set. */
    private static final byte[] EMPTY = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private final Instance instance =
            Compiler.compile(Module.decode(EMPTY), CompileOptions.PLAIN).instantiate(new Imports());

    private MemoryView view(long pages) {
        MemoryView view = new Memory(new Module.MemoryType(new Module.Limits(pages, pages), false, false)).view();
        instance.setMemory(view);
        return view;
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

    private void compare(MemoryView view, long address, long offset) {
        int a = (int) address;
        int o = (int) offset - LoadStore.BIAS;
        long at = address + offset;
        long base = instance.memoryBase;
        // As compiled code has it.
        int end = offset > MemoryView.NEAR ? LoadStore.limit(instance.memoryEnd, (int) offset) : instance.memoryEnd;
        String where = Long.toHexString(address) + "+" + Long.toHexString(offset);
        assertEquals(outcome(() -> MemoryView.getI8(view, at)), outcome(() -> LoadStore.getI8(a, o, end, instance, base)), where);
        assertEquals(outcome(() -> MemoryView.getI16(view, at)), outcome(() -> LoadStore.getI16(a, o, end, instance, base)), where);
        assertEquals(outcome(() -> MemoryView.getI32(view, at)), outcome(() -> LoadStore.getI32(a, o, end, instance, base)), where);
        assertEquals(outcome(() -> MemoryView.getI64(view, at)), outcome(() -> LoadStore.getI64(a, o, end, instance, base)), where);
        long in = outcome(() -> {
            LoadStore.setI64(a, at * 31, o, end, instance, base);
            return at * 31;
        });
        assertEquals(in, outcome(() -> MemoryView.getI64(view, at)), where);
        outcome(() -> {
            LoadStore.setI32(a, 0x1234_5678, o, end, instance, base);
            return 0;
        });
        outcome(() -> {
            LoadStore.setI16(a, (short) 0x9abc, o, end, instance, base);
            return 0;
        });
        outcome(() -> {
            LoadStore.setI8(a, (byte) 0xde, o, end, instance, base);
            return 0;
        });
        if (at + 8 <= view.segment.byteSize()) {
            long expected = at * 31 & 0xffff_ffff_0000_0000L | 0x1234_9adeL;
            assertEquals(expected, view.segment.get(CONTENT, at), where);
        }
        compareFloats(view, address, offset, end);
    }

    private void compareFloats(MemoryView view, long address, long offset, int end) {
        int a = (int) address;
        int o = (int) offset - LoadStore.BIAS;
        long at = address + offset;
        long base = instance.memoryBase;
        // A signalling NaN, whose bits must survive.
        long wide = outcome(() -> {
            MemoryView.setI64(view, at, 0x7ff4_0000_0000_1234L);
            return Double.doubleToRawLongBits(LoadStore.getF64(a, o, end, instance, base));
        });
        assertEquals(outcome(() -> MemoryView.getI64(view, at)), wide);
        long narrow = outcome(() -> {
            LoadStore.setF64(a, 1.5, o, end, instance, base);
            LoadStore.setF32(a, Float.intBitsToFloat(0x7fa0_1234), o, end, instance, base);
            return Float.floatToRawIntBits(LoadStore.getF32(a, o, end, instance, base));
        });
        if (at + 8 <= view.segment.byteSize()) {
            assertEquals(0x3ff8_0000_7fa0_1234L, view.segment.get(CONTENT, at));
            assertEquals(0x7fa0_1234, narrow);
        }
    }

    private void compareAround(MemoryView view, long place) {
        for (long offset : new long[] {0, 1, 3, 8, MemoryView.NEAR, MemoryView.NEAR + 1, 4096, Integer.MAX_VALUE - 17, Integer.MAX_VALUE - 16}) {
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
        assertTrue(view(1).end > 0);
    }

    @Test
    void theEndsOfASmallMemoryAreExact() {
        MemoryView view = view(1);
        compareAround(view, 0);
        compareAround(view, view.end);
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
        compareAround(view, view.end);
        compareAround(view, 1L << 31);
        compareAround(view, 40_000L * Memory.PAGE);
        MemoryView whole = view(Memory.MAX_PAGES);
        compareAround(whole, 1L << 31);
        compareAround(whole, 1L << 32);
    }
}
