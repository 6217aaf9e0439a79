package org.javix.wasm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * Emits JVM instructions, or only counts their bytes: a dry run finds out a function's size, call sites
 * and saved operands before the real one.
 */
final class Emitter {
    static final ClassDesc MATH = ClassDesc.of("java.lang.Math");
    static final ClassDesc OPS = ClassDesc.of("org.javix.wasm.Ops");
    static final ClassDesc INSTANCE = ClassDesc.of("org.javix.wasm.Instance");
    static final ClassDesc VIEW = ClassDesc.of("org.javix.wasm.MemoryView");
    static final ClassDesc PAGED_VIEW = ClassDesc.of("org.javix.wasm.PagedView");
    static final ClassDesc SEGMENT = ClassDesc.of("java.lang.foreign.MemorySegment");
    static final ClassDesc OBJECT = ConstantDescs.CD_Object;
    static final ClassDesc OBJECTS = OBJECT.arrayType();
    static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();

    /** Code of more bytes is refused before it is emitted: what the JVM can hold is far less. */
    private static final int MOST = 16 << 20;

    /** Null in a dry run. */
    private final CodeBuilder code;

    /** The bytes so far, estimated from above. */
    private int size;

    private int labels;

    Emitter(CodeBuilder code) {
        this.code = code;
    }

    /** Whether nothing is emitted. */
    boolean dry() {
        return code == null;
    }

    /** The bytes so far, estimated from above. */
    int size() {
        return size;
    }

    /** How the JVM holds a value of the type; of a v128, each half. */
    static TypeKind kind(ValType type) {
        return switch (type.kind()) {
            case I32 -> TypeKind.INT;
            case I64, V128 -> TypeKind.LONG;
            case F32 -> TypeKind.FLOAT;
            case F64 -> TypeKind.DOUBLE;
            case FUNCREF, EXTERNREF, EXNREF -> TypeKind.REFERENCE;
        };
    }

    /** The JVM type of a value of the type; of a v128, that of each half. */
    static ClassDesc desc(ValType type) {
        return switch (type.kind()) {
            case I32 -> ConstantDescs.CD_int;
            case I64, V128 -> ConstantDescs.CD_long;
            case F32 -> ConstantDescs.CD_float;
            case F64 -> ConstantDescs.CD_double;
            case FUNCREF, EXTERNREF, EXNREF -> OBJECT;
        };
    }

    /** The labels so far. */
    int labels() {
        return labels;
    }

    Label label() {
        labels++;
        if (size > MOST) {
            throw new UnsupportedFeature("a function of more than " + MOST + " bytes of JVM code");
        }
        return code == null ? null : code.newLabel();
    }

    /** The place that is reached now, where nothing jumps to. */
    Label mark() {
        return code == null ? null : code.newBoundLabel();
    }

    void bind(Label label) {
        if (code != null) {
            code.labelBinding(label);
        }
    }

    void op(Opcode opcode) {
        size++;
        if (code != null) {
            code.with(opcode.kind() == Opcode.Kind.STACK ? StackInstruction.of(opcode) : OperatorInstruction.of(opcode));
        }
    }

    void convert(TypeKind from, TypeKind to) {
        size++;
        if (code != null) {
            code.conversion(from, to);
        }
    }

    /** Turns an unsigned int on the stack into a long. */
    void unsignedToLong() {
        convert(TypeKind.INT, TypeKind.LONG);
        constant(0xffff_ffffL);
        op(Opcode.LAND);
    }

    void arrayLoad(TypeKind kind) {
        size++;
        if (code != null) {
            code.arrayLoad(kind);
        }
    }

    void arrayStore(TypeKind kind) {
        size++;
        if (code != null) {
            code.arrayStore(kind);
        }
    }

    void dup() {
        size++;
        if (code != null) {
            code.dup();
        }
    }

    void pop(TypeKind kind) {
        size++;
        if (code != null) {
            if (kind.slotSize() == 2) {
                code.pop2();
            } else {
                code.pop();
            }
        }
    }

    void nop() {
        size++;
        if (code != null) {
            code.nop();
        }
    }

    void nullReference() {
        size++;
        if (code != null) {
            code.aconst_null();
        }
    }

    void load(TypeKind kind, int slot) {
        size += slot < 4 ? 1 : slot < 256 ? 2 : 4;
        if (code != null) {
            code.loadLocal(kind, slot);
        }
    }

    void store(TypeKind kind, int slot) {
        size += slot < 4 ? 1 : slot < 256 ? 2 : 4;
        if (code != null) {
            code.storeLocal(kind, slot);
        }
    }

    void increment(int slot, int by) {
        size += slot < 256 ? 3 : 6;
        if (code != null) {
            code.iinc(slot, by);
        }
    }

    void constant(int value) {
        size += value >= -1 && value <= 5 ? 1 : value == (byte) value ? 2 : 3;
        if (code != null) {
            code.loadConstant(value);
        }
    }

    void constant(long value) {
        size += 3;
        if (code != null) {
            code.loadConstant(value);
        }
    }

    void constant(String text) {
        size += 3;
        if (code != null) {
            code.loadConstant(text);
        }
    }

    /** A constant of raw bits. A NaN goes through its bits, which a constant pool need not keep. */
    void constant(ValType type, long bits) {
        switch (type.kind()) {
            case I32 -> constant((int) bits);
            case I64, V128 -> constant(bits);
            case F32 -> {
                float value = Float.intBitsToFloat((int) bits);
                if (Float.isNaN(value)) {
                    constant((int) bits);
                    fromBits(type);
                } else {
                    size += 3;
                    if (code != null) {
                        code.loadConstant(value);
                    }
                }
            }
            case F64 -> {
                double value = Double.longBitsToDouble(bits);
                if (Double.isNaN(value)) {
                    constant(bits);
                    fromBits(type);
                } else {
                    size += 3;
                    if (code != null) {
                        code.loadConstant(value);
                    }
                }
            }
            default -> nullReference();
        }
    }

    private void fromBits(ValType type) {
        if (type == ValType.F32) {
            invokeStatic(ConstantDescs.CD_Float, "intBitsToFloat", ConstantDescs.CD_float, ConstantDescs.CD_int);
        } else {
            invokeStatic(ConstantDescs.CD_Double, "longBitsToDouble", ConstantDescs.CD_double, ConstantDescs.CD_long);
        }
    }

    /** Turns a number on the stack into its raw long. */
    void toRaw(ValType type) {
        switch (type.kind()) {
            case I32 -> convert(TypeKind.INT, TypeKind.LONG);
            case F32 -> {
                invokeStatic(ConstantDescs.CD_Float, "floatToRawIntBits", ConstantDescs.CD_int, ConstantDescs.CD_float);
                convert(TypeKind.INT, TypeKind.LONG);
            }
            case F64 -> invokeStatic(
                    ConstantDescs.CD_Double, "doubleToRawLongBits", ConstantDescs.CD_long, ConstantDescs.CD_double);
            default -> {}
        }
    }

    /** Turns a raw long on the stack into a number. */
    void fromRaw(ValType type) {
        switch (type.kind()) {
            case I32 -> convert(TypeKind.LONG, TypeKind.INT);
            case F32 -> {
                convert(TypeKind.LONG, TypeKind.INT);
                fromBits(type);
            }
            case F64 -> fromBits(type);
            default -> {}
        }
    }

    void goTo(Label label) {
        size += 3;
        if (code != null) {
            code.goto_(label);
        }
    }

    void branch(Opcode opcode, Label label) {
        size += 3;
        if (code != null) {
            code.branch(opcode, label);
        }
    }

    /** A dense switch: value {@code low + i} goes to {@code labels.get(i)}. */
    void tableSwitch(int low, List<Label> labels, Label otherwise) {
        size += 16 + 4 * labels.size();
        if (code != null) {
            List<SwitchCase> cases = new ArrayList<>(labels.size());
            for (int i = 0; i < labels.size(); i++) {
                cases.add(SwitchCase.of(low + i, labels.get(i)));
            }
            code.tableswitch(low, low + labels.size() - 1, otherwise, cases);
        }
    }

    /** A sparse switch. */
    void lookupSwitch(List<SwitchCase> cases, Label otherwise) {
        size += 12 + 8 * cases.size();
        if (code != null) {
            code.lookupswitch(otherwise, cases);
        }
    }

    void getField(ClassDesc owner, String name, ClassDesc type) {
        size += 3;
        if (code != null) {
            code.getfield(owner, name, type);
        }
    }

    void putField(ClassDesc owner, String name, ClassDesc type) {
        size += 3;
        if (code != null) {
            code.putfield(owner, name, type);
        }
    }

    void getStatic(ClassDesc owner, String name, ClassDesc type) {
        size += 3;
        if (code != null) {
            code.getstatic(owner, name, type);
        }
    }

    void invokeStatic(ClassDesc owner, String name, ClassDesc result, ClassDesc... params) {
        invokeStatic(owner, name, MethodTypeDesc.of(result, params));
    }

    void invokeStatic(ClassDesc owner, String name, MethodTypeDesc type) {
        size += 3;
        if (code != null) {
            code.invokestatic(owner, name, type);
        }
    }

    void invokeVirtual(ClassDesc owner, String name, ClassDesc result, ClassDesc... params) {
        size += 3;
        if (code != null) {
            code.invokevirtual(owner, name, MethodTypeDesc.of(result, params));
        }
    }

    void invokeInterface(ClassDesc owner, String name, ClassDesc result, ClassDesc... params) {
        size += 5;
        if (code != null) {
            code.invokeinterface(owner, name, MethodTypeDesc.of(result, params));
        }
    }

    /** {@code new T(…)}: call it, push the arguments, then {@link #construct}. */
    void instantiate(ClassDesc type) {
        size += 4;
        if (code != null) {
            code.new_(type).dup();
        }
    }

    void construct(ClassDesc type, ClassDesc... params) {
        size += 3;
        if (code != null) {
            code.invokespecial(type, ConstantDescs.INIT_NAME, MethodTypeDesc.of(ConstantDescs.CD_void, params));
        }
    }

    void newArray(TypeKind kind, int length) {
        constant(length);
        size += 3;
        if (code != null) {
            if (kind == TypeKind.REFERENCE) {
                code.anewarray(OBJECT);
            } else {
                code.newarray(kind);
            }
        }
    }

    void checkCast(ClassDesc type) {
        size += 3;
        if (code != null) {
            code.checkcast(type);
        }
    }

    void returnValue(TypeKind kind) {
        size++;
        if (code != null) {
            code.return_(kind);
        }
    }

    void throwIt() {
        size++;
        if (code != null) {
            code.athrow();
        }
    }

    /** Catches a type between two labels. */
    void handler(Label start, Label end, Label handler, ClassDesc type) {
        if (code != null) {
            code.exceptionCatch(start, end, handler, type);
        }
    }
}
