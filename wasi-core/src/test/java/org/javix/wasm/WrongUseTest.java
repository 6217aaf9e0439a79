package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an embedder gets wrong is an exception that says so, and does no harm. */
@Timeout(60)
class WrongUseTest {
    @Test
    void anInstanceWithoutAMemoryHasNone() {
        assertNull(Wat.instance("(func)").memory());
    }

    @Test
    void aClosedInstanceHasAnEmptyMemory() {
        Instance instance = Wat.instance(
                """
                (memory 1)
                (func (export "load") (result i32) (i32.load (i32.const 8)))
                (func (export "fill") (memory.fill (i32.const 0) (i32.const 0) (i32.const 70)))
                """);
        instance.close();
        instance.close();
        for (String name : new String[] {"load", "fill"}) {
            Trap trap = assertThrows(Trap.class, () -> instance.function(name).apply());
            assertEquals(Trap.Kind.OUT_OF_BOUNDS_MEMORY, trap.kind());
        }
        assertEquals(0, instance.memory().byteSize());
    }

    /** Each would take a range of 4 GiB along. */
    @Test
    void instancesThatFailGiveTheirMemoriesBack() {
        CompiledModule code = Wat.compile("(memory 1) (start $f) (func $f (unreachable))", CompileOptions.PLAIN);
        for (int i = 0; i < 40_000; i++) {
            assertThrows(Trap.class, () -> code.instantiate(new Imports()));
        }
    }

    @Test
    void immutableGlobalsAreNotSet() {
        Global own = Wat.instance("(global (export \"g\") i32 (i32.const 3))").exportedGlobal("g");
        assertThrows(IllegalStateException.class, () -> own.set(4));
        assertThrows(IllegalStateException.class, () -> Global.of(ValType.I64, false, 1).set(4));
        assertThrows(IllegalStateException.class, () -> Global.ofReference(ValType.EXTERNREF, false, 1).setReference(2));
        assertEquals(3, own.get());
    }

    @Test
    void resultsAreCounted() {
        for (Object result : new Object[] {null, 1, new Object[] {1}, new Object[] {1, 2, 3}, new Object[] {1, "2"}}) {
            Imports imports = new Imports().add(HostFunction.of("env", "f() -> (i32, i32)", (caller, a) -> result));
            Instance instance = Wat.instance(
                    "(import \"env\" \"f\" (func $f (result i32 i32))) (func (export \"run\") (result i32 i32) (call $f))", imports);
            assertThrows(IllegalArgumentException.class, () -> instance.function("run").applyAll());
        }
    }

    @Test
    void argumentsAreChecked() {
        Instance instance = Wat.instance("(func (export \"f\") (param exnref funcref i32))");
        ExportedFunction f = instance.function("f");
        f.apply(null, null, 1);
        Object[][] wrong = {{"x", null, 1}, {null, "x", 1}, {null, null, 1L}, {null, null}, {null, null, null}};
        for (Object[] arguments : wrong) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> f.apply(arguments));
            assertTrue(e.getMessage().lines().count() == 1, e::getMessage);
        }
    }

    @Test
    void aDeadlineMayBeAsFarAsItLikes() {
        Instance instance = Wat.instance("(func (export \"f\") (result i32) (i32.const 7))");
        try (Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), instance)) {
            assertEquals(7, instance.function("f").apply());
        }
    }

    @Test
    void namesOfImportsStandInOneLine() {
        LinkException e = assertThrows(
                LinkException.class, () -> Wat.instance("(import \"a\\0ab\" \"" + "x".repeat(100_000) + "\" (func))"));
        assertTrue(e.getMessage().startsWith("unknown import a?b.xxx"), e::getMessage);
        assertTrue(e.getMessage().length() < 300 && e.getMessage().lines().count() == 1, e::getMessage);
    }
}
