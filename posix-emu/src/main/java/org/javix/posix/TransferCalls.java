package org.javix.posix;

import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.EOVERFLOW;
import static org.javix.vfs.Errno.ESPIPE;
import static org.javix.vfs.Errno.EXDEV;

import java.lang.foreign.MemorySegment;
import org.javix.process.Deadline;
import org.javix.net.SocketFile;
import org.javix.process.PipeEnd;
import org.javix.process.Poll;
import org.javix.vfs.FileMode;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Stat;

/** Moving bytes from one descriptor to another. The address of an offset may be 0: then the position moves. */
final class TransferCalls {
    private static final int CHUNK = 1 << 16;
    private static final int SPLICE_FLAGS = 15;
    private static final int SPLICE_F_NONBLOCK = 2;

    private TransferCalls() {}

    static long sendfile(GuestThread p, long out, long in, long offset, long count) {
        OpenFile from = p.file(in);
        if (!from.readable()) {
            return -EBADF;
        }
        long position = offset == 0 ? -1 : p.memory().i64(offset);
        boolean seekable = from.seek(0, OpenFile.SEEK_CUR) >= 0;
        if (offset != 0 && !seekable) {
            return -ESPIPE;
        }
        if (offset != 0 && position < 0) {
            return -EINVAL;
        }
        OpenFile to = p.file(out);
        if (!to.writable()) {
            return -EBADF;
        }
        if (!seekable || isDirectory(from) || appends(to) || !from.splices(true) || !to.splices(false)) {
            return -EINVAL;
        }
        return copy(p, from, offset, to, 0, IoCalls.length(count));
    }

    static long copyFileRange(
            GuestThread p, long in, long inOffset, long out, long outOffset, long count, long flags) {
        OpenFile from = p.plainFile(in);
        OpenFile to = p.plainFile(out);
        long source = position(p, from, inOffset);
        long target = position(p, to, outOffset);
        if (flags != 0) {
            return -EINVAL;
        }
        if (isDirectory(from) || isDirectory(to)) {
            return -EISDIR;
        }
        if (!isRegular(from) || !isRegular(to)) {
            return -EINVAL;
        }
        if (!from.readable() || !to.writable() || appends(to)) {
            return -EBADF;
        }
        if (from.inode().fileSystem() != to.inode().fileSystem()) {
            return -EXDEV;
        }
        long length = count & 0xffff_ffffL;
        if (Long.compareUnsigned(source + length, source) < 0 || Long.compareUnsigned(target + length, target) < 0
                || source >= 0 && source + length < 0 || target >= 0 && target + length < 0) {
            return -EOVERFLOW;
        }
        Stat stat = p.stat();
        from.stat(stat);
        length = Math.max(0, Math.min(length, stat.size - source));
        if (from.inode().equals(to.inode()) && source < target + length && target < source + length) {
            return -EINVAL;
        }
        if (source < 0 || target < 0) {
            return -EINVAL;
        }
        return copy(p, from, inOffset, to, outOffset, IoCalls.length(length));
    }

    private static long position(GuestThread p, OpenFile file, long offset) {
        return offset == 0 ? Math.max(0, file.seek(0, OpenFile.SEEK_CUR)) : p.memory().i64(offset);
    }

    /** Moves at most what a pipe holds. */
    static long splice(GuestThread p, long in, long inOffset, long out, long outOffset, long count, long flags) {
        if (count == 0) {
            return 0;
        }
        if ((flags & ~SPLICE_FLAGS) != 0) {
            return -EINVAL;
        }
        OpenFile from = p.file(in);
        OpenFile to = p.file(out);
        boolean fromPipe = from instanceof PipeEnd;
        boolean toPipe = to instanceof PipeEnd;
        if (fromPipe && inOffset != 0 || toPipe && outOffset != 0) {
            return -ESPIPE;
        }
        if (!from.readable() || !to.writable()) {
            return -EBADF;
        }
        if (from instanceof PipeEnd one && to instanceof PipeEnd other ? one.isOfSamePipe(other) : !fromPipe && !toPipe) {
            return -EINVAL;
        }
        if (isDirectory(from) || !toPipe && appends(to) || !from.splices(true) || !to.splices(false)) {
            return -EINVAL;
        }
        if (inOffset != 0 && from instanceof SocketFile || outOffset != 0 && to instanceof SocketFile) {
            return -EINVAL;
        }
        if (inOffset != 0 && p.memory().i64(inOffset) < 0 || outOffset != 0 && p.memory().i64(outOffset) < 0) {
            return -EINVAL;
        }
        boolean wait = (flags & SPLICE_F_NONBLOCK) == 0;
        if (!wait && ((fromPipe || from instanceof SocketFile) && !ready(from, PollEvents.POLLIN) || toPipe && !ready(to, PollEvents.POLLOUT))) {
            return -EAGAIN;
        }
        return copy(p, from, inOffset, to, outOffset, Math.min(count & 0xffff_ffffL, CHUNK));
    }

    /** Copies from a pipe to another what stays in the first; waits until there is something, and room for it. */
    static long tee(GuestThread p, long in, long out, long count, long flags) {
        if ((flags & ~SPLICE_FLAGS) != 0) {
            return -EINVAL;
        }
        if (count == 0) {
            return 0;
        }
        OpenFile from = p.file(in);
        OpenFile to = p.file(out);
        if (!from.readable() || !to.writable()) {
            return -EBADF;
        }
        if (!(from instanceof PipeEnd source) || !(to instanceof PipeEnd target) || source.isOfSamePipe(target)) {
            return -EINVAL;
        }
        boolean wait = (flags & SPLICE_F_NONBLOCK) == 0 && !from.nonBlocking() && !to.nonBlocking();
        while (true) {
            byte[] buffer = p.scratch(CHUNK);
            int room = target.room();
            int got = source.peek(buffer, (int) Math.min(count & 0xffff_ffffL, Math.min(CHUNK, Math.max(1, room))));
            if (got > 0 && (room > 0 || (to.poll() & PollEvents.POLLERR) != 0)) {
                return to.write(p.waiter(), MemorySegment.ofArray(buffer), 0, got);
            }
            if (got == 0 && (from.poll() & PollEvents.POLLHUP) != 0) {
                return 0;
            }
            if (!wait) {
                return -EAGAIN;
            }
            Poll poll = new Poll();
            poll.add(got == 0 ? from : to, got == 0 ? PollEvents.POLLIN : PollEvents.POLLOUT);
            int ready = poll.await(p.waiter(), Deadline.NONE);
            if (ready < 0) {
                return ready;
            }
        }
    }

    /** Writes memory to a pipe, or reads from one: the bytes are copied. */
    static long vmsplice(GuestThread p, long fd, long vector, long count, long flags) {
        if ((flags & ~SPLICE_FLAGS) != 0) {
            return -EINVAL;
        }
        OpenFile file = p.file(fd);
        if (!(file instanceof PipeEnd)) {
            return -EBADF;
        }
        int event = file.writable() ? PollEvents.POLLOUT : PollEvents.POLLIN;
        if ((flags & SPLICE_F_NONBLOCK) != 0 && !ready(file, event)) {
            return -EAGAIN;
        }
        return file.writable() ? IoCalls.writev(p, fd, vector, count) : IoCalls.readv(p, fd, vector, count);
    }

    private static boolean ready(OpenFile file, int event) {
        return (file.poll() & (event | PollEvents.POLLHUP | PollEvents.POLLERR)) != 0;
    }

    private static boolean isRegular(OpenFile file) {
        Inode inode = file.inode();
        return inode != null && FileMode.isRegular(inode.mode());
    }

    private static boolean isDirectory(OpenFile file) {
        Inode inode = file.inode();
        return inode != null && inode.isDirectory();
    }

    private static boolean appends(OpenFile file) {
        return (file.flags() & OpenFlags.O_APPEND) != 0;
    }

    private static long copy(GuestThread p, OpenFile in, long inOffset, OpenFile out, long outOffset, long count) {
        GuestMemory memory = p.memory();
        long from = inOffset == 0 ? -1 : memory.i64(inOffset);
        long to = outOffset == 0 ? -1 : memory.i64(outOffset);
        byte[] buffer = p.scratch((int) Math.clamp(count, 1, CHUNK));
        MemorySegment segment = MemorySegment.ofArray(buffer);
        long done = 0;
        long error = 0;
        while (done < count) {
            long wanted = Math.min(count - done, buffer.length);
            long got = IoCalls.input(p, in, segment, 0, wanted, from < 0 ? -1 : from + done);
            if (got <= 0) {
                error = got;
                break;
            }
            long written = IoCalls.output(p, out, segment, 0, got, to < 0 ? -1 : to + done);
            if (written < got) {
                long taken = Math.max(written, 0);
                if (in instanceof PipeEnd pipe) {
                    pipe.putBack(buffer, (int) taken, (int) (got - taken));
                } else if (from < 0) {
                    in.seek(taken - got, OpenFile.SEEK_CUR);
                }
                done += taken;
                error = Math.min(written, 0);
                break;
            }
            done += written;
            if (in instanceof PipeEnd || in instanceof SocketFile) {
                break; // the next read might wait
            }
        }
        if (from >= 0) {
            memory.set64(inOffset, from + done);
        }
        if (to >= 0) {
            memory.set64(outOffset, to + done);
        }
        return done > 0 ? done : error;
    }
}
