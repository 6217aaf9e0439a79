package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.javix.vfs.FileMode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.RecordLocks;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** An end of a {@link Pipe} or an open FIFO: its reading end, its writing end, or of a FIFO both. */
public final class PipeEnd extends OpenFile {
    private static final int FIONREAD = 0x541B;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final Pipe pipe;
    // Of one side of a FIFO that was opened without the other: how often the other had been opened, else -1.
    private final int partnerOpensBefore;

    PipeEnd(Pipe pipe, int flags, Location location) {
        super(flags, location);
        this.pipe = pipe;
        int missing = pipe.addEnd(readable(), writable());
        partnerOpensBefore = location == null ? -1 : missing;
    }

    /**
     * Whether this side of a FIFO was opened without the other, and the other has not come since. It may have come
     * and gone again: that counts as having come.
     */
    boolean lacksPartner() {
        return partnerOpensBefore >= 0
                && partnerOpensBefore == (readable() ? pipe.writerOpens() : pipe.readerOpens());
    }

    /** Whether the other is an end of the same pipe. */
    public boolean isOfSamePipe(PipeEnd other) {
        return pipe == other.pipe;
    }

    @Override
    public RecordLocks locks() {
        return inode() == null ? pipe.locks() : super.locks();
    }

    @Override
    public RecordLocks locksIfAny() {
        return inode() == null ? pipe.locksIfAny() : super.locksIfAny();
    }

    @Override
    protected void closed() {
        pipe.removeEnd(readable(), writable());
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        return readable() ? pipe.read(waiter, nonBlocking(), buffer, at, length) : -EBADF;
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return writable() ? pipe.write(waiter, nonBlocking(), buffer, at, length) : -EBADF;
    }

    /** Puts bytes back that were read from here last and found no taker. */
    public void putBack(byte[] bytes, int at, int count) {
        pipe.putBack(bytes, at, count);
    }

    /** Copies what would be read next, without taking it: how many bytes that are. */
    public int peek(byte[] into, int length) {
        return pipe.peek(into, length);
    }

    /** How many bytes could be written now. */
    public int room() {
        return Math.max(0, pipe.room());
    }

    @Override
    public int poll() {
        return (readable() ? pipe.pollRead(lacksPartner()) : 0) | (writable() ? pipe.pollWrite() : 0);
    }

    @Override
    public WaitQueue waitQueue() {
        return readable() ? pipe.readable() : pipe.writable();
    }

    @Override
    protected List<WaitQueue> toldQueues() {
        return !writable() ? List.of(pipe.readable())
                : readable() ? List.of(pipe.readable(), pipe.writable()) : List.of(pipe.writable());
    }

    /** How many bytes the pipe holds: {@code F_GETPIPE_SZ}. */
    public int capacity() {
        return pipe.capacity();
    }

    /**
     * {@code F_SETPIPE_SZ}: the new capacity, which may be larger than asked for; -EINVAL, -EPERM if it is
     * more than 1 MiB, -EBUSY if more bytes are in the pipe.
     */
    public int setCapacity(int bytes) {
        return pipe.setCapacity(bytes);
    }

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        if (request != FIONREAD) {
            return -ENOTTY;
        }
        if (argument < 0 || argument > memory.byteSize() - 4) {
            return -EFAULT;
        }
        memory.set(INT, argument, pipe.available());
        return 0;
    }

    @Override
    public int stat(Stat out) {
        int result = super.stat(out);
        if (inode() == null) {
            out.mode = FileMode.S_IFIFO | 0600;
            out.ino = pipe.number;
        }
        return result;
    }

    @Override
    public String path() {
        return location() == null ? "pipe:[" + pipe.number + "]" : super.path();
    }

    @Override
    public Result<OpenFile> reopen(int newFlags) {
        return location() == null
                ? Result.of(new PipeEnd(pipe, newFlags & (OpenFlags.O_ACCMODE | OpenFlags.STATUS), null))
                : super.reopen(newFlags);
    }
}
