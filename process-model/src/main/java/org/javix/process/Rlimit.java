package org.javix.process;

import java.util.Arrays;
import org.javix.vfs.Credentials;

/**
 * The resource limits of one process, by Linux's generic numbers. Immutable: a fork shares it.
 * Values are unsigned 64-bit; {@link #INFINITY} is no limit.
 */
public final class Rlimit {
    /** CPU time in seconds. */
    public static final int CPU = 0;
    /** Size of a file in bytes. */
    public static final int FSIZE = 1;
    /** Data segment in bytes. */
    public static final int DATA = 2;
    /** Stack in bytes. */
    public static final int STACK = 3;
    /** Core file in bytes. */
    public static final int CORE = 4;
    /** Processes of one user. */
    public static final int NPROC = 6;
    /** One more than the highest descriptor. */
    public static final int NOFILE = 7;
    /** Bytes that may be locked in memory. */
    public static final int MEMLOCK = 8;
    /** Signals that are queued. */
    public static final int SIGPENDING = 11;
    /** Address space in bytes. */
    public static final int AS = 9;
    /** Bytes that the POSIX message queues of one user may take. */
    public static final int MSGQUEUE = 12;
    /** How far a process may raise its priority without privilege: 20 less the nice value. */
    public static final int NICE = 13;
    /** The highest priority of a real-time policy that needs no privilege. */
    public static final int RTPRIO = 14;

    /** How many there are. */
    public static final int COUNT = 16;

    /** No limit. */
    public static final long INFINITY = -1L;

    private static final long MSGQUEUE_BYTES = 819_200;

    private final long[] soft;
    private final long[] hard;

    private Rlimit(long[] soft, long[] hard) {
        this.soft = soft;
        this.hard = hard;
    }

    /** What the first process of a sandbox has. */
    static Rlimit initial(Limits limits) {
        long[] soft = new long[COUNT];
        Arrays.fill(soft, INFINITY);
        long[] hard = soft.clone();
        soft[NOFILE] = Math.min(1024, limits.descriptors());
        hard[NOFILE] = limits.descriptors();
        soft[STACK] = 8 << 20;
        soft[MSGQUEUE] = MSGQUEUE_BYTES;
        hard[MSGQUEUE] = MSGQUEUE_BYTES;
        soft[CORE] = 0;
        soft[NICE] = 0;
        hard[NICE] = 0;
        soft[RTPRIO] = 0;
        hard[RTPRIO] = 0;
        soft[SIGPENDING] = limits.queuedSignals();
        hard[SIGPENDING] = limits.queuedSignals();
        soft[NPROC] = limits.processes();
        hard[NPROC] = limits.processes();
        return new Rlimit(soft, hard);
    }

    /** The limit that holds. */
    public long soft(int resource) {
        return soft[resource];
    }

    /** How far the process itself may raise the soft limit. */
    public long hard(int resource) {
        return hard[resource];
    }

    /** Whether the arguments of {@code setrlimit} make sense. */
    static boolean isValid(int resource, long soft, long hard) {
        return resource >= 0 && resource < COUNT && Long.compareUnsigned(soft, hard) <= 0;
    }

    /**
     * With other values for one resource.
     *
     * @return null if they are not valid, if the hard limit would rise without privilege, or above what the
     *     sandbox allows
     */
    Rlimit change(int resource, long newSoft, long newHard, Credentials who, Limits limits) {
        if (!isValid(resource, newSoft, newHard)) {
            return null;
        }
        boolean raises = Long.compareUnsigned(newHard, hard[resource]) > 0;
        boolean beyond = resource == NOFILE && Long.compareUnsigned(newHard, limits.descriptors()) > 0;
        if (raises && (!who.isRoot() || beyond)) {
            return null;
        }
        Rlimit copy = new Rlimit(soft.clone(), hard.clone());
        copy.soft[resource] = newSoft;
        copy.hard[resource] = newHard;
        return copy;
    }
}
