package org.javix.process;

import java.util.concurrent.atomic.AtomicLong;

/** CPU time of one process: of the threads that it has and had. */
final class CpuTime {
    private final Process process;
    // Written by the ticker only.
    private volatile long userNanos;
    /** What has been used since limits and timers were last looked at, in nanoseconds. */
    private final AtomicLong unchecked = new AtomicLong();

    CpuTime(Process process) {
        this.process = process;
    }

    long userNanos() {
        return userNanos;
    }

    /** Accounts for what a thread has used, in nanoseconds. Ticker only. */
    void charge(long nanos) {
        userNanos += nanos;
        if (isWatched() && unchecked.getAndAdd(nanos) == 0) {
            process.kernel().timeouts().soon(this::check);
        }
    }

    private boolean isWatched() {
        return process.rlimits().soft(Rlimit.CPU) != Rlimit.INFINITY
                || process.timers().countsCpu()
                || !process.posixTimers().isEmpty();
    }

    private void check() {
        long used = unchecked.getAndSet(0);
        long now = userNanos;
        long soft = process.rlimits().soft(Rlimit.CPU);
        if (soft != Rlimit.INFINITY) {
            checkLimit(now - used, now, soft);
        }
        process.timers().charge(used);
        process.posixTimers().charged();
    }

    private void checkLimit(long before, long now, long soft) {
        long seconds = now / 1_000_000_000;
        if (Long.compareUnsigned(seconds, process.rlimits().hard(Rlimit.CPU)) >= 0) {
            process.signal(Signal.SIGKILL);
        } else if (seconds >= soft && before / 1_000_000_000 != seconds) {
            process.signal(Signal.SIGXCPU);
        }
    }
}
