package org.javix.wasi;

import java.util.List;
import java.util.Map;

/** What the trace log calls the bits of WASI's sets of flags, and the values of its enumerations. */
final class TraceNames {
    private static final List<String> RIGHTS = List.of(
            "FD_DATASYNC", "FD_READ", "FD_SEEK", "FD_FDSTAT_SET_FLAGS", "FD_SYNC", "FD_TELL", "FD_WRITE",
            "FD_ADVISE", "FD_ALLOCATE", "PATH_CREATE_DIRECTORY", "PATH_CREATE_FILE", "PATH_LINK_SOURCE",
            "PATH_LINK_TARGET", "PATH_OPEN", "FD_READDIR", "PATH_READLINK", "PATH_RENAME_SOURCE",
            "PATH_RENAME_TARGET", "PATH_FILESTAT_GET", "PATH_FILESTAT_SET_SIZE", "PATH_FILESTAT_SET_TIMES",
            "FD_FILESTAT_GET", "FD_FILESTAT_SET_SIZE", "FD_FILESTAT_SET_TIMES", "PATH_SYMLINK",
            "PATH_REMOVE_DIRECTORY", "PATH_UNLINK_FILE", "POLL_FD_READWRITE", "SOCK_SHUTDOWN", "SOCK_ACCEPT");

    /** The names of the bits, from the lowest, by the kind of a parameter. */
    private static final Map<String, List<String>> FLAGS = Map.of(
            "rights", RIGHTS,
            "lookupflags", List.of("SYMLINK_FOLLOW"),
            "oflags", List.of("CREAT", "DIRECTORY", "EXCL", "TRUNC"),
            "fdflags", List.of("APPEND", "DSYNC", "NONBLOCK", "RSYNC", "SYNC"),
            "fstflags", List.of("ATIM", "ATIM_NOW", "MTIM", "MTIM_NOW"),
            "riflags", List.of("PEEK", "WAITALL"),
            "sdflags", List.of("RD", "WR"));

    /** The names of the values, from 0, by the kind of a parameter. */
    private static final Map<String, List<String>> VALUES = Map.of(
            "clockid", List.of("REALTIME", "MONOTONIC", "PROCESS_CPUTIME_ID", "THREAD_CPUTIME_ID"),
            "whence", List.of("SET", "CUR", "END"),
            "advice", List.of("NORMAL", "SEQUENTIAL", "RANDOM", "WILLNEED", "DONTNEED", "NOREUSE"));

    private TraceNames() {}

    /** The text of a parameter of a kind that has names; null for any other kind. */
    static String text(String kind, long value) {
        List<String> flags = FLAGS.get(kind);
        if (flags != null) {
            return set(flags, value);
        }
        List<String> values = VALUES.get(kind);
        if (values == null) {
            return null;
        }
        return value >= 0 && value < values.size() ? values.get((int) value) : Long.toString(value);
    }

    private static String set(List<String> names, long value) {
        if (value == 0) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        long rest = value;
        for (int bit = 0; bit < names.size(); bit++) {
            if ((value >>> bit & 1) != 0) {
                text.append(text.isEmpty() ? "" : "|").append(names.get(bit));
                rest &= ~(1L << bit);
            }
        }
        if (rest != 0) {
            text.append(text.isEmpty() ? "" : "|").append("0x").append(Long.toHexString(rest));
        }
        return text.toString();
    }
}
