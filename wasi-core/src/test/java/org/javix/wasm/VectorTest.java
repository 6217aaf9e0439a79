package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Vectors where they leave compiled code: calls from and to the host, between instances, globals, and fork. */
class VectorTest {
    private static final CompileOptions FORKING =
            new CompileOptions("forking", (module, imported) -> imported.name().equals("fork"));

    private static final long LOW = 0x0706_0504_0302_0100L;
    private static final long HIGH = 0x0f0e_0d0c_0b0a_0908L;

    private static final HostFunction FORK =
            new HostFunction("env", "fork", new FuncType(List.of(), List.of(ValType.I32))) {
                @Override
                public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                    throw new Unwind("fork");
                }
            };

    /** Exchanges the halves of a vector and adds a number to each. */
    private static final HostFunction EXCHANGE =
            new HostFunction("env", "exchange", new FuncType(List.of(ValType.V128, ValType.I32), List.of(ValType.V128))) {
                @Override
                public long call(Instance caller, long[] arguments) {
                    long low = arguments[0];
                    arguments[0] = arguments[1] + arguments[2];
                    arguments[1] = low + arguments[2];
                    return 0;
                }
            };

    private static Instance instance(String text, Imports imports) {
        return Compiler.compile(Module.decode(WatModule.assemble(text)), FORKING).instantiate(imports);
    }

    private static long[] invoke(Instance instance, String name, long... slots) throws Unwind {
        instance.invoke(instance.exportedFunction(name), slots);
        return slots;
    }

    /** Calls, forks where the guest does, and answers what the parent, then the child, returns in its slots. */
    private static long[][] fork(Instance parent, String name, long... slots) {
        Unwind unwind = assertThrows(Unwind.class, () -> parent.invoke(parent.exportedFunction(name), slots.clone()));
        Instance child = parent.fork();
        return new long[][] {results(parent, unwind, 1), results(child, unwind, 0)};
    }

    private static long[] results(Instance instance, Unwind unwind, long value) {
        try {
            instance.resume(unwind.frames(), value);
        } catch (Unwind e) {
            throw new AssertionError(e);
        }
        return new long[] {instance.results[0], instance.results[1]};
    }

    @Test
    void argumentsAndResultsAreTwoSlots() throws Unwind {
        Instance instance = instance(
                """
                (module
                  (func (export "mix") (param i32 v128 i64) (result i64 v128 i32)
                    (i64x2.extract_lane 1 (local.get 1))
                    (i64x2.add (local.get 1) (i64x2.splat (local.get 2)))
                    (local.get 0)))
                """,
                new Imports());
        assertArrayEquals(new long[] {20, 15, 25, 7}, invoke(instance, "mix", 7, 10, 20, 5));
        assertEquals(20, instance.call("mix", 7, 10, 20, 5));
        assertThrows(IllegalArgumentException.class, () -> instance.call("mix", 7, 10, 5));
    }

    @Test
    void hostFunctionsTakeAndGiveVectors() throws Unwind {
        Instance instance = instance(
                """
                (module
                  (import "env" "exchange" (func $exchange (param v128 i32) (result v128)))
                  (table funcref (elem $exchange))
                  (type $t (func (param v128 i32) (result v128)))
                  (func (export "direct") (param v128) (result v128)
                    (i64x2.add (v128.const i64x2 1000 2000) (call $exchange (local.get 0) (i32.const 3))))
                  (func (export "indirect") (param v128) (result v128)
                    (call_indirect (type $t) (local.get 0) (i32.const 4) (i32.const 0))))
                """,
                new Imports().add(EXCHANGE));
        assertArrayEquals(new long[] {1023, 2013}, invoke(instance, "direct", 10, 20));
        assertArrayEquals(new long[] {24, 14}, invoke(instance, "indirect", 10, 20));
    }

    @Test
    void instancesCallOneAnotherWithVectors() throws Unwind {
        Instance one = instance(
                """
                (module
                  (global (export "unit") v128 (v128.const i64x2 1 2))
                  (global (export "sum") (mut v128) (v128.const i64x2 0 0))
                  (func (export "double") (param v128) (result v128) (i64x2.add (local.get 0) (local.get 0))))
                """,
                new Imports());
        Instance two = instance(
                """
                (module
                  (import "one" "double" (func $double (param v128) (result v128)))
                  (import "one" "unit" (global $unit v128))
                  (import "one" "sum" (global $sum (mut v128)))
                  (global $copy v128 (global.get $unit))
                  (func (export "run") (param v128) (result v128)
                    (global.set $sum (i64x2.add (global.get $sum) (call $double (local.get 0))))
                    (i64x2.add (global.get $copy) (global.get $sum))))
                """,
                new Imports().add("one", one));
        assertArrayEquals(new long[] {21, 42}, invoke(two, "run", 10, 20));
        assertArrayEquals(new long[] {23, 46}, invoke(two, "run", 1, 2));
        assertEquals(22, one.exportedGlobal("sum").get());
        assertEquals(44, one.exportedGlobal("sum").getHigh());
    }

    @Test
    void hostGlobalsHoldVectors() throws Unwind {
        Global global = Global.ofVector(true, LOW, HIGH);
        Instance instance = instance(
                """
                (module
                  (import "env" "g" (global $g (mut v128)))
                  (func (export "not") (global.set $g (v128.not (global.get $g)))))
                """,
                new Imports().add("env", "g", global));
        invoke(instance, "not", 0);
        assertEquals(~LOW, global.get());
        assertEquals(~HIGH, global.getHigh());
    }

    @Test
    void globalsAreForkedSavedAndRestored() throws Unwind {
        Instance instance = instance(
                """
                (module
                  (global $g (export "g") (mut v128) (v128.const i64x2 1 2))
                  (global $n (mut i32) (i32.const 5))
                  (func (export "set") (param v128) (global.set $g (local.get 0)) (global.set $n (i32.const 6))))
                """,
                new Imports());
        invoke(instance, "set", LOW, HIGH);
        Instance child = instance.fork();
        long[] saved = instance.saveGlobals();
        invoke(instance, "set", 3, 4);
        assertEquals(LOW, child.exportedGlobal("g").get());
        assertEquals(HIGH, child.exportedGlobal("g").getHigh());
        assertEquals(4, instance.exportedGlobal("g").getHigh());
        instance.restoreGlobals(saved);
        assertEquals(LOW, instance.exportedGlobal("g").get());
        assertEquals(HIGH, instance.exportedGlobal("g").getHigh());
    }

    @Test
    void aStoreThatDoesNotFitStoresNothing() throws Unwind {
        Instance instance = instance(
                """
                (module (memory 1)
                  (func (export "store") (param i32 v128) (v128.store (local.get 0) (local.get 1)))
                  (func (export "load") (param i32) (result i64) (i64.load (local.get 0))))
                """,
                new Imports());
        for (int address : new int[] {65521, 65528, 65535, 65536, -1, -8, -16}) {
            Trap trap = assertThrows(Trap.class, () -> invoke(instance, "store", address, -1, -1));
            assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, trap.kind());
        }
        assertEquals(0, instance.call("load", 65520));
        assertEquals(0, instance.call("load", 65528));
        invoke(instance, "store", 65520, LOW, HIGH);
        assertEquals(HIGH, instance.call("load", 65528));
    }

    /** What lives across the fork: operands below the call, a parameter, a local, an operand that stands for a local. */
    @Test
    void forkKeepsOperandsAndLocals() throws Unwind {
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (func (export "run") (param v128) (result v128) (local $sum v128) (local $n i32)
                    (loop $again
                      (local.set $sum (i64x2.add (local.get $sum) (v128.const i64x2 100 200)))
                      (br_if $again
                        (i32.lt_u (local.tee $n (i32.add (local.get $n) (i32.const 1))) (i32.const 3))))
                    (i64x2.add
                      (local.get $sum)
                      (i64x2.add
                        (i64x2.mul (local.get 0) (v128.const i64x2 2 3))
                        (i64x2.splat (i64.extend_i32_u (call $fork)))))))
                """,
                new Imports().add(FORK));
        long[][] results = fork(parent, "run", 1000, 2000);
        assertArrayEquals(new long[] {2301, 6601}, results[0]);
        assertArrayEquals(new long[] {2300, 6600}, results[1]);
    }

    /** The fork happens below functions that return vectors: directly, by type and in a loop. */
    @Test
    void forkKeepsFramesThatReturnVectors() throws Unwind {
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (type $t (func (param v128 i32) (result v128)))
                  (table funcref (elem $down))
                  (func $down (type $t)
                    (if (result v128) (local.get 1)
                      (then (i64x2.add (local.get 0)
                        (call_indirect (type $t)
                          (i64x2.add (local.get 0) (v128.const i64x2 1 10))
                          (i32.sub (local.get 1) (i32.const 1))
                          (i32.const 0))))
                      (else (i64x2.replace_lane 0 (local.get 0)
                        (i64.mul (i64.const 1000) (i64.extend_i32_u (call $fork)))))))
                  (func (export "run") (param v128 i32) (result v128)
                    (i64x2.sub (call $down (local.get 0) (local.get 1)) (local.get 0))))
                """,
                new Imports().add(FORK));
        // 5+6+7, then 8 is replaced; 50+60+70+80; less 5 and 50.
        long[][] results = fork(parent, "run", 5, 50, 3);
        assertArrayEquals(new long[] {1013, 210}, results[0]);
        assertArrayEquals(new long[] {13, 210}, results[1]);
    }

    /** Both kinds of exceptions carry vectors, are caught before a fork and thrown after it. */
    @Test
    void forkBetweenExceptionsThatCarryVectors() throws Unwind {
        String head =
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (tag $e (param v128 i32))
                  (func $fail (param v128 i32) (throw $e (local.get 0) (local.get 1)))
                  (func (export "run") (param v128) (result v128) (local $n i32) (local $v v128)
                """;
        String legacy =
                """
                    (try (result v128 i32)
                      (do (call $fail (local.get 0) (i32.const 7)) (unreachable))
                      (catch $e
                        (local.set $n)
                        (local.set $v)
                        (try (result v128 i32)
                          (do
                            (call $fail (local.get $v) (i32.add (local.get $n) (call $fork)))
                            (unreachable))
                          (catch $e))))
                """;
        String standard =
                """
                    (block $caught (result v128 i32)
                      (try_table (catch $e $caught) (call $fail (local.get 0) (i32.const 7)))
                      (unreachable))
                    (local.set $n)
                    (local.set $v)
                    (block $again (result v128 i32)
                      (try_table (catch $e $again)
                        (call $fail (local.get $v) (i32.add (local.get $n) (call $fork))))
                      (unreachable))
                """;
        String tail =
                """
                    (local.set $n)
                    (i64x2.add (i64x2.splat (i64.extend_i32_u (local.get $n))))))
                """;
        for (String body : List.of(legacy, standard)) {
            Instance parent = instance(head + body + tail, new Imports().add(FORK));
            long[][] results = fork(parent, "run", 100, 200);
            assertArrayEquals(new long[] {108, 208}, results[0]);
            assertArrayEquals(new long[] {107, 207}, results[1]);
        }
    }

    /** Blocks and branches with vector parameters and results, and select and drop between numbers. */
    @Test
    void vectorsGoThroughBlocks() throws Unwind {
        Instance instance = instance(
                """
                (module
                  (func (export "run") (param $v v128) (param $n i32) (result v128)
                    (i32.const 1) (local.get $v) (f64.const 2)
                    (drop)
                    (loop $again (param i32 v128) (result i32 v128)
                      (i64x2.add (v128.const i64x2 1 2))
                      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
                      (br_if $again (local.get $n)))
                    (block $out (param i32 v128) (result i32 v128)
                      (local.get $v)
                      (i32.eqz (local.get $n))
                      (select)
                      (br_table $out $out (local.get $n)))
                    (local.set $v)
                    (drop)
                    (local.get $v)
                    (v128.const i64x2 5 5)
                    (drop)))
                """,
                new Imports());
        long[] slots = invoke(instance, "run", 10, 20, 4);
        assertArrayEquals(new long[] {14, 28}, new long[] {slots[0], slots[1]});
    }
}
