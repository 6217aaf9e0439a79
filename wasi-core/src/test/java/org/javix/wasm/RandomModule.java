package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A valid module that a seed makes: functions of all types that call one another directly and by type, and touch
 * memories, tables, globals and segments, with blocks, loops, branches and exceptions. It always ends: a global holds
 * the fuel, which loops and calls use up, and each exported function fills it first. No result depends on the bits of
 * a NaN that an operation makes, since each is replaced by the canonical one.
 *
 * <p>It imports {@code env.pause}, which is called in many places and changes nothing.
 */
final class RandomModule {
    private static final int FUEL = 600;

    /** What a module may use beyond what every engine has. */
    record Features(boolean vectors, boolean exceptions, boolean legacyExceptions, boolean wideMemory) {}

    /** An exported function: calls it in the module's own terms. */
    record Export(String name, FuncType type) {}

    private static final List<ValType> NUMBERS = List.of(ValType.I32, ValType.I64, ValType.F32, ValType.F64);

    final long seed;
    final Random random;
    final Features features;
    final List<Export> exports = new ArrayList<>();

    /** All functions' types; the first function is the import. */
    final List<FuncType> functions = new ArrayList<>();

    final List<ValType> globals = new ArrayList<>();
    final List<List<ValType>> tags = new ArrayList<>();

    /** Which memories have 64-bit addresses. */
    final List<Boolean> memories = new ArrayList<>();

    /**
     * Whether there is a block of several parameters, or a loop of several results that is branched to: Endive 1.2.0
     * loses the operands below them.
     */
    boolean failsEndive;

    /** What the function table holds. */
    final int[] elements = new int[8];

    private final Map<FuncType, Integer> types = new LinkedHashMap<>();
    private final byte[] bytes;

    RandomModule(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9e3779b97f4a7c15L);
        this.features = new Features(
                random.nextInt(3) == 0, random.nextInt(3) == 0, random.nextInt(6) == 0, random.nextInt(6) == 0);
        this.bytes = assemble();
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether only features are used that Endive has too, and has right. */
    boolean isCommon() {
        return !features.vectors && !features.legacyExceptions && !features.wideMemory && !failsEndive;
    }

    /** The index of a type, which is added if there is none. */
    int type(FuncType type) {
        return types.computeIfAbsent(type, key -> types.size());
    }

    /** A type of a value. */
    ValType anyType() {
        int n = random.nextInt(12);
        if (n < 8) {
            return NUMBERS.get(n % 4);
        }
        if (n < 10) {
            return features.vectors ? ValType.V128 : ValType.I32;
        }
        return n == 10 ? ValType.FUNCREF : ValType.EXTERNREF;
    }

    /** From 0 to {@code most} types. */
    List<ValType> anyTypes(int most) {
        return random.ints(random.nextInt(most + 1), 0, 2).mapToObj(i -> anyType()).toList();
    }

    /** A number that finds the edges of operations. */
    long anyNumber() {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> -1;
            case 3 -> Integer.MIN_VALUE;
            case 4 -> random.nextBoolean() ? Long.MIN_VALUE : Long.MAX_VALUE;
            case 5 -> random.nextInt(256) - 128;
            case 6 -> random.nextInt();
            default -> random.nextLong();
        };
    }

    /** The bits of a float that finds the edges of operations; never a signalling NaN. */
    int anyFloat() {
        float[] edges = {0f, -0f, 1f, -1.5f, Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN, Float.POSITIVE_INFINITY, -2147483648f, 4294967296f};
        return Float.floatToIntBits(
                random.nextBoolean() ? edges[random.nextInt(edges.length)] : (float) random.nextGaussian() * 1000);
    }

    /** As {@link #anyFloat}. */
    long anyDouble() {
        double[] edges = {0, -0.0, 1, -2.5, Double.MAX_VALUE, Double.MIN_VALUE, Double.NaN, Double.NEGATIVE_INFINITY, 2147483647.5, 0x1p63};
        return Double.doubleToLongBits(
                random.nextBoolean() ? edges[random.nextInt(edges.length)] : random.nextGaussian() * 1e6);
    }

    /** Raw arguments of a function. */
    long[] anyArguments(FuncType type) {
        long[] slots = new long[type.parameterSlots()];
        int at = 0;
        for (ValType param : type.params()) {
            switch (param.kind()) {
                case I32 -> slots[at++] = (int) anyNumber();
                case F32 -> slots[at++] = anyFloat();
                case F64 -> slots[at++] = anyDouble();
                case V128 -> {
                    slots[at++] = anyNumber();
                    slots[at++] = anyNumber();
                }
                case I64 -> slots[at++] = anyNumber();
                default -> slots[at++] = 0;
            }
        }
        return slots;
    }

    private byte[] assemble() {
        functions.add(new FuncType(List.of(), List.of()));
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            functions.add(new FuncType(anyTypes(3), anyTypes(3)));
        }
        globals.add(ValType.I32);
        for (int i = random.nextInt(6); i > 0; i--) {
            globals.add(anyType());
        }
        memories.add(false);
        if (features.wideMemory || random.nextInt(4) == 0) {
            memories.add(features.wideMemory);
        }
        if (features.exceptions || features.legacyExceptions) {
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                tags.add(anyTypes(2).stream().filter(type -> !type.isReference()).toList());
            }
        }
        for (int i = 0; i < elements.length; i++) {
            elements[i] = 1 + random.nextInt(count);
        }
        BinaryWriter code = new BinaryWriter().u32(2 * count);
        for (int f = 1; f <= count; f++) {
            code.sized(new RandomCode(this, f).body());
        }
        for (int f = 1; f <= count; f++) {
            FuncType type = functions.get(f);
            code.sized(thunk(f, type));
            functions.add(type);
            exports.add(new Export("f" + f, type));
        }
        functions.forEach(this::type);
        tags.forEach(tag -> type(new FuncType(tag, List.of())));
        BinaryWriter module = new BinaryWriter().word(0x6d736100, 4).word(1, 4);
        section(module, 1, typeSection());
        section(module, 2, new BinaryWriter().u32(1).sized("env".getBytes()).sized("pause".getBytes()).u8(0).u32(type(functions.getFirst())));
        BinaryWriter declarations = new BinaryWriter().u32(functions.size() - 1);
        functions.stream().skip(1).forEach(type -> declarations.u32(type(type)));
        section(module, 3, declarations);
        section(module, 4, new BinaryWriter().u32(2).u8(0x70).u8(1).u32(8).u32(12).u8(0x6f).u8(1).u32(4).u32(6));
        BinaryWriter memory = new BinaryWriter().u32(memories.size());
        memories.forEach(wide -> memory.u8(wide ? 5 : 1).u32(1).u32(3));
        section(module, 5, memory);
        if (!tags.isEmpty()) {
            BinaryWriter tag = new BinaryWriter().u32(tags.size());
            tags.forEach(params -> tag.u8(0).u32(type(new FuncType(params, List.of()))));
            section(module, 13, tag);
        }
        section(module, 6, globalSection());
        section(module, 7, exportSection(count));
        section(module, 9, elementSection());
        section(module, 12, new BinaryWriter().u32(2));
        section(module, 10, code);
        section(module, 11, dataSection());
        return module.toByteArray();
    }

    private static void section(BinaryWriter module, int id, BinaryWriter content) {
        module.u8(id).sized(content.toByteArray());
    }

    /** Fills the fuel and calls a function. */
    private static byte[] thunk(int function, FuncType type) {
        BinaryWriter code = new BinaryWriter().u32(0).opcode(I32_CONST).signed(FUEL).opcode(GLOBAL_SET).u32(0);
        for (int i = 0; i < type.params().size(); i++) {
            code.opcode(LOCAL_GET).u32(i);
        }
        return code.opcode(CALL).u32(function).opcode(END).toByteArray();
    }

    private BinaryWriter typeSection() {
        BinaryWriter section = new BinaryWriter().u32(types.size());
        for (FuncType type : types.keySet()) {
            section.u8(0x60).u32(type.params().size());
            type.params().forEach(param -> section.u8(param.code()));
            section.u32(type.results().size());
            type.results().forEach(result -> section.u8(result.code()));
        }
        return section;
    }

    private BinaryWriter globalSection() {
        BinaryWriter section = new BinaryWriter().u32(globals.size());
        for (ValType type : globals) {
            section.u8(type.code()).u8(1);
            RandomCode.constant(this, section, type);
            section.opcode(END);
        }
        return section;
    }

    private BinaryWriter exportSection(int count) {
        BinaryWriter section = new BinaryWriter().u32(count);
        for (int i = 0; i < count; i++) {
            section.sized(exports.get(i).name().getBytes()).u8(0).u32(1 + count + i);
        }
        return section;
    }

    /** An active segment for the table of functions, and a passive one. */
    private BinaryWriter elementSection() {
        BinaryWriter section = new BinaryWriter().u32(2);
        section.u8(0).opcode(I32_CONST).signed(0).opcode(END).u32(elements.length);
        for (int element : elements) {
            section.u32(element);
        }
        return section.u8(1).u8(0).u32(2).u32(1).u32(elements[0]);
    }

    private BinaryWriter dataSection() {
        byte[] data = new byte[200];
        random.nextBytes(data);
        return new BinaryWriter().u32(2).u8(0).opcode(I32_CONST).signed(16).opcode(END).sized(data).u8(1).sized(data);
    }
}
