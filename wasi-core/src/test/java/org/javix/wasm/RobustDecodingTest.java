package org.javix.wasm;

import static org.javix.wasm.Opcodes.END;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are, decoding succeeds or throws {@link InvalidModuleException}; large modules work. */
class RobustDecodingTest {
    private static final byte[] SAMPLE = WatModule.assemble(
            """
            (module
              (type $t (func (param i32 i64) (result f32)))
              (import "env" "f" (func $f (param i32) (result i32)))
              (import "env" "g" (global $g (mut i32)))
              (table $tab 2 10 funcref)
              (memory $mem 1 2)
              (memory $wide i64 1)
              (tag $e (param i32))
              (global $h i64 (i64.add (i64.const 1) (i64.const 2)))
              (export "run" (func $run))
              (start $init)
              (elem (i32.const 0) func $f $run)
              (data (memory $mem) (i32.const 8) "bytes")
              (data $d "passive")
              (func $init (memory.init $mem $d (i32.const 0) (i32.const 0) (i32.const 1)))
              (func $run (param $x i32) (result i32) (local i64 v128)
                (block $out (result i32)
                  (loop $again
                    (br_if $again (i32.load offset=4 (local.get $x)))
                    (br_table $again $again (i32.const 1)))
                  (block $caught
                    (try_table (catch_all $caught)
                      (throw $e (i32.const 3))))
                  (i32.const 9))
                (drop)
                (try (do (call $init)) (catch $e (drop)) (catch_all (rethrow 0)))
                (drop (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 (local.get 2) (local.get 2)))
                (if (result i32) (local.get $x)
                  (then (call_indirect (param i32) (result i32) (local.get $x) (i32.const 0)))
                  (else (return_call $f (i32.const 7))))))
            """);

    private static boolean decodes(byte[] bytes) {
        try {
            Module.decode(bytes);
            return true;
        } catch (InvalidModuleException e) {
            assertTrue(e.offset() >= 0 && e.offset() <= bytes.length, e::getMessage);
            assertTrue(e.getMessage().lines().count() == 1 && e.getMessage().length() < 1000, e::getMessage);
            return false;
        }
    }

    @Test
    void aModuleCutShortIsRefused() {
        Module.decode(SAMPLE);
        // Before its first segment, function or start the module would be whole at the end of a section.
        int whole = 0;
        for (int length = 0; length < SAMPLE.length; length++) {
            whole += decodes(Arrays.copyOf(SAMPLE, length)) ? 1 : 0;
        }
        assertTrue(whole < 4, "accepted " + whole + " parts");
    }

    @Test
    void mutationsDecodeOrAreRefused() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = SAMPLE.clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                bytes[random.nextInt(8, bytes.length)] = (byte) random.nextInt();
            }
            decodes(bytes);
        }
    }

    @Test
    void randomInstructionsDecodeOrAreRefused() {
        Random random = new Random(2);
        int body = SAMPLE.length - 80;
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = SAMPLE.clone();
            for (int at = body; at < bytes.length - 1; at++) {
                bytes[at] = (byte) random.nextInt(random.nextBoolean() ? 256 : 16);
            }
            decodes(bytes);
        }
    }

    @Test
    void hugeCountsAllocateNothing() {
        for (int section = 1; section <= 13; section++) {
            for (int count : new int[] {-1, Integer.MAX_VALUE, Integer.MIN_VALUE, 100_000_000}) {
                byte[] content = new BinaryWriter().u32(count).toByteArray();
                byte[] bytes = header().u8(section).sized(content).toByteArray();
                if (section != 8 && section != 12) {
                    assertThrows(InvalidModuleException.class, () -> Module.decode(bytes));
                }
                decodes(bytes);
            }
        }
    }

    @Test
    void tooManyLocalsAreRefused() {
        BinaryWriter locals = new BinaryWriter().u32(2).u32(-1).u8(0x7f).u32(-1).u8(0x7e).u8(Opcodes.END);
        assertThrows(InvalidModuleException.class, () -> Module.decode(functions(1, locals)));
        BinaryWriter million = new BinaryWriter().u32(1).u32(1_000_000).u8(0x7f).u8(Opcodes.END);
        assertThrows(InvalidModuleException.class, () -> Module.decode(functions(1_000, million)));
    }

    @Test
    void aHundredThousandLocalsWork() {
        BinaryWriter body = new BinaryWriter().u32(1).u32(100_000).u8(0x7f);
        body.opcode(Opcodes.LOCAL_GET).u32(99_999).opcode(Opcodes.DROP).opcode(Opcodes.END);
        assertEquals(100_000, Module.decode(functions(1, body)).code().getFirst().locals().length);
    }

    @Test
    void fiftyThousandFunctionsWork() {
        BinaryWriter body = new BinaryWriter().u32(0).opcode(Opcodes.CALL).u32(49_999).opcode(Opcodes.END);
        assertEquals(50_000, Module.decode(functions(50_000, body)).code().size());
    }

    @Test
    void deepNestingNeedsNoJavaStack() {
        assertTrue(decodes(functions(1, nested(500_000))));
        assertThrows(InvalidModuleException.class, () -> Module.decode(functions(1, nested(3_000_000))));
    }

    private static BinaryWriter nested(int depth) {
        BinaryWriter body = new BinaryWriter().u32(0);
        for (int i = 0; i < depth; i++) {
            body.opcode(Opcodes.BLOCK).u8(0x40);
        }
        for (int i = 0; i <= depth; i++) {
            body.opcode(Opcodes.END);
        }
        return body;
    }

    @Test
    void operandsArePiledUpOnlySoHigh() {
        String results = " i64".repeat(1_000);
        String calls = "(call $f)".repeat(2_000);
        byte[] bytes = WatModule.assemble(
                "(module (func $f (result" + results + ") unreachable) (func " + calls + " unreachable))");
        InvalidModuleException e = assertThrows(InvalidModuleException.class, () -> Module.decode(bytes));
        assertTrue(e.getMessage().contains("too many operands"), e::getMessage);
    }

    @Test
    void faultsNameTheirOffset() {
        byte[] bytes = functions(1, new BinaryWriter().u32(0).opcode(Opcodes.DROP).opcode(Opcodes.END));
        InvalidModuleException e = assertThrows(InvalidModuleException.class, () -> Module.decode(bytes));
        assertEquals(bytes.length - 2, e.offset());
        assertEquals(
                "offset 0x17: type mismatch: instruction requires an operand but stack has []", e.getMessage());
    }

    @Test
    void faultsOutsideOfCodeNameTheirOffset() {
        byte[] type = {1, 4, 1, 0x60, 0, 0};
        byte[] function = {3, 2, 1, 0};
        byte[] code = {10, 4, 1, 2, 0, END};
        // The fault, how far behind the header it lies, and what does.
        names("unknown type 7", 10, type, new byte[] {3, 3, 2, 0, 7}, new byte[] {10, 7, 2, 2, 0, END, 2, 0, END});
        names("unknown type 7", 9, type, new byte[] {2, 7, 1, 1, 'm', 1, 'f', 0, 7});
        names("memory size must be at most", 9, type, new byte[] {5, 5, 1, 0, (byte) 0x81, (byte) 0x80, 4});
        names("shared memory must have maximum", 3, new byte[] {5, 3, 1, 2, 1});
        names("duplicate export name", 17, type, function, new byte[] {7, 9, 2, 1, 'x', 0, 0, 1, 'x', 0, 0}, code);
        names("unknown memory 0", 13, type, function, new byte[] {7, 5, 1, 1, 'x', 2, 0}, code);
        names("unknown function 5", 12, type, function, new byte[] {8, 1, 5}, code);
        names("unknown table 0", 3, new byte[] {9, 6, 1, 0, 0x41, 0, END, 0});
        names("unknown memory 1", 3, new byte[] {11, 7, 1, 2, 1, 0x41, 0, END, 0});
    }

    private static void names(String fault, int offset, byte[]... parts) {
        BinaryWriter out = header();
        for (byte[] part : parts) {
            out.bytes(part);
        }
        InvalidModuleException e = assertThrows(InvalidModuleException.class, () -> Module.decode(out.toByteArray()));
        assertTrue(e.getMessage().contains(fault), e::getMessage);
        assertEquals(8 + offset, e.offset(), e::getMessage);
    }

    private static BinaryWriter header() {
        return new BinaryWriter().word(0x6d736100, 4).word(1, 4);
    }

    /** A module of functions without parameters and results that all have this body. */
    private static byte[] functions(int count, BinaryWriter body) {
        BinaryWriter types = new BinaryWriter().u32(count);
        BinaryWriter code = new BinaryWriter().u32(count);
        for (int i = 0; i < count; i++) {
            types.u32(0);
            code.sized(body.toByteArray());
        }
        return header()
                .u8(1)
                .sized(new byte[] {1, 0x60, 0, 0})
                .u8(3)
                .sized(types.toByteArray())
                .u8(10)
                .sized(code.toByteArray())
                .toByteArray();
    }
}
