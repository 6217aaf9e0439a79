package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileOwner;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.PollEvents;
import org.javix.vfs.Result;
import org.javix.vfs.WaitQueue;

/**
 * A pseudo-terminal. Whoever has its {@link #master} plays the person in front of it: what is written
 * there is typed, what is read there is shown. Programs open its other end, the slave.
 *
 * <p>Its lock guards everything about it, the line discipline included. Signals are sent while it is
 * held.
 */
public final class Terminal {
    /** The major device number of the slaves. */
    static final int SLAVE_MAJOR = 136;

    private final Kernel kernel;
    private final int number;
    private final TerminalMaster master;

    // All guarded by this.
    private final ControllingTerminal control = new ControllingTerminal(this);
    private final LineDiscipline discipline = new LineDiscipline(control::signalForeground);
    // Of no size until somebody sets one, as on Linux.
    private short rows;
    private short columns;
    private short pixelWidth;
    private short pixelHeight;
    private int slaves;
    private boolean slaveOpened;
    private boolean hungUp;
    private boolean locked;
    private boolean exclusive;

    // Readers of the slave, and pollers of it.
    private final WaitQueue slaveQueue = new WaitQueue();
    // Readers and writers of the master, and pollers of it.
    private final WaitQueue masterQueue = new WaitQueue();

    Terminal(Kernel kernel, int number, int flags, Location location) {
        this.kernel = kernel;
        this.number = number;
        master = new TerminalMaster(this, OpenFlags.O_RDWR | flags, location);
    }

    /** The number in {@code /dev/pts}. */
    public int number() {
        return number;
    }

    /** The path of the slave. */
    public String path() {
        return "/dev/pts/" + number;
    }

    /**
     * The side of the person; closing it hangs up. Reading it fails with EIO once every open slave has
     * been closed.
     */
    public OpenFile master() {
        return master;
    }

    /** {@code TIOCGPTPEER}: opens the slave without its path; -EIO while it is locked. */
    public Result<OpenFile> openPeer(int flags) {
        return FileCalls.open(kernel.init().fs(), null, null, path(), flags | OpenFlags.O_NOCTTY, 0);
    }

    /**
     * Opens the slave on behalf of the embedder; it becomes nobody's controlling terminal.
     *
     * @param flags access mode and status flags
     */
    public OpenFile openSlave(int flags) {
        Result<OpenFile> opened = openPeer(flags);
        return opened.isFailure() ? new TerminalSlave(this, flags, null) : opened.value();
    }

    synchronized void slaveOpened() {
        slaves++;
        slaveOpened = true;
    }

    void slaveClosed() {
        synchronized (this) {
            slaves--;
        }
        masterQueue.wakeAll();
    }

    void masterClosed() {
        kernel.terminals().remove(this);
        synchronized (this) {
            hungUp = true;
            control.hangUp();
        }
        slaveQueue.wakeAll();
    }

    // ---- the person's side ----

    /** Takes what is shown: how many bytes; -EAGAIN if there is nothing, -EIO once every open slave has been closed. */
    long takeOutput(MemorySegment buffer, long at, long length) {
        int count;
        synchronized (this) {
            count = readOutput(buffer, at, length);
            if (count == 0) {
                return slaveOpened && slaves == 0 ? -EIO : -EAGAIN;
            }
        }
        slaveQueue.wakeAll();
        return count;
    }

    // Guarded by this.
    private int readOutput(MemorySegment buffer, long at, long length) {
        PacketMode packets = discipline.packets;
        if (packets.hasEvents()) {
            buffer.set(ValueLayout.JAVA_BYTE, at, packets.takeEvents());
            return 1;
        }
        if (!packets.isOn()) {
            return discipline.output.read(buffer, at, length);
        }
        if (discipline.output.size() == 0) {
            return 0;
        }
        buffer.set(ValueLayout.JAVA_BYTE, at, PacketMode.DATA);
        return 1 + discipline.output.read(buffer, at + 1, length - 1);
    }

    /** Types bytes: as many as there is room for. */
    long type(MemorySegment buffer, long at, long length) {
        long done = 0;
        synchronized (this) {
            while (done < length && discipline.acceptsInput()) {
                discipline.receive(buffer.get(ValueLayout.JAVA_BYTE, at + done++) & 0xff);
            }
        }
        tellOfInput();
        masterQueue.wakeAll();
        return done;
    }

    /** Types one byte, room or not: {@code TIOCSTI}. */
    void type(int c) {
        synchronized (this) {
            discipline.receive(c);
        }
        tellOfInput();
        masterQueue.wakeAll();
    }

    private void tellOfInput() {
        if (inputSize() > 0) {
            slaveQueue.wakeAll(FileOwner.POLL_IN);
        } else {
            slaveQueue.wakeAll();
        }
    }

    /** Whether there is room for another typed byte. */
    synchronized boolean acceptsInput() {
        return discipline.acceptsInput();
    }

    synchronized int pollMaster() {
        int events = discipline.output.size() > 0 ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0;
        events |= discipline.packets.hasEvents() ? PollEvents.POLLIN | PollEvents.POLLRDNORM | PollEvents.POLLPRI : 0;
        events |= discipline.acceptsInput() ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0;
        return slaveOpened && slaves == 0 ? events | PollEvents.POLLHUP : events;
    }

    WaitQueue masterQueue() {
        return masterQueue;
    }

    // ---- the programs' side ----

    /**
     * Takes what was typed.
     *
     * @param task who reads; null for the embedder
     * @return how many bytes, 0 after the hang-up; -EAGAIN while the read has to wait; -EIO, or -EINTR after SIGTTIN
     */
    synchronized long takeInput(Task task, InputWait wait, MemorySegment buffer, long at, long length) {
        if (hungUp) {
            return 0;
        }
        int refused = control.check(task, Signal.SIGTTIN);
        if (refused != 0) {
            return refused;
        }
        if (!wait.isOver(discipline, length)) {
            return -EAGAIN;
        }
        int count = discipline.input.read(discipline.settings.canonical(), buffer, at, length);
        masterQueue.wakeAll();
        return count;
    }

    /**
     * Shows bytes.
     *
     * @param task who writes; null for the embedder
     * @return how many there was room for; -EIO after the hang-up and from an orphaned group, -EINTR after SIGTTOU
     */
    long show(Task task, MemorySegment buffer, long at, long length) {
        long done = 0;
        synchronized (this) {
            if (hungUp) {
                return -EIO;
            }
            if (discipline.settings.local(Termios.TOSTOP)) {
                int refused = control.check(task, Signal.SIGTTOU);
                if (refused != 0) {
                    return refused;
                }
            }
            while (done < length && hasRoom()) {
                discipline.output.put(buffer.get(ValueLayout.JAVA_BYTE, at + done++) & 0xff);
            }
        }
        masterQueue.wakeAll(FileOwner.POLL_IN);
        return done;
    }

    // Guarded by this.
    private boolean hasRoom() {
        return discipline.output.size() < TerminalOutput.LIMIT && !discipline.isOutputStopped();
    }

    synchronized int pollSlave() {
        if (hungUp) {
            return PollEvents.POLLIN | PollEvents.POLLOUT | PollEvents.POLLERR | PollEvents.POLLHUP;
        }
        Termios settings = discipline.settings;
        int least = settings.special(Termios.VTIME) == 0 ? Math.max(1, settings.special(Termios.VMIN)) : 1;
        boolean ready = settings.canonical() ? discipline.hasInput() : discipline.input.size() >= least;
        return (ready ? PollEvents.POLLIN | PollEvents.POLLRDNORM : 0)
                | (hasRoom() ? PollEvents.POLLOUT | PollEvents.POLLWRNORM : 0);
    }

    WaitQueue slaveQueue() {
        return slaveQueue;
    }

    // ---- sessions and job control ----

    /** Whether a change by this thread is allowed: 0, -EIO, or -EINTR after SIGTTOU. */
    synchronized int checkChange(Task task) {
        return hungUp ? -EIO : control.check(task, Signal.SIGTTOU);
    }

    /** A slave was opened without O_NOCTTY: it may become the opener's controlling terminal. */
    public synchronized void openedBy(Process process) {
        control.openedBy(process);
    }

    /** The leader of the session has ended, or gives the terminal up. */
    synchronized void leaderEnded(Session ended) {
        control.leaderEnded(ended);
    }

    /**
     * {@code TIOCSCTTY}: makes this the controlling terminal of a session leader that has none.
     *
     * @param steal whether root takes it from another session
     * @return 0 or -EPERM
     */
    public synchronized int setControlling(Process process, boolean steal) {
        return control.setControlling(process, steal);
    }

    /** The session that it controls, or null. */
    public synchronized Session session() {
        return control.session();
    }

    /** The terminal that a file is a side of, or null. */
    public static Terminal of(OpenFile file) {
        return switch (file) {
            case TerminalSlave slave -> slave.terminal();
            case TerminalMaster master -> master.terminal();
            default -> null;
        };
    }

    /** The foreground process group, or null. */
    public synchronized ProcessGroup foreground() {
        return control.foreground();
    }

    /**
     * {@code tcsetpgrp}.
     *
     * @return 0, -ENOTTY if it is not the caller's controlling terminal, -EINVAL, -ESRCH, -EPERM, -EIO,
     *     or -EINTR after SIGTTOU
     */
    public synchronized int setForeground(Task task, int pgid) {
        return hungUp ? -EIO : control.setForeground(task, pgid);
    }

    // ---- settings ----

    /** Sets the size in characters; the foreground group gets SIGWINCH if it is another one. */
    public void setWindowSize(int newRows, int newColumns) {
        setWindow((short) newRows, (short) newColumns, (short) 0, (short) 0);
    }

    synchronized void setWindow(short newRows, short newColumns, short width, short height) {
        boolean changed =
                rows != newRows || columns != newColumns || pixelWidth != width || pixelHeight != height;
        rows = newRows;
        columns = newColumns;
        pixelWidth = width;
        pixelHeight = height;
        if (changed) {
            control.signalForeground(Signal.SIGWINCH);
        }
    }

    synchronized void storeWindow(MemorySegment memory, long at) {
        short[] size = {rows, columns, pixelWidth, pixelHeight};
        MemorySegment.copy(size, 0, memory, ValueLayout.JAVA_SHORT_UNALIGNED, at, 4);
    }

    synchronized void storeSettings(MemorySegment memory, long at) {
        discipline.settings.store(memory, at);
    }

    void loadSettings(MemorySegment memory, long at, boolean flushInput) {
        synchronized (this) {
            boolean wasCanonical = discipline.settings.canonical();
            boolean wasControlled = discipline.hasUsualFlowControl();
            if (flushInput) {
                discipline.input.clear();
                discipline.packets.flushed(PacketMode.FLUSH_READ);
            }
            discipline.settings.load(memory, at);
            discipline.settingsChanged(wasCanonical);
            if (wasControlled != discipline.hasUsualFlowControl()) {
                discipline.packets.flowControlled(!wasControlled);
            }
        }
        slaveQueue.wakeAll();
        masterQueue.wakeAll();
    }

    /** Whether a modem would not be asked for its carrier: CLOCAL. */
    synchronized boolean ignoresModem() {
        return discipline.settings.control(Termios.CLOCAL);
    }

    void flush(boolean input, boolean output) {
        synchronized (this) {
            if (input) {
                discipline.input.clear();
                discipline.packets.flushed(PacketMode.FLUSH_READ);
            }
            if (output) {
                discipline.output.clear();
                discipline.packets.flushed(PacketMode.FLUSH_WRITE);
            }
        }
        slaveQueue.wakeAll();
        masterQueue.wakeAll();
    }

    /** Lets characters of several bytes be erased as a whole, as a terminal that shows UTF-8 asks for. */
    public synchronized void setUnicode() {
        discipline.settings.input |= Termios.IUTF8;
    }

    /** Whether the master has been closed. */
    synchronized boolean isHungUp() {
        return hungUp;
    }

    /** Tells the master to stop or to start: {@code tcflow} of what is typed. */
    void sendFlow(boolean stop) {
        synchronized (this) {
            discipline.sendFlow(stop);
        }
        masterQueue.wakeAll();
    }

    void stopOutput(boolean stop) {
        synchronized (this) {
            discipline.stopOutput(stop);
        }
        slaveQueue.wakeAll();
        masterQueue.wakeAll();
    }

    /** {@code TIOCPKT}: what reads of the master give. */
    synchronized void setPacketMode(boolean on) {
        discipline.packets.set(on);
    }

    synchronized boolean isInPacketMode() {
        return discipline.packets.isOn();
    }

    /** {@code TIOCSPTLCK}: whether the slave cannot be opened yet. */
    synchronized void setLocked(boolean now) {
        locked = now;
    }

    synchronized boolean isLocked() {
        return locked;
    }

    /** {@code TIOCEXCL}: whether only the superuser may open the slave once more. */
    synchronized void setExclusive(boolean now) {
        exclusive = now;
    }

    synchronized boolean isExclusive() {
        return exclusive;
    }

    synchronized int outputSize() {
        return discipline.output.size();
    }

    synchronized int inputSize() {
        return discipline.input.available(discipline.settings.canonical());
    }

    @Override
    public String toString() {
        return path();
    }
}
