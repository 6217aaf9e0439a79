package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What takes very long, though it would end, can be interrupted: in the middle of it, and soon. */
@Timeout(120)
class LongWorkTest {
    private static final String FILL = "(memory.fill (i32.const 0) (i32.const 1) (i32.const 0x10000000))";

    private static final String COPY = "(memory.copy (i32.const 0) (i32.const 16) (i32.const 0x0ffffff0))";

    @Test
    void functionsThatCallTheNextOneTwice() throws Exception {
        assertInterrupted(tree(60, ""));
    }

    @Test
    void functionsThatCallTheNextOneTwiceAfterALoop() throws Exception {
        assertInterrupted(tree(60, "(local.set 0 (i32.const 20)) (loop (br_if 0 (local.tee 0 (i32.sub (local.get 0) (i32.const 1)))))"));
    }

    @Test
    void blocksInALoopThatCounts() throws Exception {
        assertInterrupted(
                """
                (memory 4096)
                (func (export "run") (local $c i32)
                  (loop $l %s
                    (br_if $l (i32.ne (local.tee $c (i32.add (local.get $c) (i32.const 1))) (i32.const 100000)))))
                """
                        .formatted(FILL));
    }

    @Test
    void blocksInALoop() throws Exception {
        assertInterrupted("(memory 4096) (func (export \"run\") (loop $l %s (br $l)))".formatted(COPY));
    }

    /** They do not end by themselves when they are asked to: their loop has to. */
    @Test
    void shortBlocksInALoop() throws Exception {
        assertInterrupted("(memory 1) (func (export \"run\") (loop $l (memory.fill (i32.const 0) (i32.const 1) (i32.const 99)) (br $l)))");
    }

    /** As a C program's memset. */
    @Test
    void blocksInAFunctionThatALoopCalls() throws Exception {
        assertInterrupted("(memory 4096) (func $f %s %s) (func (export \"run\") (loop $l (call $f) (br $l)))".formatted(FILL, COPY));
    }

    @Test
    void blocksOneAfterTheOther() throws Exception {
        assertInterrupted("(memory 4096) (func (export \"run\") %s)".formatted((FILL + COPY).repeat(2000)));
    }

    /** Each of the calls takes a moment less than a function that polls. */
    @Test
    void callsOneAfterTheOther() throws Exception {
        assertInterrupted(MOMENT + "(func (export \"run\")" + "(call $moment)".repeat(100_000) + ")");
    }

    @Test
    void indirectCallsOneAfterTheOther() throws Exception {
        String call = "(call_indirect (i32.const 0))";
        assertInterrupted(MOMENT + "(table funcref (elem $moment)) (func (export \"run\")" + call.repeat(100_000) + ")");
    }

    @Test
    void callsInALoop() throws Exception {
        assertInterrupted(MOMENT + "(func (export \"run\") (loop $l" + "(call $moment)".repeat(90) + "(br $l)))");
    }

    @Test
    void aLongLoop() throws Exception {
        String work = "(global.set $g (i64.mul (global.get $g) (global.get $g)))";
        assertInterrupted("(global $g (mut i64) (i64.const 3)) (func (export \"run\") (loop $l" + work.repeat(200_000) + "(br $l)))");
    }

    /** What asks for a poll, as a signal does, is heard too, where what is done in a loop takes long. */
    @Test
    void pollsBetweenLongBlocks() throws Exception {
        String nested =
                """
                (memory 4096)
                (func (export "run") (local $i i32)
                  (loop $outer
                    %s
                    (local.set $i (i32.const 0))
                    (loop $inner
                      (memory.fill (i32.const 0) (i32.const 1) (i32.const %d))
                      (br_if $inner (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const %d))))
                    %s
                    (br $outer)))
                """;
        for (int inner : new int[] {3, 100_000}) {
            assertPolled(nested.formatted("", 99, inner, ""));
            assertPolled(nested.formatted("", 99, inner, FILL));
            assertPolled(nested.formatted(COPY, 99, inner, ""));
            assertPolled(nested.formatted("", 1 << 20, inner, ""));
        }
        assertPolled("(memory 4096) (func (export \"run\") (loop $l %s (br $l)))".formatted(FILL));
    }

    @Test
    void pollsBetweenCallsThatMoveBlocks() throws Exception {
        String set = "(memory 1024) (func $set (memory.fill (i32.const 0) (i32.const 1) (i32.const 0x4000000)))";
        assertPolled(set + "(func (export \"run\") (loop $l (call $set) (br $l)))");
        assertPolled(set + "(func $clear (call $set)) (func (export \"run\") (loop $l (call $clear) (br $l)))");
        String pointed = set + "(table funcref (elem $set)) (func (export \"run\") (loop $l (%s) (br $l)))";
        assertPolled(pointed.formatted("call_indirect (i32.const 0)"));
        assertPolled("(type $t (func))" + pointed.formatted("call_ref $t (ref.func $set)"));
    }

    /** It polls in each iteration, however little that does. */
    @Test
    void aLargeLoopThatCalls() throws Exception {
        String skipped = "(if (global.get $never) (then " + "(global.set $g (i64.mul (global.get $g) (global.get $g)))".repeat(300) + "))";
        String loop = "(global $never i32 (i32.const 0)) (func (export \"run\") (loop $l (call $moment)" + skipped + "(br $l)))";
        assertInterrupted(MOMENT + loop);
        assertPolled(MOMENT + loop);
    }

    private static final String MOMENT =
            """
            (global $g (mut i64) (i64.const 3))
            (func $moment (local i32)
              (loop $l %s (br_if $l (i32.lt_s (local.tee 0 (i32.add (local.get 0) (i32.const 1))) (i32.const 1000)))))
            """
                    .formatted("(global.set $g (i64.div_u (i64.const -3) (i64.or (global.get $g) (i64.const 3))))".repeat(14));

    private static String tree(int depth, String first) {
        StringBuilder text = new StringBuilder("(global $g (mut i64) (i64.const 0))");
        for (int i = 0; i < depth; i++) {
            String call = i == 0 ? "(global.set $g (i64.add (global.get $g) (i64.const 1)))" : "(call $f" + (i - 1) + ")";
            text.append("(func $f%d (local i32) %s %s %s)".formatted(i, first, call, call));
        }
        return text + "(func (export \"run\") (call $f%d))".formatted(depth - 1);
    }

    private static void assertInterrupted(String text) throws Exception {
        assertEnds(text, null, Instance::interrupt, Trap.class);
    }

    /** Only at a poll, not at once after what takes long ({@link PollHandler#end}). */
    private static void assertPolled(String text) throws Exception {
        PollHandler kill = polled -> {
            throw new IllegalStateException("polled");
        };
        assertEnds(text, kill, Instance::requestPoll, IllegalStateException.class);
    }

    private static void assertEnds(String text, PollHandler handler, Consumer<Instance> ask, Class<? extends Throwable> end)
            throws Exception {
        try (Instance instance = Wat.instance(text)) {
            instance.setPollHandler(handler);
            // The second time, polls have been passed.
            for (int wait : new int[] {300, 1500}) {
                AtomicLong asked = new AtomicLong();
                Thread other = Thread.ofPlatform().start(() -> {
                    try {
                        Thread.sleep(wait);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    asked.set(System.nanoTime());
                    ask.accept(instance);
                });
                Throwable ended = assertThrows(end, () -> instance.call("run"));
                if (ended instanceof Trap trap) {
                    assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
                }
                other.join();
                long millis = (System.nanoTime() - asked.get()) / 1_000_000;
                assertTrue(millis < 5_000, () -> millis + " ms");
            }
        }
    }
}
