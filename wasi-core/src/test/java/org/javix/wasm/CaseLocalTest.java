package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases of a switch decode a word as it is, whatever its sign. */
class CaseLocalTest {
    private static final int CASES = 16;

    /** Case k takes what lies above the k-th bit of the word. */
    private static final Instance DECODER = Wat.instance(
            """
            (func (export "run") (param $word i32) (result i32)
              %s
              (br_table %s (i32.and (local.get $word) (i32.const 15)))
              %s
              (unreachable))
            """
                    .formatted(
                            "(block ".repeat(CASES),
                            IntStream.range(0, CASES).mapToObj(Integer::toString).collect(Collectors.joining(" ")),
                            IntStream.range(0, CASES)
                                    .mapToObj(k -> ") (return (i32.shr_u (local.get $word) (i32.const " + k + ")))")
                                    .collect(Collectors.joining("\n"))));

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 0x7fff_fffe, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x8000_0001, -16, -2, -1, 0x1234_5678, 0xfedc_ba98})
    void everyCaseSeesTheWord(int word) throws Unwind {
        assertEquals(word, Ops.here(word));
        for (int k = 0; k < CASES; k++) {
            int other = word ^ k;
            assertEquals(other >>> (other & CASES - 1), (int) DECODER.call("run", Integer.toUnsignedLong(other)));
        }
    }
}
