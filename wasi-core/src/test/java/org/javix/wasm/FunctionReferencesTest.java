package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Typed function references, beyond what the official suite asks: across instances, forks and deep types. */
class FunctionReferencesTest {
    private static final String LIBRARY =
            """
            (type $f (func (param i64) (result i64)))
            (type $g (func (param (ref $f) i64) (result i64)))
            (func $double (param i64) (result i64) (i64.mul (i64.const 2) (local.get 0)))
            (func (export "twice") (type $g)
              (call_ref $f (call_ref $f (local.get 1) (local.get 0)) (local.get 0)))
            (func (export "last") (type $g) (return_call_ref $f (local.get 1) (local.get 0)))
            (elem declare func $double)
            (global (export "double") (ref $f) (ref.func $double))
            (global (export "none") (ref null $f) (ref.null $f))
            """;

    @Test
    void crossInstancesByTypesThatAreEqual() throws Throwable {
        Imports imports = new Imports().add("lib", Wat.instance(LIBRARY));
        Instance program = Wat.instance(
                """
                (type $unused (func))
                (type $h (func (param i64) (result i64)))
                (import "lib" "twice" (func $twice (param (ref $h) i64) (result i64)))
                (import "lib" "last" (func $last (param (ref $h) i64) (result i64)))
                (import "lib" "double" (global $double (ref null $h)))
                (import "lib" "none" (global $none (ref null $h)))
                (func $inc (param i64) (result i64) (i64.add (i64.const 1) (local.get 0)))
                (elem declare func $inc)
                (func (export "run") (param i64) (result i64)
                  (call $last (ref.func $inc)
                    (call $twice (ref.func $inc)
                      (call $twice (ref.as_non_null (global.get $double)) (local.get 0)))))
                (func (export "none") (result i64)
                  (call_ref $h (i64.const 1) (global.get $none)))
                """,
                imports);
        assertEquals(23, program.call("run", 5));
        Trap trap = assertThrows(Trap.class, () -> program.call("none"));
        assertEquals(Trap.Kind.NULL_FUNCTION_REFERENCE, trap.kind());
        LinkException other = assertThrows(LinkException.class, () -> Wat.instance(
                "(type $h (func (param i32) (result i64))) (import \"lib\" \"double\" (global (ref $h)))", imports));
        assertTrue(other.getMessage().contains("incompatible"), other.getMessage());
    }

    @Test
    void aTypeMayNameItself() {
        List<FuncType> one = Module.decode(WatModule.assemble("(type $t (func (param (ref null $t))))")).types();
        List<FuncType> two = Module.decode(WatModule.assemble(
                        "(type (func)) (type $u (func (param (ref null $u)))) (type (func (param (ref null $u))))"))
                .types();
        assertEquals(one.getFirst(), two.get(1));
        assertNotEquals(one.getFirst(), two.get(2), "a type that names another one is not that one");
    }

    @Test
    void typesThatNameOneAnotherDeeplyCompareFast() {
        StringBuilder text = new StringBuilder("(type (func))");
        for (int i = 0; i < 2_000; i++) {
            text.append("(type (func (param (ref ").append(i).append(") (ref ").append(i).append("))))");
        }
        FuncType one = Module.decode(WatModule.assemble(text.toString())).types().getLast();
        FuncType two = Module.decode(WatModule.assemble(text.toString())).types().getLast();
        assertEquals(one, two);
    }

    @Test
    void branchesOnNullKeepWhatLiesBelow() throws Throwable {
        Instance instance = Wat.instance(
                """
                (type $f (func (result i64)))
                (func $seven (result i64) (i64.const 7))
                (elem declare func $seven)
                (func (export "null") (param i32) (result i64)
                  (local $r (ref null $f))
                  (if (local.get 0) (then (local.set $r (ref.func $seven))))
                  (block $none (result i64)
                    (i64.const 30)
                    (br_on_null $none (local.get $r))
                    (call_ref $f)
                    (i64.add)))
                (func (export "non-null") (param i32) (result i64)
                  (local $r (ref null $f))
                  (if (local.get 0) (then (local.set $r (ref.func $seven))))
                  (block $some (result i64 (ref $f))
                    (i64.const 30)
                    (br_on_non_null $some (local.get $r))
                    (return))
                  (call_ref $f)
                  (i64.mul))
                """);
        assertEquals(30, instance.call("null", 0));
        assertEquals(37, instance.call("null", 1));
        assertEquals(30, instance.call("non-null", 0));
        assertEquals(210, instance.call("non-null", 1));
    }

    @Test
    void aForkBelowACallByReferenceGoesOnInBoth() throws Throwable {
        CompileOptions options = new CompileOptions("fork", (module, imported) -> true);
        CompiledModule code = Wat.compile(
                """
                (import "host" "fork" (func $fork (result i64)))
                (type $f (func (param i64) (result i64)))
                (func $a (param i64) (result i64) (i64.add (local.get 0) (call $fork)))
                (elem declare func $a)
                (func (export "run") (result i64) (local $r (ref $f))
                  (local.set $r (ref.func $a))
                  (i64.add (call_ref $f (i64.const 10) (local.get $r)) (i64.const 1)))
                """,
                options);
        Imports imports = new Imports().add(
                new HostFunction("host", "fork", new FuncType(List.of(), List.of(ValType.I64))) {
                    @Override
                    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
                        throw new Unwind(null);
                    }
                });
        Instance parent = code.instantiate(imports);
        Unwind unwound = assertThrows(Unwind.class, () -> parent.call("run"));
        Instance child = parent.fork();
        assertEquals(11, child.resume(unwound.frames(), 0));
        assertEquals(111, parent.resume(unwound.frames(), 100));
    }
}
