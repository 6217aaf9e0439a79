package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import java.nio.charset.StandardCharsets;
import org.javix.vfs.DirectoryReader;

/** Lays out directory entries as {@code struct dirent} in a guest's buffer. */
final class DirectoryEntries implements DirectoryReader {
    /** The bytes before the name: inode, position, length, type. */
    private static final int HEADER = 19;

    private final GuestMemory memory;
    private final long buffer;
    private final long size;
    private long used;
    private boolean full;

    DirectoryEntries(GuestMemory memory, long buffer, long size) {
        this.memory = memory;
        this.buffer = buffer;
        this.size = size;
    }

    @Override
    public boolean entry(long ino, long next, int type, String name) {
        int length = HEADER + name.length() + 1 + 7 & ~7;
        if (used + length > size) {
            full = true;
            return false;
        }
        long at = buffer + used;
        memory.set64(at, ino);
        memory.set64(at + 8, next);
        memory.set16(at + 16, length);
        memory.setByte(at + 18, type);
        memory.clear(at + HEADER, length - HEADER);
        memory.setBytes(at + HEADER, name.getBytes(StandardCharsets.ISO_8859_1));
        used += length;
        return true;
    }

    /** The bytes used; {@code -EINVAL} where not even one entry fits. */
    long result() {
        return full && used == 0 ? -EINVAL : used;
    }
}
