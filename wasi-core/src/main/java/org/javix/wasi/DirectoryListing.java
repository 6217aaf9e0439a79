package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOTDIR;

import java.nio.charset.StandardCharsets;
import org.javix.vfs.OpenFile;

/**
 * {@code fd_readdir}: the entries of a directory, packed into the guest's buffer.
 *
 * <p>An entry is a header of 24 bytes, {@code d_next}, {@code d_ino}, {@code d_namlen} and {@code d_type},
 * and the name behind it. When the last one does not fit, as many of its bytes as do are written: a full
 * buffer tells the program to come again, with the {@code d_next} of the last whole entry as cookie. A
 * cookie is the file system's position behind an entry, and holds when other entries come and go.
 */
final class DirectoryListing {
    private static final int HEADER = 24;

    private final Guest guest;
    private final long buffer;
    private final long length;
    private long used;

    private DirectoryListing(Guest guest, long buffer, long length) {
        this.guest = guest;
        this.buffer = buffer;
        this.length = length;
    }

    /**
     * Fills a buffer with entries. Right: FD_READDIR. Errors: {@code EINVAL} for a bad cookie,
     * {@code ENOENT} for a removed directory, {@code ENOTDIR}, {@code EFAULT}.
     */
    static long readdir(Guest guest, long fd, long buffer, long length, long cookie, long result) {
        int refusal = guest.refusal(fd, Rights.FD_READDIR);
        if (refusal < 0) {
            return refusal;
        }
        OpenFile directory = guest.file(fd);
        if (!FdFunctions.isDirectory(directory)) {
            return -ENOTDIR;
        }
        if (cookie < 0) {
            return -EINVAL;
        }
        guest.check(buffer, length);
        guest.check(result, 4);
        long position = directory.seek(cookie, OpenFile.SEEK_SET);
        if (position < 0) {
            return position;
        }
        DirectoryListing listing = new DirectoryListing(guest, buffer, length);
        int count;
        // A file system may stop early; the end is where it gives nothing, the guest's end a full buffer.
        do {
            count = directory.readDirectory(listing::add);
        } while (count > 0 && listing.used < length);
        if (count < 0) {
            return count;
        }
        guest.putU32(result, listing.used);
        return 0;
    }

    private boolean add(long ino, long next, int type, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        if (length - used >= HEADER) {
            long entry = buffer + used;
            guest.putU64(entry, next);
            guest.putU64(entry + 8, ino);
            guest.putU32(entry + 16, bytes.length);
            guest.putU32(entry + 20, FileType.ofMode(type << 12).number());
            used += HEADER;
            int part = (int) Math.min(bytes.length, length - used);
            guest.put(buffer + used, bytes, part);
            used += part;
            return part == bytes.length;
        }
        // Not even the header fits: what is in the rest does not matter, only that the buffer is full.
        guest.memory().asSlice(buffer + used, length - used).fill((byte) 0);
        used = length;
        return false;
    }
}
