package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that poll, and those that need not because they end soon, mean the same; what never ends can be interrupted. */
@Timeout(60)
class ShortLoopTest {
    /** A function that counts a loop's iterations. */
    private static Instance counting(String start, String body, String step, String comparison) {
        return Wat.instance(
                """
                (func (export "run") (param $p i32) (result i32) (local $c i32) (local $n i32)
                  %s
                  (loop $l
                    (local.set $n (i32.add (local.get $n) (i32.const 1)))
                    %s
                    (local.tee $c (i32.add (local.get $c) (i32.const %s)))
                    %s
                    (br_if $l))
                  (local.get $n))
                """
                        .formatted(start, body, step, comparison));
    }

    private static String set(String value) {
        return "(local.set $c (i32.const " + value + "))";
    }

    private static String unequal(String limit) {
        return "(i32.const " + limit + ") (i32.ne)";
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 10, 10",
        "10, -1, 3, 7",
        "-56, 7, 0, 8",
        "0, 4, 4, 1",
        "2147483640, 1, 2147483647, 7",
        "-2147483648, 16, -2147483600, 3",
        "2147483646, 1, -2147483648, 2",
        "-2147483647, -1, 2147483647, 2",
        "-2147483648, 268435456, 1879048192, 15",
        "0, 1, 500000, 500000",
        "1, 1073741824, 1, 4",
        "5, 1, 4, 4294967295",
    })
    void endsWhereTheCountMeetsTheLimit(String start, String step, String limit, long iterations) throws Unwind {
        Instance instance = counting(set(start), "", step, unequal(limit));
        if (iterations < 1 << 20) {
            assertEquals(iterations, instance.call("run", 0));
        } else {
            assertInterrupted(instance);
        }
    }

    @ParameterizedTest
    @CsvSource({"-5, 1, 5", "9, -3, 3", "-2147483648, 536870912, 4", "0, 1073741824, 4"})
    void endsAtZero(String start, String step, long iterations) throws Unwind {
        assertEquals(iterations, counting(set(start), "", step, "").call("run", 0));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 0", "0, 4, 6", "6, -4, 0", "7, 0, 8"})
    void thatNeverMeetsItsLimitHearsPolls(String start, String step, String limit) throws Unwind {
        assertInterrupted(counting(set(start), "", step, unequal(limit)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(br $l)",
                "(br_if $l (i32.const 1))",
                "(block (br_table $l $l (local.get $n)))",
                "(local.set $c (i32.const 3))",
                "(local.set $c (i32.sub (local.get $c) (i32.const 1)))",
                "(loop $inner (br $inner))",
            })
    void whoseBodyKeepsItFromItsLimitHearsPolls(String body) throws Unwind {
        assertInterrupted(counting(set("0"), body, "1", unequal("8")));
    }

    @ParameterizedTest
    @CsvSource({"0, 8", "1, 4294967295"})
    void isNotShortWhereOneArmSetsTheCount(int arm, long iterations) throws Unwind {
        String start = set("0") + " (if (local.get $p) (then (local.set $c (i32.const 9))))";
        Instance instance = counting(start, "", "1", unequal("8"));
        if (iterations == 8) {
            assertEquals(iterations, instance.call("run", arm));
        } else {
            assertInterrupted(instance, arm);
        }
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "100, 10"})
    void canBeLeft(int after, long iterations) throws Unwind {
        String leave = "(if (i32.eq (local.get $n) (local.get $p)) (then (return (local.get $n))))";
        assertEquals(iterations, counting(set("0"), leave, "1", unequal("10")).call("run", after));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(local.set $n (i32.const 0))"})
    void withinAnEndlessLoopLetsThatHearPolls(String first) throws Unwind {
        assertInterrupted(Wat.instance(
                """
                (func (export "run") (param i32) (local $c i32) (local $n i32)
                  (loop $endless
                    %s
                    (local.set $c (i32.const 0))
                    (loop $l
                      (br_if $l (i32.ne (local.tee $c (i32.add (local.get $c) (i32.const 1))) (i32.const 8))))
                    (br $endless)))
                """
                        .formatted(first)));
    }

    private static void assertInterrupted(Instance instance, long... arguments) {
        instance.interrupt();
        long[] given = arguments.length == 0 ? new long[] {0} : arguments;
        Trap trap = assertThrows(Trap.class, () -> instance.call("run", given));
        assertEquals(Trap.Kind.INTERRUPTED, trap.kind());
    }
}
