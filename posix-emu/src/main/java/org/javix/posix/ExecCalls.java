package org.javix.posix;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EINVAL;

import java.util.ArrayList;
import java.util.List;
import org.javix.process.Rlimit;
import org.javix.vfs.AtFlags;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;

/**
 * {@code execve}, and how a new program learns its arguments.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/exec.html">exec</a>
 */
final class ExecCalls {
    /** All arguments and variables with their addresses may take a quarter of RLIMIT_STACK, but between so many bytes. */
    private static final int STACK_SHARE = 4;

    private static final int ARG_LEAST = 128 << 10;
    private static final int ARG_MOST = 6 << 20;

    /** The longest single string. */
    private static final int MAX_ARG_STRLEN = 128 << 10;

    private ExecCalls() {}

    static long execImageSize(GuestThread p) {
        return new ExecImage(p.program(), p.credentials()).size();
    }

    static long execImage(GuestThread p, long address) {
        p.guest().setCommandLine(new ExecImage(p.program(), p.credentials()).store(p.memory(), address));
        return 0;
    }

    static long execve(GuestThread p, long path, long argv, long envp) {
        return exec(p, null, p.memory().path(path), argv, envp, 0);
    }

    static long execveat(GuestThread p, long dirfd, long path, long argv, long envp, long flags) {
        if ((flags & ~(AtFlags.AT_SYMLINK_NOFOLLOW | AtFlags.AT_EMPTY_PATH)) != 0) {
            return -EINVAL;
        }
        String name = p.memory().path(path);
        return exec(p, p.directory(dirfd, name), name, argv, envp, (int) flags);
    }

    private static long exec(GuestThread p, OpenFile at, String path, long argv, long envp, int flags) {
        Vectors vectors = new Vectors(p);
        List<String> arguments = vectors.read(argv);
        List<String> environment = vectors.read(envp);
        if (arguments == null || environment == null) {
            return -E2BIG;
        }
        Result<Program> loaded = p.system().load(p.fs(), at, path, flags, arguments, environment);
        if (loaded.isFailure()) {
            return loaded.error();
        }
        int error = loaded.value().fit(p.process().rlimits());
        if (error < 0) {
            return error;
        }
        throw new ProgramChange(loaded.value());
    }

    /** Reads vectors of strings, all of which together must not be too long. */
    static final class Vectors {
        private final GuestMemory memory;
        private long left;

        Vectors(GuestThread p) {
            memory = p.memory();
            // A limit that is none is negative.
            long stack = p.process().rlimits().soft(Rlimit.STACK);
            left = stack < 0 ? ARG_MOST : Math.clamp(stack / STACK_SHARE, ARG_LEAST, ARG_MOST);
        }

        /** The strings up to a null address, none for a null vector; null if they are too long. */
        List<String> read(long vector) {
            List<String> strings = new ArrayList<>();
            if (vector == 0) {
                return strings;
            }
            for (long at = vector; memory.i32(at) != 0; at += 4) {
                String string = memory.string(memory.i32(at), MAX_ARG_STRLEN);
                if (string == null) {
                    return null;
                }
                left -= string.length() + 5;
                if (left < 0) {
                    return null;
                }
                strings.add(string);
            }
            return strings;
        }
    }
}
