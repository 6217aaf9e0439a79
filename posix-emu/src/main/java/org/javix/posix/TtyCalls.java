package org.javix.posix;

import static org.javix.vfs.Errno.EFAULT;
import static org.javix.vfs.Errno.ENOTTY;

import org.javix.process.Terminal;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/** Control of terminals and other devices. */
final class TtyCalls {
    private static final int FIONBIO = 0x5421;
    private static final int TIOCGPTPEER = 0x5441;
    private static final int FIONCLEX = 0x5450;
    private static final int FIOCLEX = 0x5451;

    private TtyCalls() {}

    static long ioctl(GuestThread p, long fd, long request, long argument) {
        OpenFile file = p.plainFile(fd);
        switch ((int) request) {
            case FIOCLEX, FIONCLEX -> {
                return p.files().setCloseOnExec((int) fd, (int) request == FIOCLEX);
            }
            case FIONBIO -> {
                int flags = file.flags() & ~OpenFlags.O_NONBLOCK;
                file.setStatusFlags(p.memory().i32(argument) == 0 ? flags : flags | OpenFlags.O_NONBLOCK);
                return 0;
            }
            case FileIoctls.FIOASYNC -> {
                boolean on = p.memory().i32(argument) != 0;
                boolean was = (file.flags() & OpenFlags.O_ASYNC) != 0;
                return on == was || OwnerCalls.setAsync(p, file, (int) fd, on) ? 0 : -ENOTTY;
            }
            case TIOCGPTPEER -> {
                return openPeer(p, file, (int) argument);
            }
            case FileIoctls.FIONREAD, FileIoctls.FIOQSIZE, FileIoctls.FIGETBSZ, FileIoctls.FIBMAP, FileIoctls.FICLONE,
                    FileIoctls.FICLONERANGE, FileIoctls.FIDEDUPERANGE, FileIoctls.FS_IOC_FIEMAP, FileIoctls.FIFREEZE,
                    FileIoctls.FITHAW, FileIoctls.FS_IOC_GETFLAGS,
                    FileIoctls.FS_IOC_SETFLAGS -> {
                return FileIoctls.ioctl(p, file, (int) request, argument);
            }
            default -> {
                try {
                    long address = argument & 0xffff_ffffL;
                    return file.ioctl(p.waiter(), (int) request, p.memory().segment(), address);
                } catch (IndexOutOfBoundsException e) {
                    return -EFAULT;
                }
            }
        }
    }

    /** Opens the slave of a master, whatever lies at its path. */
    private static long openPeer(GuestThread p, OpenFile file, int flags) {
        Terminal terminal = Terminal.of(file);
        if (terminal == null || terminal.master() != file) {
            return -ENOTTY;
        }
        Result<OpenFile> slave = terminal.openPeer(flags & ~OpenFlags.O_CLOEXEC);
        if (slave.isFailure()) {
            return slave.error();
        }
        if ((flags & OpenFlags.O_NOCTTY) == 0) {
            terminal.openedBy(p.process());
        }
        return p.install(slave.value(), (flags & OpenFlags.O_CLOEXEC) != 0);
    }
}
