package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ESPIPE;

import java.lang.foreign.MemorySegment;
import org.javix.vfs.FileMode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;

/** Reading and writing. */
final class IoCalls {
    /** The most bytes of one call, as on Linux. */
    private static final long MAX_COUNT = 0x7fff_f000L;

    /** The most elements of a vector. */
    private static final int IOV_MAX = 1024;

    /** The most bytes that a call with several pieces moves at a time. */
    static final int CHUNK = 1 << 20;

    private IoCalls() {}

    static long read(GuestThread p, long fd, long buffer, long count) {
        OpenFile file = p.file(fd);
        if (!file.readable()) {
            return -EBADF;
        }
        long length = length(count);
        return into(p, file, buffer, length, -1);
    }

    static long write(GuestThread p, long fd, long buffer, long count) {
        OpenFile file = p.file(fd);
        if (!file.writable()) {
            return -EBADF;
        }
        long length = length(count);
        return from(p, file, buffer, length, -1);
    }

    static long pread64(GuestThread p, long fd, long buffer, long count, long offset) {
        if (offset < 0) {
            return -EINVAL;
        }
        OpenFile file = p.file(fd);
        if (!file.readable()) {
            return file.isPath() ? -EBADF : positioned(file, -EBADF);
        }
        long length = length(count);
        return into(p, file, buffer, length, offset);
    }

    static long pwrite64(GuestThread p, long fd, long buffer, long count, long offset) {
        if (offset < 0) {
            return -EINVAL;
        }
        OpenFile file = p.file(fd);
        if (!file.writable()) {
            return file.isPath() ? -EBADF : positioned(file, -EBADF);
        }
        long length = length(count);
        return from(p, file, buffer, length, offset);
    }

    /** Reads into the guest's memory, as far as that can be written: as on Linux, what is not used need not be there. */
    private static long into(GuestThread p, OpenFile file, long buffer, long length, long position) {
        GuestMemory memory = p.memory();
        long size;
        try {
            size = memory.reach(buffer, length, true);
        } catch (Fault fault) {
            if (isAtEnd(file, position)) {
                return 0; // the buffer is not looked at
            }
            throw fault;
        }
        if (!memory.isElsewhere(buffer, size)) {
            return input(p, file, memory.segment(), buffer & 0xffff_ffffL, size, position);
        }
        byte[] copy = p.scratch((int) Math.min(size, CHUNK));
        long got = input(p, file, MemorySegment.ofArray(copy), 0, Math.min(size, copy.length), position);
        if (got > 0) {
            memory.setBytes(buffer, copy, 0, (int) got);
        }
        return got;
    }

    /** Whether nothing is left to be read of a regular file, from where the call reads. */
    private static boolean isAtEnd(OpenFile file, long position) {
        Stat stat = new Stat();
        if (file.inode() == null || !FileMode.isRegular(file.inode().mode()) || file.stat(stat) < 0) {
            return false;
        }
        return (position < 0 ? file.seek(0, OpenFile.SEEK_CUR) : position) >= stat.size;
    }

    /** Writes from the guest's memory, as far as that can be read. */
    private static long from(GuestThread p, OpenFile file, long buffer, long length, long position) {
        GuestMemory memory = p.memory();
        long size = memory.reach(buffer, length, false);
        if (!memory.isElsewhere(buffer, size)) {
            return output(p, file, memory.segment(), buffer & 0xffff_ffffL, size, position);
        }
        byte[] copy = p.scratch((int) Math.min(size, CHUNK));
        int count = (int) Math.min(size, copy.length);
        memory.getBytes(buffer, copy, 0, count);
        return output(p, file, MemorySegment.ofArray(copy), 0, count, position);
    }

    /** The error of a call with a position, which a pipe does not have whatever it was opened for. */
    private static long positioned(OpenFile file, long error) {
        return file.seek(0, OpenFile.SEEK_CUR) == -ESPIPE ? -ESPIPE : error;
    }

    static long readv(GuestThread p, long fd, long vector, long count) {
        OpenFile file = p.file(fd);
        return file.readable() ? scatter(p, file, vector, count, -1) : -EBADF;
    }

    static long writev(GuestThread p, long fd, long vector, long count) {
        OpenFile file = p.file(fd);
        return file.writable() ? gather(p, file, vector, count, -1) : -EBADF;
    }

    static long preadv(GuestThread p, long fd, long vector, long count, long offset, long high) {
        long position = position(offset, high);
        return position < 0 ? -EINVAL : scatter(p, p.file(fd), vector, count, position);
    }

    static long pwritev(GuestThread p, long fd, long vector, long count, long offset, long high) {
        long position = position(offset, high);
        return position < 0 ? -EINVAL : gather(p, p.file(fd), vector, count, position);
    }

    /**
     * The offset of a call that 32-bit programs pass in two halves: by number, and from the C library. Who calls the
     * import itself may pass the whole as the first.
     */
    static long position(long offset, long high) {
        return offset == (int) offset ? high << 32 | offset & 0xffff_ffffL : offset;
    }

    static long lseek(GuestThread p, long fd, long offset, long whence) {
        OpenFile file = p.plainFile(fd);
        return whence < OpenFile.SEEK_SET || whence > OpenFile.SEEK_HOLE ? -EINVAL : file.seek(offset, (int) whence);
    }

    /** The count of a call, cut to what one call may move. */
    static long length(long count) {
        return Math.min(count & 0xffff_ffffL, MAX_COUNT);
    }

    /**
     * Reads once into all the pieces of a vector. A vector of one piece that is not empty is read in
     * place; several go through a buffer, since a second read would wait where one would not.
     */
    private static long scatter(GuestThread p, OpenFile file, long vector, long count, long position) {
        GuestMemory memory = p.memory();
        long total = total(memory, vector, count);
        if (total < 0) {
            return total;
        }
        long single = singlePiece(memory, vector, (int) count);
        if (single >= 0) {
            return into(p, file, single, total, position);
        }
        byte[] buffer = p.scratch((int) Math.min(total, CHUNK));
        long got = input(p, file, MemorySegment.ofArray(buffer), 0, Math.min(total, buffer.length), position);
        int from = 0;
        for (int i = 0; from < got; i++) {
            int length = (int) Math.min(pieceLength(memory, vector, i), got - from);
            memory.setBytes(memory.i32(vector + 8L * i), buffer, from, length);
            from += length;
        }
        return got;
    }

    static long input(
            GuestThread p, OpenFile file, MemorySegment segment, long at, long length, long position) {
        return position < 0
                ? file.read(p.waiter(), segment, at, length)
                : file.pread(p.waiter(), segment, at, length, position);
    }

    /** Writes all the pieces of a vector in one go, so that a pipe keeps them together. */
    private static long gather(GuestThread p, OpenFile file, long vector, long count, long position) {
        GuestMemory memory = p.memory();
        long total = total(memory, vector, count);
        if (total < 0 || total == 0 && position < 0) {
            return total;
        }
        long single = singlePiece(memory, vector, (int) count);
        if (single >= 0) {
            return from(p, file, single, total, position);
        }
        byte[] buffer = p.scratch((int) Math.min(total, CHUNK));
        MemorySegment source = MemorySegment.ofArray(buffer);
        long done = 0;
        int filled = 0;
        for (int i = 0; i < count; i++) {
            long left = pieceLength(memory, vector, i);
            long from = memory.i32(vector + 8L * i);
            while (left > 0) {
                int length = (int) Math.min(left, buffer.length - filled);
                memory.getBytes(from, buffer, filled, length);
                filled += length;
                from += length;
                left -= length;
                if (filled == buffer.length || done + filled == total) {
                    long written = output(p, file, source, 0, filled, position < 0 ? -1 : position + done);
                    if (written < filled) {
                        return done > 0 ? done + Math.max(written, 0) : written;
                    }
                    done += written;
                    filled = 0;
                }
            }
        }
        return done;
    }

    static long output(
            GuestThread p, OpenFile file, MemorySegment segment, long at, long length, long position) {
        long allowed = FileSizeLimit.allowed(p, file, position, length);
        if (allowed < 0) {
            return allowed;
        }
        return position < 0
                ? file.write(p.waiter(), segment, at, allowed)
                : file.pwrite(p.waiter(), segment, at, allowed, position);
    }

    /** The length of all pieces, or -EINVAL. Throws {@link Fault} where one lies outside the memory. */
    static long total(GuestMemory memory, long vector, long count) {
        if (count < 0 || count > IOV_MAX) {
            return -EINVAL;
        }
        memory.check(vector, 8 * count);
        long total = 0;
        for (int i = 0; i < count; i++) {
            long length = pieceLength(memory, vector, i);
            total += length;
            if (length > Integer.MAX_VALUE) {
                return -EINVAL; // wherever the others lie
            }
        }
        for (int i = 0; i < count; i++) {
            memory.check(memory.i32(vector + 8L * i), pieceLength(memory, vector, i));
        }
        return total > MAX_COUNT ? -EINVAL : total;
    }

    static long pieceLength(GuestMemory memory, long vector, int index) {
        return memory.i32(vector + 8L * index + 4) & 0xffff_ffffL;
    }

    /** Where the only piece lies that is not empty, 0 where all are, or -1 where there are several. */
    static long singlePiece(GuestMemory memory, long vector, int count) {
        long found = 0;
        boolean any = false;
        for (int i = 0; i < count; i++) {
            if (pieceLength(memory, vector, i) != 0) {
                if (any) {
                    return -1;
                }
                any = true;
                found = memory.i32(vector + 8L * i) & 0xffff_ffffL;
            }
        }
        return found;
    }
}
