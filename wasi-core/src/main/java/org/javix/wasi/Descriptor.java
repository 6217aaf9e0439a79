package org.javix.wasi;

import org.javix.vfs.FdTable;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Socket;
import org.javix.vfs.Stat;

/**
 * What WASI knows of a descriptor beyond its open file: the descriptor's tag in its {@link FdTable}.
 * Immutable.
 *
 * @param base the rights of the descriptor itself
 * @param inheriting the rights that what is opened through it may have
 * @param preopen the name by which the program finds a preopened directory, one char for each byte;
 *     null for any other descriptor
 */
public record Descriptor(long base, long inheriting, String preopen) {
    /** Linux's {@code TCGETS}: only a terminal answers it. */
    private static final int TCGETS = 0x5401;

    /**
     * Makes an open descriptor a preopened directory, with all rights that a directory can have.
     * Programs look for them from descriptor 3 on and stop at the first that is not one.
     *
     * @param name as the program will see it, one char for each byte, such as {@code "/"}
     * @return 0 or {@code -EBADF}
     */
    public static int preopen(FdTable files, int fd, String name) {
        return files.setTag(
                fd, new Descriptor(Rights.of(FileType.DIRECTORY), Rights.inheriting(FileType.DIRECTORY), name));
    }

    /** A descriptor's tag, or what an untagged one may do: all that its file and its open mode allow. */
    static Descriptor of(FdTable files, int fd, OpenFile file) {
        if (files.tag(fd) instanceof Descriptor descriptor) {
            return descriptor;
        }
        return new Descriptor(possible(file), Rights.inheriting(type(file)), null);
    }

    /** The rights that any descriptor of this open file can have. */
    static long possible(OpenFile file) {
        FileType type = type(file);
        return Rights.of(type) & allowed(file, type);
    }

    private static long allowed(OpenFile file, FileType type) {
        long allowed = Rights.ALL;
        if (!file.readable()) {
            allowed &= ~Rights.READING;
        }
        if (!file.writable() && type != FileType.DIRECTORY) {
            allowed &= ~(Rights.WRITING & ~Rights.FD_DATASYNC);
        }
        return allowed;
    }

    /** What an open file is. */
    static FileType type(OpenFile file) {
        Stat stat = new Stat();
        if (file.stat(stat) < 0) {
            return FileType.UNKNOWN;
        }
        if (file instanceof Socket socket) {
            return socket.isDatagram() ? FileType.SOCKET_DGRAM : FileType.SOCKET_STREAM;
        }
        FileType type = FileType.ofMode(stat.mode);
        return type == FileType.CHARACTER_DEVICE && isTerminal(file) ? FileType.TERMINAL : type;
    }

    private static boolean isTerminal(OpenFile file) {
        byte[] termios = new byte[64];
        return file.ioctl(null, TCGETS, java.lang.foreign.MemorySegment.ofArray(termios), 0) >= 0;
    }
}
