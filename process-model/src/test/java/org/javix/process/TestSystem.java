package org.javix.process;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.javix.vfs.Credentials;
import org.javix.vfs.FdTable;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.TmpFs;

/** A kernel over an empty file system, whose processes are lambdas. Fails if one of them throws. */
final class TestSystem implements AutoCloseable {
    final Kernel kernel;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    TestSystem() {
        this(Limits.DEFAULT);
    }

    TestSystem(Limits limits) {
        kernel = new Kernel(new Mounts(TmpFs.create()), limits, java.time.InstantSource.system());
        kernel.setFailureHandler((process, thrown) -> failure.compareAndSet(null, thrown));
    }

    /** A new session's process, not started. */
    Process process(int uid) {
        return kernel.newProcess(
                new FsContext(kernel.mounts(), Credentials.of(uid, uid)), new FdTable(kernel.limits().descriptors()));
    }

    /** Runs a program as root and gives its status. */
    WaitStatus run(Program program) {
        return run(process(0), program);
    }

    WaitStatus run(Process process, Program program) {
        process.start(program);
        return await(process);
    }

    /** Waits for a process that runs. */
    WaitStatus await(Process process) {
        try {
            WaitStatus status = process.termination().get(60, TimeUnit.SECONDS);
            rethrow();
            return status;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(process + " does not end; " + process.main().waiter().thread().getState(), e);
        }
    }

    private void rethrow() {
        Throwable thrown = failure.get();
        if (thrown != null) {
            throw new AssertionError("a process failed", thrown);
        }
    }

    @Override
    public void close() {
        if (!kernel.close(30_000_000_000L)) {
            throw new AssertionError("processes are left: " + kernel.processes());
        }
        rethrow();
    }

    // ---- what programs do ----

    /** Forks a child that runs a program. */
    static Process spawn(Task self, Program program) {
        Process child = self.fork();
        child.start(program);
        return child;
    }

    /** Waits for a child to end, by its pid. */
    static WaitStatus waitFor(Task self, Process child) {
        ChildReport report = new ChildReport();
        int pid = self.wait4(child.pid(), 0, report);
        if (pid != child.pid()) {
            throw new AssertionError("wait4 gave " + pid);
        }
        return report.status();
    }

    /** Waits until a process sleeps, in whatever call. */
    static void untilAsleep(Process process) {
        while (process.main().waiter() == null
                || process.main().waiter().thread().getState() != Thread.State.WAITING
                        && process.main().waiter().thread().getState() != Thread.State.TIMED_WAITING) {
            Thread.yield();
        }
    }

    /** Sleeps until a signal ends or stops the process. */
    static void pauseForever(Task self) {
        while (true) {
            self.signals().pause();
            self.signals().take();
        }
    }

    static String read(Task self, OpenFile file) {
        byte[] bytes = new byte[65_536];
        long count = file.read(self.waiter(), MemorySegment.ofArray(bytes), 0, bytes.length);
        return count < 0 ? "error " + -count : new String(bytes, 0, (int) count, StandardCharsets.ISO_8859_1);
    }

    static long write(Task self, OpenFile file, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return file.write(self.waiter(), MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    static List<Integer> pids(List<Process> processes) {
        return processes.stream().map(Process::pid).toList();
    }
}
