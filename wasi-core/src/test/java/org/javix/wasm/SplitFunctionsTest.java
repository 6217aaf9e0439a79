package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Functions that are split do what they did: the official suite's scripts about control flow, calls, locals and
 * exceptions with methods of at most 100 bytes, as if every import suspended; and functions that have to be split.
 */
class SplitFunctionsTest {
    private static final String SCRIPTS = "(block|loop|br|br_if|br_table|if|labels|switch|nop|local_.*|call|call_indirect"
            + "|return|return_call.*|stack|unwind|fac|forward|legacy/.*|try_table|throw.*|select|left-to-right|float_exprs"
            + "|ref_.*|memory_.*|table_.*|simd_select|simd_lane|simd_const)\\.wast";

    private static final CompileOptions TINY =
            new CompileOptions("suspending", (module, imported) -> true).withLargestMethod(100);

    @TestFactory
    Stream<DynamicTest> scriptsPassInSmallMethods() throws IOException {
        assumeTrue(Files.exists(SpecArchive.PATH), () -> "skipped: there is no " + SpecArchive.PATH);
        SpecExclusions exclusions = new SpecExclusions();
        return SpecArchive.scripts().entrySet().stream()
                .filter(script -> script.getKey().matches(SCRIPTS) && exclusions.script(script.getKey()) == null)
                .map(script -> dynamicTest(script.getKey(), () -> run(script.getKey(), script.getValue(), exclusions)));
    }

    private static void run(String name, String source, SpecExclusions exclusions) throws InterruptedException {
        SpecScript script = new SpecScript(name, source, exclusions, TINY);
        Thread thread = new Thread(null, script::run, name, 16 << 20);
        thread.start();
        thread.join();
        assertTrue(script.passed() > 0);
        assertEquals(List.of(), script.failures, () -> String.join("\n", script.failures));
    }

    /** An interpreter's loop: 300 cases that each use and set the same four locals. */
    @Test
    void switchInLoopKeepsItsJump() throws Unwind {
        int cases = 300;
        StringBuilder text = new StringBuilder("(module (memory 1) (func (export \"run\") (param $n i32) (result i32)"
                + " (local $a i32) (local $b i32) (local $c i32)\n (loop $again\n (block $end\n");
        for (int k = cases - 1; k >= 0; k--) {
            text.append("(block $").append(k).append('\n');
        }
        text.append("(br_table");
        for (int k = 0; k < cases; k++) {
            text.append(" $").append(k);
        }
        text.append(" (i32.rem_u (i32.add (local.get $a) (local.get $n)) (i32.const ").append(cases).append(")))");
        for (int k = 0; k < cases; k++) {
            text.append(")\n");
            for (int s = 0; s < 5; s++) {
                text.append("(local.set $a (i32.add (i32.mul (local.get $a) (i32.const ").append(2 * k + 1)
                        .append(")) (local.get $b))) (local.set $b (i32.xor (local.get $b) (i32.const ").append(k * 77 + s)
                        .append("))) (i32.store (i32.and (local.get $a) (i32.const 0xfffc)) (local.get $b))");
            }
            text.append(k % 3 == 0 ? "(br_if $end (i32.eqz (i32.rem_u (local.get $a) (i32.const 1009))))" : "(br $end)");
        }
        text.append(")\n (local.set $c (i32.add (local.get $c) (i32.xor (local.get $a) (local.get $b))))"
                + " (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))\n (local.get $c)))");
        CodeSizes sizes = comparesWithUnsplit(text.toString(), 10_000);
        assertTrue(sizes.functions().getFirst().pieces() > 10, sizes::toString);
    }

    /** A long straight function with more live values than fit in a call's parameters or on no stack at all. */
    @Test
    void straightCodeIsSplit() throws Unwind {
        StringBuilder text = new StringBuilder("(module (func (export \"run\") (param i32) (result i32) (local");
        int locals = 120;
        text.append(" i32".repeat(locals)).append(")\n");
        for (int s = 0; s < 6000; s++) {
            text.append("(local.set ").append(1 + s * 31 % locals).append(" (i32.add (i32.mul (local.get ").append(s * 17 % locals)
                    .append(") (i32.const ").append(s)
                    .append(")) (i32.rotl (local.get ").append(1 + s * 7 % locals).append(") (local.get 0))))\n");
        }
        text.append("(local.get 1)");
        for (int k = 2; k <= locals; k++) {
            text.append("(local.get ").append(k).append(")(i32.xor)");
        }
        comparesWithUnsplit(text.append("))").toString(), 5);
    }

    /** One expression of thousands of operators, with most of its operands on the stack at once. */
    @Test
    void deepExpressionsAreSplit() throws Unwind {
        int depth = 4000;
        StringBuilder text = new StringBuilder("(module (func (export \"run\") (param i32) (result i32)\n");
        for (int k = 0; k < depth; k++) {
            text.append("(i32.mul (local.get 0) (i32.const ").append(k).append("))\n");
            if (k % 200 == 199) {
                text.append("(i32.xor)".repeat(199)).append('\n');
            }
        }
        text.append("(i32.add)".repeat(depth / 200 - 1)).append("))");
        comparesWithUnsplit(text.toString(), 12345);
    }

    /** A switch over characters: thousands of entries for a few places, and nothing that could be taken out. */
    @Test
    void largeTablesFitInAMethod() throws Unwind {
        StringBuilder text = new StringBuilder("(module (func (export \"run\") (param i32) (result i32) (block $b (block $a (br_table");
        for (int k = 0; k < 6000; k++) {
            text.append(k * 7 % 11 < 4 ? " $a" : " $b");
        }
        text.append(" $b (local.get 0))) (return (i32.const 5))) (i32.const 6)))");
        Module module = decode(text.toString());
        assertEquals(0, CodeSizes.of(module, Compiler.classes(module, CompileOptions.PLAIN)).tooLarge());
        Instance instance = Compiler.compile(module, CompileOptions.PLAIN).instantiate(new Imports());
        for (int k = 0; k < 6000; k++) {
            assertEquals(k * 7 % 11 < 4 ? 5 : 6, instance.call("run", k));
        }
        assertEquals(6, instance.call("run", 6000));
        assertEquals(6, instance.call("run", -1));
    }

    /** As a C function with many calls of setjmp: each jump point saves what the handler needs, and not all locals. */
    @Test
    void manyJumpPointsFitInAMethod() throws Unwind {
        int points = 40;
        int locals = 300;
        StringBuilder text = new StringBuilder("(module (import \"host\" \"point\" (func $point (result i32))) (tag $jump)"
                + " (func (export \"run\") (param $n i32) (result i32) (local $kept i32) (local $other f64) (local");
        text.append(" i32".repeat(locals)).append(")\n(try (do (block $out\n");
        for (int k = 0; k < points; k++) {
            text.append("(local.set $kept (i32.add (local.get $kept) (i32.const ").append(k).append(")))")
                    .append("(local.set $other (f64.add (local.get $other) (f64.const 0.5)))");
            for (int local = k; local < locals; local += points) {
                text.append("(local.set ").append(3 + local).append(" (i32.mul (local.get $n) (i32.const ").append(local).append(")))")
                        .append("(local.set $kept (i32.xor (local.get $kept) (local.get ").append(3 + local).append(")))");
            }
            text.append("(drop (call $point)) (br_if $out (i32.eq (local.get $n) (i32.const ").append(k).append(")))\n");
        }
        text.append(")) (catch $jump (return (i32.add (local.get $kept)")
                .append(" (i32.trunc_f64_s (f64.mul (local.get $other) (f64.const 2e6)))))))\n")
                // Outside the try, and when the locals are no longer what they were at the jump point.
                .append("(local.set $kept (i32.const -1)) (local.set $other (f64.const -1)) (throw $jump)))");
        Module module = decode(text.toString());
        CompileOptions options = new CompileOptions("jumping", (any, wanted) -> false, (any, wanted) -> true, false);
        assertEquals(0, CodeSizes.of(module, Compiler.classes(module, options)).tooLarge());
        Imports imports = new Imports().add(HostFunction.of("host", "point() -> i32", (caller, a) -> {
            throw new AssertionError("a jump point is not called");
        }));
        Instance instance = Compiler.compile(module, options).instantiate(imports);
        for (int n = 0; n < points; n++) {
            int kept = 0;
            for (int k = 0; k <= n; k++) {
                kept += k;
                for (int local = k; local < locals; local += points) {
                    kept ^= n * local;
                }
            }
            assertEquals(kept + (n + 1) * 1_000_000, (int) instance.call("run", n));
        }
    }

    private static Module decode(String text) {
        return Module.decode(SpecScript.binary((Sexpr.Node) Sexpr.parse(text).getFirst()));
    }

    /** Runs a function, once split for HotSpot and once only as the JVM needs it. */
    private static CodeSizes comparesWithUnsplit(String text, int argument) throws Unwind {
        Module module = decode(text);
        Map<String, byte[]> classes = Compiler.classes(module, CompileOptions.PLAIN);
        CodeSizes sizes = CodeSizes.of(module, classes);
        assertEquals(0, sizes.tooLarge(), sizes::toString);
        assertTrue(sizes.functions().getFirst().pieces() > 0, sizes::toString);
        assertEquals(
                call(module, CompileOptions.PLAIN.withLargestMethod(60_000), argument), call(module, CompileOptions.PLAIN, argument));
        return sizes;
    }

    private static long call(Module module, CompileOptions options, int argument) throws Unwind {
        return Compiler.compile(module, options).instantiate(new Imports()).call("run", argument);
    }
}
