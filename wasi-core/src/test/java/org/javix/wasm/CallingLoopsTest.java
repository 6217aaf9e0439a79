package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A call belongs to the loops that it may come back to the start of. */
class CallingLoopsTest {
    @Test
    void aCallInAnIterationIsTheLoops() {
        assertEquals(List.of(true), calling("(loop $l (call $f) (br_if $l (local.get 0)))"));
        assertEquals(List.of(true), calling("(loop $l (br_if $l (local.get 0)) (call $f) (br $l))"));
        assertEquals(List.of(true), calling("(loop $l (drop (memory.grow (i32.const 0))) (br_if $l (local.get 0)))"));
        assertEquals(List.of(false), calling("(loop $l (br_if $l (local.get 0)))"));
    }

    @Test
    void aCallAfterWhichTheLoopIsLeftIsNot() {
        assertEquals(List.of(false), calling("(loop $l (br_if $l (local.get 0)) (call $f))"));
        assertEquals(List.of(false), calling("(loop $l (if (local.get 0) (then (call $f) (return))) (br $l))"));
        assertEquals(List.of(false), calling("(loop $l (if (local.get 0) (then (call $f) (unreachable))) (br $l))"));
        assertEquals(List.of(false), calling("(block $b (loop $l (if (local.get 0) (then (call $f) (br $b)) (else (br $l)))))"));
        assertEquals(
                List.of(false),
                calling("(block $out (loop $l (block $bad (br_if $bad (local.get 0)) (br $l)) (call $f) (br_if $out (local.get 0))))"));
    }

    @Test
    void aCallInOneArmOfSeveralIsTheLoops() {
        assertEquals(List.of(true), calling("(loop $l (if (local.get 0) (then (call $f)) (else (return))) (br $l))"));
        assertEquals(List.of(true), calling("(loop $l (if (local.get 0) (then (return)) (else (call $f))) (br $l))"));
        assertEquals(List.of(true), calling("(loop $l (if (local.get 0) (then (call $f))) (br $l))"));
        assertEquals(
                List.of(true),
                calling("(block $out (loop $l (block $a (call $f) (br_table $a $out $out (local.get 0))) (br $l)))"));
        assertEquals(
                List.of(false),
                calling("(block $out (loop $l (block $a (br_table $a $l (local.get 0))) (call $f) (br_table $out $out (local.get 0))))"));
    }

    @Test
    void aCallIsOfThoseOfSeveralLoopsThatItComesBackTo() {
        String nested = "(loop $outer (loop $inner %s (br_if $inner (local.get 0))) %s (br_if $outer (local.get 0)))";
        assertEquals(List.of(true, true), calling(nested.formatted("(call $f)", "")));
        assertEquals(List.of(true, false), calling(nested.formatted("", "(call $f)")));
        assertEquals(List.of(true, false), calling(nested.formatted("(if (local.get 0) (then (call $f) (br $outer)))", "")));
        assertEquals(List.of(false, false), calling(nested.formatted("(if (local.get 0) (then (call $f) (return)))", "")));
        // The inner one comes back to the outer one.
        assertEquals(
                List.of(true, true),
                calling("(loop $outer (loop $inner (br_if $outer (local.get 0)) (call $f) (br $inner)))"));
        assertEquals(
                List.of(false, true),
                calling("(loop $outer (br_if $outer (local.get 0)) (loop $inner (call $f) (br_if $inner (local.get 0))))"));
        assertEquals(
                List.of(true, true, true),
                calling("(loop $a (loop $b (loop $c (call $f) (br_if $c (local.get 0)) (br_if $a (local.get 0))) (br $b)))"));
    }

    @Test
    void exceptionsLeadAnywhere() {
        assertEquals(
                List.of(true),
                calling("(block $out (loop $l (block $b (try_table (catch_all $b) (call $f) (unreachable))) (br $l)))"));
    }

    @Test
    void moreLoopsThanBitsAreTakenAsTheyStand() {
        int count = 70;
        List<Boolean> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expected.add(true);
        }
        assertEquals(expected, calling("(loop ".repeat(count) + "(call $f)" + ")".repeat(count)));
    }

    /** What a loop has read of the memory's size holds although it grows when the loop is left. */
    @Test
    void aMemoryThatGrowsWhereALoopIsLeft() throws Throwable {
        try (Instance instance = Wat.instance(
                """
                (memory 1 3)
                (func $f (drop (memory.grow (i32.const 1))))
                (func (export "run") (result i32) (local $i i32) (local $sum i32) (local $at i32)
                  (block $done
                    (loop $outer
                      (loop $inner
                        (local.set $sum (i32.add (local.get $sum) (i32.load (local.get $at))))
                        (if (i32.eq (local.get $i) (i32.const 5))
                          (then
                            (call $f)
                            (local.set $i (i32.const 0))
                            (i32.store (local.tee $at (i32.sub (i32.mul (memory.size) (i32.const 65536)) (i32.const 4))) (i32.const 7))
                            (br_if $done (i32.eq (memory.size) (i32.const 3)))
                            (br $outer)))
                        (local.set $i (i32.add (local.get $i) (i32.const 1)))
                        (br $inner))))
                  (i32.add (local.get $sum) (i32.load (local.get $at))))
                """)) {
            assertEquals(6 * 7 + 7, instance.call("run"));
        }
    }

    /** Of each loop, in order. */
    private static List<Boolean> calling(String text) {
        String module = "(memory 1) (func $f) (func (param i32) %s)".formatted(text);
        FunctionBody body = FunctionBody.of(Module.decode(WatModule.assemble(module)), 1, new BitSet());
        List<Boolean> calling = new ArrayList<>();
        for (int i = 0; i < body.length; i++) {
            if (body.opcodes[i] == Opcodes.LOOP) {
                calling.add(body.callsInLoop(i));
            }
        }
        return calling;
    }
}
