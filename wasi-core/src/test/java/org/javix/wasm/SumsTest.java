package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.BitSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where the additions of a sum stand, and that it stays the same sum. */
class SumsTest {
    private static final String PARAMS = "(memory 1) (func (export \"run\") (param i32 i32) (result i32)";

    /** Three that wait for one another. */
    private static final String DEEP = "local.get 0 local.get 1 i32.rotl local.get 1 i32.rotl local.get 1 i32.rotl ";

    @Test
    void aSumWhoseFirstTermIsLateIsAddedFromItsLast() {
        assertEquals("0rrr010+++", sum(DEEP + "local.get 0 i32.add local.get 1 i32.add local.get 0 i32.add"));
        assertEquals("0rrr01@0r+++", sum(DEEP + "local.get 0 i32.add local.get 1 i32.load i32.add local.get 0 local.get 1 i32.rotl i32.add"));
    }

    @Test
    void otherSumsStayAsTheyAre() {
        assertEquals("01+0+0rrr+", sum("local.get 0 local.get 1 i32.add local.get 0 i32.add " + DEEP + "i32.add"));
        assertEquals("0rrr0+1+", sum(DEEP + "local.get 0 i32.add local.get 1 i32.add"));
        assertEquals("0rrr0+1+c+", sum(DEEP + "local.get 0 i32.add local.get 1 i32.add i32.const 8 i32.add"));
        assertEquals("0rrr0+1+=000+", sum(DEEP + "local.get 0 i32.add local.get 1 i32.add local.set 0 local.get 0 local.get 0 i32.add"));
    }

    @Test
    void aSumWithinASum() {
        String inner = DEEP + "local.get 0 i32.add local.get 1 i32.add local.get 0 i32.add ";
        assertEquals("0rrr010+++rr10rrr010+++1+++",
                sum(inner + "local.get 1 i32.rotl local.get 1 i32.rotl local.get 1 i32.add " + inner + "i32.add local.get 1 i32.add"));
    }

    @Test
    void manyTerms() {
        String thousands = DEEP + "local.get 0 i32.add ".repeat(5000);
        assertEquals("0rrr" + "0+".repeat(5000), sum(thousands));
        String nested = DEEP + "local.get 0 i32.add local.get 0 i32.add ";
        assertEquals(20_000, sum("local.get 0 " + "local.get 0 i32.add ".repeat(10_000)).length() - 1);
        assertEquals(5000, sum(nested.repeat(5000) + "i32.add ".repeat(4999)).chars().filter(c -> c == 'r').count() / 3);
    }

    @Test
    void termsAreEvaluatedInTheirOrder() throws Throwable {
        String sum = "%s i32.const 5 local.tee 0 local.get 0 i32.add i32.add local.get 0 i32.add local.get 1 i32.add".formatted(DEEP);
        try (Instance instance = Wat.instance(PARAMS + sum + ")")) {
            assertEquals(Integer.rotateLeft(7, 6) + 5 + 5 + 5 + 2, instance.call("run", 7, 2));
        }
        String first = "local.get 0 local.get 0 i32.load i32.rotl local.get 1 i32.rotl local.get 0 i32.add local.get 1 i32.add "
                + "local.get 1 i32.const 0 i32.div_u i32.add";
        try (Instance instance = Wat.instance(PARAMS + first + ")")) {
            assertEquals("integer divide by zero", assertThrows(Trap.class, () -> instance.call("run", 7, 2)).getMessage());
            assertEquals("out of bounds memory access", assertThrows(Trap.class, () -> instance.call("run", -1, 2)).getMessage());
        }
    }

    @Test
    void longsTheSame() throws Throwable {
        String sum = "local.get 0 i64.const 3 i64.rotl i64.const 5 i64.rotl i64.const 7 i64.rotl "
                + "local.get 0 i64.add local.get 1 i64.add local.get 0 i64.add";
        try (Instance instance = Wat.instance("(func (export \"run\") (param i64 i64) (result i64) " + sum + ")")) {
            long a = 0x123456789abcdefL;
            assertEquals(Long.rotateLeft(a, 15) + a + a - 1, instance.call("run", a, -1L));
        }
    }

    /** A function's instructions: locals' numbers, r for a rotation and its distance, @ for a load, c for a constant. */
    private static String sum(String instructions) {
        FunctionBody body = FunctionBody.of(Module.decode(WatModule.assemble(PARAMS + instructions + ")")), 0, new BitSet());
        return IntStream.range(0, body.length - 1)
                .mapToObj(i -> switch (body.opcodes[i]) {
                    case LOCAL_GET -> body.opcodes[i + 1] == I32_ROTL ? "" : "" + body.immediates[i];
                    case LOCAL_SET -> "=" + body.immediates[i];
                    case I32_CONST -> "c";
                    case I32_ROTL -> "r";
                    case I32_LOAD -> "@";
                    default -> "+";
                })
                .collect(Collectors.joining());
    }
}
