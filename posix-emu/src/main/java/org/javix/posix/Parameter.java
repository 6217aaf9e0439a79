package org.javix.posix;

/**
 * A parameter of a system call.
 *
 * @param name as the manual page calls it
 * @param kind what it means
 * @param flags the names of its bits or values, for {@link Kind#FLAGS}; else null
 */
public record Parameter(String name, Kind kind, FlagNames flags) {

    /** What a parameter means, which decides its type and how it is traced. */
    public enum Kind {
        /** A descriptor. */
        FD,
        /** A directory's descriptor or {@code AT_FDCWD}. */
        DIRFD,
        /** A path: the address of bytes up to a NUL. */
        PATH,
        /** Another string: the address of bytes up to a NUL. */
        STRING,
        /** A vector of strings that ends with a null address. */
        STRINGS,
        /** Bytes that the call reads; the next parameter counts them. */
        INPUT,
        /** Bytes that the call fills; the result counts them. */
        OUTPUT,
        /** A structure's address. */
        STRUCT,
        /** A vector of struct iovec; the next parameter counts its elements. */
        IOVEC,
        /** A size or count, unsigned. */
        COUNT,
        /** A number, signed. */
        INT,
        /** Bits or a constant, shown by name. */
        FLAGS,
        /** File permissions, shown in octal. */
        MODE,
        /** A process or group id. */
        PID,
        /** A signal's number. */
        SIGNAL,
        /** An address that is shown as such. */
        ADDRESS,
        /** A file offset: 64 bits, signed. */
        OFFSET
    }

    /** Whether it travels as an i64; all others are i32. */
    public boolean is64() {
        return kind == Kind.OFFSET;
    }
}
