package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Arrays;

/** Compiles the loads and stores of numbers. */
final class ScalarAccess {
    private final FunctionBody body;
    private final Emitter e;
    private final OperandStack stack;
    private final MemoryAccess memory;

    ScalarAccess(FunctionScope scope) {
        this.body = scope.body;
        this.e = scope.e;
        this.stack = scope.stack;
        this.memory = scope.memory;
    }

    /** How a number is held in memory, with its accessor's JVM type. The names are part of the accessors'. */
    private enum Cell {
        I8(ConstantDescs.CD_byte),
        U8(ConstantDescs.CD_int),
        I16(ConstantDescs.CD_short),
        U16(ConstantDescs.CD_char),
        I32(ConstantDescs.CD_int),
        I64(ConstantDescs.CD_long),
        F32(ConstantDescs.CD_float),
        F64(ConstantDescs.CD_double);

        final ClassDesc value;

        Cell(ClassDesc value) {
            this.value = value;
        }

        /** What an instruction reads that wants no sign, where accessors know that. */
        Cell unsigned(int opcode) {
            return switch (opcode) {
                case I32_LOAD8_U, I64_LOAD8_U -> U8;
                case I32_LOAD16_U, I64_LOAD16_U -> U16;
                default -> this;
            };
        }

        /** The integer of the same width: {@link MemoryView} has no others. */
        Cell exact() {
            return switch (this) {
                case F32 -> I32;
                case F64 -> I64;
                default -> this;
            };
        }
    }

    /** Compiles an instruction if it is one of these. */
    boolean access(int i) {
        int opcode = body.opcodes[i];
        if (opcode >= I32_LOAD && opcode <= I64_LOAD32_U) {
            load(opcode, body.immediates[i], body.seconds[i]);
            return true;
        }
        if (opcode >= I32_STORE && opcode <= I64_STORE32) {
            store(opcode, body.immediates[i], body.seconds[i]);
            return true;
        }
        return false;
    }

    private void load(int opcode, long offset, int index) {
        Cell cell = switch (opcode) {
            case I32_LOAD, I64_LOAD32_S, I64_LOAD32_U -> Cell.I32;
            case I64_LOAD -> Cell.I64;
            case F32_LOAD -> Cell.F32;
            case F64_LOAD -> Cell.F64;
            case I32_LOAD8_S, I32_LOAD8_U, I64_LOAD8_S, I64_LOAD8_U -> Cell.I8;
            default -> Cell.I16;
        };
        ValType type = switch (opcode) {
            case I32_LOAD, I32_LOAD8_S, I32_LOAD8_U, I32_LOAD16_S, I32_LOAD16_U -> ValType.I32;
            case F32_LOAD -> ValType.F32;
            case F64_LOAD -> ValType.F64;
            default -> ValType.I64;
        };
        if (memory.isDirect(index, offset)) {
            MemoryAccess.Place place = memory.place(0, offset);
            stack.load(1);
            stack.drop(1);
            Cell unsigned = memory.protects() ? cell : cell.unsigned(opcode);
            memory.get(place, unsigned.name(), unsigned.value);
            if (unsigned != cell) {
                if (type == ValType.I64) {
                    e.convert(TypeKind.INT, TypeKind.LONG);
                }
                stack.push(type);
                return;
            }
        } else {
            stack.defer(1);
            ClassDesc[] place = loadPlace(index, 0, offset);
            stack.drop(1);
            e.invokeStatic(memory.accessors(), "get" + cell.exact(), cell.exact().value, place);
            toFloat(cell);
        }
        switch (opcode) {
            case I32_LOAD8_U, I64_LOAD8_U -> mask(0xff);
            case I32_LOAD16_U, I64_LOAD16_U -> mask(0xffff);
            default -> {}
        }
        if (type == ValType.I64 && cell != Cell.I64) {
            e.convert(TypeKind.INT, TypeKind.LONG);
            if (opcode == I64_LOAD32_U) {
                e.constant(0xffff_ffffL);
                e.op(Opcode.LAND);
            }
        }
        stack.push(type);
    }

    /** Leaves the view and the place of an access that is not direct; answers their types. */
    private ClassDesc[] loadPlace(int index, int fromTop, long offset) {
        memory.loadView(index);
        if (memory.isPaged(index, offset)) {
            stack.loadDeferred(fromTop);
            e.constant((int) offset);
            return new ClassDesc[] {Emitter.VIEW, ConstantDescs.CD_int, ConstantDescs.CD_int};
        }
        memory.loadAddress(index, () -> stack.loadDeferred(fromTop), stack.constant(fromTop), offset);
        return new ClassDesc[] {Emitter.VIEW, ConstantDescs.CD_long};
    }

    private void toFloat(Cell cell) {
        if (cell == Cell.F32) {
            e.invokeStatic(ConstantDescs.CD_Float, "intBitsToFloat", ConstantDescs.CD_float, ConstantDescs.CD_int);
        } else if (cell == Cell.F64) {
            e.fromRaw(ValType.F64);
        }
    }

    private void mask(int bits) {
        e.constant(bits);
        e.op(Opcode.IAND);
    }

    private void store(int opcode, long offset, int index) {
        Cell cell = switch (opcode) {
            case I32_STORE, I64_STORE32 -> Cell.I32;
            case I64_STORE -> Cell.I64;
            case F32_STORE -> Cell.F32;
            case F64_STORE -> Cell.F64;
            case I32_STORE8, I64_STORE8 -> Cell.I8;
            default -> Cell.I16;
        };
        ValType type = stack.type(stack.height() - 1);
        if (memory.isDirect(index, offset)) {
            MemoryAccess.Place place = memory.place(1, offset);
            stack.load(2);
            stack.drop(2);
            narrow(type, cell);
            memory.set(place, cell.name(), cell.value);
        } else {
            stack.defer(2);
            ClassDesc[] place = loadPlace(index, 1, offset);
            stack.loadDeferred(0);
            stack.drop(2);
            fromFloat(cell);
            narrow(type, cell);
            ClassDesc[] params = Arrays.copyOf(place, place.length + 1);
            params[place.length] = cell.exact().value;
            e.invokeStatic(memory.accessors(), "set" + cell.exact(), ConstantDescs.CD_void, params);
        }
    }

    private void fromFloat(Cell cell) {
        if (cell == Cell.F32) {
            e.invokeStatic(ConstantDescs.CD_Float, "floatToRawIntBits", ConstantDescs.CD_int, ConstantDescs.CD_float);
        } else if (cell == Cell.F64) {
            e.toRaw(ValType.F64);
        }
    }

    private void narrow(ValType type, Cell cell) {
        if (type == ValType.I64 && cell != Cell.I64) {
            e.convert(TypeKind.LONG, TypeKind.INT);
        }
        if (cell == Cell.I8) {
            e.convert(TypeKind.INT, TypeKind.BYTE);
        } else if (cell == Cell.I16) {
            e.convert(TypeKind.INT, TypeKind.SHORT);
        }
    }
}
