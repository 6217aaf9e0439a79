package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;
import static org.javix.wasm.ValType.*;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.javix.wasm.Module.Code;
import org.javix.wasm.Module.GlobalType;
import org.javix.wasm.Module.MemoryType;
import org.javix.wasm.Module.TableType;

/**
 * Validates function bodies and constant expressions (WebAssembly specification, section 3.4 and the
 * algorithm of its appendix; the exception-handling proposal for the legacy instructions).
 *
 * <p>The operand stack holds types, null for one that is unknown because the code there is not
 * reachable. The label stack holds the open blocks; the function itself is label 0. Below a label's
 * height its block sees nothing; once its code is unreachable, it sees as many unknown operands as
 * it needs. One object validates one body after the other.
 */
final class FunctionValidator {
    /** Operands beyond this are refused: a call of two bytes can push a thousand. */
    private static final int MAX_OPERANDS = 1 << 20;

    /** Blocks nested deeper are refused. */
    private static final int MAX_LABELS = 1 << 20;

    private final Module module;
    private final CodeReader in;

    /** Functions that {@code ref.func} may name in a body: those named outside of all bodies. */
    private final BitSet declared;

    private ValType[] stack = new ValType[256];
    private int height;
    private Label[] labels = new Label[32];

    /** The innermost label's index. */
    private int depth;

    private FuncType type;
    private Code code;

    /** Where the present instruction starts. */
    private int at;

    private static final class Label {
        int opcode;
        FuncType type;
        int height;
        boolean unreachable;

        /** What a branch to the label takes along. */
        List<ValType> branch() {
            return opcode == LOOP ? type.params() : type.results();
        }
    }

    FunctionValidator(Module module, BitSet declared) {
        this.module = module;
        this.declared = declared;
        this.in = new CodeReader(module.bytes(), 0, module.bytes().length);
    }

    /** Validates a function's body. */
    void function(FuncType type, Code code) {
        begin(code.start(), type.results());
        this.type = type;
        this.code = code;
        while (depth >= 0) {
            at = in.position();
            int opcode = in.opcode();
            FuncType plain = InstructionTypes.of(opcode);
            if (plain == null) {
                instruction(opcode);
            } else if (CodeReader.hasMemoryArgument(opcode)) {
                access(opcode, plain);
            } else {
                immediates(opcode);
                apply(plain);
            }
        }
        if (in.position() != code.end()) {
            throw in.malformed(in.position(), "section size mismatch");
        }
    }

    /**
     * Validates a constant expression.
     *
     * @param globals how many globals it may read
     */
    void constant(int start, ValType expected, int globals) {
        begin(start, List.of(expected));
        while (depth >= 0) {
            at = in.position();
            int opcode = in.opcode();
            switch (opcode) {
                case END -> end();
                case GLOBAL_GET -> {
                    int index = in.u32();
                    if (index < 0 || index >= globals) {
                        throw unknown("global", index);
                    }
                    GlobalType global = module.globals().get(index);
                    if (global.mutable()) {
                        throw invalid("constant expression required");
                    }
                    push(global.type());
                }
                case REF_FUNC -> {
                    int index = in.u32();
                    functionType(index);
                    declared.set(index);
                    push(FUNCREF);
                }
                case REF_NULL -> push(in.heapType());
                case I32_CONST, I64_CONST, F32_CONST, F64_CONST, V128_CONST, I32_ADD, I32_SUB, I32_MUL, I64_ADD,
                        I64_SUB, I64_MUL -> {
                    in.skipImmediates(opcode);
                    apply(InstructionTypes.of(opcode));
                }
                default -> throw invalid("constant expression required");
            }
        }
    }

    private void begin(int start, List<ValType> results) {
        in.seek(start);
        at = start;
        height = 0;
        depth = -1;
        open(BLOCK, new FuncType(List.of(), results));
    }

    // Instructions.

    private void instruction(int opcode) {
        switch (opcode) {
            case UNREACHABLE -> unreachable();
            case NOP -> { }
            case BLOCK, LOOP, TRY -> block(opcode);
            case IF -> {
                FuncType block = in.blockType(module.types());
                pop(I32);
                enter(IF, block);
            }
            case ELSE -> {
                Label label = inside(IF, IF);
                close(label);
                reopen(label, ELSE, label.type.params());
            }
            case END -> end();
            case BR -> {
                pop(label(in.u32()).branch());
                unreachable();
            }
            case BR_IF -> {
                List<ValType> types = label(in.u32()).branch();
                pop(I32);
                pop(types);
                push(types);
            }
            case BR_TABLE -> branchTable();
            case RETURN -> {
                pop(type.results());
                unreachable();
            }
            case CALL -> apply(functionType(in.u32()));
            case RETURN_CALL -> tailCall(functionType(in.u32()));
            case CALL_INDIRECT -> apply(indirect());
            case RETURN_CALL_INDIRECT -> tailCall(indirect());
            case TRY_TABLE -> tryTable();
            case CATCH -> {
                Label label = inside(TRY, CATCH);
                List<ValType> values = tag(in.u32());
                close(label);
                reopen(label, CATCH, values);
            }
            case CATCH_ALL -> {
                Label label = inside(TRY, CATCH);
                close(label);
                reopen(label, CATCH_ALL, List.of());
            }
            case DELEGATE -> {
                Label label = inside(TRY, TRY);
                close(label);
                depth--;
                label(in.u32());
                push(label.type.results());
            }
            case THROW -> {
                pop(tag(in.u32()));
                unreachable();
            }
            case RETHROW -> {
                int to = label(in.u32()).opcode;
                if (to != CATCH && to != CATCH_ALL) {
                    throw invalid("invalid rethrow label");
                }
                unreachable();
            }
            case THROW_REF -> {
                pop(EXNREF);
                unreachable();
            }
            case DROP -> popAny();
            case SELECT -> select();
            case SELECT_TYPED -> {
                if (in.count() != 1) {
                    throw invalid("invalid result arity");
                }
                ValType chosen = in.valueType();
                pop(List.of(chosen, chosen, I32));
                push(chosen);
            }
            case LOCAL_GET -> push(local(in.u32()));
            case LOCAL_SET -> pop(local(in.u32()));
            case LOCAL_TEE -> {
                ValType local = local(in.u32());
                pop(local);
                push(local);
            }
            case GLOBAL_GET -> push(global(in.u32()).type());
            case GLOBAL_SET -> {
                GlobalType global = global(in.u32());
                if (!global.mutable()) {
                    throw invalid("immutable global");
                }
                pop(global.type());
            }
            case REF_NULL -> push(in.heapType());
            case REF_IS_NULL -> {
                ValType reference = popAny();
                if (reference != null && !reference.isReference()) {
                    throw invalid("type mismatch: instruction requires a reference but stack has " + reference);
                }
                push(I32);
            }
            case REF_FUNC -> {
                int index = in.u32();
                functionType(index);
                if (!declared.get(index)) {
                    throw invalid("undeclared function reference");
                }
                push(FUNCREF);
            }
            case MEMORY_SIZE, MEMORY_GROW, MEMORY_INIT, DATA_DROP, MEMORY_COPY, MEMORY_FILL -> memory(opcode);
            case TABLE_GET, TABLE_SET, TABLE_INIT, ELEM_DROP, TABLE_COPY, TABLE_GROW, TABLE_SIZE, TABLE_FILL ->
                    table(opcode);
            default -> throw in.malformed(at, InstructionTypes.illegal(opcode));
        }
    }

    private void block(int opcode) {
        enter(opcode, in.blockType(module.types()));
    }

    private void branchTable() {
        pop(I32);
        int targets = in.count();
        int first = in.position();
        for (int i = 0; i < targets; i++) {
            in.u32();
        }
        List<ValType> last = label(in.u32()).branch();
        int next = in.position();
        in.seek(first);
        for (int i = 0; i < targets; i++) {
            List<ValType> types = label(in.u32()).branch();
            if (types.size() != last.size()) {
                throw invalid("type mismatch: br_table's labels differ in arity");
            }
            require(types);
        }
        in.seek(next);
        pop(last);
        unreachable();
    }

    private FuncType indirect() {
        FuncType callee = typeAt(in.u32());
        TableType table = tableAt(in.u32());
        if (table.element() != FUNCREF) {
            throw invalid("type mismatch: call_indirect requires a table of funcref");
        }
        pop(address(table));
        return callee;
    }

    private void tailCall(FuncType callee) {
        pop(callee.params());
        if (!callee.results().equals(type.results())) {
            throw invalid("type mismatch: a tail call's results " + callee.results()
                    + " are not the function's " + type.results());
        }
        unreachable();
    }

    private void tryTable() {
        FuncType block = in.blockType(module.types());
        for (int n = in.count(); n > 0; n--) {
            int kind = in.u8();
            if (kind > 3) {
                throw in.malformed(in.position() - 1, "malformed catch clause");
            }
            List<ValType> values = kind < 2 ? tag(in.u32()) : List.of();
            List<ValType> target = label(in.u32()).branch();
            boolean reference = (kind & 1) != 0;
            int size = values.size();
            boolean fits = target.size() == size + (reference ? 1 : 0)
                    && target.subList(0, size).equals(values)
                    && (!reference || target.get(size) == EXNREF);
            if (!fits) {
                throw invalid("type mismatch: a catch clause gives " + values + (reference ? " and exnref" : "")
                        + " but its label takes " + target);
            }
        }
        enter(TRY_TABLE, block);
    }

    private void select() {
        pop(I32);
        ValType a = popAny();
        ValType b = popAny();
        if (a != null && a.isReference() || b != null && b.isReference() || a != null && b != null && a != b) {
            throw invalid("type mismatch: select of " + b + " and " + a);
        }
        push(a == null ? b : a);
    }

    /** The immediates of a plain instruction that is no memory access. */
    private void immediates(int opcode) {
        switch (opcode) {
            case I8X16_SHUFFLE -> {
                for (int i = 0; i < 16; i++) {
                    if (in.u8() >= 32) {
                        throw invalid("invalid lane index");
                    }
                }
            }
            case ATOMIC_FENCE -> {
                if (in.u8() != 0) {
                    throw in.malformed(at, "zero byte expected");
                }
            }
            default -> {
                if (CodeReader.hasLane(opcode)) {
                    lane(opcode);
                } else {
                    in.skipImmediates(opcode);
                }
            }
        }
    }

    private void lane(int opcode) {
        if (in.u8() >= InstructionTypes.lanes(opcode)) {
            throw invalid("invalid lane index");
        }
    }

    private void access(int opcode, FuncType plain) {
        in.memoryArgument();
        MemoryType memory = memoryAt(in.memory);
        int width = InstructionTypes.width(opcode);
        if (in.align > width) {
            throw invalid("alignment must not be larger than natural");
        }
        if ((opcode & ~0xff) == FE && in.align != width) {
            throw invalid("alignment must be equal to natural");
        }
        if (!memory.address64() && in.offset >>> 32 != 0) {
            throw invalid("offset out of range");
        }
        if (CodeReader.hasLane(opcode)) {
            lane(opcode);
        }
        pop(plain.params());
        pop(address(memory));
        push(plain.results());
    }

    private void memory(int opcode) {
        switch (opcode) {
            case MEMORY_SIZE -> push(address(memoryAt(in.u32())));
            case MEMORY_GROW -> {
                ValType address = address(memoryAt(in.u32()));
                pop(address);
                push(address);
            }
            case MEMORY_FILL -> {
                ValType address = address(memoryAt(in.u32()));
                pop(List.of(address, I32, address));
            }
            case MEMORY_COPY -> {
                ValType to = address(memoryAt(in.u32()));
                ValType from = address(memoryAt(in.u32()));
                pop(List.of(to, from, to == I32 ? I32 : from));
            }
            case MEMORY_INIT -> {
                int segment = in.u32();
                ValType address = address(memoryAt(in.u32()));
                dataSegment(segment);
                pop(List.of(address, I32, I32));
            }
            default -> dataSegment(in.u32());
        }
    }

    private void table(int opcode) {
        switch (opcode) {
            case TABLE_GET -> {
                TableType table = tableAt(in.u32());
                pop(address(table));
                push(table.element());
            }
            case TABLE_SET -> {
                TableType table = tableAt(in.u32());
                pop(List.of(address(table), table.element()));
            }
            case TABLE_SIZE -> push(address(tableAt(in.u32())));
            case TABLE_GROW -> {
                TableType table = tableAt(in.u32());
                pop(List.of(table.element(), address(table)));
                push(address(table));
            }
            case TABLE_FILL -> {
                TableType table = tableAt(in.u32());
                pop(List.of(address(table), table.element(), address(table)));
            }
            case TABLE_COPY -> {
                TableType to = tableAt(in.u32());
                TableType from = tableAt(in.u32());
                if (to.element() != from.element()) {
                    throw invalid("type mismatch: table.copy from " + from.element() + " to " + to.element());
                }
                pop(List.of(address(to), address(from), to.address64() ? address(from) : I32));
            }
            case TABLE_INIT -> {
                int segment = in.u32();
                TableType table = tableAt(in.u32());
                ValType element = elementSegment(segment);
                if (table.element() != element) {
                    throw invalid("type mismatch: table.init from " + element + " to " + table.element());
                }
                pop(List.of(address(table), I32, I32));
            }
            default -> elementSegment(in.u32());
        }
    }

    // Labels.

    private void enter(int opcode, FuncType block) {
        pop(block.params());
        open(opcode, block);
        push(block.params());
    }

    private void open(int opcode, FuncType block) {
        if (++depth == labels.length) {
            if (depth >= MAX_LABELS) {
                throw invalid("blocks nested too deeply");
            }
            labels = Arrays.copyOf(labels, depth * 2);
        }
        Label label = labels[depth];
        if (label == null) {
            label = labels[depth] = new Label();
        }
        label.opcode = opcode;
        label.type = block;
        label.height = height;
        label.unreachable = false;
    }

    /** The innermost label, which must be of one of two kinds for the present instruction. */
    private Label inside(int opcode, int other) {
        Label label = labels[depth];
        if (label.opcode != opcode && label.opcode != other) {
            throw in.malformed(at, "END opcode expected");
        }
        return label;
    }

    /** Takes the results at the end of the innermost block or of one of its arms. */
    private void close(Label label) {
        List<ValType> results = label.type.results();
        require(results);
        if (height > label.height + results.size()) {
            throw invalid("type mismatch: block requires " + results + " but stack has " + operands(label.height));
        }
        height = label.height;
    }

    /** Starts the next arm of a block. */
    private void reopen(Label label, int opcode, List<ValType> operands) {
        label.opcode = opcode;
        label.unreachable = false;
        push(operands);
    }

    private void end() {
        Label label = labels[depth];
        close(label);
        if (label.opcode == IF && !label.type.params().equals(label.type.results())) {
            throw invalid("type mismatch: if without else requires " + label.type.params() + " to be "
                    + label.type.results());
        }
        depth--;
        if (depth >= 0) {
            push(label.type.results());
        }
    }

    private void unreachable() {
        Label label = labels[depth];
        height = label.height;
        label.unreachable = true;
    }

    private Label label(int index) {
        if (index < 0 || index > depth) {
            throw unknown("label", index);
        }
        return labels[depth - index];
    }

    // Operands.

    private void apply(FuncType instruction) {
        pop(instruction.params());
        push(instruction.results());
    }

    private void push(ValType type) {
        if (height == stack.length) {
            if (height >= MAX_OPERANDS) {
                throw invalid("too many operands");
            }
            stack = Arrays.copyOf(stack, height * 2);
        }
        stack[height++] = type;
    }

    private void push(List<ValType> types) {
        for (int i = 0; i < types.size(); i++) {
            push(types.get(i));
        }
    }

    private void pop(ValType expected) {
        Label label = labels[depth];
        if (height > label.height) {
            ValType actual = stack[height - 1];
            if (actual != expected && actual != null) {
                throw mismatch(List.of(expected));
            }
            height--;
        } else if (!label.unreachable) {
            throw mismatch(List.of(expected));
        }
    }

    private void pop(List<ValType> types) {
        require(types);
        height = Math.max(labels[depth].height, height - types.size());
    }

    /** Pops an operand of any type; null where it is unknown. */
    private ValType popAny() {
        Label label = labels[depth];
        if (height > label.height) {
            return stack[--height];
        }
        if (!label.unreachable) {
            throw invalid("type mismatch: instruction requires an operand but stack has []");
        }
        return null;
    }

    private void require(List<ValType> types) {
        if (!fits(types)) {
            throw mismatch(types);
        }
    }

    /** Whether the topmost operands are of the types. */
    private boolean fits(List<ValType> types) {
        Label label = labels[depth];
        for (int i = types.size() - 1, top = height - 1; i >= 0; i--, top--) {
            if (top < label.height) {
                return label.unreachable;
            }
            ValType actual = stack[top];
            if (actual != null && actual != types.get(i)) {
                return false;
            }
        }
        return true;
    }

    private InvalidModuleException mismatch(List<ValType> required) {
        int from = Math.max(labels[depth].height, height - required.size());
        return invalid("type mismatch: instruction requires " + required + " but stack has " + operands(from));
    }

    private List<ValType> operands(int from) {
        return Arrays.asList(Arrays.copyOfRange(stack, Math.max(from, height - 20), height));
    }

    // What indices name.

    private ValType local(int index) {
        int params = type.params().size();
        if (index < 0 || index >= params + code.locals().length) {
            throw unknown("local", index);
        }
        return index < params ? type.params().get(index) : code.locals()[index - params];
    }

    private FuncType typeAt(int index) {
        if (index < 0 || index >= module.types().size()) {
            throw unknown("type", index);
        }
        return module.types().get(index);
    }

    private FuncType functionType(int index) {
        if (index < 0 || index >= module.functions().length) {
            throw unknown("function", index);
        }
        return module.functionType(index);
    }

    private List<ValType> tag(int index) {
        if (index < 0 || index >= module.tags().length) {
            throw unknown("tag", index);
        }
        return module.types().get(module.tags()[index]).params();
    }

    private GlobalType global(int index) {
        if (index < 0 || index >= module.globals().size()) {
            throw unknown("global", index);
        }
        return module.globals().get(index);
    }

    private MemoryType memoryAt(int index) {
        if (index < 0 || index >= module.memories().size()) {
            throw unknown("memory", index);
        }
        return module.memories().get(index);
    }

    private TableType tableAt(int index) {
        if (index < 0 || index >= module.tables().size()) {
            throw unknown("table", index);
        }
        return module.tables().get(index);
    }

    private void dataSegment(int index) {
        if (!module.hasDataCount()) {
            throw in.malformed(at, "data count section required");
        }
        if (index < 0 || index >= module.data().size()) {
            throw unknown("data segment", index);
        }
    }

    private ValType elementSegment(int index) {
        if (index < 0 || index >= module.elements().size()) {
            throw unknown("elem segment", index);
        }
        return module.elements().get(index).type();
    }

    private static ValType address(MemoryType memory) {
        return memory.address64() ? I64 : I32;
    }

    private static ValType address(TableType table) {
        return table.address64() ? I64 : I32;
    }

    private InvalidModuleException unknown(String what, int index) {
        return invalid("unknown " + what + " " + Integer.toUnsignedString(index));
    }

    private InvalidModuleException invalid(String fault) {
        return new InvalidModuleException(false, at, fault);
    }
}
