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
 * <p>One object validates one body after the other.
 */
final class FunctionValidator {
    private final Module module;
    private final CodeReader in;

    /** Functions that {@code ref.func} may name in a body: those named outside of all bodies. */
    private final BitSet declared;

    private final ControlStack stack = new ControlStack();
    private FuncType type;
    private Code code;

    FunctionValidator(Module module, BitSet declared) {
        this.module = module;
        this.declared = declared;
        this.in = new CodeReader(module.bytes(), 0, module.bytes().length, module.types());
    }

    /** Validates a function's body. */
    void function(FuncType type, Code code) {
        in.seek(code.start());
        stack.begin(code.start(), type.results());
        this.type = type;
        this.code = code;
        while (stack.isOpen()) {
            stack.at = in.position();
            int opcode = in.opcode();
            FuncType plain = InstructionTypes.of(opcode);
            if (plain == null) {
                instruction(opcode);
            } else if (CodeReader.hasMemoryArgument(opcode)) {
                access(opcode, plain);
            } else {
                immediates(opcode);
                stack.apply(plain);
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
        in.seek(start);
        stack.begin(start, List.of(expected));
        while (stack.isOpen()) {
            stack.at = in.position();
            int opcode = in.opcode();
            switch (opcode) {
                case END -> stack.end();
                case GLOBAL_GET -> {
                    int index = in.u32();
                    if (index < 0 || index >= globals) {
                        throw unknown("global", index);
                    }
                    GlobalType global = module.globals().get(index);
                    if (global.mutable()) {
                        throw invalid("constant expression required");
                    }
                    stack.push(global.type());
                }
                case REF_FUNC -> {
                    int index = in.u32();
                    stack.push(referenceTo(index));
                    declared.set(index);
                }
                case REF_NULL -> stack.push(in.heapType());
                case I32_CONST, I64_CONST, F32_CONST, F64_CONST, V128_CONST, I32_ADD, I32_SUB, I32_MUL, I64_ADD,
                        I64_SUB, I64_MUL -> {
                    in.skipImmediates(opcode);
                    stack.apply(InstructionTypes.of(opcode));
                }
                default -> throw invalid("constant expression required");
            }
        }
    }

    // Instructions.

    private void instruction(int opcode) {
        switch (opcode) {
            case UNREACHABLE -> stack.unreachable();
            case NOP -> { }
            case BLOCK, LOOP, TRY -> block(opcode);
            case IF -> {
                FuncType block = in.blockType(module.types());
                stack.pop(I32);
                stack.enter(IF, block);
            }
            case ELSE -> stack.otherwise();
            case END -> stack.end();
            case BR -> {
                stack.pop(stack.label(in.u32()).branch());
                stack.unreachable();
            }
            case BR_IF -> {
                List<ValType> types = stack.label(in.u32()).branch();
                stack.pop(I32);
                stack.pop(types);
                stack.push(types);
            }
            case BR_TABLE -> branchTable();
            case RETURN -> {
                stack.pop(type.results());
                stack.unreachable();
            }
            case CALL -> stack.apply(functionType(in.u32()));
            case RETURN_CALL -> tailCall(functionType(in.u32()));
            case CALL_INDIRECT -> stack.apply(indirect());
            case RETURN_CALL_INDIRECT -> tailCall(indirect());
            case CALL_REF -> stack.apply(referenced());
            case RETURN_CALL_REF -> tailCall(referenced());
            case TRY_TABLE -> tryTable();
            case CATCH -> stack.arm(TRY, CATCH, CATCH, tag(in.u32()));
            case CATCH_ALL -> stack.arm(TRY, CATCH, CATCH_ALL, List.of());
            case DELEGATE -> stack.delegate(in.u32());
            case THROW -> {
                stack.pop(tag(in.u32()));
                stack.unreachable();
            }
            case RETHROW -> {
                int to = stack.label(in.u32()).opcode;
                if (to != CATCH && to != CATCH_ALL) {
                    throw invalid("invalid rethrow label");
                }
                stack.unreachable();
            }
            case THROW_REF -> {
                stack.pop(EXNREF);
                stack.unreachable();
            }
            case DROP -> stack.popAny();
            case SELECT -> select();
            case SELECT_TYPED -> {
                if (in.count() != 1) {
                    throw invalid("invalid result arity");
                }
                ValType chosen = in.valueType();
                stack.pop(List.of(chosen, chosen, I32));
                stack.push(chosen);
            }
            case LOCAL_GET -> {
                int index = in.u32();
                ValType local = local(index);
                if (!local.hasDefault() && index >= type.params().size() && !stack.isSet(index)) {
                    throw invalid("uninitialized local " + index);
                }
                stack.push(local);
            }
            case LOCAL_SET -> setLocal();
            case LOCAL_TEE -> stack.push(setLocal());
            case GLOBAL_GET -> stack.push(global(in.u32()).type());
            case GLOBAL_SET -> {
                GlobalType global = global(in.u32());
                if (!global.mutable()) {
                    throw invalid("immutable global");
                }
                stack.pop(global.type());
            }
            case REF_NULL -> stack.push(in.heapType());
            case REF_IS_NULL -> {
                stack.popReference();
                stack.push(I32);
            }
            case REF_AS_NON_NULL -> stack.push(stack.popReference().nonNull());
            case BR_ON_NULL -> {
                List<ValType> types = stack.label(in.u32()).branch();
                ValType reference = stack.popReference();
                stack.pop(types);
                stack.push(types);
                stack.push(reference.nonNull());
            }
            case BR_ON_NON_NULL -> branchOnNonNull();
            case REF_FUNC -> {
                int index = in.u32();
                ValType reference = referenceTo(index);
                if (!declared.get(index)) {
                    throw invalid("undeclared function reference");
                }
                stack.push(reference);
            }
            case MEMORY_SIZE, MEMORY_GROW, MEMORY_INIT, DATA_DROP, MEMORY_COPY, MEMORY_FILL -> memory(opcode);
            case TABLE_GET, TABLE_SET, TABLE_INIT, ELEM_DROP, TABLE_COPY, TABLE_GROW, TABLE_SIZE, TABLE_FILL ->
                    table(opcode);
            default -> throw in.malformed(stack.at, InstructionTypes.illegal(opcode));
        }
    }

    private void block(int opcode) {
        stack.enter(opcode, in.blockType(module.types()));
    }

    private void branchTable() {
        stack.pop(I32);
        int targets = in.count();
        int first = in.position();
        for (int i = 0; i < targets; i++) {
            in.u32();
        }
        List<ValType> last = stack.label(in.u32()).branch();
        int next = in.position();
        in.seek(first);
        for (int i = 0; i < targets; i++) {
            List<ValType> types = stack.label(in.u32()).branch();
            if (types.size() != last.size()) {
                throw invalid("type mismatch: br_table's labels differ in arity");
            }
            stack.require(types);
        }
        in.seek(next);
        stack.pop(last);
        stack.unreachable();
    }

    private FuncType indirect() {
        FuncType callee = typeAt(in.u32());
        TableType table = tableAt(in.u32());
        if (!table.element().isSubtypeOf(FUNCREF)) {
            throw invalid("type mismatch: call_indirect requires a table of funcref");
        }
        stack.pop(address(table));
        return callee;
    }

    private void tailCall(FuncType callee) {
        stack.pop(callee.params());
        if (!ControlStack.isSubtypes(callee.results(), type.results())) {
            throw invalid("type mismatch: a tail call's results " + callee.results()
                    + " are not the function's " + type.results());
        }
        stack.unreachable();
    }

    private void tryTable() {
        FuncType block = in.blockType(module.types());
        for (int n = in.count(); n > 0; n--) {
            int kind = in.u8();
            if (kind > 3) {
                throw in.malformed(in.position() - 1, "malformed catch clause");
            }
            List<ValType> values = kind < 2 ? tag(in.u32()) : List.of();
            List<ValType> target = stack.label(in.u32()).branch();
            boolean reference = (kind & 1) != 0;
            int size = values.size();
            boolean fits = target.size() == size + (reference ? 1 : 0)
                    && ControlStack.isSubtypes(values, target.subList(0, size))
                    && (!reference || EXN.isSubtypeOf(target.get(size)));
            if (!fits) {
                throw invalid("type mismatch: a catch clause gives " + values + (reference ? " and exnref" : "")
                        + " but its label takes " + target);
            }
        }
        stack.enter(TRY_TABLE, block);
    }

    private void select() {
        stack.pop(I32);
        ValType a = stack.popAny();
        ValType b = stack.popAny();
        if (a != null && a.isReference() || b != null && b.isReference() || a != null && b != null && a != b) {
            throw invalid("type mismatch: select of " + b + " and " + a);
        }
        stack.push(a == null ? b : a);
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
                    throw in.malformed(stack.at, "zero byte expected");
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
        stack.pop(plain.params());
        stack.pop(address(memory));
        stack.push(plain.results());
    }

    private void memory(int opcode) {
        switch (opcode) {
            case MEMORY_SIZE -> stack.push(address(memoryAt(in.u32())));
            case MEMORY_GROW -> {
                ValType address = address(memoryAt(in.u32()));
                stack.pop(address);
                stack.push(address);
            }
            case MEMORY_FILL -> {
                ValType address = address(memoryAt(in.u32()));
                stack.pop(List.of(address, I32, address));
            }
            case MEMORY_COPY -> {
                ValType to = address(memoryAt(in.u32()));
                ValType from = address(memoryAt(in.u32()));
                stack.pop(List.of(to, from, to == I32 ? I32 : from));
            }
            case MEMORY_INIT -> {
                int segment = in.u32();
                ValType address = address(memoryAt(in.u32()));
                dataSegment(segment);
                stack.pop(List.of(address, I32, I32));
            }
            default -> dataSegment(in.u32());
        }
    }

    private void table(int opcode) {
        switch (opcode) {
            case TABLE_GET -> {
                TableType table = tableAt(in.u32());
                stack.pop(address(table));
                stack.push(table.element());
            }
            case TABLE_SET -> {
                TableType table = tableAt(in.u32());
                stack.pop(List.of(address(table), table.element()));
            }
            case TABLE_SIZE -> stack.push(address(tableAt(in.u32())));
            case TABLE_GROW -> {
                TableType table = tableAt(in.u32());
                stack.pop(List.of(table.element(), address(table)));
                stack.push(address(table));
            }
            case TABLE_FILL -> {
                TableType table = tableAt(in.u32());
                stack.pop(List.of(address(table), table.element(), address(table)));
            }
            case TABLE_COPY -> {
                TableType to = tableAt(in.u32());
                TableType from = tableAt(in.u32());
                if (!from.element().isSubtypeOf(to.element())) {
                    throw invalid("type mismatch: table.copy from " + from.element() + " to " + to.element());
                }
                stack.pop(List.of(address(to), address(from), to.address64() ? address(from) : I32));
            }
            case TABLE_INIT -> {
                int segment = in.u32();
                TableType table = tableAt(in.u32());
                ValType element = elementSegment(segment);
                if (!element.isSubtypeOf(table.element())) {
                    throw invalid("type mismatch: table.init from " + element + " to " + table.element());
                }
                stack.pop(List.of(address(table), I32, I32));
            }
            default -> elementSegment(in.u32());
        }
    }

    /** The callee of {@code call_ref}, whose reference it pops. */
    private FuncType referenced() {
        int index = in.u32();
        FuncType callee = typeAt(index);
        stack.pop(ValType.reference(true, index, callee));
        return callee;
    }

    private void branchOnNonNull() {
        List<ValType> types = stack.label(in.u32()).branch();
        if (types.isEmpty() || !types.getLast().isReference()) {
            throw invalid("type mismatch: br_on_non_null's label takes no reference");
        }
        stack.pop(types.getLast().orNull());
        List<ValType> others = types.subList(0, types.size() - 1);
        stack.pop(others);
        stack.push(others);
    }

    private ValType setLocal() {
        int index = in.u32();
        ValType local = local(index);
        stack.pop(local);
        if (!local.hasDefault()) {
            stack.setLocal(index);
        }
        return local;
    }

    // What indices name.

    private ValType referenceTo(int function) {
        FuncType callee = functionType(function);
        return ValType.reference(false, module.functions()[function], callee);
    }

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
            throw in.malformed(stack.at, "data count section required");
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
        return new InvalidModuleException(false, stack.at, fault);
    }
}
