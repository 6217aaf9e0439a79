package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;

/** Compiles the instructions that touch locals, globals, tables and references. */
final class VariableAccess {
    private static final ClassDesc FUNCREF = ClassDesc.of("org.javix.wasm.FuncRef");
    private static final ClassDesc FAR = ClassDesc.of("org.javix.wasm.FarLocals");
    private static final ClassDesc GLOBAL = ClassDesc.of("org.javix.wasm.Global");
    private static final ClassDesc TABLE = ClassDesc.of("org.javix.wasm.Table");

    private final FunctionScope scope;
    private final ModuleLayout layout;
    private final Module module;
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final int[] localSlots;

    VariableAccess(FunctionScope scope) {
        this.scope = scope;
        this.layout = scope.layout;
        this.module = scope.module;
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.localSlots = scope.localSlots;
    }

    /** Compiles an instruction if it is one of these. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        int index = (int) body.immediates[i];
        switch (opcode) {
            case DROP -> drop();
            case SELECT, SELECT_TYPED -> select();
            case LOCAL_GET -> getLocal(i, index);
            case LOCAL_SET, LOCAL_TEE -> setLocal(index, opcode == LOCAL_TEE);
            case NEW_FAR_LOCALS -> {
                e.constant(index);
                e.invokeStatic(FAR, "of", Emitter.OBJECT, ConstantDescs.CD_int);
                stack.push(ValType.EXTERNREF);
            }
            case GET_FAR_LOCAL -> {
                ValType type = (ValType) body.objects[i];
                stack.pop();
                e.constant(index);
                e.invokeStatic(FAR, type.toString(), Emitter.desc(type), Emitter.OBJECT, ConstantDescs.CD_int);
                stack.push(type);
            }
            case SET_FAR_LOCAL -> {
                consume(2);
                e.constant(index);
                ClassDesc type = Emitter.desc((ValType) body.objects[i]);
                e.invokeStatic(FAR, "set", ConstantDescs.CD_void, type, Emitter.OBJECT, ConstantDescs.CD_int);
            }
            case GLOBAL_GET -> getGlobal(index);
            case GLOBAL_SET -> setGlobal(index);
            case I32_CONST -> constant(i, ValType.I32);
            case I64_CONST -> constant(i, ValType.I64);
            case F32_CONST -> constant(i, ValType.F32);
            case F64_CONST -> constant(i, ValType.F64);
            case V128_CONST -> {
                stack.pushConstant(ValType.V128, body.immediates[i]);
                stack.pushConstant(ValType.V128, (Long) body.objects[i]);
            }
            case REF_NULL -> stack.pushConstant((ValType) body.objects[i], 0);
            case REF_IS_NULL -> isNull();
            case REF_AS_NON_NULL -> {
                ValType type = stack.pop();
                e.invokeStatic(Emitter.OPS, "nonNull", Emitter.OBJECT, Emitter.OBJECT);
                stack.push(type);
            }
            case REF_FUNC -> {
                scope.loadInstance();
                e.constant(index);
                e.invokeVirtual(Emitter.INSTANCE, "function", FUNCREF, ConstantDescs.CD_int);
                stack.push(ValType.FUNCREF);
            }
            case TABLE_GET, TABLE_SET, TABLE_GROW, TABLE_SIZE, TABLE_FILL, TABLE_COPY, TABLE_INIT, ELEM_DROP ->
                tableOperation(i);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Adds a small constant to a local, where the next instructions do that; answers the last of them, or else the first. */
    int increment(int i) {
        int local = (int) body.immediates[i];
        if (i + 3 < body.length
                && body.opcodes[i] == LOCAL_GET
                && body.opcodes[i + 1] == I32_CONST
                && body.opcodes[i + 2] == I32_ADD
                && body.opcodes[i + 3] == LOCAL_SET
                && body.immediates[i + 3] == local
                && body.immediates[i + 1] == (byte) body.immediates[i + 1]) {
            stack.beforeLocalChanges(local);
            e.increment(localSlots[local], (int) body.immediates[i + 1]);
            return i + 3;
        }
        return i;
    }

    private void getLocal(int i, int local) {
        ValType type = body.locals[local];
        if (type == ValType.V128) {
            stack.pushLocal(type, local);
            stack.pushLocal(type, local + 1);
        } else if (body.addresses.get(i)) {
            stack.pushLocal(type, local);
        } else {
            e.load(Emitter.kind(type), localSlots[local]);
            stack.push(type);
        }
    }

    private void constant(int i, ValType type) {
        if (body.addresses.get(i)) {
            stack.pushConstant(type, body.immediates[i]);
        } else {
            e.constant(type, body.immediates[i]);
            stack.push(type);
        }
    }

    private void isNull() {
        stack.pop();
        Label yes = e.label();
        Label done = e.label();
        e.branch(Opcode.IFNULL, yes);
        e.constant(0);
        e.goTo(done);
        e.bind(yes);
        e.constant(1);
        e.bind(done);
        stack.push(ValType.I32);
    }

    private void drop() {
        if (stack.type(stack.height() - 1) == ValType.V128) {
            stack.discard();
        }
        stack.discard();
    }

    private void select() {
        if (stack.type(stack.height() - 2) == ValType.V128) {
            selectVector();
            return;
        }
        stack.load(3);
        stack.drop(1);
        ValType type = stack.type(stack.height() - 1);
        Label first = e.label();
        e.branch(Opcode.IFNE, first);
        if (Emitter.kind(type).slotSize() == 2) {
            e.op(Opcode.DUP2_X2);
            e.pop(TypeKind.LONG);
        } else {
            e.op(Opcode.SWAP);
        }
        e.bind(first);
        e.pop(Emitter.kind(type));
        stack.drop(2);
        stack.push(type);
    }

    private void selectVector() {
        // First and second vector, condition: five operands, from the top.
        stack.defer(5);
        for (int half = 1; half >= 0; half--) {
            stack.loadDeferred(3 + half);
            stack.loadDeferred(1 + half);
            stack.loadDeferred(0);
            e.invokeStatic(
                    VectorOperation.V128, "select", ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_long, ConstantDescs.CD_int);
        }
        stack.drop(5);
        stack.push(ValType.V128);
        stack.push(ValType.V128);
    }

    private void setLocal(int local, boolean keep) {
        stack.beforeLocalChanges(local);
        ValType type = body.locals[local];
        if (type == ValType.V128) {
            setVector(local, keep);
            return;
        }
        stack.load(1);
        if (keep) {
            if (Emitter.kind(type).slotSize() == 2) {
                e.op(Opcode.DUP2);
            } else {
                e.dup();
            }
        } else {
            stack.drop(1);
        }
        e.store(Emitter.kind(type), localSlots[local]);
    }

    private void setVector(int local, boolean keep) {
        stack.beforeLocalChanges(local + 1);
        stack.load(2);
        stack.drop(2);
        e.store(TypeKind.LONG, localSlots[local + 1]);
        e.store(TypeKind.LONG, localSlots[local]);
        if (keep) {
            stack.pushLocal(ValType.V128, local);
            stack.pushLocal(ValType.V128, local + 1);
        }
    }

    private void getGlobal(int global) {
        ValType type = module.globals().get(global).type();
        if (type == ValType.V128) {
            getVector(global);
            return;
        }
        scope.loadInstance();
        if (layout.importsGlobal(global)) {
            e.getField(layout.instance, "i" + global, GLOBAL);
            if (type.isReference()) {
                e.invokeVirtual(GLOBAL, "getReference", Emitter.OBJECT);
            } else {
                e.invokeVirtual(GLOBAL, "get", ConstantDescs.CD_long);
                e.fromRaw(type);
            }
        } else {
            e.getField(layout.instance, "g" + global, Emitter.desc(type));
        }
        stack.push(type);
    }

    private void getVector(int global) {
        scope.loadInstance();
        if (layout.importsGlobal(global)) {
            e.getField(layout.instance, "i" + global, GLOBAL);
            e.invokeVirtual(GLOBAL, "get", ConstantDescs.CD_long);
            scope.loadInstance();
            e.getField(layout.instance, "i" + global, GLOBAL);
            e.invokeVirtual(GLOBAL, "getHigh", ConstantDescs.CD_long);
        } else {
            e.getField(layout.instance, "g" + global, ConstantDescs.CD_long);
            scope.loadInstance();
            e.getField(layout.instance, "h" + global, ConstantDescs.CD_long);
        }
        stack.push(ValType.V128);
        stack.push(ValType.V128);
    }

    private void setVector(int global) {
        stack.defer(2);
        for (int half = 0; half < 2; half++) {
            scope.loadInstance();
            if (layout.importsGlobal(global)) {
                e.getField(layout.instance, "i" + global, GLOBAL);
                stack.loadDeferred(half);
                e.invokeVirtual(GLOBAL, half == 0 ? "setHigh" : "set", ConstantDescs.CD_void, ConstantDescs.CD_long);
            } else {
                stack.loadDeferred(half);
                e.putField(layout.instance, (half == 0 ? "h" : "g") + global, ConstantDescs.CD_long);
            }
        }
        stack.drop(2);
    }

    private void setGlobal(int global) {
        if (module.globals().get(global).type() == ValType.V128) {
            setVector(global);
            return;
        }
        ValType type = stack.pop();
        int value = stack.temporary(Emitter.kind(type));
        e.store(Emitter.kind(type), value);
        scope.loadInstance();
        if (layout.importsGlobal(global)) {
            e.getField(layout.instance, "i" + global, GLOBAL);
            e.load(Emitter.kind(type), value);
            if (type.isReference()) {
                e.invokeVirtual(GLOBAL, "setReference", ConstantDescs.CD_void, Emitter.OBJECT);
            } else {
                e.toRaw(type);
                e.invokeVirtual(GLOBAL, "set", ConstantDescs.CD_void, ConstantDescs.CD_long);
            }
        } else {
            e.load(Emitter.kind(type), value);
            e.putField(layout.instance, "g" + global, Emitter.desc(type));
        }
    }

    private void loadTable(int table) {
        scope.loadInstance();
        e.getField(Emitter.INSTANCE, "tables", TABLE.arrayType());
        e.constant(table);
        e.arrayLoad(TypeKind.REFERENCE);
    }

    private void tableOperation(int i) {
        int opcode = body.opcodes[i];
        int first = (int) body.immediates[i];
        // Of table.init and table.copy, the first immediate of two may be a segment or the target.
        int table = opcode == TABLE_INIT ? body.seconds[i] : first;
        ClassDesc integer = ConstantDescs.CD_int;
        ClassDesc none = ConstantDescs.CD_void;
        ClassDesc index = opcode == ELEM_DROP ? integer : layout.indexDesc(table);
        switch (opcode) {
            case TABLE_GET -> {
                stack.pop();
                loadTable(table);
                e.invokeStatic(Emitter.OPS, "tableGet", Emitter.OBJECT, index, TABLE);
                stack.push(module.tables().get(table).element());
            }
            case TABLE_SET -> {
                consume(2);
                loadTable(table);
                e.invokeStatic(Emitter.OPS, "tableSet", none, index, Emitter.OBJECT, TABLE);
            }
            case TABLE_GROW -> {
                consume(2);
                loadTable(table);
                e.invokeStatic(Emitter.OPS, "tableGrow", index, Emitter.OBJECT, index, TABLE);
                stack.push(indexType(table));
            }
            case TABLE_SIZE -> {
                loadTable(table);
                e.invokeVirtual(TABLE, "size", integer);
                if (indexType(table) == ValType.I64) {
                    e.convert(TypeKind.INT, TypeKind.LONG);
                }
                stack.push(indexType(table));
            }
            case TABLE_FILL -> {
                consume(3);
                loadTable(table);
                e.invokeStatic(Emitter.OPS, "tableFill", none, index, Emitter.OBJECT, index, TABLE);
            }
            case TABLE_COPY -> {
                ClassDesc count = Emitter.desc(stack.type(stack.height() - 1));
                consume(3);
                loadTable(table);
                loadTable(body.seconds[i]);
                ClassDesc from = layout.indexDesc(body.seconds[i]);
                e.invokeStatic(Emitter.OPS, "tableCopy", none, index, from, count, TABLE, TABLE);
            }
            case TABLE_INIT -> {
                consume(3);
                loadTable(table);
                e.constant(first);
                scope.loadInstance();
                e.invokeStatic(Emitter.OPS, "tableInit", none, index, integer, integer, TABLE, integer, Emitter.INSTANCE);
            }
            default -> {
                scope.loadInstance();
                e.getField(Emitter.INSTANCE, "elements", Emitter.OBJECTS.arrayType());
                e.constant(first);
                e.nullReference();
                e.arrayStore(TypeKind.REFERENCE);
            }
        }
    }

    private void consume(int operands) {
        stack.load(operands);
        stack.drop(operands);
    }

    private ValType indexType(int table) {
        return module.tables().get(table).address64() ? ValType.I64 : ValType.I32;
    }
}
