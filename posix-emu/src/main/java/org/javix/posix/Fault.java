package org.javix.posix;

import org.javix.vfs.Errno;

/**
 * Thrown when an argument cannot be used at all: an address outside the guest's memory, a path that is
 * too long, a descriptor that is not open or of the wrong kind. Answered with its errno where the call was dispatched. An
 * exception, so that a handler reads a structure field by field without a test after each: what the
 * kernel does with its exception table.
 */
final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** {@code EFAULT}. */
    static final Fault BAD_ADDRESS = new Fault(Errno.EFAULT);

    /** {@code ENAMETOOLONG}. */
    static final Fault NAME_TOO_LONG = new Fault(Errno.ENAMETOOLONG);

    /** {@code EBADF}. */
    static final Fault BAD_DESCRIPTOR = new Fault(Errno.EBADF);

    /** {@code ENOTSOCK}. */
    static final Fault NOT_A_SOCKET = new Fault(Errno.ENOTSOCK);

    /** {@code EINVAL}. */
    static final Fault INVALID = new Fault(Errno.EINVAL);

    /** {@code ERANGE}. */
    static final Fault OUT_OF_RANGE = new Fault(Errno.ERANGE);

    private final int errno;

    /** The shared ones have no stack trace. */
    private Fault(int errno) {
        super(null, null, false, false);
        this.errno = errno;
    }

    /** The errno, positive. */
    int errno() {
        return errno;
    }
}
