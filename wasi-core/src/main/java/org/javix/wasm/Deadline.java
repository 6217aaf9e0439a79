package org.javix.wasm;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts an instance that runs too long:
 *
 * <pre>{@code
 * try (var deadline = Deadline.after(Duration.ofSeconds(1), instance)) {
 *     function.apply(arguments);
 * }
 * }</pre>
 *
 * <p>The call then throws a {@link Trap} of the kind {@link Trap.Kind#INTERRUPTED}, unless a host function
 * blocks: see {@link Instance#interrupt}. Closing it takes the deadline back. It may be made by any thread.
 */
public final class Deadline implements AutoCloseable {
    /** One daemon thread for all, made when it is first needed. */
    private static final class Clock {
        static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("javix-deadlines").factory());
    }

    private final Instance instance;
    private final Future<?> timer;

    // Both guarded by this.
    private boolean closed;
    private boolean expired;

    private Deadline(Instance instance, Duration time) {
        this.instance = instance;
        timer = Clock.TIMER.schedule(this::expire, TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
    }

    /** Interrupts an instance after a time, unless it is closed before. */
    public static Deadline after(Duration time, Instance instance) {
        return new Deadline(instance, time);
    }

    private synchronized void expire() {
        if (!closed) {
            expired = true;
            instance.interrupt();
        }
    }

    /** Takes it back, and an interruption that came too late to be noticed. Only the thread that runs the instance. */
    @Override
    public void close() {
        timer.cancel(false);
        synchronized (this) {
            closed = true;
            if (expired) {
                instance.clearInterrupt();
            }
        }
    }
}
