package org.javix.posix;

import static org.javix.vfs.Errno.E2BIG;
import static org.javix.vfs.Errno.EAGAIN;
import static org.javix.vfs.Errno.EBADF;
import static org.javix.vfs.Errno.EINVAL;

import java.util.List;
import org.javix.process.Process;
import org.javix.process.Scheduling;
import org.javix.vfs.Credentials;
import org.javix.vfs.FileCalls;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;

/**
 * {@code posix_spawn} without a copy of the caller: the caller's thread prepares the child's record,
 * loads the program for it, and starts it.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/posix_spawn.html">posix_spawn</a>
 */
final class SpawnCalls {
    private static final int RESETIDS = 1;
    private static final int SETPGROUP = 2;
    private static final int SETSIGDEF = 4;
    private static final int SETSIGMASK = 8;
    private static final int SETSCHEDPARAM = 16;
    private static final int SETSCHEDULER = 32;
    private static final int SETSID = 128;

    private static final int CLOSE = 1;
    private static final int DUP2 = 2;
    private static final int OPEN = 3;
    private static final int CHDIR = 4;
    private static final int FCHDIR = 5;

    private static final int ACTION_SIZE = 24;

    private SpawnCalls() {}

    static long spawn(GuestThread p, long path, long argv, long envp, long actions, long attributes) {
        GuestMemory memory = p.memory();
        String name = memory.path(path);
        ExecCalls.Vectors vectors = new ExecCalls.Vectors(p);
        List<String> arguments = vectors.read(argv);
        List<String> environment = vectors.read(envp);
        if (arguments == null || environment == null) {
            return -E2BIG;
        }
        Process child = p.task().fork();
        if (child == null) {
            return -EAGAIN;
        }
        boolean started = false;
        try {
            long error = attributes == 0 ? 0 : applyAttributes(p, child, attributes);
            if (error == 0 && actions != 0) {
                error = applyActions(p, child, actions);
            }
            if (error < 0) {
                return error;
            }
            Result<Program> loaded = p.system().load(child.fs(), null, name, 0, arguments, environment);
            if (loaded.isFailure()) {
                return loaded.error();
            }
            error = loaded.value().fit(child.rlimits());
            if (error < 0) {
                return error;
            }
            GuestThread main = new GuestProcess(p.system(), child).main();
            GuestThread.Step first = main.begin(loaded.value());
            child.start(self -> main.run(first));
            started = true;
            return child.pid();
        } finally {
            if (!started) {
                child.discard();
            }
        }
    }

    private static long applyAttributes(GuestThread p, Process child, long attributes) {
        GuestMemory memory = p.memory();
        int flags = memory.i32(attributes);
        if ((flags & SETSIGDEF) != 0) {
            child.signals().setDefault(memory.i64(attributes + 8));
        }
        if ((flags & SETSIGMASK) != 0) {
            child.main().signals().setMask(memory.i64(attributes + 16));
        }
        if ((flags & SETSID) != 0) {
            int session = child.setsid();
            if (session < 0) {
                return session;
            }
        }
        if ((flags & SETPGROUP) != 0) {
            int error = p.process().setpgid(child.pid(), memory.i32(attributes + 4));
            if (error < 0) {
                return error;
            }
        }
        if ((flags & (SETSCHEDPARAM | SETSCHEDULER)) != 0) {
            Scheduling present = child.main().scheduling();
            int policy = (flags & SETSCHEDULER) != 0 ? memory.i32(attributes + 24) : present.policy();
            int error = child.main().setScheduling(p.process(), policy, memory.i32(attributes + 28), present.resetOnFork());
            if (error < 0) {
                return error;
            }
        }
        if ((flags & RESETIDS) != 0) {
            Credentials who = child.fs().credentials();
            child.fs().setCredentials(new Credentials(
                    who.uid(), who.uid(), who.suid(), who.gid(), who.gid(), who.sgid(), who.groups()));
        }
        return 0;
    }

    private static long applyActions(GuestThread p, Process child, long actions) {
        GuestMemory memory = p.memory();
        int count = memory.i32(actions);
        long at = memory.i32(actions + 4);
        for (int i = 0; i < count; i++, at += ACTION_SIZE) {
            long error = apply(p, child, at);
            if (error < 0) {
                return error;
            }
        }
        return 0;
    }

    private static long apply(GuestThread p, Process child, long action) {
        GuestMemory memory = p.memory();
        int fd = memory.i32(action + 4);
        int newFd = memory.i32(action + 8);
        switch (memory.i32(action)) {
            case CLOSE -> {
                // As elsewhere, closing what is not open is no error.
                child.files().close(fd);
                return 0;
            }
            case DUP2 -> {
                return fd == newFd ? child.files().setCloseOnExec(fd, false) : child.files().dup2(fd, newFd, false);
            }
            case OPEN -> {
                return open(p, child, fd, memory.path(memory.i32(action + 12)), memory.i32(action + 16), memory.i32(action + 20));
            }
            case CHDIR -> {
                return FileCalls.chdir(child.fs(), null, memory.path(memory.i32(action + 12)));
            }
            case FCHDIR -> {
                OpenFile directory = child.files().get(fd);
                return directory == null ? -EBADF : FileCalls.fchdir(child.fs(), directory);
            }
            default -> {
                return -EINVAL;
            }
        }
    }

    private static long open(GuestThread p, Process child, int fd, String path, int flags, int mode) {
        Result<OpenFile> opened = FileCalls.open(child.fs(), p.waiter(), null, path, flags, mode);
        if (opened.isFailure()) {
            return opened.error();
        }
        int placed = child.files().put(fd, opened.value(), (flags & OpenFlags.O_CLOEXEC) != 0);
        if (placed < 0) {
            opened.value().release();
        }
        return placed;
    }
}
