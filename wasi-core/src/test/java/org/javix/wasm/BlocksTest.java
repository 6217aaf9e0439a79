package org.javix.wasm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks of every length and alignment: each is moved in a way of its own, and no byte beside it changes. */
class BlocksTest {
    private static final int[] LENGTHS =
            IntStream.concat(IntStream.range(0, 140), IntStream.of(255, 256, 257, 1000, 1001, 4096, 4097)).toArray();

    private static final int SIZE = 5000;

    private final Memory memory = new Memory(new Module.MemoryType(new Module.Limits(1, 1), false, false));
    private final byte[] expected = new byte[SIZE];

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void fills() {
        for (int length : LENGTHS) {
            for (int at = 64; at < 82; at++) {
                reset();
                Arrays.fill(expected, at, at + length, (byte) 0x9c);
                Blocks.fill(memory.view(), at, length, (byte) 0x9c);
                assertArrayEquals(expected, content(), length + " bytes at " + at);
            }
        }
    }

    @Test
    void copiesWhatOverlapsToo() {
        for (int length : LENGTHS) {
            for (int from : new int[] {100, 101, 107}) {
                for (int to : new int[] {64, 93, 99, 100, 102, 108, 115, 131, 300}) {
                    reset();
                    System.arraycopy(expected, from, expected, to, length);
                    Blocks.copy(memory.view(), from, memory.view(), to, length);
                    assertArrayEquals(expected, content(), length + " bytes from " + from + " to " + to);
                }
            }
        }
    }

    private void reset() {
        for (int i = 0; i < SIZE; i++) {
            expected[i] = (byte) (i * 7 + (i >> 8));
        }
        MemorySegment.copy(expected, 0, memory.segment(), ValueLayout.JAVA_BYTE, 0, SIZE);
    }

    private byte[] content() {
        return memory.segment().asSlice(0, SIZE).toArray(ValueLayout.JAVA_BYTE);
    }
}
