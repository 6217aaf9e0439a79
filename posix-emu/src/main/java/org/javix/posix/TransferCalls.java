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

/** Moving bytes from one descriptor to another. */
final class TransferCalls {
    private static final int CHUNK = 1 << 16;
    private static final int SPLICE_FLAGS = 15;
    private static final int SPLICE_F_NONBLOCK = 2;

    /** A file's own position. */
    private static final Place POSITION = new Place(0, 0);

    private TransferCalls() {}

    /**
     * Where a file is read or written.
     *
     * @param address of the offset in the guest's memory, which moves on; 0 for the file's own position
     * @param offset what it was when the call looked at it
     */
    private record Place(long address, long offset) {
        static Place of(GuestThread p, long address) {
            return new Place(address, address == 0 ? 0 : p.memory().i64(address));
        }

        boolean isGiven() {
            return address != 0;
        }

        /** What {@link IoCalls} takes for the place so many bytes on. */
        long plus(long done) {
            return isGiven() ? offset + done : -1;
        }

        void moveOn(GuestThread p, long done) {
            if (isGiven()) {
                p.memory().set64(address, offset + done);
            }
        }
    }

    static long sendfile(GuestThread p, long out, long in, long offset, long count) {
        OpenFile from = p.file(in);
        if (!from.readable()) {
            return -EBADF;
        }
        Place source = Place.of(p, offset);
        boolean seekable = from.seek(0, OpenFile.SEEK_CUR) >= 0;
        if (source.isGiven() && !seekable) {
            return -ESPIPE;
        }
        if (source.offset < 0) {
            return -EINVAL;
        }
        OpenFile to = p.file(out);
        if (!to.writable()) {
            return -EBADF;
        }
        if (!seekable || isDirectory(from) || appends(to) || !from.splices(true) || !to.splices(false)) {
            return -EINVAL;
        }
        return copy(p, from, source, to, POSITION, IoCalls.length(count));
    }

    static long copyFileRange(
            GuestThread p, long in, long inOffset, long out, long outOffset, long count, long flags) {
        OpenFile from = p.plainFile(in);
        OpenFile to = p.plainFile(out);
        Place source = Place.of(p, inOffset);
        Place target = Place.of(p, outOffset);
        long sourceStart = position(from, source);
        long targetStart = position(to, target);
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
        if (Long.compareUnsigned(sourceStart + length, sourceStart) < 0 || Long.compareUnsigned(targetStart + length, targetStart) < 0
                || sourceStart >= 0 && sourceStart + length < 0 || targetStart >= 0 && targetStart + length < 0) {
            return -EOVERFLOW;
        }
        Stat stat = p.stat();
        from.stat(stat);
        length = Math.max(0, Math.min(length, stat.size - sourceStart));
        if (from.inode().equals(to.inode()) && sourceStart < targetStart + length && targetStart < sourceStart + length) {
            return -EINVAL;
        }
        if (sourceStart < 0 || targetStart < 0) {
            return -EINVAL;
        }
        return copy(p, from, source, to, target, IoCalls.length(length));
    }

    private static long position(OpenFile file, Place place) {
        return place.isGiven() ? place.offset : Math.max(0, file.seek(0, OpenFile.SEEK_CUR));
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
        Place source = Place.of(p, inOffset);
        Place target = Place.of(p, outOffset);
        if (source.offset < 0 || target.offset < 0) {
            return -EINVAL;
        }
        boolean wait = (flags & SPLICE_F_NONBLOCK) == 0;
        if (!wait && ((fromPipe || from instanceof SocketFile) && !ready(from, PollEvents.POLLIN) || toPipe && !ready(to, PollEvents.POLLOUT))) {
            return -EAGAIN;
        }
        return copy(p, from, source, to, target, Math.min(count & 0xffff_ffffL, CHUNK));
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

    private static long copy(GuestThread p, OpenFile in, Place from, OpenFile out, Place to, long count) {
        byte[] buffer = p.scratch((int) Math.clamp(count, 1, CHUNK));
        MemorySegment segment = MemorySegment.ofArray(buffer);
        long done = 0;
        long error = 0;
        while (done < count) {
            long wanted = Math.min(count - done, buffer.length);
            long got = IoCalls.input(p, in, segment, 0, wanted, from.plus(done));
            if (got <= 0) {
                error = got;
                break;
            }
            long written = IoCalls.output(p, out, segment, 0, got, to.plus(done));
            if (written < got) {
                long taken = Math.max(written, 0);
                if (in instanceof PipeEnd pipe) {
                    pipe.putBack(buffer, (int) taken, (int) (got - taken));
                } else if (!from.isGiven()) {
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
        from.moveOn(p, done);
        to.moveOn(p, done);
        return done > 0 ? done : error;
    }
}
