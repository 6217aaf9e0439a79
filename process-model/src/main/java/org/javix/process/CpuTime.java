package org.javix.process;

/** CPU time of one process: of the threads that it has and had. */
final class CpuTime {
    private final Process process;
    // Written by the ticker only.
    private volatile long userNanos;

    CpuTime(Process process) {
        this.process = process;
    }

    long userNanos() {
        return userNanos;
    }

    /** Accounts for what a thread has used, in nanoseconds. Ticker only. */
    void charge(long nanos) {
        long used = userNanos + nanos;
        userNanos = used;
        long soft = process.rlimits().soft(Rlimit.CPU);
        if (soft != Rlimit.INFINITY) {
            checkLimit(used - nanos, used, soft);
        }
        process.timers().charge(nanos);
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
