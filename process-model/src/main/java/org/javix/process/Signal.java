package org.javix.process;

import java.util.Map;
import java.util.HashMap;

/**
 * Signal numbers, with Linux's generic values, their names and what they do by default.
 *
 * <p>32 to 64 are the real-time signals: they queue, and carry a value.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/basedefs/signal.h.html">signal.h</a>
 */
public final class Signal {
    /** Hangup. */
    public static final int SIGHUP = 1;
    /** Interrupt from the terminal. */
    public static final int SIGINT = 2;
    /** Quit from the terminal. */
    public static final int SIGQUIT = 3;
    /** Illegal instruction. */
    public static final int SIGILL = 4;
    /** Trace trap. */
    public static final int SIGTRAP = 5;
    /** Abort. */
    public static final int SIGABRT = 6;
    /** Bad memory access, such as beyond the end of a mapped file. */
    public static final int SIGBUS = 7;
    /** Arithmetic exception. */
    public static final int SIGFPE = 8;
    /** Kill; cannot be caught, blocked or ignored. */
    public static final int SIGKILL = 9;
    /** For the user. */
    public static final int SIGUSR1 = 10;
    /** Invalid memory access. */
    public static final int SIGSEGV = 11;
    /** For the user. */
    public static final int SIGUSR2 = 12;
    /** Write to a pipe that nobody reads. */
    public static final int SIGPIPE = 13;
    /** Timer of {@code alarm}. */
    public static final int SIGALRM = 14;
    /** Termination. */
    public static final int SIGTERM = 15;
    /** Stack fault; unused. */
    public static final int SIGSTKFLT = 16;
    /** A child ended, stopped or went on. */
    public static final int SIGCHLD = 17;
    /** Continue. */
    public static final int SIGCONT = 18;
    /** Stop; cannot be caught, blocked or ignored. */
    public static final int SIGSTOP = 19;
    /** Stop from the terminal. */
    public static final int SIGTSTP = 20;
    /** A background process read from its terminal. */
    public static final int SIGTTIN = 21;
    /** A background process wrote to its terminal. */
    public static final int SIGTTOU = 22;
    /** Urgent data at a socket. */
    public static final int SIGURG = 23;
    /** CPU time limit reached. */
    public static final int SIGXCPU = 24;
    /** File size limit reached. */
    public static final int SIGXFSZ = 25;
    /** Virtual timer. */
    public static final int SIGVTALRM = 26;
    /** Profiling timer. */
    public static final int SIGPROF = 27;
    /** The terminal's window changed its size. */
    public static final int SIGWINCH = 28;
    /** Input or output is possible. */
    public static final int SIGIO = 29;
    /** Power failure. */
    public static final int SIGPWR = 30;
    /** Bad system call. */
    public static final int SIGSYS = 31;
    /** The first real-time signal, as the kernel counts (a libc may keep the first few for itself). */
    public static final int SIGRTMIN = 32;
    /** The last real-time signal, and the highest number. */
    public static final int SIGRTMAX = 64;

    /** What happens to a process that has not asked for anything else. */
    public enum DefaultAction {
        /** The process ends. */
        TERMINATE,
        /** The process ends, and its status says that a core would have been dumped. */
        CORE,
        /** Nothing. */
        IGNORE,
        /** The process stops. */
        STOP,
        /** The process goes on if it was stopped. */
        CONTINUE
    }

    private static final String[] NAMES = {
        null, "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE",
        "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM",
        "PROF", "WINCH", "IO", "PWR", "SYS"
    };

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    static {
        for (int signal = 1; signal < NAMES.length; signal++) {
            NUMBERS.put(NAMES[signal], signal);
        }
        NUMBERS.put("POLL", SIGIO);
        NUMBERS.put("IOT", SIGABRT);
        NUMBERS.put("CLD", SIGCHLD);
    }

    private Signal() {}

    /** Whether {@code signal} is a signal's number (0, the null signal, is not). */
    public static boolean isValid(int signal) {
        return signal >= 1 && signal <= SIGRTMAX;
    }

    /** Whether {@code signal} is a real-time signal: one that queues. */
    public static boolean isRealTime(int signal) {
        return signal >= SIGRTMIN && signal <= SIGRTMAX;
    }

    /** The name with its prefix, such as {@code "SIGTERM"} or {@code "SIGRTMIN+3"}. */
    public static String name(int signal) {
        if (signal > 0 && signal < NAMES.length) {
            return "SIG" + NAMES[signal];
        }
        if (isRealTime(signal)) {
            return signal == SIGRTMIN ? "SIGRTMIN" : "SIGRTMIN+" + (signal - SIGRTMIN);
        }
        return "SIG" + signal;
    }

    /** The number of a name, with or without {@code SIG}, or of a number's digits; -1 if there is no such signal. */
    public static int number(String name) {
        String bare = name.startsWith("SIG") ? name.substring(3) : name;
        Integer number = NUMBERS.get(bare);
        if (number != null) {
            return number;
        }
        int signal;
        try {
            signal = bare.startsWith("RTMIN+")
                    ? SIGRTMIN + Integer.parseInt(bare.substring(6))
                    : bare.equals("RTMIN") ? SIGRTMIN : bare.equals("RTMAX") ? SIGRTMAX : Integer.parseInt(bare);
        } catch (NumberFormatException e) {
            return -1;
        }
        return isValid(signal) ? signal : -1;
    }

    /** What {@code signal} does by default. */
    public static DefaultAction defaultAction(int signal) {
        return switch (signal) {
            case SIGCHLD, SIGURG, SIGWINCH -> DefaultAction.IGNORE;
            case SIGCONT -> DefaultAction.CONTINUE;
            case SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU -> DefaultAction.STOP;
            case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS ->
                DefaultAction.CORE;
            default -> DefaultAction.TERMINATE;
        };
    }
}
