package org.javix.wasm;

import java.io.ByteArrayOutputStream;

/** Writes the binary format's numbers. */
final class BinaryWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    BinaryWriter u8(int b) {
        out.write(b);
        return this;
    }

    BinaryWriter u32(int value) {
        return u64(Integer.toUnsignedLong(value));
    }

    BinaryWriter u64(long value) {
        long rest = value;
        for (; rest >>> 7 != 0; rest >>>= 7) {
            out.write((int) rest & 0x7f | 0x80);
        }
        return u8((int) rest);
    }

    BinaryWriter signed(long value) {
        long rest = value;
        for (; rest >> 6 != 0 && rest >> 6 != -1; rest >>= 7) {
            out.write((int) rest & 0x7f | 0x80);
        }
        return u8((int) rest & 0x7f);
    }

    /** The lowest bytes of a value, little-endian. */
    BinaryWriter word(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >> 8 * i));
        }
        return this;
    }

    BinaryWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    BinaryWriter append(BinaryWriter other) {
        return bytes(other.toByteArray());
    }

    /** Bytes with their length before them. */
    BinaryWriter sized(byte[] bytes) {
        return u32(bytes.length).bytes(bytes);
    }

    BinaryWriter opcode(int opcode) {
        if (opcode >= Opcodes.FD) {
            return u8(0xfd).u32(opcode & 0xfff);
        }
        return opcode >= Opcodes.FC ? u8(opcode >> 8).u32(opcode & 0xff) : u8(opcode);
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /** A value type. */
    BinaryWriter type(ValType type) {
        if (type.isDefined()) {
            return u8(type.hasDefault() ? 0x63 : 0x64).signed(type.code());
        }
        return type.isReference() && !type.hasDefault() ? u8(0x64).u8(type.code()) : u8(type.code());
    }
}
