package org.javix.process;

/**
 * What a process, or a thread, has used. Immutable.
 *
 * @param userNanos CPU time in the program, sampled by the clock tick
 * @param systemNanos CPU time in the kernel
 * @param maxMemory the most memory it had, in bytes
 * @param faults how many pages it has touched that were not there before, as far as that is known: at least those of
 *     {@code maxMemory}
 * @param waits how often it has waited for something
 */
public record ResourceUsage(long userNanos, long systemNanos, long maxMemory, long faults, long waits) {
    /** Nothing. */
    public static final ResourceUsage NONE = new ResourceUsage(0, 0, 0, 0, 0);

    /** The sum of two; of the memory, the larger. */
    public ResourceUsage plus(ResourceUsage other) {
        return new ResourceUsage(
                userNanos + other.userNanos,
                systemNanos + other.systemNanos,
                Math.max(maxMemory, other.maxMemory),
                faults + other.faults,
                waits + other.waits);
    }
}
