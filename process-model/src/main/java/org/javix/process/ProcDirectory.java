package org.javix.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.javix.vfs.Credentials;
import org.javix.vfs.Inode;
import org.javix.vfs.OpenFile;
import org.javix.vfs.SyntheticFs;

/** {@code /proc/PID}. */
final class ProcDirectory {
    private static final int DIRECTORY = 0555;
    private static final int PRIVATE = 0500;

    private static final List<String> NAMES = List.of(
            "cmdline", "comm", "cwd", "exe", "fd", "mountinfo", "mounts", "root", "stat", "status");

    private final ProcFs proc;
    private final SyntheticFs fs;

    ProcDirectory(ProcFs proc, SyntheticFs fs) {
        this.proc = proc;
        this.fs = fs;
    }

    /** The directory of a process. */
    Inode of(Process process) {
        String pid = Integer.toString(process.pid());
        Credentials who = process.fs().credentials();
        return fs.directory(pid, fs.root(), pid, DIRECTORY, who.euid(), who.egid(), new SyntheticFs.Entries() {
            @Override
            public Inode lookup(String name) {
                return node(process, name);
            }

            @Override
            public List<String> names() {
                return NAMES;
            }
        });
    }

    private Inode node(Process process, String name) {
        String key = process.pid() + "/" + name;
        Credentials who = process.fs().credentials();
        return switch (name) {
            case "cmdline" -> proc.file(key, context -> process.arguments().stream()
                    .map(argument -> argument + "\0")
                    .collect(Collectors.joining()));
            case "comm" -> proc.file(key, context -> process.name() + "\n");
            case "cwd" -> fs.link(key, who.euid(), who.egid(), context -> process.fs().cwd().path());
            case "exe" -> fs.link(key, who.euid(), who.egid(), context -> process.executable());
            case "fd" -> fs.directory(key, of(process), name, PRIVATE, who.euid(), who.egid(), new Descriptors(process));
            case "mountinfo" -> proc.file(key, context -> ProcMounts.mountinfo(process));
            case "mounts" -> proc.file(key, context -> ProcMounts.mounts(process));
            case "root" -> fs.link(key, who.euid(), who.egid(), context -> process.fs().root().path());
            case "stat" -> proc.file(key, context -> stat(process));
            case "status" -> proc.file(key, context -> status(process));
            default -> null;
        };
    }

    /** {@code /proc/PID/fd}: links that lead to the open files themselves. */
    private final class Descriptors implements SyntheticFs.Entries {
        private final Process process;

        Descriptors(Process process) {
            this.process = process;
        }

        @Override
        public Inode lookup(String name) {
            if (!name.matches("0|[1-9][0-9]{0,8}")) {
                return null;
            }
            int fd = Integer.parseInt(name);
            OpenFile file = process.files().get(fd);
            if (file == null) {
                return null;
            }
            Credentials who = process.fs().credentials();
            return fs.magicLink(
                    process.pid() + "/fd/" + name,
                    who.euid(),
                    who.egid(),
                    context -> file.path(),
                    context -> process.files().get(fd));
        }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>();
            process.files().forEach((fd, file, closeOnExec) -> names.add(Integer.toString(fd)));
            return names;
        }
    }

    /** The letter of a process's state. */
    static char state(Process process) {
        if (process.hasEnded()) {
            return 'Z';
        }
        if (process.signals().stopSignal() != 0) {
            return 'T';
        }
        return process.cpu.isRunning() ? 'R' : 'S';
    }

    private static String stat(Process process) {
        Terminal terminal = process.session().terminal();
        int device = terminal == null ? 0 : Terminal.SLAVE_MAJOR << 8 | terminal.number();
        ProcessGroup foreground = terminal == null ? null : terminal.foreground();
        ResourceUsage own = process.usage();
        ResourceUsage children = process.childrenUsage();
        return process.pid() + " (" + process.name() + ") " + state(process) + " " + process.ppid() + " "
                + process.group().id() + " " + process.session().id() + " " + device + " "
                + (foreground == null ? -1 : foreground.id()) + " 0 0 0 0 0 "
                + ticks(own.userNanos()) + " " + ticks(own.systemNanos()) + " " + ticks(children.userNanos()) + " "
                + ticks(children.systemNanos()) + " " + (20 + process.nice()) + " " + process.nice() + " 1 0 "
                + ticks(process.kernel().uptimeNanos() - (System.nanoTime() - process.startTime))
                + " 0 0 18446744073709551615" + " 0".repeat(27) + "\n";
    }

    private static long ticks(long nanos) {
        return nanos / Kernel.CLOCK_TICK;
    }

    private static String status(Process process) {
        Credentials who = process.fs().credentials();
        SignalState signals = process.signals();
        String groups = who.groups().stream().map(group -> group + " ").collect(Collectors.joining());
        String state = switch (state(process)) {
            case 'Z' -> "Z (zombie)";
            case 'T' -> "T (stopped)";
            case 'R' -> "R (running)";
            default -> "S (sleeping)";
        };
        return """
                Name:\t%s
                Umask:\t%04o
                State:\t%s
                Tgid:\t%5$d
                Pid:\t%5$d
                PPid:\t%6$d
                Uid:\t%7$d\t%8$d\t%9$d\t%8$d
                Gid:\t%10$d\t%11$d\t%12$d\t%11$d
                Groups:\t%4$s
                Threads:\t1
                SigPnd:\t0000000000000000
                ShdPnd:\t%13$016x
                SigBlk:\t%14$016x
                SigIgn:\t%15$016x
                SigCgt:\t%16$016x
                """.formatted(
                        process.name(), process.fs().umask(), state, groups,
                        process.pid(), process.ppid(),
                        who.uid(), who.euid(), who.suid(), who.gid(), who.egid(), who.sgid(),
                        signals.allPending(), signals.mask(), signals.ignoredSignals(), signals.caughtSignals());
    }
}
