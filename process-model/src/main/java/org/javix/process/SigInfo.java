package org.javix.process;

/**
 * Where a signal came from: what a handler reads from its {@code siginfo_t}. Immutable. Fields that
 * mean nothing for a signal are 0.
 *
 * @param signal the signal
 * @param code {@code SI_*}, or {@code CLD_*}, {@code FPE_*}, {@code SEGV_*} … by signal
 * @param errno an error number, nearly always 0
 * @param pid the sender, or the child for SIGCHLD
 * @param uid the sender's or the child's real user
 * @param status for SIGCHLD: the exit status or the signal
 * @param value {@code sigval} of {@code sigqueue} or a timer; the address of a fault; the band of SIGIO
 * @param utime for SIGCHLD: user time in clock ticks
 * @param stime for SIGCHLD: system time in clock ticks
 */
public record SigInfo(
        int signal, int code, int errno, int pid, int uid, int status, long value, long utime, long stime) {
    /** Sent by {@code kill}. */
    public static final int SI_USER = 0;
    /** Sent by the kernel. */
    public static final int SI_KERNEL = 0x80;
    /** Sent by {@code sigqueue}. */
    public static final int SI_QUEUE = -1;
    /** A timer expired. */
    public static final int SI_TIMER = -2;
    /** Sent by {@code tkill}, which {@code raise} uses. */
    public static final int SI_TKILL = -6;

    /** The child called {@code exit}. */
    public static final int CLD_EXITED = 1;
    /** A signal ended the child. */
    public static final int CLD_KILLED = 2;
    /** A signal ended the child, with a core dump. */
    public static final int CLD_DUMPED = 3;
    /** The child stopped. */
    public static final int CLD_STOPPED = 5;
    /** The child went on. */
    public static final int CLD_CONTINUED = 6;

    /** From the kernel itself, such as a terminal. */
    public static SigInfo kernel(int signal) {
        return new SigInfo(signal, SI_KERNEL, 0, 0, 0, 0, 0, 0, 0);
    }

    /** From {@code kill} by a process. */
    public static SigInfo user(int signal, int pid, int uid) {
        return new SigInfo(signal, SI_USER, 0, pid, uid, 0, 0, 0, 0);
    }

    /** From {@code raise} or {@code tkill} by a process. */
    public static SigInfo thread(int signal, int pid, int uid) {
        return new SigInfo(signal, SI_TKILL, 0, pid, uid, 0, 0, 0, 0);
    }

    /** From {@code sigqueue}, with its value. */
    public static SigInfo queued(int signal, int pid, int uid, long value) {
        return new SigInfo(signal, SI_QUEUE, 0, pid, uid, 0, value, 0, 0);
    }

    /** From a fault at an address, such as SIGSEGV. */
    public static SigInfo fault(int signal, int code, long address) {
        return new SigInfo(signal, code, 0, 0, 0, 0, address, 0, 0);
    }

    /** About an open file; the band and the descriptor lie where others have the sender's pid and user. */
    public static SigInfo poll(int signal, int code, int band, int descriptor) {
        return new SigInfo(signal, code, 0, band, descriptor, 0, 0, 0, 0);
    }

    /** The {@code CLD_*} code of a child's status. */
    public static int childCode(WaitStatus status) {
        return switch (status) {
            case WaitStatus.Exited e -> CLD_EXITED;
            case WaitStatus.Signaled s -> s.coreDumped() ? CLD_DUMPED : CLD_KILLED;
            case WaitStatus.Stopped s -> CLD_STOPPED;
            case WaitStatus.Continued c -> CLD_CONTINUED;
        };
    }

    /** What {@code si_status} says about a child. */
    public static int childStatus(WaitStatus status) {
        return switch (status) {
            case WaitStatus.Exited e -> e.code();
            case WaitStatus.Signaled s -> s.signal();
            case WaitStatus.Stopped s -> s.signal();
            case WaitStatus.Continued c -> Signal.SIGCONT;
        };
    }
}
