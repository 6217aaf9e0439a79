package org.javix.wasm;

import java.lang.foreign.MemorySegment;
import jdk.internal.misc.Unsafe;

/**
 * Copies and fills ranges that are known to lie in memories. Most are short, and then going through {@link MemorySegment}
 * takes several times as long as the copy: up to 64 bytes are moved as a few words that overlap in the middle, all of which
 * are read before the first is written.
 */
final class Blocks {
    private static final boolean DIRECT = MemoryView.isDirect();
    private static final Unsafe UNSAFE = DIRECT ? Unsafe.getUnsafe() : null;

    /** The longest range that is moved by words. */
    private static final int SHORT = 64;

    private Blocks() {}

    /** Copies as {@code memmove} does. */
    static void copy(MemoryView source, long from, MemoryView target, long to, long length) {
        if (!DIRECT) {
            if (length > 0) {
                MemorySegment.copy(source.segment, from, target.segment, to, length);
            }
        } else if (length <= SHORT) {
            copyShort(source.base + from, target.base + to, (int) length);
        } else {
            UNSAFE.copyMemory(source.base + from, target.base + to, length);
        }
    }

    private static void copyShort(long from, long to, int length) {
        if (length > 32) {
            copyTwice32(from, to, length);
        } else if (length >= 16) {
            long a = UNSAFE.getLong(from);
            long b = UNSAFE.getLong(from + 8);
            long c = UNSAFE.getLong(from + length - 16);
            long d = UNSAFE.getLong(from + length - 8);
            UNSAFE.putLong(to, a);
            UNSAFE.putLong(to + 8, b);
            UNSAFE.putLong(to + length - 16, c);
            UNSAFE.putLong(to + length - 8, d);
        } else if (length >= 8) {
            long a = UNSAFE.getLong(from);
            long b = UNSAFE.getLong(from + length - 8);
            UNSAFE.putLong(to, a);
            UNSAFE.putLong(to + length - 8, b);
        } else if (length >= 4) {
            int a = UNSAFE.getInt(from);
            int b = UNSAFE.getInt(from + length - 4);
            UNSAFE.putInt(to, a);
            UNSAFE.putInt(to + length - 4, b);
        } else if (length > 0) {
            byte a = UNSAFE.getByte(from);
            byte b = UNSAFE.getByte(from + (length >> 1));
            byte c = UNSAFE.getByte(from + length - 1);
            UNSAFE.putByte(to, a);
            UNSAFE.putByte(to + (length >> 1), b);
            UNSAFE.putByte(to + length - 1, c);
        }
    }

    /** Copies the first and the last 32 bytes. */
    private static void copyTwice32(long from, long to, int length) {
        long last = from + length - 32;
        long a = UNSAFE.getLong(from);
        long b = UNSAFE.getLong(from + 8);
        long c = UNSAFE.getLong(from + 16);
        long d = UNSAFE.getLong(from + 24);
        long e = UNSAFE.getLong(last);
        long f = UNSAFE.getLong(last + 8);
        long g = UNSAFE.getLong(last + 16);
        long h = UNSAFE.getLong(last + 24);
        long end = to + length - 32;
        UNSAFE.putLong(to, a);
        UNSAFE.putLong(to + 8, b);
        UNSAFE.putLong(to + 16, c);
        UNSAFE.putLong(to + 24, d);
        UNSAFE.putLong(end, e);
        UNSAFE.putLong(end + 8, f);
        UNSAFE.putLong(end + 16, g);
        UNSAFE.putLong(end + 24, h);
    }

    /** Fills a range with a byte. */
    static void fill(MemoryView memory, long at, long length, byte value) {
        if (!DIRECT) {
            memory.segment.asSlice(at, length).fill(value);
        } else if (length <= SHORT) {
            fillShort(memory.base + at, (int) length, (value & 0xff) * 0x0101_0101_0101_0101L);
        } else {
            fillLong(memory.base + at, length, value);
        }
    }

    /** HotSpot fills what is even, address and length, word by word, but by vectors of 32 or 64 bytes what is not. */
    private static void fillLong(long at, long length, byte value) {
        if (((at | length) & 1) == 0) {
            UNSAFE.putByte(at, value);
            UNSAFE.setMemory(at + 1, length - 1, value);
        } else {
            UNSAFE.setMemory(at, length, value);
        }
    }

    private static void fillShort(long at, int length, long bytes) {
        if (length >= 8) {
            long last = at + length - 8;
            for (long word = at; word < last; word += 8) {
                UNSAFE.putLong(word, bytes);
            }
            UNSAFE.putLong(last, bytes);
        } else if (length >= 4) {
            UNSAFE.putInt(at, (int) bytes);
            UNSAFE.putInt(at + length - 4, (int) bytes);
        } else if (length > 0) {
            UNSAFE.putByte(at, (byte) bytes);
            UNSAFE.putByte(at + (length >> 1), (byte) bytes);
            UNSAFE.putByte(at + length - 1, (byte) bytes);
        }
    }
}
