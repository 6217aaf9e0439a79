package org.javix.wasi;

import org.javix.vfs.Stat;

/** What a file is: WASI's {@code filetype}, and two kinds that it tells apart only by other means. */
enum FileType {
    UNKNOWN(0),
    BLOCK_DEVICE(1),
    CHARACTER_DEVICE(2),
    DIRECTORY(3),
    REGULAR_FILE(4),
    SOCKET_DGRAM(5),
    SOCKET_STREAM(6),
    SYMBOLIC_LINK(7),

    /** A character device that is a terminal. */
    TERMINAL(2),

    /** A pipe, which WASI has no number for. */
    FIFO(0);

    private final int number;

    FileType(int number) {
        this.number = number;
    }

    /** The number that the guest sees. */
    int number() {
        return number;
    }

    /** The type of a {@link Stat#mode}. */
    static FileType ofMode(int mode) {
        return switch (mode >>> 12 & 0xf) {
            case 0x1 -> FIFO;
            case 0x2 -> CHARACTER_DEVICE;
            case 0x4 -> DIRECTORY;
            case 0x6 -> BLOCK_DEVICE;
            case 0x8 -> REGULAR_FILE;
            case 0xa -> SYMBOLIC_LINK;
            case 0xc -> SOCKET_STREAM;
            default -> UNKNOWN;
        };
    }
}
