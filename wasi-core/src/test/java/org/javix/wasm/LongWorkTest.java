package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

    @Test
    void blocksOneAfterTheOther() throws Exception {
        assertInterrupted("(memory 4096) (func (export \"run\") %s)".formatted((FILL + COPY).repeat(2000)));
    }

    private static String tree(int depth, String first) {
        StringBuilder text = new StringBuilder("(global $g (mut i64) (i64.const 0))");
        for (int i = 0; i < depth; i++) {
            String call = i == 0 ? "(global.set $g (i64.add (global.get $g) (i64.const 1)))" : "(call $f" + (i - 1) + ")";
            text.append("(func $f%d (local i32) %s %s %s)".formatted(i, first, call, call));
        }
        return text + "(func (export \"run\") (call $f%d))".formatted(depth - 1);
    }

    private static void assertInterrupted(String text) throws Exception {
        Instance instance = Wat.instance(text);
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            instance.interrupt();
        });
        Trap trap = assertThrows(Trap.class, () -> instance.call("run"));
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
        other.join();
        instance.close();
    }
}
