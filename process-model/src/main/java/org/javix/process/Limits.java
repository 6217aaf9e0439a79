package org.javix.process;

/**
 * What one sandbox may use in all. Immutable; change one with the {@code with} methods.
 *
 * @param processes processes and further threads, alive or unreaped, at once, besides init
 * @param descriptors descriptors of one process: one more than the highest (the hard RLIMIT_NOFILE)
 * @param openFiles open file descriptions of all processes together; more is ENFILE
 * @param cpuNanos CPU time of all processes together; {@link #UNLIMITED} for none
 * @param wallNanos time since the kernel started; {@link #UNLIMITED} for none
 * @param queuedSignals real-time signals queued to one process
 */
public record Limits(
        int processes, int descriptors, int openFiles, long cpuNanos, long wallNanos, int queuedSignals) {
    /** No limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Generous, but finite where a runaway program would take the whole JVM. */
    public static final Limits DEFAULT = new Limits(16_384, 4096, 65_536, UNLIMITED, UNLIMITED, 4096);

    /** With another number of processes. */
    public Limits withProcesses(int count) {
        return new Limits(count, descriptors, openFiles, cpuNanos, wallNanos, queuedSignals);
    }

    /** With another number of descriptors. */
    public Limits withDescriptors(int count) {
        return new Limits(processes, count, openFiles, cpuNanos, wallNanos, queuedSignals);
    }

    /** With another number of open files. */
    public Limits withOpenFiles(int count) {
        return new Limits(processes, descriptors, count, cpuNanos, wallNanos, queuedSignals);
    }

    /** With another limit of CPU time. */
    public Limits withCpuNanos(long nanos) {
        return new Limits(processes, descriptors, openFiles, nanos, wallNanos, queuedSignals);
    }

    /** With another limit of wall time. */
    public Limits withWallNanos(long nanos) {
        return new Limits(processes, descriptors, openFiles, cpuNanos, nanos, queuedSignals);
    }
}
