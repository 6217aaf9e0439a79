package org.javix.process;

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
        return terminal.readMaster(waiter, nonBlocking(), buffer, at, length);
    }

    @Override
    public long write(Waiter waiter, MemorySegment buffer, long at, long length) {
        return terminal.writeMaster(waiter, nonBlocking(), buffer, at, length);
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
