package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memories and tables with 64-bit addresses, beyond what the official suite asks. */
class Memory64Test {
    private static final long GIB = 1L << 30;

    private static final String ACCESS =
            """
            (memory $m i64 1 0x30000)
            (memory $small 1)
            (data $d "abc")
            (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
            (func (export "size") (result i64) (memory.size))
            (func (export "load") (param i64) (result i64) (i64.load (local.get 0)))
            (func (export "store") (param i64 i64) (i64.store (local.get 0) (local.get 1)))
            (func (export "load8") (param i64) (result i64) (i64.load offset=8 (local.get 0)))
            (func (export "load-far") (param i64) (result i64) (i64.load offset=0xffff_ffff_ffff_fff8 (local.get 0)))
            (func (export "constant") (result i64) (i64.load offset=8 (i64.const -8)))
            (func (export "store-vector") (param i64) (v128.store (local.get 0) (v128.const i64x2 1 2)))
            (func (export "fill") (param i64 i32 i64) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
            (func (export "copy") (param i64 i64 i64) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
            (func (export "init") (param i64) (memory.init $m $d (local.get 0) (i32.const 0) (i32.const 3)))
            (func (export "in") (param i64 i32 i32)
              (memory.copy $m $small (local.get 0) (local.get 1) (local.get 2)))
            (func (export "out") (param i32 i64 i32)
              (memory.copy $small $m (local.get 0) (local.get 1) (local.get 2)))
            (func (export "small") (param i32) (result i32) (i32.load8_u $small (local.get 0)))
            """;

    private static void traps(Trap.Kind kind, Instance instance, String function, long... arguments) {
        Trap trap = assertThrows(Trap.class, () -> instance.call(function, arguments));
        assertEquals(kind, trap.kind());
    }

    @Test
    void reachesBeyondFourGibibytesAndCommitsOnlyWhatIsTouched() throws Unwind {
        assumeTrue(HostPages.host() != null, "the portable memory commits all");
        Instance instance = Wat.instance(ACCESS);
        try {
            assertEquals(1, instance.call("grow", 12 * GIB / Memory.PAGE - 1));
            assertEquals(12 * GIB / Memory.PAGE, instance.call("size"));
            instance.call("store", 9 * GIB + 3, 0x0123_4567_89ab_cdefL);
            assertEquals(0x0123_4567_89ab_cdefL, instance.call("load", 9 * GIB + 3));
            instance.call("copy", 5 * GIB, 9 * GIB, 100);
            assertEquals(0x0123_4567_89ab_cdefL, instance.call("load", 5 * GIB + 3));
            instance.call("fill", 11 * GIB, -1, 16);
            assertEquals(-1, instance.call("load8", 11 * GIB));
            instance.call("init", 12 * GIB - 3);
            assertEquals('c', instance.memory().get(Ops.I8, 12 * GIB - 1));
            traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "load", 12 * GIB - 7);
            traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "init", 12 * GIB - 2);
            assertTrue(instance.linearMemory().residentBytes() < 1 << 20);
            Instance child = instance.fork();
            instance.call("store", 9 * GIB + 3, 1);
            assertEquals(0x0123_4567_89ab_cdefL, child.call("load", 9 * GIB + 3));
            child.close();
        } finally {
            instance.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"load8,-8", "load8,-1", "load,-1", "load,0x7fffffffffffffff", "load8,0x7fffffffffffffff", "load-far,8",
        "load-far,0", "load,0x100000000"})
    void addressesDoNotWrapAround(String function, String address) {
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, Wat.instance(ACCESS), function, Long.decode(address));
    }

    @Test
    void rangesDoNotWrapAround() {
        Instance instance = Wat.instance(ACCESS);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "constant");
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "fill", -8, 0, 16);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "fill", 8, 0, -4);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "copy", 0, Long.MAX_VALUE, 2);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "copy", Long.MIN_VALUE, 0, Long.MIN_VALUE);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "in", 1L << 32, 0, 1);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "out", -1, 0, 2);
    }

    @Test
    void aVectorThatIsOutsideIsNotStoredInPart() throws Unwind {
        Instance instance = Wat.instance(ACCESS);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "store-vector", -4);
        traps(Trap.Kind.OUT_OF_BOUNDS_MEMORY, instance, "store-vector", 65536 - 8);
        assertEquals(0, instance.call("load", 4));
        assertEquals(0, instance.call("load", 65536 - 8));
    }

    @Test
    void copiesBetweenMemoriesOfBothKinds() throws Unwind {
        Instance instance = Wat.instance(ACCESS);
        instance.call("init", 40);
        instance.call("out", 7, 40, 3);
        assertEquals('b', instance.call("small", 8));
        instance.call("in", 100, 7, 3);
        assertEquals('c', instance.memory().get(Ops.I8, 102));
    }

    @Test
    void growthIsUnsignedAndLimited() throws Unwind {
        Instance instance = Wat.instance(ACCESS);
        assertEquals(-1, instance.call("grow", -1));
        assertEquals(-1, instance.call("grow", 1L << 48));
        assertEquals(-1, instance.call("grow", 0x30000));
        assertEquals(1, instance.call("grow", 0));
    }

    @Test
    void aMemoryThatNoHostHasRoomForIsRefusedInWords() {
        CompiledModule huge = Wat.compile("(memory i64 0x1_0000_0000)");
        LinkException refused = assertThrows(LinkException.class, () -> huge.instantiate(new Imports(), Long.MAX_VALUE));
        assertTrue(refused.getMessage().contains("over the limit"), refused.getMessage());
    }

    @Test
    void tableIndicesDoNotWrapAround() throws Unwind {
        Instance instance = Wat.instance(
                """
                (type $f (func (result i32)))
                (table $t i64 3 100 funcref)
                (elem (table $t) (i64.const 1) func $seven)
                (func $seven (result i32) (i32.const 7))
                (func (export "call") (param i64) (result i32) (call_indirect $t (type $f) (local.get 0)))
                (func (export "grow") (param i64) (result i64) (table.grow $t (ref.null func) (local.get 0)))
                """);
        assertEquals(7, instance.call("call", 1));
        traps(Trap.Kind.UNDEFINED_ELEMENT, instance, "call", (1L << 32) + 1);
        traps(Trap.Kind.UNDEFINED_ELEMENT, instance, "call", -1);
        traps(Trap.Kind.UNINITIALIZED_ELEMENT, instance, "call", 2);
        assertEquals(-1, instance.call("grow", 1L << 32));
        assertEquals(3, instance.call("grow", 97));
        assertEquals(-1, instance.call("grow", 1));
    }
}
