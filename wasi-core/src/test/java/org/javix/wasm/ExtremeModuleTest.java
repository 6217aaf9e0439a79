package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is larger than any compiler makes it works, or is refused in words; it takes bounded time and memory. */
@Timeout(120)
class ExtremeModuleTest {
    private static CompiledModule compile(String text) {
        return Compiler.compile(Module.decode(WatModule.assemble(text)), CompileOptions.PLAIN);
    }

    private static Instance instance(String text) {
        return compile(text).instantiate(new Imports());
    }

    private static String repeat(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    private static void refused(String text) {
        UnsupportedFeature e = assertThrows(UnsupportedFeature.class, () -> compile(text));
        assertTrue(e.getMessage().lines().count() == 1, e::getMessage);
    }

    @Test
    void endlessRecursionTrapsAndLeavesTheInstanceUsable() throws Exception {
        Instance instance = instance(
                """
                (module
                  (global $depth (mut i32) (i32.const 0))
                  (func $down (export "down") (param i64 f64) (result i64)
                    (global.set $depth (i32.add (global.get $depth) (i32.const 1)))
                    (i64.add (local.get 0) (call $down (i64.add (local.get 0) (i64.const 1)) (local.get 1))))
                  (func (export "depth") (result i32) (global.get $depth)))
                """);
        Thread thread = new Thread(
                null,
                () -> {
                    for (int i = 0; i < 3; i++) {
                        Trap trap = assertThrows(Trap.class, () -> instance.call("down", 0, 0));
                        assertEquals(Trap.Kind.STACK_EXHAUSTED, trap.kind());
                    }
                },
                "deep",
                4 << 20);
        Throwable[] failure = new Throwable[1];
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join();
        assertEquals(null, failure[0]);
        try {
            assertTrue(instance.call("depth") > 1000);
        } catch (Unwind e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void memoryGrowsToTheLimitAndNoFurther() throws Throwable {
        Instance instance = instance(
                """
                (module (memory 0)
                  (func (export "grow") (result i32)
                    (loop $more (br_if $more (i32.ne (memory.grow (i32.const 64)) (i32.const -1))))
                    (loop $more (br_if $more (i32.ne (memory.grow (i32.const 1)) (i32.const -1))))
                    (memory.size))
                  (func (export "last") (result i32)
                    (i32.store8 (i32.const -1) (i32.const 7))
                    (i32.load8_u (i32.const -1))))
                """);
        try (instance) {
            assertEquals(Memory.MAX_PAGES, instance.call("grow"));
            assertEquals(7, instance.call("last"));
        }
    }

    @Test
    void tablesGrowToTheLimitAndNoFurther() throws Throwable {
        Instance instance = instance(
                """
                (module (table 0 externref)
                  (func (export "grow") (param i32) (result i32) (table.grow (ref.null extern) (local.get 0)))
                  (func (export "size") (result i32) (table.size)))
                """);
        assertEquals(-1, instance.call("grow", -1));
        assertEquals(0, instance.call("grow", 5_000_000));
        assertEquals(-1, instance.call("grow", Integer.MAX_VALUE));
        assertEquals(5_000_000, instance.call("size"));
        CompiledModule giant = compile("(module (table 4000000000 funcref))");
        assertThrows(LinkException.class, () -> giant.instantiate(new Imports()));
    }

    @Test
    void aHundredThousandLocalsWorkOrAreRefused() throws Throwable {
        int count = 100_000;
        String declared = "(module (func (export \"f\") (result i64) (local" + " i64".repeat(count) + ")";
        assertEquals(0, instance(declared + "(local.get 99999)))").call("f"));
        String text = declared + repeat(count, i -> "(local.set " + i + " (i64.const " + i + "))") + "(i64.const 0)"
                + repeat(count, i -> "(i64.add (local.get " + i + "))") + "))";
        assertEquals((long) count * (count - 1) / 2, instance(text).call("f"));
        refused("(module (func (local" + " v128".repeat(40_000) + ")" + repeat(40_000, i -> "(drop (local.get " + i + "))") + "))");
    }

    @Test
    void aThousandLocalsWork() throws Throwable {
        String text = "(module (func (export \"f\") (result i64) (local" + " i64".repeat(1_000) + ")"
                + repeat(1_000, i -> "(local.set " + i + " (i64.const " + i + "))")
                + "(i64.const 0)"
                + repeat(1_000, i -> "(i64.add (local.get " + i + "))")
                + "))";
        assertEquals(499_500, instance(text).call("f"));
    }

    @Test
    void fiftyThousandFunctionsWork() throws Throwable {
        Instance instance = instance(functions(50_000, 15_000));
        assertEquals(5, instance.call("f", 0));
        assertEquals(5 + 14_999, instance.call("f", 14_999));
        assertThrows(Trap.class, () -> instance.call("f", 15_000));
        assertEquals(50_004, instance.call("last"));
    }

    /** All their names do not fit into one class. */
    @Test
    void fiftyThousandFunctionsOfOneTypeInATableWork() throws Throwable {
        Instance instance = instance(functions(50_000, 50_000));
        assertEquals(5, instance.call("f", 0));
        assertEquals(5 + 49_999, instance.call("f", 49_999));
        assertThrows(Trap.class, () -> instance.call("f", 50_000));
        assertEquals(5 + 49_999, instance.callTable(49_999, 5));
    }

    private static String functions(int count, int inTable) {
        return "(module (type $t (func (param i32) (result i32))) (table " + inTable + " funcref) (elem (i32.const 0) func"
                + repeat(inTable, i -> " " + i) + ")"
                + repeat(count, i -> "(func (type $t) (i32.add (local.get 0) (i32.const " + i + ")))")
                + "(func (export \"f\") (param i32) (result i32) (call_indirect (type $t) (i32.const 5) (local.get 0)))"
                + "(func (export \"last\") (result i32) (call " + (count - 1) + " (i32.const 5))))";
    }

    @Test
    void deepNestingWorksOrIsRefused() throws Throwable {
        assertEquals(1, instance(nested("(block (result i32) ", 2_000)).call("f"));
        assertEquals(1, instance(nested("(loop (result i32) ", 200)).call("f"));
        refused(nested("(block (result i32) ", 20_000));
        refused(nested("(try_table (result i32) ", 1_000));
    }

    private static String nested(String open, int depth) {
        return "(module (func (export \"f\") (result i32) " + open.repeat(depth) + "(i32.const 1)" + ")".repeat(depth) + "))";
    }

    @Test
    void manyParametersAndResultsWorkOrAreRefused() throws Throwable {
        String results = "(module (func $g (result" + " i32".repeat(1_000) + ")" + repeat(1_000, i -> "(i32.const " + i + ")")
                + ") (func (export \"f\") (result i32) (call $g)" + "(i32.add)".repeat(999) + "))";
        assertEquals(499_500, instance(results).call("f"));
        refused("(module (func (param" + " i64".repeat(1_000) + ")))");
    }

    @Test
    void hugeBranchTablesWorkOrAreRefused() throws Throwable {
        String head = "(module (func (export \"f\") (param i32) (result i32) (block $a (block $b (br_table";
        String tail = " $b (local.get 0))) (return (i32.const 2))) (i32.const 1)))";
        Instance instance = instance(head + repeat(5_000, i -> i % 2 == 0 ? " $a" : " $b") + tail);
        assertEquals(1, instance.call("f", 4_998));
        assertEquals(2, instance.call("f", 4_999));
        assertEquals(2, instance.call("f", -1));
        refused(head + " $a".repeat(100_000) + tail);
    }
}
