package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances of different modules that call one another and share what they export. */
@Timeout(60)
class LinkedInstancesTest {
    private static final FuncType NOTHING = new FuncType(List.of(), List.of());

    /** A host function that runs Java code of the test. */
    private interface Action {
        void run(Instance caller) throws Unwind;
    }

    private static HostFunction host(String name, Action action) {
        return new HostFunction("host", name, NOTHING) {
            @Override
            public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                action.run(caller);
                return 0;
            }
        };
    }

    @Test
    void shareMemoryTableAndGlobals() throws Throwable {
        Instance library = Wat.instance(
                """
                (memory (export "memory") 1 4)
                (table (export "table") 2 funcref)
                (global (export "counter") (mut i64) (i64.const 5))
                (func $get (result i64) (i64.load (i32.const 8)))
                (elem (i32.const 0) func $get)
                (func (export "size") (result i32) (memory.size))
                """);
        Instance program = Wat.instance(
                """
                (import "lib" "memory" (memory 1))
                (import "lib" "table" (table 2 funcref))
                (import "lib" "counter" (global $counter (mut i64)))
                (import "lib" "size" (func $size (result i32)))
                (type $f (func (result i64)))
                (elem (i32.const 1) func $own)
                (func $own (result i64) (global.get $counter))
                (func (export "call") (param i32) (result i64) (call_indirect (type $f) (local.get 0)))
                (func (export "run") (result i32)
                  (i64.store (i32.const 8) (i64.const 42))
                  (global.set $counter (i64.add (global.get $counter) (i64.const 1)))
                  (drop (memory.grow (i32.const 2)))
                  (i64.store (i32.const 131072) (i64.const 1))
                  (call $size))
                """,
                new Imports().add("lib", library));
        assertEquals(3, program.call("run"));
        assertEquals(42, program.call("call", 0));
        assertEquals(6, program.call("call", 1));
        assertEquals(6, library.callTable(1));
        assertEquals(6, library.exportedGlobal("counter").get());
        assertSame(program.memory(), library.memory());
    }

    @Test
    void passReferencesVectorsAndManyResults() throws Throwable {
        Instance library = Wat.instance(
                """
                (func (export "swap") (param v128 externref i64 externref) (result externref i64 externref v128)
                  (local.get 3) (local.get 2) (local.get 1) (local.get 0))
                """);
        Instance program = Wat.instance(
                """
                (import "lib" "swap"
                  (func $swap (param v128 externref i64 externref) (result externref i64 externref v128)))
                (type $wide (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
                (func (export "run") (param externref externref) (result externref externref i64 i64)
                  (local $a externref) (local $n i64) (local $b externref) (local $v v128)
                  (call $swap (v128.const i64x2 7 9) (local.get 0) (i64.const 3) (local.get 1))
                  (local.set $v) (local.set $b) (local.set $n) (local.set $a)
                  (local.get $a) (local.get $b) (local.get $n) (i64x2.extract_lane 1 (local.get $v)))
                """,
                new Imports().add("lib", library));
        long[] slots = new long[4];
        program.references[0] = "one";
        program.references[1] = "two";
        program.invoke(program.exportedFunction("run"), slots);
        assertEquals("two", program.references[0]);
        assertEquals("one", program.references[1]);
        assertEquals(3, slots[2]);
        assertEquals(9, slots[3]);
        assertTrue(program.references.length >= 13, "an instance keeps the arrays that its own types need");
    }

    @Test
    void catchOneAnothersExceptionsByImportedTags() throws Throwable {
        Instance library = Wat.instance(
                """
                (tag $t (export "t") (param i64 externref))
                (tag $private)
                (func (export "throw") (param i64 externref) (throw $t (local.get 0) (local.get 1)))
                (func (export "private") (throw $private))
                """);
        Instance program = Wat.instance(
                """
                (import "lib" "t" (tag $t (param i64 externref)))
                (import "lib" "throw" (func $throw (param i64 externref)))
                (import "lib" "private" (func $private))
                (tag $own (param i64 externref))
                (global $kept (mut exnref) (ref.null exn))
                (table $kept 1 exnref)
                (func (export "catch") (param i64 externref) (result i64 externref)
                  (block $h (result i64 externref)
                    (try_table (catch $own $h) (catch $t $h) (call $throw (local.get 0) (local.get 1)))
                    (unreachable)))
                (func (export "legacy") (param i64 externref) (result i64)
                  (try (result i64)
                    (do (call $throw (local.get 0) (local.get 1)) (i64.const 0))
                    (catch $own (drop))
                    (catch $t (drop))))
                (func (export "keep")
                  (block $h (result exnref)
                    (try_table (catch_all_ref $h) (call $private))
                    (unreachable))
                  (global.set $kept)
                  (table.set $kept (i32.const 0) (global.get $kept)))
                (func (export "again") (throw_ref (table.get $kept (i32.const 0))))
                """,
                new Imports().add("lib", library));
        long[] slots = {6, 0};
        program.references[1] = "x";
        program.invoke(program.exportedFunction("catch"), slots);
        assertEquals(6, slots[0]);
        assertEquals("x", program.references[1]);
        assertEquals(8, program.call("legacy", 8, 0));
        program.call("keep");
        assertThrows(WasmException.class, () -> program.call("again"));
        assertThrows(WasmException.class, () -> library.call("private"));
    }

    @Test
    void aRequestedPollReachesTheOneThatRuns() throws Throwable {
        CountDownLatch spinning = new CountDownLatch(1);
        Imports imports = new Imports().add(host("spinning", caller -> spinning.countDown()));
        Instance inner = Wat.instance(
                """
                (import "host" "spinning" (func $spinning))
                (func (export "spin") (call $spinning) (loop $l (br $l)))
                """,
                imports);
        Instance middle = Wat.instance(
                "(import \"inner\" \"spin\" (func $spin)) (func (export \"run\") (call $spin))",
                new Imports().add("inner", inner));
        Instance outer = Wat.instance(
                "(import \"middle\" \"run\" (func $run)) (func (export \"run\") (call $run))",
                new Imports().add("middle", middle));
        List<String> polled = new ArrayList<>();
        inner.setPollHandler(instance -> polled.add("inner"));
        outer.setPollHandler(instance -> {
            assertSame(outer, instance);
            polled.add("outer");
            throw new IllegalStateException("killed");
        });
        Thread.ofVirtual().start(() -> {
            try {
                spinning.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            outer.requestPoll();
        });
        IllegalStateException end = assertThrows(IllegalStateException.class, () -> outer.call("run"));
        assertEquals("killed", end.getMessage());
        assertEquals("outer", polled.getLast());
        assertTrue(inner.unwindable(), "nothing is left of the crossing");
    }

    @Test
    void aPollRequestedBeforeTheCallIsHeardInside() {
        Instance inner = Wat.instance("(func (export \"spin\") (loop $l (br $l)))");
        Instance outer = Wat.instance(
                "(import \"inner\" \"spin\" (func $spin)) (func (export \"run\") (call $spin))",
                new Imports().add("inner", inner));
        outer.interrupt();
        Trap trap = assertThrows(Trap.class, () -> outer.call("run"));
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
    }

    @Test
    void aStackWithTwoInstancesIsNotUnwound() throws Throwable {
        CompileOptions options = new CompileOptions("fork", (module, imported) -> true);
        List<Boolean> unwindable = new ArrayList<>();
        Imports imports = new Imports().add(host("fork", caller -> {
            unwindable.add(caller.unwindable());
            throw new Unwind(null);
        }));
        Instance inner = Wat.compile(
                        "(import \"host\" \"fork\" (func $fork)) (func (export \"fork\") (call $fork))", options)
                .instantiate(imports);
        Instance outer = Wat.compile(
                        "(import \"inner\" \"fork\" (func $fork)) (func (export \"run\") (call $fork))", options)
                .instantiate(new Imports().add("inner", inner));
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> outer.call("run"));
        assertTrue(refused.getMessage().contains("another instance"), refused.getMessage());
        assertInstanceOf(Unwind.class, refused.getCause());
        Unwind unwound = assertThrows(Unwind.class, () -> inner.call("fork"));
        inner.resume(unwound.frames(), 0);
        assertEquals(List.of(false, true), unwindable);
        assertFalse(unwound.frames().isEmpty());
    }

    @Test
    void aTrapLeavesBothUsable() throws Throwable {
        Instance inner = Wat.instance(
                """
                (memory 1)
                (func (export "load") (param i32) (result i32) (i32.load (local.get 0)))
                """);
        Instance outer = Wat.instance(
                """
                (import "inner" "load" (func $load (param i32) (result i32)))
                (func (export "run") (param i32) (result i32) (call $load (local.get 0)))
                (func $deep (export "deep") (result i32) (i32.add (call $deep) (call $load (i32.const 0))))
                """,
                new Imports().add("inner", inner));
        Trap trap = assertThrows(Trap.class, () -> outer.call("run", -1));
        assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, trap.kind());
        trap = assertThrows(Trap.class, () -> outer.call("deep"));
        assertEquals(Trap.Kind.STACK_EXHAUSTED, trap.kind());
        assertEquals(0, outer.call("run", 0));
        assertTrue(inner.unwindable());
    }
}
