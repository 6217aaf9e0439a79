package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.concurrent.ConcurrentSkipListMap;
import org.javix.vfs.Credentials;
import org.javix.vfs.Devices;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.SpecialFiles;
import org.javix.vfs.Waiter;

/**
 * The terminals of one kernel, and the drivers of {@code /dev/ptmx}, {@code /dev/tty}, {@code
 * /dev/console} and {@code /dev/pts}. Thread-safe.
 */
final class TerminalDevices {
    static final long PTMX = Devices.number(5, 2);
    private static final long TTY = Devices.number(5, 0);
    private static final long CONSOLE = Devices.number(5, 1);
    private static final int TTY_GROUP = 5;
    private static final int MOST = 4096;

    private final Kernel kernel;
    private final ConcurrentSkipListMap<Integer, Terminal> terminals = new ConcurrentSkipListMap<>();

    TerminalDevices(Kernel kernel) {
        this.kernel = kernel;
        Devices devices = kernel.mounts().devices();
        devices.register(PTMX, this::openMaster);
        devices.register(TTY, TerminalDevices::openControlling);
        devices.register(CONSOLE, TerminalDevices::openControlling);
    }

    /** A new terminal; null if there are too many. */
    Terminal create(int flags, Location location, Credentials owner) {
        Terminal terminal = null;
        for (int number = 0; terminal == null; number++) {
            if (number == MOST) {
                return null;
            }
            if (!terminals.containsKey(number)) {
                Terminal candidate = new Terminal(kernel, number, flags, location);
                terminal = terminals.putIfAbsent(number, candidate) == null ? candidate : null;
            }
        }
        Terminal made = terminal;
        SpecialFiles driver = (context, waiter, where, openFlags) -> openSlave(made, context, where, openFlags);
        long device = Devices.number(Terminal.SLAVE_MAJOR, terminal.number());
        kernel.mounts().devices().register(device, driver);
        // Without a /dev/pts the terminal has no name, and works.
        FsContext root = kernel.init().fs();
        FileCalls.unlink(root, null, terminal.path());
        if (FileCalls.mknod(root, null, terminal.path(), FileMode.S_IFCHR | 0620, device) == 0) {
            FileCalls.chown(root, null, terminal.path(), owner.uid(), TTY_GROUP, 0);
            FileCalls.chmod(root, null, terminal.path(), 0620, 0);
        }
        return terminal;
    }

    void remove(Terminal terminal) {
        FileCalls.unlink(kernel.init().fs(), null, terminal.path());
        kernel.mounts().devices().unregister(Devices.number(Terminal.SLAVE_MAJOR, terminal.number()));
        terminals.remove(terminal.number(), terminal);
    }

    private Result<OpenFile> openMaster(FsContext context, Waiter waiter, Location where, int flags) {
        Terminal terminal = create(flags & OpenFlags.STATUS, where, context.credentials());
        if (terminal == null) {
            return Result.failed(-ENOSPC);
        }
        terminal.setLocked(true);
        return Result.of(terminal.master());
    }

    private static Result<OpenFile> openSlave(Terminal terminal, FsContext context, Location where, int flags) {
        if (terminal.isLocked()) {
            return Result.failed(-EIO);
        }
        if (terminal.isExclusive() && !context.credentials().isRoot()) {
            return Result.failed(-EBUSY);
        }
        TerminalSlave slave = new TerminalSlave(terminal, flags, where);
        if ((flags & OpenFlags.O_NOCTTY) == 0 && context.owner() instanceof Process process) {
            terminal.openedBy(process);
        }
        return Result.of(slave);
    }

    private static Result<OpenFile> openControlling(FsContext context, Waiter waiter, Location where, int flags) {
        Terminal terminal =
                context.owner() instanceof Process process ? process.session().terminal() : null;
        return terminal == null ? Result.failed(-ENXIO) : Result.of(new TerminalSlave(terminal, flags, where));
    }
}
