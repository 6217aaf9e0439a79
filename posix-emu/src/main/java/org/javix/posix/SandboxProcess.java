package org.javix.posix;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.javix.process.Process;
import org.javix.process.Signal;
import org.javix.process.WaitStatus;

/** A process that the embedder started. Thread-safe. */
public final class SandboxProcess {
    private final Process process;
    private final int session;
    private final OutputStream input;
    private final InputStream output;
    private final InputStream error;
    private final CompletableFuture<WaitStatus> end;

    SandboxProcess(Process process, OutputStream input, InputStream output, InputStream error) {
        this.process = process;
        this.input = input != null ? input : OutputStream.nullOutputStream();
        this.output = output != null ? output : InputStream.nullInputStream();
        this.error = error != null ? error : InputStream.nullInputStream();
        session = process.session().id();
        end = process.termination();
    }

    /** The process id within the sandbox. */
    public int pid() {
        return process.pid();
    }

    /** Leads to the process's standard input; to nowhere if that was named in the command. */
    public OutputStream input() {
        return input;
    }

    /** What the process writes to standard output; empty if that was named in the command. */
    public InputStream output() {
        return output;
    }

    /** What the process writes to standard error; empty if that was named in the command. */
    public InputStream error() {
        return error;
    }

    /** Sends a signal to the process; nothing happens if it has ended. */
    public void signal(int signal) {
        process.signal(signal);
    }

    /** Kills every process of its session. */
    public void killSession() {
        for (Process member : process.kernel().processes()) {
            if (member.session().id() == session) {
                member.signal(Signal.SIGKILL);
            }
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return !end.isDone();
    }

    /** Waits for the end, which an interrupt of the calling thread does not shorten. */
    public WaitStatus waitFor() {
        awaitEnd(Long.MAX_VALUE);
        return end.join();
    }

    /**
     * Waits for the end for some time.
     *
     * @return how it ended; null if it has not
     */
    public WaitStatus waitFor(Duration time) {
        return awaitEnd(System.nanoTime() + time.toNanos()) ? end.join() : null;
    }

    /** Completes when it has ended. */
    public CompletableFuture<WaitStatus> onExit() {
        return end.copy();
    }

    /** The same as a {@link java.lang.Process}, whose exit value is what a shell shows in {@code $?}. */
    public java.lang.Process asProcess() {
        return new JavaProcess(this);
    }

    /** Waits for the end until {@link System#nanoTime} reaches a time; Long.MAX_VALUE is never. */
    boolean awaitEnd(long nanoTime) {
        return uninterruptibly(nanoTime, (left, unit) -> {
            try {
                end.get(left, unit);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
        });
    }

    /** Something that waits for a time. */
    @FunctionalInterface
    interface Wait {
        boolean until(long time, TimeUnit unit) throws InterruptedException;
    }

    /** Waits, puts off interrupts, and answers whether it happened in time. */
    static boolean uninterruptibly(long nanoTime, Wait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                long left = nanoTime == Long.MAX_VALUE ? Long.MAX_VALUE : nanoTime - System.nanoTime();
                try {
                    return wait.until(Math.max(left, 0), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
