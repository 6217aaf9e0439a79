package org.javix.wasm;

import static org.javix.wasm.Opcodes.*;

import java.util.List;

/**
 * Reads the binary format's numbers and instructions (WebAssembly specification, sections 5.2 and 5.4)
 * from a range of a binary. It reads function bodies where they lie and allocates nothing per
 * instruction.
 *
 * <p>Whatever the bytes are, reading fails with {@link InvalidModuleException} and nothing else.
 */
final class CodeReader {
    /** The types of blocks without parameters: no result, or one of the type. */
    private static final FuncType EMPTY_BLOCK = new FuncType(List.of(), List.of());

    private static final FuncType[] RESULT_BLOCKS = new FuncType[ValType.values().size()];

    static {
        for (ValType type : ValType.values()) {
            RESULT_BLOCKS[type.kind().ordinal()] = new FuncType(List.of(), List.of(type));
        }
    }

    private static final String COLLECTED = "unsupported: garbage-collected types";

    private final byte[] bytes;

    /** The types that reference types may name, which may grow. */
    private final List<FuncType> types;

    /** Whether the type behind the last one, which is being read, may be named too. */
    boolean definesType;

    private int position;
    private int end;

    /** The last {@link #memoryArgument}'s alignment, as an exponent of 2. */
    int align;

    /** The last {@link #memoryArgument}'s memory index. */
    int memory;

    /** The last {@link #memoryArgument}'s offset, unsigned. */
    long offset;

    /** Reads {@code bytes} from {@code start} to before {@code end}, where no reference type is read. */
    CodeReader(byte[] bytes, int start, int end) {
        this(bytes, start, end, List.of());
    }

    /**
     * Reads {@code bytes} from {@code start} to before {@code end}.
     *
     * @param types what reference types may name
     */
    CodeReader(byte[] bytes, int start, int end, List<FuncType> types) {
        this.bytes = bytes;
        this.types = types;
        this.position = start;
        this.end = end;
    }

    /** Where the next byte lies in the binary. */
    int position() {
        return position;
    }

    /** Continues at a position of the binary. */
    void seek(int position) {
        this.position = position;
    }

    /** The offset behind the last byte to read. */
    int end() {
        return end;
    }

    /** Continues with another range. */
    void range(int start, int end) {
        this.position = start;
        this.end = end;
    }

    /** The number of bytes left. */
    int remaining() {
        return end - position;
    }

    InvalidModuleException malformed(int at, String fault) {
        return new InvalidModuleException(true, at, fault);
    }

    /** Skips bytes. */
    void skip(int count) {
        if (count < 0 || count > remaining()) {
            throw malformed(position, "unexpected end of section or function");
        }
        position += count;
    }

    /** An unsigned byte. */
    int u8() {
        if (position >= end) {
            throw malformed(position, "unexpected end of section or function");
        }
        return bytes[position++] & 0xff;
    }

    /** A little-endian 32-bit word. */
    int word32() {
        int at = position;
        skip(4);
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | bytes[at + 3] << 24;
    }

    /** A little-endian 64-bit word. */
    long word64() {
        return Integer.toUnsignedLong(word32()) | (long) word32() << 32;
    }

    /** An unsigned 32-bit LEB128, as the int of the same bits. */
    int u32() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return (int) leb(32, false);
    }

    /** A signed 32-bit LEB128. */
    int s32() {
        return (int) leb(32, true);
    }

    /** A signed 33-bit LEB128: a block's type. */
    long s33() {
        return leb(33, true);
    }

    /** An unsigned 64-bit LEB128, as the long of the same bits. */
    long u64() {
        return leb(64, false);
    }

    /** A signed 64-bit LEB128. */
    long s64() {
        return leb(64, true);
    }

    private long leb(int bits, boolean signed) {
        int at = position;
        long result = 0;
        for (int shift = 0; ; shift += 7) {
            int b = u8();
            int left = bits - shift;
            if (left < 7) {
                // The last byte: what lies beyond the number's width must repeat its sign.
                int beyond = signed ? (byte) (b << 1) >> left : (b & 0x7f) >>> left;
                boolean fits = beyond == 0 || signed && beyond == -1;
                if (!fits) {
                    throw malformed(at, "integer too large");
                }
                if ((b & 0x80) != 0) {
                    throw malformed(at, "integer representation too long");
                }
            }
            result |= (long) (b & 0x7f) << shift;
            if ((b & 0x80) == 0) {
                int used = shift + 7;
                return signed && used < 64 ? result << 64 - used >> 64 - used : result;
            }
        }
    }

    /** The number of a vector's elements, each of at least one byte. */
    int count() {
        return available("unexpected end of section or function");
    }

    /** The number of bytes that a name or section has. */
    int length() {
        return available("length out of bounds");
    }

    /** A u32 that the bytes left must suffice for. */
    private int available(String fault) {
        int at = position;
        int count = u32();
        if (Integer.compareUnsigned(count, remaining()) > 0) {
            throw malformed(at, fault);
        }
        return count;
    }

    /** A value type. */
    ValType valueType() {
        int at = position;
        int code = u8();
        ValType type = type(code, at);
        if (type == null) {
            throw malformed(at, "malformed value type");
        }
        return type;
    }

    /** A reference type. */
    ValType referenceType() {
        int at = position;
        ValType type = type(u8(), at);
        if (type == null || !type.isReference()) {
            throw malformed(at, "malformed reference type");
        }
        return type;
    }

    /** The heap type of {@code ref.null}, as the nullable reference to it. */
    ValType heapType() {
        return reference(true);
    }

    /** A reference to the heap type that follows. */
    private ValType reference(boolean nullable) {
        int at = position;
        long code = s33();
        if (code >= 0) {
            if (code > types.size() || code == types.size() && !definesType) {
                throw new InvalidModuleException(false, at, "unknown type " + code);
            }
            return ValType.reference(nullable, (int) code, code == types.size() ? null : types.get((int) code));
        }
        ValType type = code >= -0x40 ? ValType.of((int) code & 0x7f) : null;
        if (type == null || !type.isReference()) {
            throw malformed(at, collected((int) code & 0x7f) ? COLLECTED : "malformed heap type");
        }
        return nullable ? type : type.nonNull();
    }

    /** The type of a code byte, or null; 0x63 and 0x64 start the long forms of reference types. */
    private ValType type(int code, int at) {
        if (code == 0x63 || code == 0x64) {
            return reference(code == 0x63);
        }
        if (collected(code)) {
            throw malformed(at, COLLECTED);
        }
        return ValType.of(code);
    }

    private static boolean collected(int code) {
        return code >= 0x6a && code <= 0x71 && code != 0x6f && code != 0x70;
    }

    /**
     * A block's type, resolved.
     *
     * @throws InvalidModuleException not malformed but invalid for an unknown type index
     */
    FuncType blockType(List<FuncType> types) {
        int at = position;
        long code = s33();
        if (code < 0) {
            if (code == -0x40) {
                return EMPTY_BLOCK;
            }
            ValType type = code >= -0x40 ? type((int) code & 0x7f, at) : null;
            if (type == null) {
                throw malformed(at, "malformed block type");
            }
            return type == ValType.of(type.kind())
                    ? RESULT_BLOCKS[type.kind().ordinal()]
                    : new FuncType(List.of(), List.of(type));
        }
        if (code >= types.size()) {
            throw new InvalidModuleException(false, at, "unknown type " + code);
        }
        return types.get((int) code);
    }

    /** A load's or store's immediate, into {@link #align}, {@link #memory} and {@link #offset}. */
    void memoryArgument() {
        int at = position;
        int flags = u32();
        if (flags < 0 || flags >= 0x80) {
            throw malformed(at, "malformed memop flags");
        }
        align = flags & 0x3f;
        memory = (flags & 0x40) != 0 ? u32() : 0;
        offset = u64();
    }

    /** An opcode, with its prefix as {@link Opcodes} has it. */
    int opcode() {
        int code = u8();
        return switch (code) {
            case 0xFC -> prefixed(FC, 0xff);
            case 0xFD -> prefixed(FD, 0xfff);
            case 0xFE -> prefixed(FE, 0xff);
            default -> code;
        };
    }

    private int prefixed(int prefix, int max) {
        int at = position;
        int number = u32();
        if (number < 0 || number > max) {
            throw malformed(at - 1, "illegal opcode " + Integer.toHexString(bytes[at - 1] & 0xff)
                    + " " + Integer.toHexString(number));
        }
        return prefix | number;
    }

    /** Skips the immediates that follow an opcode. */
    void skipImmediates(int opcode) {
        switch (opcode) {
            case BLOCK, LOOP, IF, TRY -> skipBlockType();
            case TRY_TABLE -> {
                skipBlockType();
                for (int n = count(); n > 0; n--) {
                    int kind = u8();
                    if (kind < 2) {
                        u32();
                    }
                    u32();
                }
            }
            case BR, BR_IF, BR_ON_NULL, BR_ON_NON_NULL, CATCH, DELEGATE, THROW, RETHROW, CALL, RETURN_CALL, CALL_REF,
                    RETURN_CALL_REF, LOCAL_GET, LOCAL_SET,
                    LOCAL_TEE, GLOBAL_GET, GLOBAL_SET, TABLE_GET, TABLE_SET, MEMORY_SIZE, MEMORY_GROW,
                    REF_FUNC, DATA_DROP, ELEM_DROP, MEMORY_FILL, TABLE_GROW, TABLE_SIZE,
                    TABLE_FILL -> u32();
            case CALL_INDIRECT, RETURN_CALL_INDIRECT, MEMORY_INIT, MEMORY_COPY, TABLE_INIT,
                    TABLE_COPY -> {
                u32();
                u32();
            }
            case BR_TABLE -> {
                for (int n = count(); n >= 0; n--) {
                    u32();
                }
            }
            case SELECT_TYPED -> {
                for (int n = count(); n > 0; n--) {
                    skipBlockType();
                }
            }
            case I32_CONST -> s32();
            case I64_CONST -> s64();
            case F32_CONST -> skip(4);
            case F64_CONST -> skip(8);
            case REF_NULL -> s33();
            case V128_CONST, I8X16_SHUFFLE -> skip(16);
            case ATOMIC_FENCE -> skip(1);
            default -> {
                if (hasMemoryArgument(opcode)) {
                    memoryArgument();
                }
                if (hasLane(opcode)) {
                    skip(1);
                }
            }
        }
    }

    /** Skips a block's type, or a value type. */
    private void skipBlockType() {
        long code = s33();
        if (code == 0x63 - 0x80 || code == 0x64 - 0x80) {
            s33();
        }
    }

    /** Whether a load's or store's immediate follows. */
    static boolean hasMemoryArgument(int opcode) {
        return opcode >= I32_LOAD && opcode <= I64_STORE32
                || opcode >= V128_LOAD && opcode <= V128_STORE
                || opcode >= V128_LOAD8_LANE && opcode <= V128_LOAD64_ZERO
                || (opcode & ~0xff) == FE && opcode != ATOMIC_FENCE;
    }

    /** Whether a lane index follows (after the memory argument, if there is one). */
    static boolean hasLane(int opcode) {
        return opcode >= I8X16_EXTRACT_LANE_S && opcode <= F64X2_REPLACE_LANE
                || opcode >= V128_LOAD8_LANE && opcode <= V128_STORE64_LANE;
    }
}
