package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.javix.wasm.Sexpr.Atom;
import org.javix.wasm.Sexpr.Node;
import org.javix.wasm.WatModule.Space;

/** Assembles instructions, plain and folded. */
final class WatCode {
    /** Opcodes by the text format's names, which follow from the constants' names. */
    private static final Map<String, Integer> OPCODES = new HashMap<>();

    static {
        for (Field field : Opcodes.class.getDeclaredFields()) {
            if (field.getType() == int.class && !field.getName().matches("F[CDE]")) {
                try {
                    OPCODES.put(textName(field.getName().toLowerCase(Locale.ROOT)), field.getInt(null));
                } catch (IllegalAccessException e) {
                    throw new LinkageError(field.getName(), e);
                }
            }
        }
    }

    private final WatModule module;
    private final Map<String, Integer> locals;
    private BinaryWriter out;

    /** The open blocks' names, the innermost first; "" for one without. */
    private final Deque<String> labels = new ArrayDeque<>();

    WatCode(WatModule module, BinaryWriter out, Map<String, Integer> locals) {
        this.module = module;
        this.out = out;
        this.locals = locals;
    }

    private static String textName(String name) {
        String dotted = name.matches("(i\\d+|f\\d+|v128|[if]\\d+x\\d+|local|global|table|memory|data|elem|ref|atomic)_.*")
                        && !name.equals("throw_ref")
                ? name.replaceFirst("_", ".")
                : name;
        return dotted.replace(".atomic_", ".atomic.").replaceFirst("(\\.rmw\\d*)_", "$1.");
    }

    /** Assembles all instructions that are left, and an end. */
    void expression(Items in) {
        labels.push("");
        sequence(in);
        out.opcode(END);
    }

    private void sequence(Items in) {
        while (in.more()) {
            if (in.peekNode()) {
                folded(in.node());
            } else {
                plain(in.atom(), in);
            }
        }
    }

    private static int opcode(Atom name) {
        Integer opcode = OPCODES.get(name.text());
        if (opcode == null) {
            throw new WatException(name.line(), "unsupported: instruction " + name.text());
        }
        return opcode;
    }

    private void plain(Atom name, Items in) {
        int opcode = opcode(name);
        switch (opcode) {
            case BLOCK, LOOP, IF, TRY, TRY_TABLE -> open(opcode, in);
            case ELSE, CATCH_ALL -> {
                in.id();
                out.opcode(opcode);
            }
            case CATCH -> out.opcode(CATCH).u32(module.index(Space.TAG, in.atom()));
            case END -> {
                in.id();
                labels.pop();
                out.opcode(END);
            }
            case DELEGATE -> delegate(in);
            default -> simple(opcode, in, out);
        }
    }

    private void delegate(Items in) {
        labels.pop();
        out.opcode(DELEGATE).u32(label(in.atom()));
    }

    /** A block's start: name, type, and the catch clauses of {@code try_table}. */
    private void open(int opcode, Items in) {
        String id = in.id();
        out.opcode(opcode);
        Integer named = in.peekNode("type") ? module.typeUse(in, null) : null;
        FuncType type = named == null ? in.signature(null) : null;
        if (named != null) {
            out.signed(named);
        } else if (type.params().isEmpty() && type.results().size() < 2) {
            if (type.results().isEmpty()) {
                out.u8(0x40);
            } else {
                out.type(type.results().getFirst());
            }
        } else {
            out.signed(module.typeIndex(type));
        }
        if (opcode == TRY_TABLE) {
            catches(in);
        }
        labels.push(id == null ? "" : id);
    }

    private void catches(Items in) {
        BinaryWriter clauses = new BinaryWriter();
        int count = 0;
        for (; in.peekNode() && ((Node) in.peek()).head().startsWith("catch"); count++) {
            Node clause = in.node();
            Items items = new Items(clause, 1);
            int kind = List.of("catch", "catch_ref", "catch_all", "catch_all_ref").indexOf(clause.head());
            clauses.u8(kind);
            if (kind < 2) {
                clauses.u32(module.index(Space.TAG, items.atom()));
            }
            clauses.u32(label(items.atom()));
        }
        out.u32(count).append(clauses);
    }

    private void folded(Node node) {
        Items in = new Items(node, 0);
        Atom name = in.atom();
        int opcode = opcode(name);
        switch (opcode) {
            case BLOCK, LOOP, TRY_TABLE -> {
                open(opcode, in);
                sequence(in);
                close();
            }
            case IF -> foldedIf(in);
            case TRY -> foldedTry(in);
            default -> {
                BinaryWriter instruction = new BinaryWriter();
                simple(opcode, in, instruction);
                while (in.more()) {
                    folded(in.node());
                }
                out.append(instruction);
            }
        }
    }

    private void close() {
        labels.pop();
        out.opcode(END);
    }

    private void foldedIf(Items in) {
        // The condition's instructions stand between the type and the arms.
        BinaryWriter before = out;
        out = new BinaryWriter();
        open(IF, in);
        BinaryWriter head = out;
        out = before;
        String label = labels.pop();
        while (in.more() && !in.peekNode("then")) {
            folded(in.node());
        }
        out.append(head);
        labels.push(label);
        sequence(new Items(in.node(), 1));
        if (in.more()) {
            Node otherwise = in.node();
            out.opcode(ELSE);
            sequence(new Items(otherwise, 1));
        }
        close();
    }

    private void foldedTry(Items in) {
        open(TRY, in);
        sequence(new Items(in.node(), 1));
        while (in.more()) {
            Node arm = in.node();
            Items items = new Items(arm, 1);
            switch (arm.head()) {
                case "catch" -> {
                    out.opcode(CATCH).u32(module.index(Space.TAG, items.atom()));
                    sequence(items);
                }
                case "catch_all" -> {
                    out.opcode(CATCH_ALL);
                    sequence(items);
                }
                default -> {
                    delegate(items);
                    return;
                }
            }
        }
        close();
    }

    private int label(Atom name) {
        if (!name.text().startsWith("$")) {
            return (int) WatNumbers.integer(name.text(), 32);
        }
        int depth = 0;
        for (String label : labels) {
            if (label.equals(name.text())) {
                return depth;
            }
            depth++;
        }
        throw new WatException(name.line(), "unknown label " + name.text());
    }

    private int local(Atom name) {
        if (!name.text().startsWith("$")) {
            return (int) WatNumbers.integer(name.text(), 32);
        }
        Integer index = locals.get(name.text());
        if (index == null) {
            throw new WatException(name.line(), "unknown local " + name.text());
        }
        return index;
    }

    private int indexOr0(Space space, Items in) {
        Atom index = in.index();
        return index == null ? 0 : module.index(space, index);
    }

    /** Writes an instruction that is no block, with its immediates. */
    private void simple(int opcode, Items in, BinaryWriter to) {
        switch (opcode) {
            case SELECT -> {
                if (in.peekNode("result")) {
                    List<ValType> types = in.signature(null).results();
                    to.opcode(SELECT_TYPED).u32(types.size());
                    types.forEach(to::type);
                } else {
                    to.opcode(SELECT);
                }
                return;
            }
            case CALL_INDIRECT, RETURN_CALL_INDIRECT -> {
                int table = indexOr0(Space.TABLE, in);
                to.opcode(opcode).u32(module.typeUse(in, null)).u32(table);
                return;
            }
            default -> to.opcode(opcode);
        }
        switch (opcode) {
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, RETHROW -> to.u32(label(in.atom()));
            case BR_TABLE -> {
                List<Integer> targets = new ArrayList<>();
                for (Atom target = in.index(); target != null; target = in.index()) {
                    targets.add(label(target));
                }
                to.u32(targets.size() - 1);
                targets.forEach(to::u32);
            }
            case THROW -> to.u32(module.index(Space.TAG, in.atom()));
            case CALL, RETURN_CALL, REF_FUNC -> to.u32(module.index(Space.FUNC, in.atom()));
            case LOCAL_GET, LOCAL_SET, LOCAL_TEE -> to.u32(local(in.atom()));
            case GLOBAL_GET, GLOBAL_SET -> to.u32(module.index(Space.GLOBAL, in.atom()));
            case TABLE_GET, TABLE_SET, TABLE_SIZE, TABLE_GROW, TABLE_FILL -> to.u32(indexOr0(Space.TABLE, in));
            case MEMORY_SIZE, MEMORY_GROW, MEMORY_FILL -> to.u32(indexOr0(Space.MEMORY, in));
            case TABLE_COPY -> to.u32(indexOr0(Space.TABLE, in)).u32(indexOr0(Space.TABLE, in));
            case MEMORY_COPY -> to.u32(indexOr0(Space.MEMORY, in)).u32(indexOr0(Space.MEMORY, in));
            case MEMORY_INIT -> init(Space.MEMORY, Space.DATA, in, to);
            case TABLE_INIT -> init(Space.TABLE, Space.ELEM, in, to);
            case DATA_DROP -> to.u32(module.dataSegment(in.atom()));
            case ELEM_DROP -> to.u32(module.index(Space.ELEM, in.atom()));
            case REF_NULL -> {
                ValType type = Items.heapType(in.atom());
                if (type.isDefined()) {
                    to.signed(type.code());
                } else {
                    to.u8(type.code());
                }
            }
            case CALL_REF, RETURN_CALL_REF -> to.u32(module.index(Space.TYPE, in.atom()));
            case I32_CONST -> to.signed(WatNumbers.integer(in.atom().text(), 32));
            case I64_CONST -> to.signed(WatNumbers.integer(in.atom().text(), 64));
            case F32_CONST -> to.word(WatNumbers.f32(in.atom().text()), 4);
            case F64_CONST -> to.word(WatNumbers.f64(in.atom().text()), 8);
            case V128_CONST -> to.bytes(vector(in));
            case I8X16_SHUFFLE -> {
                for (int i = 0; i < 16; i++) {
                    to.u8((int) WatNumbers.integer(in.atom().text(), 8));
                }
            }
            case ATOMIC_FENCE -> to.u8(0);
            default -> {
                if (CodeReader.hasMemoryArgument(opcode)) {
                    memoryArgument(opcode, in, to);
                } else if (CodeReader.hasLane(opcode)) {
                    to.u8((int) WatNumbers.integer(in.atom().text(), 8));
                }
            }
        }
    }

    /** A vector constant: its shape, then its lanes. */
    static byte[] vector(Items in) {
        String shape = in.atom().text();
        ByteBuffer vector = WatNumbers.vector();
        for (int lane = 0; lane < 16 / WatNumbers.laneWidth(shape); lane++) {
            WatNumbers.lane(vector, shape, lane, in.atom().text());
        }
        return vector.array();
    }

    /** The indices of {@code memory.init} and {@code table.init}: the first may be left out. */
    private void init(Space space, Space segments, Items in, BinaryWriter to) {
        Atom first = in.atom();
        Atom second = in.index();
        Atom segment = second == null ? first : second;
        to.u32(segments == Space.DATA ? module.dataSegment(segment) : module.index(segments, segment));
        to.u32(second == null ? 0 : module.index(space, first));
    }

    private void memoryArgument(int opcode, Items in, BinaryWriter to) {
        Atom first = in.index();
        long offset = 0;
        int align = InstructionTypes.width(opcode);
        boolean named = false;
        while (in.peek() instanceof Atom a && (a.text().startsWith("offset=") || a.text().startsWith("align="))) {
            String number = in.atom().text();
            long value = WatNumbers.integer(number.substring(number.indexOf('=') + 1), 64);
            if (number.startsWith("offset=")) {
                offset = value;
            } else {
                align = Long.numberOfTrailingZeros(value);
            }
            named = true;
        }
        // A lane index always comes last; alone it is not a memory's.
        Atom lane = CodeReader.hasLane(opcode) ? in.index() : null;
        if (CodeReader.hasLane(opcode) && lane == null) {
            if (named) {
                throw new WatException(in.line(), "lane expected");
            }
            lane = first;
            first = null;
        }
        int memory = first == null ? 0 : module.index(Space.MEMORY, first);
        to.u32(align | (memory != 0 ? 0x40 : 0));
        if (memory != 0) {
            to.u32(memory);
        }
        to.u64(offset);
        if (lane != null) {
            to.u8((int) WatNumbers.integer(lane.text(), 8));
        }
    }
}
