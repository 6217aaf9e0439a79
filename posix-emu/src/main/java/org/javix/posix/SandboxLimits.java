package org.javix.posix;

import java.time.Duration;
import org.javix.process.Limits;
import org.javix.vfs.TmpFs;
import org.javix.wasm.Memory;

/**
 * What a sandbox may use. Immutable; change one with the {@code with} methods.
 *
 * @param memory bytes of one process's memory, at most 4 GiB. Of a program that maps memory itself the resident pages
 *     count, which touching makes: one mapping larger than the limit is ENOMEM, unless it is made with MAP_NORESERVE
 *     or without rights, and a process that has more resident pages is killed. Of other programs the address space counts, and
 *     more is ENOMEM
 * @param residentMemory bytes of all processes' memories together that are resident; {@link #UNLIMITED_MEMORY} for no
 *     limit. A program that asks for memory, or forks, beyond that gets ENOMEM. Where programs touch beyond it what they
 *     were given before, the processes that have most are killed; that takes some hundredths of a second, and what is
 *     touched in that time comes on top. Pages of files and of shared memory are not among them
 * @param disk bytes that the files in the sandbox's own file systems may hold; more is ENOSPC
 * @param files how many files there may be; more is ENOSPC
 * @param processes processes and further threads at once, besides init; more is EAGAIN
 * @param descriptors descriptors of one process; more is EMFILE
 * @param openFiles what all processes together have open: files, directories, ends of pipes; descriptors that share
 *     one count once. More is ENFILE, for the superuser too
 * @param cpuTime of all processes together; null for no limit. At the end everything is killed
 * @param wallTime since the sandbox was built; null for no limit. At the end everything is killed
 */
public record SandboxLimits(
        long memory,
        long residentMemory,
        long disk,
        long files,
        int processes,
        int descriptors,
        int openFiles,
        Duration cpuTime,
        Duration wallTime) {
    /** No limit of {@link #residentMemory}. */
    public static final long UNLIMITED_MEMORY = ResidentMemory.UNLIMITED;

    /** Generous, but finite where a runaway program would take the whole JVM. */
    public static final SandboxLimits DEFAULT = new SandboxLimits(
            1L << 32,
            UNLIMITED_MEMORY,
            1L << 30,
            1 << 20,
            Limits.DEFAULT.processes(),
            Limits.DEFAULT.descriptors(),
            Limits.DEFAULT.openFiles(),
            null,
            null);

    /** With another limit of memory, in bytes of one process. */
    public SandboxLimits withMemory(long bytes) {
        return new SandboxLimits(bytes, residentMemory, disk, files, processes, descriptors, openFiles, cpuTime, wallTime);
    }

    /** With a limit of the memory that is resident of all processes together, in bytes. */
    public SandboxLimits withResidentMemory(long bytes) {
        return new SandboxLimits(memory, bytes, disk, files, processes, descriptors, openFiles, cpuTime, wallTime);
    }

    /** With another limit of storage, in bytes; {@link TmpFs#UNLIMITED} for none. */
    public SandboxLimits withDisk(long bytes) {
        return new SandboxLimits(memory, residentMemory, bytes, files, processes, descriptors, openFiles, cpuTime, wallTime);
    }

    /** With another number of files; {@link TmpFs#UNLIMITED} for no limit. */
    public SandboxLimits withFiles(long count) {
        return new SandboxLimits(memory, residentMemory, disk, count, processes, descriptors, openFiles, cpuTime, wallTime);
    }

    /** With another number of processes. */
    public SandboxLimits withProcesses(int count) {
        return new SandboxLimits(memory, residentMemory, disk, files, count, descriptors, openFiles, cpuTime, wallTime);
    }

    /** With another number of descriptors. */
    public SandboxLimits withDescriptors(int count) {
        return new SandboxLimits(memory, residentMemory, disk, files, processes, count, openFiles, cpuTime, wallTime);
    }

    /** With another number of open files. */
    public SandboxLimits withOpenFiles(int count) {
        return new SandboxLimits(memory, residentMemory, disk, files, processes, descriptors, count, cpuTime, wallTime);
    }

    /** With another limit of CPU time; null for none. */
    public SandboxLimits withCpuTime(Duration time) {
        return new SandboxLimits(memory, residentMemory, disk, files, processes, descriptors, openFiles, time, wallTime);
    }

    /** With another limit of wall time; null for none. */
    public SandboxLimits withWallTime(Duration time) {
        return new SandboxLimits(memory, residentMemory, disk, files, processes, descriptors, openFiles, cpuTime, time);
    }

    Limits ofKernel() {
        return new Limits(
                processes, descriptors, openFiles, nanos(cpuTime), nanos(wallTime), Limits.DEFAULT.queuedSignals());
    }

    private static long nanos(Duration time) {
        return time == null ? Limits.UNLIMITED : time.toNanos();
    }

    long memoryPages() {
        return Math.min(memory / Memory.PAGE, Memory.MAX_PAGES);
    }
}
