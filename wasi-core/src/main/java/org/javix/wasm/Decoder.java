package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.javix.wasm.Module.Code;
import org.javix.wasm.Module.DataSegment;
import org.javix.wasm.Module.ElementSegment;
import org.javix.wasm.Module.Export;
import org.javix.wasm.Module.GlobalInit;
import org.javix.wasm.Module.GlobalType;
import org.javix.wasm.Module.Import;
import org.javix.wasm.Module.Kind;
import org.javix.wasm.Module.Limits;
import org.javix.wasm.Module.MemoryType;
import org.javix.wasm.Module.Mode;
import org.javix.wasm.Module.TableInit;
import org.javix.wasm.Module.TableType;

/**
 * Reads a binary module (WebAssembly specification, section 5). Function bodies and constant
 * expressions are not read but located; {@link Validator} reads them.
 *
 * <p>Nothing is allocated by a declared count before the bytes for it are known to be there.
 */
final class Decoder {
    /** Types of more parameters or results are refused, as by every engine. */
    private static final int MAX_ARITY = 1_000;

    /** The most locals of one function. */
    private static final int MAX_FUNCTION_LOCALS = 1_000_000;

    /** The most locals of all functions: a few bytes can declare many. */
    private static final int MAX_LOCALS = 20_000_000;

    private static final ValType[] NO_LOCALS = {};

    static final int IMPORTS = 2;
    static final int FUNCTIONS = 3;
    static final int TABLES = 4;
    static final int MEMORIES = 5;
    static final int EXPORTS = 7;
    static final int START = 8;
    static final int ELEMENTS = 9;
    static final int DATA = 11;
    static final int TAGS = 13;

    /** The sections' places in the order that they must have, by their id; custom sections have none. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final byte[] bytes;
    private final CodeReader in;
    private final List<FuncType> types = new ArrayList<>();
    private final List<Import> imports = new ArrayList<>();
    private final Indices functions = new Indices();
    private final List<TableType> tables = new ArrayList<>();
    private final List<MemoryType> memories = new ArrayList<>();
    private final List<GlobalType> globals = new ArrayList<>();
    private final Indices tags = new Indices();
    private final List<Export> exports = new ArrayList<>();
    private final List<ElementSegment> elements = new ArrayList<>();
    private final List<DataSegment> data = new ArrayList<>();
    private final List<GlobalInit> globalInits = new ArrayList<>();
    private final List<TableInit> tableInits = new ArrayList<>();
    private final List<Code> code = new ArrayList<>();
    private int definedFunctions;
    private int start = -1;
    private long dataCount = -1;
    private long allLocals;

    /** The section that is being read. */
    private int section;

    /** What {@link #offsetOf} asks for, and where it starts. */
    private int wantedSection = -1;

    private int wantedItem;
    private int wantedOffset;

    /** The function names' subsection, or -1. */
    private int namesStart = -1;

    private int namesEnd;

    Decoder(byte[] bytes) {
        this.bytes = bytes;
        this.in = new CodeReader(bytes, 0, bytes.length, types);
    }

    /** Where an item of a section starts, in a binary that can be decoded. */
    static int offsetOf(byte[] bytes, int section, int item) {
        Decoder decoder = new Decoder(bytes);
        decoder.wantedSection = section;
        decoder.wantedItem = item;
        decoder.module();
        return decoder.wantedOffset;
    }

    /** Decodes. The result has still to be validated. */
    Module module() {
        header();
        int last = 0;
        while (in.remaining() > 0) {
            int at = in.position();
            int id = in.u8();
            if (id >= ORDER.length) {
                throw in.malformed(at, "malformed section id");
            }
            if (id != 0) {
                if (ORDER[id] <= last) {
                    throw in.malformed(at, "unexpected content after last section");
                }
                last = ORDER[id];
            }
            section(id);
        }
        if (code.size() != definedFunctions) {
            throw in.malformed(in.position(), "function and code section have inconsistent lengths");
        }
        if (dataCount >= 0 && dataCount != data.size()) {
            throw in.malformed(in.position(), "data count and data section have inconsistent lengths");
        }
        return new Module(
                bytes,
                types,
                imports,
                functions.toArray(),
                tables,
                memories,
                globals,
                tags.toArray(),
                exports,
                start,
                elements,
                data,
                globalInits,
                tableInits,
                code,
                names(),
                dataCount >= 0);
    }

    private void header() {
        if (in.remaining() < 4) {
            throw in.malformed(0, "unexpected end");
        }
        if (in.word32() != 0x6d736100) {
            throw in.malformed(0, "magic header not detected");
        }
        if (in.remaining() < 4) {
            throw in.malformed(4, "unexpected end");
        }
        if (in.word32() != 1) {
            throw in.malformed(4, "unknown binary version");
        }
    }

    private void section(int id) {
        int size = in.length();
        int end = in.position() + size;
        section = id;
        switch (id) {
            case 0 -> custom(end);
            case 1 -> vector(this::type);
            case IMPORTS -> vector(this::importEntry);
            case FUNCTIONS -> vector(() -> {
                functions.add(in.u32());
                definedFunctions++;
            });
            case TABLES -> vector(this::table);
            case MEMORIES -> vector(() -> memories.add(memoryType()));
            case 6 -> vector(() -> {
                globals.add(globalType());
                globalInits.add(new GlobalInit(in.position(), constant()));
            });
            case EXPORTS -> vector(this::export);
            case START -> start();
            case ELEMENTS -> vector(this::element);
            case 10 -> vector(this::code);
            case DATA -> vector(this::data);
            case 12 -> dataCount = Integer.toUnsignedLong(in.u32());
            default -> vector(() -> tags.add(tagType()));
        }
        if (in.position() != end) {
            throw in.malformed(in.position(), "section size mismatch");
        }
    }

    private void vector(Runnable element) {
        int count = in.count();
        for (int item = 0; item < count; item++) {
            note(item);
            element.run();
        }
    }

    /** An item of the section starts here. */
    private void note(int item) {
        if (section == wantedSection && item == wantedItem) {
            wantedOffset = in.position();
        }
    }

    private String name() {
        int length = in.length();
        int from = in.position();
        in.skip(length);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw in.malformed(from, "malformed UTF-8 encoding");
        }
    }

    private void custom(int end) {
        String name = name();
        if (name.equals("name")) {
            namesStart = in.position();
            namesEnd = end;
        }
        in.skip(end - in.position());
    }

    // Types.

    private void type() {
        int at = in.position();
        int form = in.u8();
        if (form >= 0x80) {
            throw in.malformed(at, "integer representation too long");
        }
        if (form != 0x60) {
            boolean collected = form == 0x4e || form == 0x4f || form == 0x50 || form == 0x5e || form == 0x5f;
            throw in.malformed(at, collected ? "unsupported: garbage-collected types" : "malformed type");
        }
        in.definesType = true;
        types.add(new FuncType(valueTypes(), valueTypes()));
        in.definesType = false;
    }

    private List<ValType> valueTypes() {
        int at = in.position();
        ValType[] list = new ValType[in.count()];
        if (list.length > MAX_ARITY) {
            throw new InvalidModuleException(false, at, "too many parameters or results");
        }
        for (int i = 0; i < list.length; i++) {
            list[i] = in.valueType();
        }
        return Arrays.asList(list);
    }

    private TableType tableType() {
        ValType element = in.referenceType();
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~5) != 0) {
            throw in.malformed(at, "malformed limits flags");
        }
        return new TableType(element, limits(flags), (flags & 4) != 0);
    }

    private MemoryType memoryType() {
        int at = in.position();
        int flags = in.u8();
        if ((flags & ~7) != 0) {
            throw in.malformed(at, "malformed limits flags");
        }
        return new MemoryType(limits(flags), (flags & 2) != 0, (flags & 4) != 0);
    }

    private Limits limits(int flags) {
        long min = in.u64();
        return new Limits(min, (flags & 1) != 0 ? in.u64() : -1);
    }

    private GlobalType globalType() {
        ValType type = in.valueType();
        int at = in.position();
        int mutability = in.u8();
        if (mutability > 1) {
            throw in.malformed(at, "malformed mutability");
        }
        return new GlobalType(type, mutability == 1);
    }

    private int tagType() {
        int at = in.position();
        if (in.u8() != 0) {
            throw in.malformed(at, "malformed tag attribute");
        }
        return in.u32();
    }

    // Imports and exports.

    private void importEntry() {
        String module = name();
        String name = name();
        int at = in.position();
        switch (in.u8()) {
            case 0 -> {
                imports.add(new Import(module, name, Kind.FUNCTION, functions.size()));
                functions.add(in.u32());
            }
            case 1 -> {
                imports.add(new Import(module, name, Kind.TABLE, tables.size()));
                tables.add(tableType());
            }
            case 2 -> {
                imports.add(new Import(module, name, Kind.MEMORY, memories.size()));
                memories.add(memoryType());
            }
            case 3 -> {
                imports.add(new Import(module, name, Kind.GLOBAL, globals.size()));
                globals.add(globalType());
            }
            case 4 -> {
                imports.add(new Import(module, name, Kind.TAG, tags.size()));
                tags.add(tagType());
            }
            default -> throw in.malformed(at, "malformed import kind");
        }
    }

    private void export() {
        String name = name();
        int at = in.position();
        Kind kind = switch (in.u8()) {
            case 0 -> Kind.FUNCTION;
            case 1 -> Kind.TABLE;
            case 2 -> Kind.MEMORY;
            case 3 -> Kind.GLOBAL;
            case 4 -> Kind.TAG;
            default -> throw in.malformed(at, "malformed export kind");
        };
        exports.add(new Export(name, kind, in.u32()));
    }

    // Definitions and segments.

    private void start() {
        note(0);
        int at = in.position();
        start = in.u32();
        if (start < 0) {
            throw new InvalidModuleException(
                    false, at, "unknown function " + Integer.toUnsignedString(start));
        }
    }

    private void table() {
        int at = in.position();
        if (in.u8() == 0x40) {
            int reserved = in.position();
            if (in.u8() != 0) {
                throw in.malformed(reserved, "malformed table");
            }
            tables.add(tableType());
            tableInits.add(new TableInit(in.position(), constant()));
        } else {
            in.seek(at);
            tables.add(tableType());
            tableInits.add(new TableInit(-1, -1));
        }
    }

    /** Passes over a constant expression, whatever it holds; answers the offset behind it. */
    private int constant() {
        int depth = 0;
        while (depth >= 0) {
            int at = in.position();
            int opcode = in.opcode();
            if (!InstructionTypes.known(opcode)) {
                throw in.malformed(at, InstructionTypes.illegal(opcode));
            }
            in.skipImmediates(opcode);
            switch (opcode) {
                case BLOCK, LOOP, IF, TRY, TRY_TABLE -> depth++;
                case END, DELEGATE -> depth--;
                default -> { }
            }
        }
        return in.position();
    }

    private void element() {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > 7) {
            throw in.malformed(at, "malformed elements segment kind");
        }
        boolean active = (flags & 1) == 0;
        boolean indexed = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        Mode mode = active ? Mode.ACTIVE : indexed ? Mode.DECLARATIVE : Mode.PASSIVE;
        int table = active && indexed ? in.u32() : 0;
        int offset = -1;
        if (active) {
            offset = in.position();
            constant();
        }
        ValType type = expressions ? ValType.FUNCREF : ValType.FUNC;
        if (!active || indexed) {
            int kind = in.position();
            if (expressions) {
                type = in.referenceType();
            } else if (in.u8() != 0) {
                throw in.malformed(kind, "malformed element kind");
            }
        }
        int[] items = new int[in.count()];
        for (int i = 0; i < items.length; i++) {
            if (expressions) {
                items[i] = in.position();
                constant();
            } else {
                items[i] = in.u32();
            }
        }
        elements.add(new ElementSegment(
                mode, table, offset, type, expressions ? null : items, expressions ? items : null));
    }

    private void data() {
        int at = in.position();
        int flags = in.u32();
        if (flags < 0 || flags > 2) {
            throw in.malformed(at, "malformed data segment kind");
        }
        int memory = flags == 2 ? in.u32() : 0;
        int offset = -1;
        if (flags != 1) {
            offset = in.position();
            constant();
        }
        int length = in.count();
        int from = in.position();
        in.skip(length);
        data.add(new DataSegment(
                flags == 1 ? Mode.PASSIVE : Mode.ACTIVE, memory, offset, from, in.position()));
    }

    /** A body's end must be where its size says, which the validator finds out. */
    private void code() {
        int size = in.count();
        int end = in.position() + size;
        ValType[] locals = locals();
        if (in.position() >= end) {
            throw in.malformed(in.position(), "unexpected end of section or function");
        }
        code.add(new Code(locals, in.position(), end));
        in.seek(end);
    }

    private ValType[] locals() {
        int groups = in.count();
        if (groups == 0) {
            return NO_LOCALS;
        }
        int at = in.position();
        long total = 0;
        for (int i = 0; i < groups; i++) {
            total += Integer.toUnsignedLong(in.u32());
            in.valueType();
        }
        allLocals += total;
        if (total > MAX_FUNCTION_LOCALS || allLocals > MAX_LOCALS) {
            throw in.malformed(at, "too many locals");
        }
        ValType[] locals = new ValType[(int) total];
        in.seek(at);
        for (int i = 0, n = 0; i < groups; i++) {
            int count = in.u32();
            Arrays.fill(locals, n, n += count, in.valueType());
        }
        return locals;
    }

    /** The function names of the name section; what is wrong in a custom section is no error. */
    private List<String> names() {
        String[] names = new String[functions.size()];
        Arrays.fill(names, "");
        if (namesStart >= 0) {
            try {
                in.range(namesStart, namesEnd);
                section = 0;
                while (in.remaining() > 0) {
                    int id = in.u8();
                    int next = in.count() + in.position();
                    if (id == 1) {
                        vector(() -> {
                            int function = in.u32();
                            String name = name();
                            if (function >= 0 && function < names.length) {
                                names[function] = name;
                            }
                        });
                    }
                    in.seek(next);
                }
            } catch (InvalidModuleException e) {
                // The names read so far serve.
            }
        }
        return Arrays.asList(names);
    }

    /** A growing list of indices. */
    private static final class Indices {
        private int[] items = new int[16];
        private int size;

        void add(int item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = item;
        }

        int size() {
            return size;
        }

        int[] toArray() {
            return Arrays.copyOf(items, size);
        }
    }
}
