package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.javix.vfs.Devices;
import org.javix.vfs.FileMode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** The programs' side of a {@link Terminal}. */
final class TerminalSlave extends OpenFile {
    private final Terminal terminal;

    TerminalSlave(Terminal terminal, int flags, Location location) {
        super(flags, location);
        this.terminal = terminal;
        terminal.slaveOpened();
    }

    Terminal terminal() {
        return terminal;
    }

    @Override
    protected void closed() {
        terminal.slaveClosed();
    }

    @Override
    public long read(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!readable()) {
            return -EBADF;
        }
        if (length == 0) {
            return 0;
        }
        InputWait wait = new InputWait();
        waitQueue().add(waiter);
        try {
            while (true) {
                waiter.prepare();
                long count = terminal.takeInput(Task.of(waiter), wait, buffer, at, length);
                if (count != -EAGAIN || nonBlocking()) {
                    return count;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                Deadline.park(waiter, wait.deadline());
            }
        } finally {
            waitQueue().remove(waiter);
        }
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        if (!writable()) {
            return -EBADF;
        }
        long done = 0;
        waitQueue().add(waiter);
        try {
            while (true) {
                waiter.prepare();
                long count = terminal.show(Task.of(waiter), buffer, at + done, length - done);
                if (count < 0) {
                    return done > 0 ? done : count;
                }
                done += count;
                if (done == length) {
                    return done;
                }
                if (nonBlocking()) {
                    return done > 0 ? done : -EAGAIN;
                }
                if (waiter.interrupted()) {
                    return done > 0 ? done : -EINTR;
                }
                waiter.park();
            }
        } finally {
            waitQueue().remove(waiter);
        }
    }

    @Override
    public int poll() {
        return terminal.pollSlave();
    }

    @Override
    public WaitQueue waitQueue() {
        return terminal.slaveQueue();
    }

    @Override
    protected List<WaitQueue> toldQueues() {
        return List.of(terminal.slaveQueue());
    }

    @Override
    public int ioctl(Waiter waiter, int request, MemorySegment memory, long argument) {
        return TerminalControl.ioctl(terminal, false, Task.of(waiter), request, memory, argument);
    }

    @Override
    public int stat(Stat out) {
        int result = super.stat(out);
        if (inode() == null) {
            out.mode = FileMode.S_IFCHR | 0620;
            out.rdev = Devices.number(Terminal.SLAVE_MAJOR, terminal.number());
        }
        return result;
    }

    @Override
    public String path() {
        return terminal.path();
    }

    @Override
    public Result<OpenFile> reopen(int newFlags) {
        return Result.of(new TerminalSlave(
                terminal, newFlags & (OpenFlags.O_ACCMODE | OpenFlags.STATUS), location()));
    }
}
