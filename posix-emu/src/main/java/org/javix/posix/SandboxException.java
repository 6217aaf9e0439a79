package org.javix.posix;

import java.io.IOException;
import org.javix.vfs.Errno;

/** Something in the sandbox was refused, with the errno that a program would have seen. */
public final class SandboxException extends IOException {
    private static final long serialVersionUID = 1;

    private final int errno;

    /**
     * @param subject what was refused, such as a path
     * @param error a negative errno
     */
    SandboxException(String subject, int error) {
        super((subject.isEmpty() ? "''" : subject) + ": " + Errno.message(-error));
        errno = -error;
    }

    /** The errno, positive; see {@link Errno}. */
    public int errno() {
        return errno;
    }
}
