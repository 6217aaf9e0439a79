package org.javix.process;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.javix.vfs.Credentials;

/** What {@code /proc/PID} tells of a process's state, in Linux's formats. */
final class ProcStatus {
    private static final int PAGE = 4096;
    private static final long ALL_CAPABILITIES = (1L << 41) - 1;

    private static final List<String> LIMIT_NAMES = List.of(
            "cpu time", "file size", "data size", "stack size", "core file size", "resident set", "processes",
            "open files", "locked memory", "address space", "file locks", "pending signals", "msgqueue size",
            "nice priority", "realtime priority", "realtime timeout");
    private static final List<String> LIMIT_UNITS = List.of(
            "seconds", "bytes", "bytes", "bytes", "bytes", "bytes", "processes", "files", "bytes", "bytes", "locks",
            "signals", "bytes", "", "", "us");

    private ProcStatus() {}

    /** The letter of a thread's state. */
    static char state(Task task) {
        Process process = task.process();
        if (process.hasEnded() || process.task(task.tid()) != task) {
            return 'Z';
        }
        if (process.signals().stopSignal() != 0) {
            return 'T';
        }
        return task.time.isRunning() ? 'R' : 'S';
    }

    /** The letter of a process's state: that of its first thread. */
    static char state(Process process) {
        return state(process.main());
    }

    static ProcessImage image(Process process) {
        return !process.hasEnded() && process.guest() instanceof ProcessImage image ? image : null;
    }

    private static long ticks(long nanos) {
        return nanos / Kernel.CLOCK_TICK;
    }

    /**
     * {@code /proc/PID/stat}: the 52 fields of proc_pid_stat(5).
     *
     * @param userNanos the CPU time to tell: of the process, or of the thread
     */
    static String stat(Task task, long userNanos) {
        Process process = task.process();
        Terminal terminal = process.session().terminal();
        int device = terminal == null ? 0 : Terminal.SLAVE_MAJOR << 8 | terminal.number();
        ProcessGroup foreground = terminal == null ? null : terminal.foreground();
        ResourceUsage own = process.usage();
        ResourceUsage children = process.childrenUsage();
        SignalState signals = process.signals();
        return task.tid() + " (" + task.name() + ") " + state(task) + " " + process.ppid() + " "
                + process.group().id() + " " + process.session().id() + " " + device + " "
                + (foreground == null ? -1 : foreground.id()) + " 0 " + own.faults() + " " + children.faults() + " 0 0 "
                + ticks(userNanos) + " 0 " + ticks(children.userNanos()) + " "
                + ticks(children.systemNanos()) + " " + (20 + process.nice()) + " " + process.nice() + " " + process.taskCount() + " 0 "
                + ticks(process.kernel().uptimeNanos() - (System.nanoTime() - process.startTime)) + " "
                + ProcMemory.virtualBytes(process) + " " + ProcMemory.residentBytes(process) / PAGE + " 18446744073709551615 0 0 0 0 0 "
                + (task.signals().ownPending() & 0x7fffffff) + " " + (task.signals().mask() & 0x7fffffff) + " "
                + (signals.ignoredSignals() & 0x7fffffff) + " " + (signals.caughtSignals() & 0x7fffffff)
                + " 0 0 0 " + Signal.SIGCHLD + " 0 0 0 0 0 0 0 0 0 0 0 0 0 "
                + (process.hasEnded() ? process.status().encode() : 0) + "\n";
    }

    /** {@code /proc/PID/status}. */
    static String status(Task task) {
        Process process = task.process();
        Credentials who = process.fs().credentials();
        SignalState signals = process.signals();
        String groups = who.groups().stream().map(group -> group + " ").collect(Collectors.joining());
        String state = switch (state(task)) {
            case 'Z' -> "Z (zombie)";
            case 'T' -> "T (stopped)";
            case 'R' -> "R (running)";
            default -> "S (sleeping)";
        };
        String capabilities = "%016x".formatted(who.isRoot() ? ALL_CAPABILITIES : 0);
        String memory = ProcMemory.status(process);
        return """
                Name:\t%s
                Umask:\t%04o
                State:\t%s
                Tgid:\t%5$d
                Ngid:\t0
                Pid:\t%24$d
                PPid:\t%6$d
                TracerPid:\t0
                Uid:\t%7$d\t%8$d\t%9$d\t%8$d
                Gid:\t%10$d\t%11$d\t%12$d\t%11$d
                FDSize:\t64
                Groups:\t%4$s
                NStgid:\t%5$d
                NSpid:\t%24$d
                NSpgid:\t%17$d
                NSsid:\t%18$d
                %19$sThreads:\t%25$d
                SigQ:\t0/%20$d
                SigPnd:\t%26$016x
                ShdPnd:\t%13$016x
                SigBlk:\t%14$016x
                SigIgn:\t%15$016x
                SigCgt:\t%16$016x
                CapInh:\t0000000000000000
                CapPrm:\t%21$s
                CapEff:\t%21$s
                CapBnd:\t%21$s
                CapAmb:\t0000000000000000
                NoNewPrivs:\t0
                Seccomp:\t0
                Cpus_allowed:\t%22$x
                Cpus_allowed_list:\t0-%23$d
                voluntary_ctxt_switches:\t%27$d
                nonvoluntary_ctxt_switches:\t0
                """.formatted(
                        task.name(), process.fs().umask(), state, groups,
                        process.pid(), process.ppid(),
                        who.uid(), who.euid(), who.suid(), who.gid(), who.egid(), who.sgid(),
                        signals.pending(), task.signals().mask(), signals.ignoredSignals(), signals.caughtSignals(),
                        process.group().id(), process.session().id(), memory,
                        process.kernel().limits().queuedSignals(), capabilities,
                        (1L << Math.min(62, Runtime.getRuntime().availableProcessors())) - 1,
                        Runtime.getRuntime().availableProcessors() - 1,
                        task.tid(), process.taskCount(), task.signals().ownPending(),
                        task.waits());
    }

    /** {@code /proc/PID/limits}. */
    static String limits(Process process) {
        StringBuilder text = new StringBuilder(line("Limit", "Soft Limit", "Hard Limit", "Units"));
        Rlimit limits = process.rlimits();
        for (int i = 0; i < Rlimit.COUNT; i++) {
            text.append(line("Max " + LIMIT_NAMES.get(i), value(limits.soft(i)), value(limits.hard(i)), LIMIT_UNITS.get(i)));
        }
        return text.toString();
    }

    private static String line(String name, String soft, String hard, String unit) {
        return String.format(Locale.ROOT, "%-25s %-20s %-20s %-10s\n", name, soft, hard, unit);
    }

    private static String value(long limit) {
        return limit == Rlimit.INFINITY ? "unlimited" : Long.toUnsignedString(limit);
    }
}
