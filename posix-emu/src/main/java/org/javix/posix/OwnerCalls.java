package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;

import org.javix.process.ProcessGroup;
import org.javix.process.Signal;
import org.javix.process.SignalOwner;
import org.javix.process.Terminal;
import org.javix.vfs.OpenFile;

/**
 * The commands of {@code fcntl} that say who is told of an open file, and by which signal.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETOWN.2const.html">F_SETOWN(2const)</a>
 */
final class OwnerCalls {
    private OwnerCalls() {}

    /** F_SETOWN_EX. */
    static long setExtended(GuestThread p, OpenFile file, long address) {
        int type = p.memory().i32(address);
        int id = p.memory().i32(address + 4);
        boolean known = type >= SignalOwner.THREAD && type <= SignalOwner.GROUP;
        return known ? SignalOwner.set(file, p.process(), type, id) : -EINVAL;
    }

    /** F_GETOWN_EX. */
    static long getExtended(GuestThread p, OpenFile file, long address) {
        SignalOwner owner = SignalOwner.of(file, p.process());
        p.memory().check(address, 8);
        p.memory().set32(address, owner.type());
        p.memory().set32(address + 4, owner.present());
        return 0;
    }

    /** F_SETSIG. */
    static long setSignal(GuestThread p, OpenFile file, int signal) {
        if (signal != 0 && !Signal.isValid(signal)) {
            return -EINVAL;
        }
        file.setOwner(SignalOwner.of(file, p.process()).withSignal(signal));
        return 0;
    }

    /** F_GETSIG. */
    static long signal(GuestThread p, OpenFile file) {
        return SignalOwner.of(file, p.process()).signal();
    }

    /**
     * Sets or clears O_ASYNC. A terminal tells its foreground group, or who asks, unless somebody else was named.
     *
     * @return whether signals are sent about such files
     */
    static boolean setAsync(GuestThread p, OpenFile file, int fd, boolean on) {
        if (!file.setAsync(fd, on)) {
            return false;
        }
        SignalOwner owner = SignalOwner.of(file, p.process());
        Terminal terminal = Terminal.of(file);
        if (on && owner.id() == 0 && terminal != null) {
            ProcessGroup foreground = terminal.foreground();
            file.setOwner(foreground == null
                    ? owner.withTarget(SignalOwner.PROCESS, p.process().pid(), p.credentials())
                    : owner.withTarget(SignalOwner.GROUP, foreground.id(), p.credentials()));
        }
        return true;
    }

    /** Who asks to be told gets the signals, unless somebody else was named. */
    static void claim(GuestThread p, OpenFile file) {
        SignalOwner owner = SignalOwner.of(file, p.process());
        if (owner.id() == 0) {
            file.setOwner(owner.withTarget(SignalOwner.PROCESS, p.process().pid(), p.credentials()));
        }
    }
}
