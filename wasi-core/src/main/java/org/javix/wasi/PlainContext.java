package org.javix.wasi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.security.SecureRandom;
import java.util.List;
import java.util.Random;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Waiter;
import org.javix.wasm.Instance;
import org.javix.wasm.PollHandler;

/** The world of a program that runs alone: no other processes, no signals that it could handle. */
final class PlainContext implements WasiContext, PollHandler {
    private static final int MAX_RANDOM = 1 << 12;

    /** Linux's signals that do nothing to a program without a handler: CHLD, CONT, URG, WINCH. */
    private static final long IGNORED = 1L << 17 | 1L << 18 | 1L << 23 | 1L << 28;

    private final List<byte[]> arguments;
    private final List<byte[]> environment;
    private final FdTable files;
    private final FsContext fileSystem;
    private final WasiClock clock;
    private final Random random;
    private final Waiter waiter = new Waiter(Thread.currentThread()) {
        @Override
        public boolean interrupted() {
            return stopped;
        }
    };
    private volatile boolean stopped;

    /** The instance that runs in it; null before there is one. */
    private volatile Instance instance;

    PlainContext(
            List<byte[]> arguments,
            List<byte[]> environment,
            FdTable files,
            FsContext fileSystem,
            WasiClock clock,
            Random random) {
        this.arguments = arguments;
        this.environment = environment;
        this.files = files;
        this.fileSystem = fileSystem.confined();
        this.clock = clock;
        this.random = random == null ? new SecureRandom() : random;
    }

    @Override
    public List<byte[]> arguments() {
        return arguments;
    }

    @Override
    public List<byte[]> environment() {
        return environment;
    }

    @Override
    public FdTable files() {
        return files;
    }

    @Override
    public FsContext fileSystem() {
        return fileSystem;
    }

    @Override
    public Waiter waiter() {
        return waiter;
    }

    @Override
    public WasiClock clock() {
        return clock;
    }

    @Override
    public void random(MemorySegment buffer, long at, long length) {
        byte[] bytes = new byte[(int) Math.min(length, MAX_RANDOM)];
        for (long done = 0; done < length; done += bytes.length) {
            endIfStopped();
            random.nextBytes(bytes);
            int count = (int) Math.min(bytes.length, length - done);
            MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, at + done, count);
        }
    }

    @Override
    public boolean restart(Instance interrupted) {
        endIfStopped();
        return true;
    }

    @Override
    public void poll(Instance running) {
        endIfStopped();
    }

    @Override
    public void end(Instance running) {
        endIfStopped();
    }

    private void endIfStopped() {
        if (stopped) {
            throw new ProgramStopped();
        }
    }

    /** Says which instance runs in it, before anything of it does. */
    void attach(Instance created) {
        instance = created;
        if (stopped) {
            created.requestPoll();
        }
    }

    /** Ends the program at its next safepoint or when it waits. Any thread. */
    void stop() {
        stopped = true;
        Instance running = instance;
        if (running != null) {
            running.requestPoll();
        }
        waiter.wake();
    }

    @Override
    public int raise(int signal) {
        if ((IGNORED & 1L << signal) == 0) {
            throw new ProgramExited(128 + signal);
        }
        return 0;
    }

    @Override
    public void exit(int status) {
        throw new ProgramExited(status);
    }
}
