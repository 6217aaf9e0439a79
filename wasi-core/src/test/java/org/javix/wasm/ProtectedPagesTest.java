package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accesses of code that is compiled to ask what pages allow. */
class ProtectedPagesTest {
    private static final CompileOptions OPTIONS =
            new CompileOptions("protected", (module, imported) -> false).withProtection(module -> true);

    private static final String ACCESSES = """
            (memory %s 4)
            (func (export "load8") (param %s) (result i32) (i32.load8_u (local.get 0)))
            (func (export "load16") (param %s) (result i32) (i32.load16_u (local.get 0)))
            (func (export "load32") (param %s) (result i32) (i32.load (local.get 0)))
            (func (export "load64") (param %s) (result i64) (i64.load (local.get 0)))
            (func (export "far") (param %s) (result i32) (i32.load8_u offset=0x7fffffff (local.get 0)))
            (func (export "beyond") (param %s) (result i32) (i32.load8_u offset=5000 (local.get 0)))
            (func (export "store32") (param %s i32) (i32.store (local.get 0) (local.get 1)))
            (func (export "store64") (param %s i64) (i64.store (local.get 0) (local.get 1)))
            (func (export "fill") (param %s i32 %s) (memory.fill (local.get 0) (local.get 1) (local.get 2)))
            (func (export "copy") (param %s %s %s) (memory.copy (local.get 0) (local.get 1) (local.get 2)))
            (func (export "add") (param %s i32) (result i32) (i32.atomic.rmw.add (local.get 0) (local.get 1)))
            """;

    private Instance instance;
    private PageTable pages;

    private static Instance instance(String type) {
        String memory = type.equals("i64") ? "i64" : "";
        String text = "(module " + ACCESSES.replaceFirst("%s", memory).replace("%s", type) + ")";
        return Compiler.compile(Module.decode(WatModule.assemble(text)), OPTIONS).instantiate(new Imports());
    }

    @BeforeEach
    void makeInstance() {
        instance = instance("i32");
        pages = instance.linearMemory().pageTable();
    }

    /** Allows what a map says, one character for each page: {@code r}, {@code w}, {@code -}, {@code x} for lost, {@code e} for elsewhere. */
    private void allow(String map, MemorySegment elsewhere) {
        pages.setPager(new Pager() {
            @Override
            public Trap.Kind touch(long address, boolean store) {
                int page = (int) (address >> PageTable.SHIFT);
                char kind = page < map.length() ? map.charAt(page) : ' ';
                switch (kind) {
                    case 'w' -> pages.allow(page, page + 1, PageTable.READ | PageTable.WRITE);
                    case 'e' -> pages.allow(page, page + 1, PageTable.READ_ELSEWHERE | PageTable.WRITE_ELSEWHERE);
                    case 'r' -> {
                        if (store) {
                            return Trap.Kind.PROTECTED_PAGE;
                        }
                        pages.allow(page, page + 1, PageTable.READ);
                    }
                    case '-' -> {
                        return Trap.Kind.PROTECTED_PAGE;
                    }
                    case 'x' -> {
                        return Trap.Kind.LOST_PAGE;
                    }
                    default -> {
                        return Trap.Kind.OUT_OF_BOUNDS_MEMORY;
                    }
                }
                return null;
            }

            @Override
            public MemorySegment elsewhere(long page) {
                return elsewhere;
            }
        });
    }

    private long call(String name, long... arguments) {
        try {
            return instance.call(name, arguments);
        } catch (Unwind e) {
            throw new AssertionError(e);
        }
    }

    private void faults(Trap.Kind kind, long address, String name, long... arguments) {
        Trap trap = assertThrows(Trap.class, () -> call(name, arguments));
        assertEquals(kind, trap.kind());
        assertEquals(address, trap.address());
    }

    @Test
    void withoutAPagerTheMemoryIsAllowedAndNothingElse() {
        call("store32", 4 * Memory.PAGE - 4, 77);
        assertEquals(77, call("load32", 4 * Memory.PAGE - 4));
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 4 * Memory.PAGE, "load32", 4 * Memory.PAGE - 3);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 0xffff_ffffL, "load8", -1);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 0x1_7fff_fffeL, "far", -1);
    }

    @Test
    void rightsAreHeededByEachWidth() {
        allow("wr-w", null);
        call("store32", 100, 5);
        assertEquals(0, call("load32", 4096));
        faults(Trap.Kind.PROTECTED_PAGE, 4096, "store32", 4096, 1);
        for (String load : new String[] {"load8", "load16", "load32", "load64"}) {
            faults(Trap.Kind.PROTECTED_PAGE, 8192, load, 8192);
        }
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 16384, "load8", 16384);
    }

    @Test
    void anAccessThatStraddlesPagesNeedsBoth() {
        allow("wwr-", null);
        call("store64", 4092, 0x1122334455667788L);
        assertEquals(0x1122334455667788L, call("load64", 4092));
        faults(Trap.Kind.PROTECTED_PAGE, 8192, "store64", 8188, 1);
        assertEquals(0, call("load32", 8188), "nothing of it is stored");
        faults(Trap.Kind.PROTECTED_PAGE, 12288, "load16", 12287);
    }

    @Test
    void rangesFaultAtTheirFirstForbiddenPageAndDoNothing() {
        allow("wwrx", null);
        faults(Trap.Kind.PROTECTED_PAGE, 8192, "fill", 4000, 7, 5000);
        assertEquals(0, call("load8", 4000));
        faults(Trap.Kind.LOST_PAGE, 12288, "copy", 0, 12000, 300);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 16384, "copy", 0, 16384, 4);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 0xffff_f000L, "fill", 0xffff_f000L, 1, 0xffff_ffffL);
        call("fill", 0, 9, 8192);
        assertEquals(0x0909, call("load16", 8190));
    }

    @Test
    void bytesElsewhereAreReadAndWrittenThere() {
        MemorySegment other = MemorySegment.ofArray(new long[512]);
        allow("wew", other);
        call("store32", 4096 + 8, 0x01020304);
        assertEquals(0x01020304, other.get(Ops.I32, 8));
        assertEquals(0x01020304, call("add", 4096 + 8, 1));
        assertEquals(0x01020305, other.get(Ops.I32, 8));
        call("store64", 4092, -1);
        assertEquals(0xffff_ffffL, Integer.toUnsignedLong(other.get(Ops.I32, 0)));
        assertEquals(-1, call("load64", 4092));
        call("fill", 4000, 3, 5000);
        assertEquals(0x0303, other.get(Ops.I16, 4094));
        other.fill((byte) 8);
        call("copy", 4090, 4097, 4000);
        assertEquals(0x08080808, call("load32", 4090));
        assertEquals(0, instance.linearMemory().segment().get(Ops.I32, 4096), "nothing lies below");
    }

    @Test
    void whatIsTakenAwayFaultsAgain() {
        allow("ww", null);
        call("store32", 4096, 1);
        allow("w-", null);
        faults(Trap.Kind.PROTECTED_PAGE, 4096, "load32", 4096);
    }

    @Test
    void plainPagesAreNotAskedFor() {
        allow("------", null);
        faults(Trap.Kind.PROTECTED_PAGE, 4096, "store32", 4096, 1);
        pages.allowAll(5 * 4096);
        call("store32", 4096, 77);
        assertEquals(77, call("load32", 4096));
        call("store64", 5 * 4096 - 8, 0x1122334455667788L);
        assertEquals(0x11223344, call("load32", 5 * 4096 - 4), "also at the end, where no access is surely within");
        assertEquals(0x11, call("beyond", 5 * 4096 - 5001));
        call("fill", 5000, 3, 100);
        assertEquals(3, call("beyond", 0));
        call("copy", 4096, 5000, 100);
        assertEquals(0x0303, call("load16", 4096));
        faults(Trap.Kind.PROTECTED_PAGE, 0, "load8", 0);
        faults(Trap.Kind.PROTECTED_PAGE, 4093, "load32", 4093);
        faults(Trap.Kind.PROTECTED_PAGE, 5 * 4096, "load32", 5 * 4096 - 3);
        faults(Trap.Kind.PROTECTED_PAGE, 5 * 4096, "beyond", 5 * 4096 - 5000);
        faults(Trap.Kind.PROTECTED_PAGE, 5 * 4096, "fill", 4096, 1, 4 * 4096 + 1);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, 0x1_0000_1387L, "beyond", -1);
        pages.allowAll(2 * 4096);
        assertEquals(0x0303, call("load16", 4096));
        faults(Trap.Kind.PROTECTED_PAGE, 8192, "load8", 8192);
    }

    @Test
    void theLastAddressesOf64BitsFault() {
        instance = instance("i64");
        pages = instance.linearMemory().pageTable();
        for (long address : new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 6, Long.MAX_VALUE - 4095, Long.MIN_VALUE, -1, -4096}) {
            for (String load : new String[] {"load8", "load16", "load32", "load64", "far", "beyond"}) {
                assertThrows(Trap.class, () -> call(load, address));
            }
            faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, "store32", address, 1);
            faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, "store64", address, 1);
            for (long length : new long[] {1, 355, 1L << 32, Long.MAX_VALUE, -1}) {
                faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, "fill", address, 1, length);
                faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, address, "copy", 0, address, length);
                assertEquals(0, pages.reachable(address, length, true));
            }
        }
    }

    @Test
    void sparseMemoryOf64BitAddresses() {
        String text = "(module " + ACCESSES.replaceFirst("%s 4", "i64 1 0x1000000").replace("%s", "i64") + ")";
        Module module = Module.decode(WatModule.assemble(text));
        if (HostPages.host() == null) {
            return;
        }
        instance = Compiler.compile(module, OPTIONS).instantiate(new Imports(), 1L << 24);
        Memory memory = instance.linearMemory();
        assertEquals(1, memory.grow((1L << 24) - 1));
        long tebibyte = 1L << 40;
        for (long at = 0; at < tebibyte; at += tebibyte / 64) {
            call("store64", at + 4093, at + 1);
        }
        for (long at = 0; at < tebibyte; at += tebibyte / 64) {
            assertEquals(at + 1, call("load64", at + 4093));
        }
        call("store32", tebibyte - 4, 1);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, tebibyte, "load32", tebibyte - 3);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, -1, "load8", -1);
        faults(Trap.Kind.OUT_OF_BOUNDS_MEMORY, tebibyte, "load8", tebibyte);
        assertTrue(memory.ownResidentBytes() < 1 << 20, () -> memory.ownResidentBytes() + " bytes");
        instance.close();
    }

    @Test
    void aSparseFileOf200GibibytesMappedWhole(@TempDir Path directory) throws Throwable {
        if (HostPages.host() == null) {
            return;
        }
        long gibibyte = 1L << 30;
        Path file = directory.resolve("sparse");
        String text = "(module " + ACCESSES.replaceFirst("%s 4", "i64 1 0x1000000").replace("%s", "i64") + ")";
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(200 * gibibyte);
            instance = Compiler.compile(Module.decode(WatModule.assemble(text)), OPTIONS).instantiate(new Imports(), 1L << 24);
            Memory memory = instance.linearMemory();
            memory.grow(201 * gibibyte / Memory.PAGE);
            assertTrue(memory.map(gibibyte, 200 * gibibyte, descriptor(file), 0, true));
            for (long at = 1; at < 200; at += 10) {
                call("store64", gibibyte + at * gibibyte, at);
            }
            for (long at = 1; at < 200; at += 10) {
                bytes.seek(at * gibibyte);
                assertEquals(at, Long.reverseBytes(bytes.readLong()));
            }
            bytes.seek(150 * gibibyte);
            bytes.writeLong(Long.reverseBytes(7));
            assertEquals(7, call("load64", 151 * gibibyte));
            assertEquals(0, call("load64", 201 * gibibyte - 8));
            instance.close();
        }
        Process blocks = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        long half = Long.parseLong(new String(blocks.getInputStream().readAllBytes()).strip());
        assertTrue(half * 512 < 1 << 20, half + " blocks");
    }

    /** The host's, open to read and write. */
    private static int descriptor(Path file) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle open = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            return (int) open.invokeExact(arena.allocateFrom(file.toString()), 2);
        }
    }
}
