package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Forks of an instance in the middle of a function. */
class ForkTest {
    private static final HostFunction FORK =
            new HostFunction("env", "fork", new FuncType(List.of(), List.of(ValType.I32))) {
                @Override
                public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                    throw new Unwind("fork");
                }
            };

    private static Instance instance(String text) {
        CompileOptions options = new CompileOptions("forking", (module, imported) -> true);
        return Compiler.compile(Module.decode(WatModule.assemble(text)), options).instantiate(new Imports().add(FORK));
    }

    private static Unwind fork(Instance instance, String name, long... arguments) {
        return assertThrows(Unwind.class, () -> instance.call(name, arguments));
    }

    /** Only the branch table leads to what follows the block, and it has to move a value first. */
    @Test
    void aForkBehindABranchTable() throws Unwind {
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (func (export "run") (param i32) (result i32)
                    (i32.const 50)
                    (block $out (result i32)
                      (i32.const 4)
                      (br_table $out $out (local.get 0)))
                    (call $fork)
                    (i32.add)
                    (i32.add)))
                """);
        Unwind unwind = fork(parent, "run", 1);
        Instance child = parent.fork();
        assertEquals(55, parent.resume(unwind.frames(), 1));
        assertEquals(54, child.resume(unwind.frames(), 0));
    }

    /** Of eight locals, each read before, one is read after the first fork, and none after the second; an operand outlives both. */
    @Test
    void aFrameForgetsWhatIsDead() throws Unwind {
        StringBuilder sums = new StringBuilder();
        for (int i = 0; i < 42; i++) {
            sums.append("(local.set %1$d (i32.add (local.get %1$d) (local.get %2$d)))".formatted(1 + i % 7, (i + 1) % 7));
        }
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (func (export "run") (param i32) (result i32) (local i32 i32 i32 i32 i32 i32 i32)
                    %s
                    (local.set 3 (i32.const 30))
                    (local.set 5 (i32.const 500))
                    (local.set 3 (i32.add (local.get 3) (call $fork)))
                    (i32.add (i32.add (local.get 3) (local.get 5)) (call $fork))))
                """
                        .formatted(sums));
        Unwind first = fork(parent, "run", 1);
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 500L, 0L, 0L, 30L), values(first));
        Instance child = parent.fork();
        Unwind second = assertThrows(Unwind.class, () -> child.resume(first.frames(), 4));
        assertEquals(List.of(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 534L), values(second));
        assertEquals(535, child.resume(second.frames(), 1));
        Unwind other = assertThrows(Unwind.class, () -> parent.resume(first.frames(), 5));
        assertEquals(537, parent.resume(other.frames(), 2));
    }

    private static List<Long> values(Unwind unwind) {
        return Arrays.stream(((Frame) unwind.frames().getFirst()).values()).boxed().toList();
    }

    /** References in a local, in a segment that is used later, in a table and in a global lead to the child's functions. */
    @Test
    void referencesOfAForkAreItsOwn() throws Unwind {
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (type $t (func (result i32)))
                  (global $count (mut i32) (i32.const 0))
                  (global $function (mut funcref) (ref.func $next))
                  (table $t 4 funcref)
                  (elem (i32.const 3) func $next)
                  (elem $later func $next)
                  (func $next (type $t)
                    (global.set $count (i32.add (global.get $count) (i32.const 1)))
                    (global.get $count))
                  (func (export "count") (result i32) (global.get $count))
                  (func (export "run") (result i32) (local funcref)
                    (local.set 0 (ref.func $next))
                    (drop (call $fork))
                    (table.init $t $later (i32.const 0) (i32.const 0) (i32.const 1))
                    (table.set (i32.const 1) (local.get 0))
                    (table.set (i32.const 2) (global.get $function))
                    (drop (call_indirect (type $t) (i32.const 0)))
                    (drop (call_indirect (type $t) (i32.const 1)))
                    (drop (call_indirect (type $t) (i32.const 2)))
                    (call_indirect (type $t) (i32.const 3))))
                """);
        Unwind unwind = fork(parent, "run");
        Instance child = parent.fork();
        Instance grandchild = child.fork();
        assertEquals(4, grandchild.resume(unwind.frames(), 0));
        assertEquals(4, child.resume(unwind.frames(), 0));
        assertEquals(0, parent.call("count"));
        assertEquals(4, parent.resume(unwind.frames(), 0));
        assertEquals(4, child.call("count"));
    }

    /** A caught exception that carries a reference is alive while the instance forks. */
    @Test
    void aReferenceInAnExceptionLeadsToTheForksFunction() throws Unwind {
        Instance parent = instance(
                """
                (module
                  (import "env" "fork" (func $fork (result i32)))
                  (type $t (func (result i32)))
                  (tag $e (param funcref))
                  (global $count (mut i32) (i32.const 0))
                  (table $t 1 funcref)
                  (elem declare func $next)
                  (func $next (export "next") (type $t)
                    (global.set $count (i32.add (global.get $count) (i32.const 1)))
                    (global.get $count))
                  (func (export "count") (result i32) (global.get $count))
                  (func (export "run") (result i32) (local exnref)
                    (block $caught (result exnref)
                      (try_table (catch_all_ref $caught) (throw $e (ref.func $next)))
                      (unreachable))
                    (local.set 0)
                    (drop (call $fork))
                    (table.set (i32.const 0) (block $function (result funcref)
                      (try_table (catch $e $function) (throw_ref (local.get 0)))
                      (unreachable)))
                    (call_indirect (type $t) (i32.const 0))))
                """);
        Unwind unwind = fork(parent, "run");
        Instance child = parent.fork();
        assertEquals(1, child.resume(unwind.frames(), 0));
        assertEquals(1, child.call("count"));
        assertEquals(0, parent.call("count"));
        assertEquals(1, parent.resume(unwind.frames(), 1));
    }

    /** Most locals lie in an array that the function shares with its pieces: each fork, and each resumption, has its own. */
    @Test
    void thousandsOfLocalsOfAFork() throws Unwind {
        int count = 4_000;
        String[] types = {"i32", "i64", "f32", "f64"};
        StringBuilder text = new StringBuilder("(module (import \"env\" \"fork\" (func $fork (result i32)))"
                + " (func (export \"run\") (param i32) (result f64) (local");
        for (int k = 0; k < count; k++) {
            text.append(' ').append(types[k % 4]);
        }
        text.append(")\n");
        for (int k = 1; k <= count; k++) {
            text.append("(local.set %d (%s.const %d))\n".formatted(k, types[(k - 1) % 4], k));
            if (k % 1_000 == 500) {
                // As many locals as i32 have been set are counted up by what the fork answers.
                text.append("(local.set %1$d (i32.add (local.tee %1$d (i32.add (call $fork) (local.get 0))) (local.get %1$d)))\n"
                        .formatted(k - 3));
            }
        }
        text.append("(f64.const 0)\n");
        String[] conversions = {"f64.convert_i32_s", "f64.convert_i64_s", "f64.promote_f32", "f64.abs"};
        for (int k = 1; k <= count; k++) {
            text.append("(f64.add (%s (local.get %d)))\n".formatted(conversions[(k - 1) % 4], k));
        }
        Instance parent = instance(text.append("))").toString());
        long sum = count * (count + 1) / 2;
        for (int k = 500; k <= count; k += 1_000) {
            sum -= k - 3;
        }
        Unwind first = fork(parent, "run", 10);
        Instance child = parent.fork();
        for (int round = 1; round < 3; round++) {
            assertEquals(sum + 8 * (10 + round), sumAfterForks(parent, first, round));
            assertEquals(sum + 8 * (10 + 3 * round), sumAfterForks(child, first, 3 * round));
        }
    }

    private static double sumAfterForks(Instance instance, Unwind first, int answer) {
        Unwind last = first;
        for (int forks = 1; forks < 4; forks++) {
            Unwind before = last;
            last = assertThrows(Unwind.class, () -> instance.resume(before.frames(), answer));
        }
        List<StackFrame> frames = last.frames();
        double[] sum = new double[1];
        for (int time = 0; time < 2; time++) {
            try {
                sum[0] = Double.longBitsToDouble(instance.resume(frames, answer));
            } catch (Unwind e) {
                throw new AssertionError(e);
            }
        }
        return sum[0];
    }

    /** Compiled code relies on the size that the module asks for. */
    @Test
    void aForkGetsNoSmallerMemory() {
        Module module = Module.decode(WatModule.assemble("(module (import \"env\" \"memory\" (memory 2)))"));
        Memory two = new Memory(new Module.MemoryType(new Module.Limits(2, 4), false, false));
        Memory one = new Memory(new Module.MemoryType(new Module.Limits(1, 4), false, false));
        Instance parent = Compiler.compile(module, CompileOptions.PLAIN)
                .instantiate(new Imports().add("env", "memory", two));
        parent.fork(memory -> two);
        assertThrows(IllegalArgumentException.class, () -> parent.fork(memory -> one));
    }
}
