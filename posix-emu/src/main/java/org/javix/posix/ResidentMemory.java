package org.javix.posix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.javix.process.Kernel;
import org.javix.process.Process;
import org.javix.process.Signal;
import org.javix.process.ThreadEnd;
import org.javix.wasm.Memory;

/**
 * What the processes of one sandbox have resident together, and its limit. Pages of shared memory are not counted here:
 * files in memory have a limit of their own.
 *
 * <p>Whoever is about to take more asks first, and is refused what would go over the limit. That costs an addition, as
 * long as what was there when somebody last looked and all that was asked for since stay below the limit. But a program
 * may touch later what it was given long before. So a thread looks now and then, if the processes have enough addresses
 * to exceed the limit at all, and kills those that have most until the rest is below it, as Linux does for a group with
 * a limit.
 *
 * <p>Thread-safe.
 */
final class ResidentMemory implements AutoCloseable {
    /** For a sandbox that is not limited. */
    static final long UNLIMITED = Long.MAX_VALUE;

    /** Time between two looks in nanoseconds, and the part of its time that the thread may look. */
    private static final long PAUSE = 20_000_000;

    private static final int IDLE_PER_LOOK = 10;

    private final Kernel kernel;
    private final long limit;
    private final Thread watch;
    private volatile boolean closed;
    /** What was resident at the last look and what was asked for since, in bytes. */
    private final AtomicLong estimate = new AtomicLong();

    ResidentMemory(Kernel kernel, long limit) {
        this.kernel = kernel;
        this.limit = limit;
        watch = limit == UNLIMITED ? null : Thread.ofPlatform().name("javix-memory").daemon().start(this::watch);
    }

    boolean isLimited() {
        return watch != null;
    }

    /** Whether so many bytes more may become resident. */
    boolean allows(long more) {
        if (watch == null || estimate.addAndGet(more) <= limit) {
            return true;
        }
        synchronized (this) {
            long resident = 0;
            for (Held held : held()) {
                resident += held.bytes;
            }
            boolean fits = resident + more <= limit;
            estimate.set(fits ? resident + more : resident);
            return fits;
        }
    }

    /** Whether so many bytes could ever be resident at once. */
    boolean canBack(long bytes) {
        return bytes <= limit;
    }

    private record Held(Process process, long bytes) {
        boolean isEnding() {
            return process.signals().ending() != null;
        }
    }

    /** What each process has. Those that share a memory, as the child of {@code vfork} does, have it once. */
    private List<Held> held() {
        List<Held> all = new ArrayList<>();
        Set<Memory> seen = new HashSet<>();
        for (Process process : kernel.processes()) {
            Memory memory = process.guest() instanceof GuestProcess guest ? guest.linearMemory() : null;
            if (memory != null && seen.add(memory)) {
                all.add(new Held(process, memory.ownResidentBytes()));
            }
        }
        return all;
    }

    private boolean mayExceed() {
        long bytes = 0;
        for (Process process : kernel.processes()) {
            Memory memory = process.guest() instanceof GuestProcess guest ? guest.linearMemory() : null;
            bytes += memory == null ? 0 : memory.segment().byteSize();
        }
        return bytes > limit;
    }

    private void watch() {
        long pause = PAUSE;
        while (!closed) {
            LockSupport.parkNanos(pause);
            long start = System.nanoTime();
            if (mayExceed()) {
                relieve();
            }
            pause = Math.max(PAUSE, IDLE_PER_LOOK * (System.nanoTime() - start));
        }
    }

    private void relieve() {
        List<Held> all = held();
        all.sort((one, other) -> Long.compare(other.bytes, one.bytes));
        long resident = 0;
        for (Held held : all) {
            // One that was killed is about to give back what it has.
            resident += held.isEnding() ? 0 : held.bytes;
        }
        for (Held held : all) {
            if (resident <= limit) {
                return;
            }
            if (!held.isEnding()) {
                held.process.signal(Signal.SIGKILL);
                resident -= held.bytes;
            }
        }
    }

    @Override
    public void close() {
        if (watch == null) {
            return;
        }
        closed = true;
        LockSupport.unpark(watch);
        ThreadEnd.await(watch);
    }
}
