package org.javix.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;
import org.javix.wasm.Sexpr.Text;

/**
 * Assembles the text format into binaries, for tests: {@link #assemble(String)}. Everything that the engine
 * supports can be written; what is wrong is for the engine to find, so nothing is checked beyond
 * what the encoding needs.
 */
public final class WatModule {
    /** The index spaces. */
    enum Space {
        TYPE,
        FUNC,
        TABLE,
        MEMORY,
        GLOBAL,
        TAG,
        ELEM,
        DATA
    }

    /** A section's entries. */
    private static final class Section {
        final BinaryWriter entries = new BinaryWriter();
        int count;

        BinaryWriter next() {
            count++;
            return entries;
        }
    }

    private final Map<Space, Map<String, Integer>> names = new HashMap<>();
    private final Map<Space, Integer> sizes = new HashMap<>();
    private final List<FuncType> types = new ArrayList<>();
    private final Section[] sections = new Section[14];
    private BinaryWriter start;

    /** Whether an instruction names a data segment, which asks for a data count section. */
    private boolean dataNamed;

    /** What is assembled once all names are known. */
    private final List<Runnable> later = new ArrayList<>();

    private WatModule() {
        for (Space space : Space.values()) {
            names.put(space, new HashMap<>());
            sizes.put(space, 0);
        }
        for (int i = 0; i < sections.length; i++) {
            sections[i] = new Section();
        }
    }

    /** The binary of a module's text, with or without {@code (module ...)} around it. */
    public static byte[] assemble(String text) {
        List<Sexpr> items = Sexpr.parse(text);
        if (items.size() == 1 && items.getFirst() instanceof Node node && node.is("module")) {
            return assemble(new Items(node, 1));
        }
        return assemble(new Items(new Node(items, 1), 0));
    }

    /** The binary of a module's fields; a name before them is passed over. */
    static byte[] assemble(Items fields) {
        fields.id();
        WatModule module = new WatModule();
        List<Node> nodes = fields.nodes();
        TypeNames names = new TypeNames(nodes);
        List<Node> list = nodes.stream().map(names::resolve).toList();
        for (Node field : list) {
            if (field.is("type")) {
                module.type(new Items(field, 1));
            }
        }
        for (Node field : list) {
            module.field(field.head(), new Items(field, 1));
        }
        module.later.forEach(Runnable::run);
        return module.binary();
    }

    private byte[] binary() {
        BinaryWriter out = new BinaryWriter().word(0x6d736100, 4).word(1, 4);
        for (FuncType type : types) {
            BinaryWriter entry = sections[1].next().u8(0x60);
            valueTypes(entry, type.params());
            valueTypes(entry, type.results());
        }
        for (int id : new int[] {1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11}) {
            if (id == 8 && start != null) {
                out.u8(8).sized(start.toByteArray());
            } else if (id == 12 && dataNamed) {
                out.u8(12).sized(new BinaryWriter().u32(sections[11].count).toByteArray());
            } else if (sections[id].count > 0) {
                out.u8(id).sized(new BinaryWriter().u32(sections[id].count).append(sections[id].entries).toByteArray());
            }
        }
        return out.toByteArray();
    }

    private static void valueTypes(BinaryWriter out, List<ValType> types) {
        out.u32(types.size());
        types.forEach(out::type);
    }

    // Names and types.

    private int define(Space space, String id) {
        int index = sizes.merge(space, 1, Integer::sum) - 1;
        if (id != null && names.get(space).put(id, index) != null) {
            throw new WatException(0, "duplicate " + id);
        }
        return index;
    }

    int index(Space space, Atom atom) {
        String text = atom.text();
        if (!text.startsWith("$")) {
            return (int) WatNumbers.integer(text, 32);
        }
        Integer index = names.get(space).get(text);
        if (index == null) {
            throw new WatException(atom.line(), "unknown " + text);
        }
        return index;
    }

    int dataSegment(Atom atom) {
        dataNamed = true;
        return index(Space.DATA, atom);
    }

    private void type(Items field) {
        String id = field.id();
        Node function = field.node();
        if (!function.is("func")) {
            throw new WatException(function.line(), "unsupported: " + function.head() + " types");
        }
        define(Space.TYPE, id);
        types.add(new Items(function, 1).signature(null));
    }

    int typeIndex(FuncType type) {
        int index = types.indexOf(type);
        if (index < 0) {
            index = define(Space.TYPE, null);
            types.add(type);
        }
        return index;
    }

    /** A type's parameters' number; 0 for an unknown type. */
    int paramCount(int type) {
        return type >= 0 && type < types.size() ? types.get(type).params().size() : 0;
    }

    /** Reads a type use; puts parameters' names into the map if there is one. */
    int typeUse(Items in, Map<String, Integer> locals) {
        Integer named = in.peekNode("type") ? index(Space.TYPE, new Items(in.node(), 1).atom()) : null;
        boolean inline = in.peekNode("param") || in.peekNode("result");
        FuncType type = in.signature(locals);
        return named != null && !inline ? named : named != null ? named : typeIndex(type);
    }

    // Fields.

    private void field(String kind, Items in) {
        switch (kind) {
            case "type" -> { }
            case "import" -> {
                Text module = in.text();
                Text name = in.text();
                Node what = in.node();
                Items type = new Items(what, 1);
                importEntry(what.head(), type.id(), module, name, type);
            }
            case "func", "table", "memory", "global", "tag" -> definition(kind, in);
            case "export" -> {
                Text name = in.text();
                Node what = in.node();
                Atom index = new Items(what, 1).atom();
                later.add(() -> export(name, space(what.head()), index(space(what.head()), index)));
            }
            case "start" -> {
                Atom function = in.atom();
                later.add(() -> start = new BinaryWriter().u32(index(Space.FUNC, function)));
            }
            case "elem" -> element(in);
            case "data" -> data(in);
            default -> throw new WatException(in.line(), "unsupported: " + kind);
        }
    }

    private static Space space(String kind) {
        return switch (kind) {
            case "func" -> Space.FUNC;
            case "table" -> Space.TABLE;
            case "memory" -> Space.MEMORY;
            case "global" -> Space.GLOBAL;
            case "tag" -> Space.TAG;
            default -> throw new WatException(0, "unsupported: " + kind);
        };
    }

    private void export(Text name, Space space, int index) {
        sections[7].next().sized(name.bytes()).u8(space.ordinal() - 1).u32(index);
    }

    private void importEntry(String kind, String id, Text module, Text name, Items type) {
        define(space(kind), id);
        // Type uses are resolved in the order of the text, since they may add types.
        later.add(() -> {
            BinaryWriter out = sections[2].next().sized(module.bytes()).sized(name.bytes());
            out.u8(space(kind).ordinal() - 1);
            switch (kind) {
                case "func" -> out.u32(typeUse(type, null));
                case "table" -> tableType(type, out);
                case "memory" -> memoryType(type, out);
                case "global" -> globalType(type, out);
                default -> out.u8(0).u32(typeUse(type, null));
            }
        });
    }

    private void definition(String kind, Items in) {
        String id = in.id();
        Space space = space(kind);
        int index = sizes.get(space);
        while (in.peekNode("export")) {
            Text name = new Items(in.node(), 1).text();
            later.add(() -> export(name, space, index));
        }
        if (in.peekNode("import")) {
            Items from = new Items(in.node(), 1);
            importEntry(kind, id, from.text(), from.text(), in);
            return;
        }
        define(space, id);
        switch (kind) {
            case "func" -> later.add(() -> function(in));
            case "table" -> table(in, index);
            case "memory" -> memory(in, index);
            case "global" -> later.add(() -> {
                BinaryWriter out = sections[6].next();
                globalType(in, out);
                new WatCode(this, out, Map.of()).expression(in);
            });
            default -> later.add(() -> sections[13].next().u8(0).u32(typeUse(in, null)));
        }
    }

    private void function(Items in) {
        Map<String, Integer> locals = new HashMap<>();
        int type = typeUse(in, locals);
        sections[3].next().u32(type);
        int index = paramCount(type);
        List<ValType> declared = new ArrayList<>();
        while (in.peekNode("local")) {
            Items local = new Items(in.node(), 1);
            String id = local.id();
            if (id != null) {
                locals.put(id, index + declared.size());
            }
            while (local.more()) {
                declared.add(local.valueType());
            }
        }
        BinaryWriter body = new BinaryWriter().u32(declared.size());
        declared.forEach(local -> body.u32(1).type(local));
        new WatCode(this, body, locals).expression(in);
        sections[10].next().sized(body.toByteArray());
    }

    private void table(Items in, int index) {
        boolean wide = in.takeAtom("i64");
        if (in.peekReferenceType()) {
            ValType type = in.valueType();
            Items list = new Items(in.node(), 1);
            define(Space.ELEM, null);
            later.add(() -> {
                List<byte[]> items = elements(list, type);
                sections[4].next().type(type).u8(wide ? 5 : 1).u64(items.size()).u64(items.size());
                BinaryWriter out = sections[9].next().u32(6).u32(index);
                out.opcode(wide ? Opcodes.I64_CONST : Opcodes.I32_CONST).signed(0).opcode(Opcodes.END);
                out.type(type).u32(items.size());
                items.forEach(out::bytes);
            });
            return;
        }
        later.add(() -> {
            BinaryWriter type = new BinaryWriter();
            tableType(wide, in, type);
            BinaryWriter out = sections[4].next();
            if (in.more()) {
                out.u8(0x40).u8(0).append(type);
                new WatCode(this, out, Map.of()).expression(in);
            } else {
                out.append(type);
            }
        });
    }

    private void tableType(Items in, BinaryWriter out) {
        tableType(in.takeAtom("i64"), in, out);
    }

    private void tableType(boolean wide, Items in, BinaryWriter out) {
        BinaryWriter limits = new BinaryWriter();
        limits(wide, in, limits);
        out.type(in.valueType()).append(limits);
    }

    private void memory(Items in, int index) {
        boolean wide = in.takeAtom("i64");
        if (in.peekNode("data")) {
            byte[] bytes = new Items(in.node(), 1).strings();
            define(Space.DATA, null);
            int pages = (bytes.length + 0xffff) / 0x10000;
            sections[5].next().u8(wide ? 5 : 1).u64(pages).u64(pages);
            BinaryWriter out = sections[11].next().u32(2).u32(index);
            out.opcode(wide ? Opcodes.I64_CONST : Opcodes.I32_CONST).signed(0).opcode(Opcodes.END);
            out.sized(bytes);
        } else {
            limits(wide, in, sections[5].next());
        }
    }

    private void memoryType(Items in, BinaryWriter out) {
        limits(in.takeAtom("i64"), in, out);
    }

    private static void limits(boolean wide, Items in, BinaryWriter out) {
        in.takeAtom("i32");
        long min = in.number();
        Long max = in.peekNumber() ? in.number() : null;
        boolean shared = in.takeAtom("shared");
        out.u8((max != null ? 1 : 0) | (shared ? 2 : 0) | (wide ? 4 : 0)).u64(min);
        if (max != null) {
            out.u64(max);
        }
    }

    private static void globalType(Items in, BinaryWriter out) {
        if (in.peekNode("mut")) {
            out.type(new Items(in.node(), 1).valueType()).u8(1);
        } else {
            out.type(in.valueType()).u8(0);
        }
    }

    // Segments.

    private void element(Items in) {
        define(Space.ELEM, in.id());
        later.add(() -> {
            boolean declarative = in.takeAtom("declare");
            Atom table = in.peekNode("table") ? new Items(in.node(), 1).atom() : in.index();
            boolean active = table != null || in.peekNode() && !in.peekReferenceType();
            BinaryWriter offset = new BinaryWriter();
            if (active) {
                offset(in, offset);
            }
            ValType type = in.peekReferenceType() ? in.valueType() : ValType.FUNC;
            List<byte[]> items = elements(in, type);
            BinaryWriter out = sections[9].next();
            out.u32(active ? 6 : declarative ? 7 : 5);
            if (active) {
                out.u32(table == null ? 0 : index(Space.TABLE, table)).append(offset);
            }
            out.type(type).u32(items.size());
            items.forEach(out::bytes);
        });
    }

    /** A segment's elements as constant expressions, {@code func} or a reference type being read. */
    private List<byte[]> elements(Items in, ValType type) {
        in.takeAtom("func");
        List<byte[]> items = new ArrayList<>();
        while (in.more()) {
            BinaryWriter out = new BinaryWriter();
            if (in.peekNode()) {
                Node item = in.node();
                Items code = item.is("item") ? new Items(item, 1) : new Items(new Node(List.of(item), item.line()), 0);
                new WatCode(this, out, Map.of()).expression(code);
            } else {
                out.opcode(Opcodes.REF_FUNC).u32(index(Space.FUNC, in.atom())).opcode(Opcodes.END);
            }
            items.add(out.toByteArray());
        }
        return items;
    }

    private void offset(Items in, BinaryWriter out) {
        Node offset = in.node();
        Items code = offset.is("offset") ? new Items(offset, 1) : new Items(new Node(List.of(offset), offset.line()), 0);
        new WatCode(this, out, Map.of()).expression(code);
    }

    private void data(Items in) {
        define(Space.DATA, in.id());
        later.add(() -> {
            Atom memory = in.peekNode("memory") ? new Items(in.node(), 1).atom() : in.index();
            BinaryWriter out = sections[11].next();
            if (memory != null || in.peekNode()) {
                out.u32(2).u32(memory == null ? 0 : index(Space.MEMORY, memory));
                offset(in, out);
            } else {
                out.u32(1);
            }
            out.sized(in.strings());
        });
    }
}
