package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tail calls need no stack, whatever they call. */
@Timeout(60)
class TailCallTest {
    private static final long MANY = 10_000_000;

    /** Runs on a thread with HotSpot's default stack size of 1 MiB. */
    private static long call(Instance instance, String function, long... arguments) throws Throwable {
        long[] result = new long[1];
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(null, () -> {
            try {
                result[0] = instance.call(function, arguments);
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "guest", 1 << 20);
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw failure[0];
        }
        return result[0];
    }

    @Test
    void ofTheFunctionItself() throws Throwable {
        Instance instance = Wat.instance(
                """
                (func $sum (export "sum") (param $n i64) (param $sum i64) (result i64) (local $fresh i64)
                  (if (i64.ne (local.get $fresh) (i64.const 0)) (then (unreachable)))
                  (local.set $fresh (i64.const 1))
                  (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
                  (return_call $sum (i64.sub (local.get $n) (i64.const 1)) (i64.add (local.get $sum) (local.get $n))))
                """);
        assertEquals(MANY * (MANY + 1) / 2, call(instance, "sum", MANY, 0));
    }

    @Test
    void ofOneAnotherWithDifferentSignatures() throws Throwable {
        Instance instance = Wat.instance(
                """
                (func $a (export "a") (param $n i64) (param $x f64) (result i64)
                  (if (i64.eqz (local.get $n)) (then (return (i64.trunc_f64_s (local.get $x)))))
                  (return_call $b
                    (i32.const 1) (f32.const 2) (local.get $x) (i64.const 3) (i32.const 4) (f32.const 5) (i64.const 6)
                    (i64.sub (local.get $n) (i64.const 1))))
                (func $b (param i32 f32 f64 i64 i32 f32 i64 i64) (result i64)
                  (return_call $c (local.get 7) (ref.null extern) (f64.add (local.get 2) (f64.const 1))))
                (func $c (param i64 externref f64) (result i64)
                  (if (i32.eqz (ref.is_null (local.get 1))) (then (unreachable)))
                  (return_call $a (local.get 0) (local.get 2)))
                """);
        assertEquals(MANY / 2, call(instance, "a", MANY / 2, 0));
    }

    private static final String INDIRECT =
            """
            (type $f (func (param i64 i64) (result i64 i64)))
            (table $t 2 funcref)
            (elem (table $t) (i32.const 0) func $a $b)
            (func $a (param i64 i64) (result i64 i64)
              (if (i64.eqz (local.get 0)) (then (return (local.get 0) (local.get 1))))
              (return_call_indirect $t (type $f)
                (i64.sub (local.get 0) (i64.const 1)) (i64.add (local.get 1) (i64.const 1)) (i32.const 1)))
            (func $b (param i64 i64) (result i64 i64)
              (return_call_indirect $t (type $f)
                (local.get 0) (i64.add (local.get 1) (i64.const 1)) (i32.const 0)))
            (func (export "run") (param i64) (result i64)
              (call $a (local.get 0) (i64.const 0)) (i64.add))
            (func (export "both") (param i64) (result i64 i64) (return_call $a (local.get 0) (i64.const 5)))
            (func (export "bad") (param i64) (result i64)
              (return_call_indirect $t (type $g) (local.get 0)  (i32.const 0)))
            (type $g (func (param i64) (result i64)))
            """;

    @Test
    void throughATableWithSeveralResults() throws Throwable {
        Instance instance = Wat.instance(INDIRECT);
        assertEquals(MANY, call(instance, "run", MANY / 2));
        long[] slots = {1, 0};
        instance.invoke(instance.exportedFunction("both"), slots);
        assertArrayEquals(new long[] {0, 7}, slots);
        Trap trap = assertThrows(Trap.class, () -> instance.call("bad", 1));
        assertEquals(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, trap.kind());
    }

    @Test
    void acrossInstancesOfDifferentModules() throws Throwable {
        Instance table = Wat.instance("(table (export \"t\") 4 funcref)");
        Imports imports = new Imports().add("x", table);
        Instance a = Wat.instance(
                """
                (type $f (func (param i64 externref) (result i64 externref)))
                (table $t (import "x" "t") 4 funcref)
                (elem (table $t) (i32.const 0) func $a)
                (func $a (param i64 externref) (result i64 externref)
                  (if (i64.eqz (local.get 0)) (then (return (local.get 0) (local.get 1))))
                  (return_call_indirect $t (type $f) (i64.sub (local.get 0) (i64.const 1)) (local.get 1) (i32.const 1)))
                (func (export "run") (param i64 externref) (result i64 externref)
                  (call $a (local.get 0) (local.get 1)))
                """,
                imports);
        imports.add("a", a);
        Instance b = Wat.instance(
                """
                (import "a" "run" (func $run (param i64 externref) (result i64 externref)))
                (type $f (func (param i64 externref) (result i64 externref)))
                (type $unused (func (param i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32)))
                (table $t (import "x" "t") 4 funcref)
                (elem (table $t) (i32.const 1) func $b $c)
                (func $b (param i64 externref) (result i64 externref)
                  (return_call_indirect $t (type $f) (local.get 0) (local.get 1) (i32.const 2)))
                (func $c (param i64 externref) (result i64 externref)
                  (if (i64.eq (local.get 0) (i64.const 5))
                    (then (return_call $run (i64.const 3) (local.get 1))))
                  (return_call_indirect $t (type $f) (local.get 0) (local.get 1) (i32.const 0)))
                (func (export "go") (param i64) (result i64)
                  (call $b (local.get 0) (ref.null extern)) (drop))
                """,
                imports);
        assertEquals(0, call(b, "go", MANY / 10));
        long[] slots = {100_001, 0};
        a.references[1] = "seven";
        a.invoke(a.exportedFunction("run"), slots);
        assertEquals(0, slots[0]);
        assertEquals("seven", a.references[1]);
    }

    @Test
    void outOfATry() throws Throwable {
        Instance instance = Wat.instance(
                """
                (tag $t (param i64))
                (func $throws (param i64) (result i64) (throw $t (local.get 0)))
                (func $a (param i64) (result i64)
                  (try (result i64)
                    (do (return_call $throws (local.get 0)))
                    (catch $t (drop) (i64.const -1))))
                (func $b (param i64) (result i64)
                  (block $h (result i64)
                    (try_table (result i64) (catch $t $h) (return_call $throws (local.get 0)))
                    (return))
                  (drop) (i64.const -1))
                (func (export "legacy") (param i64) (result i64)
                  (try (result i64) (do (call $a (local.get 0))) (catch $t)))
                (func (export "new") (param i64) (result i64)
                  (block $h (result i64) (try_table (result i64) (catch $t $h) (call $b (local.get 0)))))
                (func $self (export "self") (param $n i64) (result i64)
                  (try (result i64)
                    (do
                      (if (i64.eqz (local.get $n)) (then (throw $t (i64.const 9))))
                      (return_call $self (i64.sub (local.get $n) (i64.const 1))))
                    (catch $t)))
                """);
        assertEquals(7, call(instance, "legacy", 7));
        assertEquals(8, call(instance, "new", 8));
        assertEquals(9, call(instance, "self", MANY));
    }

    @Test
    void ofAHostFunctionThatCallsBack() throws Throwable {
        FuncType type = new FuncType(List.of(ValType.I64, ValType.I64), List.of(ValType.I64));
        HostFunction host = new HostFunction("host", "f", type) {
            @Override
            public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                return a == 0 ? b : caller.call("run", a - 1) + b;
            }
        };
        Instance instance = Wat.instance(
                """
                (import "host" "f" (func $f (param i64 i64) (result i64)))
                (func (export "run") (param i64) (result i64) (return_call $f (local.get 0) (i64.const 1)))
                """,
                new Imports().add(host));
        assertEquals(11, call(instance, "run", 10));
    }

    @Test
    void anEndlessChainHearsPolls() {
        for (String program : List.of(
                "(func $a (export \"run\") (return_call $a))",
                "(func $a (export \"run\") (return_call $b)) (func $b (return_call $a))",
                INDIRECT.replace("(local.get 0) (i64.const 1))", "(local.get 0) (i64.const 0))"))) {
            Instance instance = Wat.instance(program);
            instance.setPollHandler(polled -> {
                throw new IllegalStateException("killed");
            });
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                instance.requestPoll();
            });
            long[] arguments = new long[instance.exportedFunction("run").type().params().size()];
            java.util.Arrays.fill(arguments, 1);
            IllegalStateException end =
                    assertThrows(IllegalStateException.class, () -> call(instance, "run", arguments), program);
            assertEquals("killed", end.getMessage());
        }
    }

    @Test
    void aForkInsideGoesOnInBoth() throws Throwable {
        CompileOptions options = new CompileOptions("fork", (module, imported) -> true);
        CompiledModule code = Wat.compile(
                """
                (import "host" "fork" (func $fork (param i64) (result i64)))
                (type $f (func (param i64 i64) (result i64)))
                (table $t 2 funcref)
                (elem (table $t) (i32.const 0) func $a $b)
                (func $a (param $n i64) (param $sum i64) (result i64)
                  (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
                  (if (i64.eq (local.get $n) (i64.const 4))
                    (then (local.set $sum (i64.add (local.get $sum) (call $fork (local.get $n))))))
                  (return_call_indirect $t (type $f)
                    (i64.sub (local.get $n) (i64.const 1)) (i64.add (local.get $sum) (local.get $n)) (i32.const 1)))
                (func $b (param i64 i64) (result i64)
                  (return_call $a (local.get 0) (local.get 1)))
                (func $last (param $n i64) (result i64) (return_call $fork (local.get $n)))
                (func $self (param $n i64) (param $sum i64) (result i64)
                  (if (i64.eqz (local.get $n)) (then (return (local.get $sum))))
                  (if (i64.eq (local.get $n) (i64.const 2))
                    (then (local.set $sum (call $fork (local.get $n)))))
                  (return_call $self (i64.sub (local.get $n) (i64.const 1)) (i64.add (local.get $sum) (local.get $n))))
                (func (export "run") (result i64)
                  (i64.add (i64.const 1000) (call $a (i64.const 6) (i64.const 0))))
                (func (export "last") (result i64) (i64.add (i64.const 1) (call $last (i64.const 4))))
                (func (export "self") (result i64) (i64.add (i64.const 1) (call $self (i64.const 5) (i64.const 0))))
                """,
                options);
        FuncType type = new FuncType(List.of(ValType.I64), List.of(ValType.I64));
        Imports imports = new Imports().add(new HostFunction("host", "fork", type) {
            @Override
            public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                throw new Unwind(null);
            }
        });
        long[][] expected = {{1021, 1121}, {1, 101}, {4, 104}};
        String[] functions = {"run", "last", "self"};
        for (int i = 0; i < functions.length; i++) {
            Instance parent = code.instantiate(imports);
            String function = functions[i];
            Unwind unwound = assertThrows(Unwind.class, () -> parent.call(function));
            Instance child = parent.fork();
            assertEquals(expected[i][0], child.resume(unwound.frames(), 0), function);
            assertEquals(expected[i][1], parent.resume(unwound.frames(), 100), function);
        }
    }

    @Test
    void anOverflowOfTheStackLeavesNothingPending() throws Throwable {
        Instance instance = Wat.instance(
                """
                (type $f (func (param i64) (result i64)))
                (table $t 2 funcref)
                (elem (table $t) (i32.const 0) func $a $b)
                (func $a (param i64) (result i64)
                  (return_call_indirect $t (type $f) (local.get 0) (i32.const 1)))
                (func $b (param i64) (result i64)
                  (if (i64.eqz (local.get 0)) (then (return (i64.const 5))))
                  (i64.add (i64.const 1) (call $a (i64.sub (local.get 0) (i64.const 1)))))
                (func (export "run") (param i64) (result i64) (call $a (local.get 0)))
                """);
        for (int i = 0; i < 20; i++) {
            Trap trap = assertThrows(Trap.class, () -> call(instance, "run", MANY));
            assertEquals(Trap.Kind.STACK_EXHAUSTED, trap.kind());
            assertEquals(5 + i, instance.call("run", i));
        }
    }
}
