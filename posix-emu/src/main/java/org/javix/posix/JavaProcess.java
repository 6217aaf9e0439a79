package org.javix.posix;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.javix.process.Signal;
import org.javix.process.WaitStatus;

/** A sandbox's process for code that knows {@link Process}. */
final class JavaProcess extends Process {
    private final SandboxProcess process;

    JavaProcess(SandboxProcess process) {
        this.process = process;
    }

    @Override
    public OutputStream getOutputStream() {
        return process.input();
    }

    @Override
    public InputStream getInputStream() {
        return process.output();
    }

    @Override
    public InputStream getErrorStream() {
        return process.error();
    }

    @Override
    public int waitFor() throws InterruptedException {
        try {
            return process.onExit().get().shellStatus();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        try {
            process.onExit().get(time, unit);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public int exitValue() {
        WaitStatus status = process.waitFor(Duration.ZERO);
        if (status == null) {
            throw new IllegalThreadStateException("the process has not ended");
        }
        return status.shellStatus();
    }

    @Override
    public void destroy() {
        process.signal(Signal.SIGTERM);
    }

    @Override
    public Process destroyForcibly() {
        process.signal(Signal.SIGKILL);
        return this;
    }

    @Override
    public boolean supportsNormalTermination() {
        return true;
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public CompletableFuture<Process> onExit() {
        return process.onExit().thenApply(status -> this);
    }
}
