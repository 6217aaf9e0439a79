package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.javix.vfs.DirectoryReader;

/**
 * Lays out directory entries as {@code struct dirent}, for one copy of all into a guest's buffer: a listing
 * of a large directory is many small fields.
 */
final class DirectoryEntries implements DirectoryReader {
    /** The bytes before the name: inode, position, length, type. */
    private static final int HEADER = 19;

    private static final VarHandle I64 =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I16 =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] buffer;
    private final int size;
    private int used;
    private boolean full;

    /** @param size how many bytes of the buffer may be used */
    DirectoryEntries(byte[] buffer, int size) {
        this.buffer = buffer;
        this.size = size;
    }

    @Override
    @SuppressWarnings("deprecation") // a name has a char for each byte, and this is how to get them
    public boolean entry(long ino, long next, int type, String name) {
        int nameLength = name.length();
        int length = HEADER + nameLength + 1 + 7 & ~7;
        if (used + length > size) {
            full = true;
            return false;
        }
        int at = used;
        I64.set(buffer, at, ino);
        I64.set(buffer, at + 8, next);
        I16.set(buffer, at + 16, (short) length);
        buffer[at + 18] = (byte) type;
        name.getBytes(0, nameLength, buffer, at + HEADER);
        used += length;
        Arrays.fill(buffer, at + HEADER + nameLength, used, (byte) 0);
        return true;
    }

    /** Copies what there is to a guest: the bytes used; {@code -EINVAL} where not even one entry fits. */
    long store(GuestMemory memory, long address) {
        if (full && used == 0) {
            return -EINVAL;
        }
        memory.setBytes(address, buffer, 0, used);
        return used;
    }
}
