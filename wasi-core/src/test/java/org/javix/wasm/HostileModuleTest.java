package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid modules of moderate size that were made to take long to compile: they are compiled, or refused in words, soon. */
class HostileModuleTest {
    private static final CompileOptions SUSPENDING = new CompileOptions("fork", (module, imported) -> true);

    private static byte[] module(Consumer<BinaryWriter> types, int tables, BinaryWriter body, int locals) {
        BinaryWriter code = new BinaryWriter();
        code.u32(locals == 0 ? 0 : 1);
        if (locals > 0) {
            code.u32(locals).u8(0x7f);
        }
        code.append(body).u8(END);
        BinaryWriter out = new BinaryWriter().word(0x6d736100, 4).word(1, 4);
        BinaryWriter section = new BinaryWriter();
        types.accept(section);
        out.u8(1).sized(section.toByteArray());
        out.u8(2).sized(new BinaryWriter().u32(1).u32(0).u32(0).u8(0).u32(0).toByteArray());
        out.u8(3).sized(new BinaryWriter().u32(1).u32(0).toByteArray());
        if (tables > 0) {
            BinaryWriter all = new BinaryWriter().u32(tables);
            for (int i = 0; i < tables; i++) {
                all.u8(0x70).u8(0).u32(0);
            }
            out.u8(4).sized(all.toByteArray());
        }
        out.u8(5).sized(new BinaryWriter().u32(1).u8(0).u32(1).toByteArray());
        out.u8(10).sized(new BinaryWriter().u32(1).sized(code.toByteArray()).toByteArray());
        return out.toByteArray();
    }

    private static void oneType(BinaryWriter types) {
        types.u32(1).u8(0x60).u32(0).u32(0);
    }

    private static BinaryWriter repeat(int times, Consumer<BinaryWriter> code) {
        BinaryWriter body = new BinaryWriter();
        for (int i = 0; i < times; i++) {
            code.accept(body);
        }
        return body;
    }

    static Stream<Arguments> modules() {
        BinaryWriter deep = repeat(15_000, b -> b.u8(I32_CONST).u8(0))
                .append(repeat(300_000, b -> b.u8(I32_CONST).u8(0).u8(LOCAL_SET).u8(0)))
                .append(repeat(15_000, b -> b.u8(DROP)));
        BinaryWriter waiting = new BinaryWriter()
                .u8(LOCAL_GET).u8(0)
                .append(repeat(15_000, b -> b.u8(I32_CONST).u8(0)))
                .append(repeat(300_000, b -> b.u8(I32_CONST).u8(0).u8(LOCAL_SET).u8(0)))
                .append(repeat(14_999, b -> b.u8(DROP)))
                .u8(I32_STORE).u8(2).u8(0);
        BinaryWriter calls = repeat(15_000, b -> b.u8(I32_CONST).u8(0))
                .append(repeat(100_000, b -> b.u8(CALL).u8(0)))
                .append(repeat(15_000, b -> b.u8(DROP)));
        BinaryWriter branches = repeat(9_000, b -> b.u8(LOCAL_GET).u8(0).u8(IF).u8(0x40).u8(END));
        BinaryWriter loops = repeat(4_900, b -> b.u8(LOOP).u8(0x40))
                .append(repeat(50_000, b -> b.u8(CALL).u8(0)))
                .append(repeat(4_900, b -> b.u8(END)));
        BinaryWriter table = repeat(4_000, b -> b.u8(BLOCK).u32(1));
        table.append(repeat(1_000, b -> b.u8(I32_CONST).u8(0))).u8(I32_CONST).u8(0).u8(BR_TABLE).u32(3_999);
        for (int depth = 0; depth < 4_000; depth++) {
            table.u32(depth);
        }
        table.append(repeat(4_000, b -> b.u8(END))).append(repeat(1_000, b -> b.u8(DROP)));
        Consumer<BinaryWriter> wide = types -> {
            types.u32(2).u8(0x60).u32(0).u32(0).u8(0x60).u32(0).u32(1_000);
            for (int i = 0; i < 1_000; i++) {
                types.u8(0x7f);
            }
        };
        BinaryWriter back = new BinaryWriter().u8(BLOCK).u32(1)
                .append(repeat(1_000, b -> b.u8(I32_CONST).u8(0)))
                .append(repeat(300_000, b -> b.u8(I32_CONST).u8(0).u8(BR_IF).u8(0)))
                .u8(END)
                .append(repeat(1_000, b -> b.u8(DROP)));
        BinaryWriter longTable = new BinaryWriter().u8(BLOCK).u8(0x40).u8(I32_CONST).u8(0).u8(BR_TABLE).u32(1_000_000)
                .append(repeat(1_000_001, b -> b.u8(0)))
                .u8(END);
        Consumer<BinaryWriter> alikeTypes = types -> {
            types.u32(200_000).u8(0x60).u32(0).u32(0);
            for (int i = 1; i < 200_000; i++) {
                types.u8(0x60).u32(1).u8(0x63).signed(i - 1).u32(0);
            }
        };
        Consumer<BinaryWriter> manyTypes = types -> {
            types.u32(4_097).u8(0x60).u32(0).u32(0);
            for (int i = 0; i < 4_096; i++) {
                types.u8(0x60).u32(12);
                for (int bit = 0; bit < 12; bit++) {
                    types.u8((i >> bit & 1) == 0 ? 0x7f : 0x7e);
                }
                types.u32(0);
            }
        };
        return Stream.of(
                Arguments.of("a deep operand stack", module(HostileModuleTest::oneType, 0, deep, 1), CompileOptions.PLAIN),
                Arguments.of("an address that waits", module(HostileModuleTest::oneType, 0, waiting, 1), CompileOptions.PLAIN),
                Arguments.of("operands across calls", module(HostileModuleTest::oneType, 0, calls, 1), SUSPENDING),
                Arguments.of("locals and branches", module(HostileModuleTest::oneType, 0, branches, 6_000), CompileOptions.PLAIN),
                Arguments.of("calls in many loops", module(HostileModuleTest::oneType, 0, loops, 0), SUSPENDING),
                Arguments.of("wide branches", module(wide, 0, table, 0), CompileOptions.PLAIN),
                Arguments.of("wide conditional branches", module(wide, 0, back, 0), CompileOptions.PLAIN),
                Arguments.of("a long branch table", module(HostileModuleTest::oneType, 0, longTable, 0), CompileOptions.PLAIN),
                Arguments.of("types that name types", module(alikeTypes, 0, new BinaryWriter(), 0), CompileOptions.PLAIN),
                Arguments.of("types and tables", module(manyTypes, 10_000, new BinaryWriter(), 0), CompileOptions.PLAIN));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modules")
    void isDoneSoon(String name, byte[] binary, CompileOptions options) {
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try {
                assertTrue(Compiler.classes(Module.decode(binary), options).size() >= 2);
            } catch (UnsupportedFeature refused) {
                assertTrue(refused.getMessage().contains("a function"), refused.getMessage());
            }
        });
    }
}
