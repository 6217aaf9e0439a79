package org.javix.process;

import static org.javix.vfs.Errno.EAGAIN;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.javix.vfs.FileMode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** The person's side of a {@link Terminal}. */
final class TerminalMaster extends OpenFile {
    private final Terminal terminal;

    TerminalMaster(Terminal terminal, int flags, Location location) {
        super(flags, location);
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    protected void closed() {
        terminal.masterClosed();
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (length == 0) {
            return 0;
        }
        long count = terminal.takeOutput(buffer, at, length);
        return count != -EAGAIN || nonBlocking()
                ? count
                : waitQueue().retry(waiter, () -> terminal.takeOutput(buffer, at, length));
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        long done = terminal.type(buffer, at, length);
        while (done < length) {
            long error = nonBlocking()
                    ? -EAGAIN
                    : waitQueue().retry(waiter, () -> terminal.acceptsInput() ? 0 : -EAGAIN);
            if (error < 0) {
                return done > 0 ? done : error;
            }
            done += terminal.type(buffer, at + done, length - done);
        }
        return done;
    }

    @Override
    public int poll() {
        return terminal.pollMaster();
    }

    @Override
    public WaitQueue waitQueue() {
        return terminal.masterQueue();
    }

    @Override
    protected List<WaitQueue> toldQueues() {
        return List.of(terminal.masterQueue());
    }

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        return TerminalControl.ioctl(terminal, true, Task.of(waiter), request, memory, argument);
    }

    @Override
    public int stat(Stat out) {
        int result = super.stat(out);
        if (inode() == null) {
            out.mode = FileMode.S_IFCHR | 0600;
            out.rdev = TerminalDevices.PTMX;
        }
        return result;
    }

    @Override
    public String path() {
        return location() == null ? "/dev/ptmx" : super.path();
    }
}
