package org.javix.wasi;

import org.javix.vfs.Errno;

/**
 * WASI's error numbers. Inside, every failure is a negative Linux number, as in the rest of the
 * system; only the boundary to the guest turns it into WASI's.
 */
final class WasiErrno {
    /** No failure. */
    static final int SUCCESS = 0;

    /** The only failure that Linux has no number for: the descriptor lacks a right. */
    static final int ENOTCAPABLE = 0x1000;

    /** What {@link #ENOTCAPABLE} is called in WASI. */
    private static final int NOTCAPABLE = 76;

    /** Linux's number of each of WASI's, which count from 1 in this order. */
    private static final int[] LINUX = {
        0,
            Errno.E2BIG, Errno.EACCES, Errno.EADDRINUSE, Errno.EADDRNOTAVAIL, Errno.EAFNOSUPPORT,
            Errno.EAGAIN, Errno.EALREADY, Errno.EBADF, Errno.EBADMSG, Errno.EBUSY, Errno.ECANCELED,
            Errno.ECHILD, Errno.ECONNABORTED, Errno.ECONNREFUSED, Errno.ECONNRESET, Errno.EDEADLK,
            Errno.EDESTADDRREQ, Errno.EDOM, Errno.EDQUOT, Errno.EEXIST, Errno.EFAULT, Errno.EFBIG,
            Errno.EHOSTUNREACH, Errno.EIDRM, Errno.EILSEQ, Errno.EINPROGRESS, Errno.EINTR, Errno.EINVAL,
            Errno.EIO, Errno.EISCONN, Errno.EISDIR, Errno.ELOOP, Errno.EMFILE, Errno.EMLINK, Errno.EMSGSIZE,
            Errno.EMULTIHOP, Errno.ENAMETOOLONG, Errno.ENETDOWN, Errno.ENETRESET, Errno.ENETUNREACH,
            Errno.ENFILE, Errno.ENOBUFS, Errno.ENODEV, Errno.ENOENT, Errno.ENOEXEC, Errno.ENOLCK,
            Errno.ENOLINK, Errno.ENOMEM, Errno.ENOMSG, Errno.ENOPROTOOPT, Errno.ENOSPC, Errno.ENOSYS,
            Errno.ENOTCONN, Errno.ENOTDIR, Errno.ENOTEMPTY, Errno.ENOTRECOVERABLE, Errno.ENOTSOCK,
            Errno.EOPNOTSUPP, Errno.ENOTTY, Errno.ENXIO, Errno.EOVERFLOW, Errno.EOWNERDEAD, Errno.EPERM,
            Errno.EPIPE, Errno.EPROTO, Errno.EPROTONOSUPPORT, Errno.EPROTOTYPE, Errno.ERANGE, Errno.EROFS,
            Errno.ESPIPE, Errno.ESRCH, Errno.ESTALE, Errno.ETIMEDOUT, Errno.ETXTBSY, Errno.EXDEV
    };

    /** WASI's number of each of Linux's. */
    private static final byte[] WASI = new byte[134];

    static {
        // What WASI has no word for is an I/O error, rather than a success.
        java.util.Arrays.fill(WASI, of(LINUX, Errno.EIO));
        for (int wasi = 0; wasi < LINUX.length; wasi++) {
            WASI[LINUX[wasi]] = (byte) wasi;
        }
        WASI[Errno.EPFNOSUPPORT] = of(LINUX, Errno.EAFNOSUPPORT);
        WASI[Errno.ESOCKTNOSUPPORT] = of(LINUX, Errno.EPROTONOSUPPORT);
        WASI[Errno.EHOSTDOWN] = of(LINUX, Errno.EHOSTUNREACH);
        WASI[Errno.ERESTART] = of(LINUX, Errno.EINTR);
        WASI[Errno.EBADFD] = of(LINUX, Errno.EBADF);
    }

    private WasiErrno() {}

    private static byte of(int[] table, int linux) {
        for (int wasi = 0; wasi < table.length; wasi++) {
            if (table[wasi] == linux) {
                return (byte) wasi;
            }
        }
        throw new AssertionError(linux);
    }

    /** WASI's number for a call's result: 0 when it is not negative. */
    static int of(long result) {
        if (result >= 0) {
            return SUCCESS;
        }
        long linux = -result;
        if (linux == ENOTCAPABLE) {
            return NOTCAPABLE;
        }
        return WASI[linux < WASI.length ? (int) linux : Errno.EIO];
    }

    /** The name of one of WASI's numbers, such as {@code "ENOENT"}; {@code "ESUCCESS"} for 0. */
    static String name(int wasi) {
        if (wasi == SUCCESS) {
            return "ESUCCESS";
        }
        if (wasi == NOTCAPABLE) {
            return "ENOTCAPABLE";
        }
        return wasi < LINUX.length ? Errno.name(LINUX[wasi]) : "E" + wasi;
    }
}
