package org.javix.posix;

import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.EPERM;
import static org.javix.vfs.Errno.ESRCH;

import org.javix.process.Process;
import org.javix.vfs.Credentials;
import org.javix.vfs.OpenFile;

/**
 * What takes privileges. The superuser of a sandbox is answered as that of a container that was given none: the
 * machine itself is not for it.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
final class PrivilegeCalls {
    private static final int CAPABILITY_VERSION_1 = 0x1998_0330;
    private static final int CAPABILITY_VERSION_3 = 0x2008_0522;
    private static final int CAPABILITY_VERSION_2 = 0x2007_1026;
    /** Capabilities 0 to 40. */
    private static final long ALL = (1L << 41) - 1;

    private static final int CLONE_VM = 0x100;
    private static final int CLONE_FS = 0x200;
    private static final int CLONE_FILES = 0x400;
    private static final int CLONE_SIGHAND = 0x800;
    private static final int CLONE_THREAD = 0x1_0000;
    private static final int CLONE_SYSVSEM = 0x4_0000;
    /** Namespaces of every kind. */
    private static final int CLONE_NEW = 0x7e02_0080;

    private static final int SYSLOG_READ_ALL = 3;
    private static final int SYSLOG_UNREAD = 9;
    private static final int SYSLOG_SIZE = 10;
    private static final int SYSLOG_BYTES = 1 << 14;

    private PrivilegeCalls() {}

    /** The answer of calls that change the machine. */
    static long denied(GuestThread p) {
        return -EPERM;
    }

    private static long effective(Credentials who) {
        return who.isRoot() ? ALL : 0;
    }

    private static long permitted(Credentials who) {
        return who.uid() == 0 || who.euid() == 0 || who.suid() == 0 ? ALL : 0;
    }

    /** How many pairs of words the version has, or 0; then the header is told the version to use. */
    private static int words(GuestThread p, long header) {
        return switch (p.memory().i32(header)) {
            case CAPABILITY_VERSION_1 -> 1;
            case CAPABILITY_VERSION_2, CAPABILITY_VERSION_3 -> 2;
            default -> {
                p.memory().set32(header, CAPABILITY_VERSION_3);
                yield 0;
            }
        };
    }

    static long capget(GuestThread p, long header, long data) {
        int words = words(p, header);
        if (words == 0) {
            return data == 0 ? 0 : -EINVAL;
        }
        int pid = p.memory().i32(header + 4);
        if (pid < 0) {
            return -EINVAL;
        }
        Process process = pid == 0 ? p.process() : p.kernel().process(pid);
        if (process == null) {
            return -ESRCH;
        }
        Credentials who = process.fs().credentials();
        for (int i = 0; i < words; i++) {
            p.memory().set32(data + 12L * i, (int) (effective(who) >>> 32 * i));
            p.memory().set32(data + 12L * i + 4, (int) (permitted(who) >>> 32 * i));
            p.memory().set32(data + 12L * i + 8, 0);
        }
        return 0;
    }

    /** Nothing can be raised above what is permitted; what is dropped stays. */
    static long capset(GuestThread p, long header, long data) {
        int words = words(p, header);
        if (words == 0) {
            return -EINVAL;
        }
        int pid = p.memory().i32(header + 4);
        if (pid != 0 && pid != p.task().tid()) {
            return -EPERM;
        }
        long permitted = permitted(p.credentials());
        for (int i = 0; i < words; i++) {
            int effectiveNow = p.memory().i32(data + 12L * i);
            int permittedNow = p.memory().i32(data + 12L * i + 4);
            int inheritable = p.memory().i32(data + 12L * i + 8);
            int most = (int) (permitted >>> 32 * i);
            if ((permittedNow & ~most) != 0 || (effectiveNow & ~permittedNow) != 0 || (inheritable & ~most) != 0) {
                return -EPERM;
            }
        }
        return 0;
    }

    /** A process without other threads shares nothing that it could stop sharing; there are no namespaces. */
    static long unshare(GuestThread p, long flags) {
        int known = CLONE_NEW | CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM;
        if ((flags & ~known) != 0) {
            return -EINVAL;
        }
        if ((flags & CLONE_NEW) != 0) {
            return -EPERM;
        }
        boolean alone = p.process().taskCount() == 1;
        return alone || flags == 0 ? 0 : -EINVAL;
    }

    /** No descriptor is that of a namespace. */
    static long setns(GuestThread p, long fd, long type) {
        OpenFile file = p.files().get((int) fd);
        return file == null ? -EBADF : -EINVAL;
    }

    /** Answers the id that counts for files, which is the effective one. */
    static long setfsuid(GuestThread p, long uid) {
        return p.credentials().euid();
    }

    static long setfsgid(GuestThread p, long gid) {
        return p.credentials().egid();
    }

    /** The log of a kernel that has written nothing. */
    static long syslog(GuestThread p, long type, long buffer, long length) {
        return switch ((int) type) {
            case SYSLOG_READ_ALL -> buffer == 0 || length < 0 ? -EINVAL : 0;
            case SYSLOG_SIZE -> SYSLOG_BYTES;
            case SYSLOG_UNREAD -> p.credentials().isRoot() ? 0 : -EPERM;
            default -> type < 0 || type > SYSLOG_SIZE ? -EINVAL : -EPERM;
        };
    }
}
