package org.javix.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.Location;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.SyntheticFs;

/**
 * {@code /proc/PID}, and {@code /proc/PID/task/TID}, which has nearly the same. What is private to a process can be seen by
 * the superuser and by processes of its user, as if they traced it.
 */
final class ProcDirectory {
    private static final int FILE = 0444;
    private static final int DIRECTORY = 0555;
    private static final int PRIVATE_DIRECTORY = 0500;
    private static final int PRIVATE_FILE = 0400;

    private static final List<String> NAMES = List.of(
            "cgroup", "cmdline", "comm", "coredump_filter", "cwd", "environ", "exe", "fd", "fdinfo", "gid_map", "io", "limits",
            "loginuid", "maps", "mountinfo", "mounts", "mountstats", "net", "oom_score", "oom_score_adj", "pagemap",
            "personality", "root", "sessionid", "setgroups", "smaps", "smaps_rollup", "stat", "statm", "status", "task",
            "timerslack_ns", "uid_map", "wchan");
    private static final List<String> TASK_NAMES;

    static {
        List<String> names = new ArrayList<>(NAMES);
        names.removeAll(List.of("task", "mountstats", "coredump_filter", "setgroups", "timerslack_ns"));
        names.add("children");
        TASK_NAMES = List.copyOf(names);
    }

    private final ProcFs proc;
    private final SyntheticFs fs;
    private final ProcNet net;

    ProcDirectory(ProcFs proc, SyntheticFs fs, ProcNet net) {
        this.proc = proc;
        this.fs = fs;
        this.net = net;
    }

    /** The directory of a process. */
    Inode of(Process process) {
        return directory(process, process.main(), "", fs.root(), NAMES);
    }

    /** The process whose directory a node is; null if it is another node. */
    static Process process(Inode node) {
        return SyntheticFs.content(node) instanceof Content content && !content.ofThread() ? content.process : null;
    }

    /** @param prefix of the keys of what is in it */
    private Inode directory(Process process, Task task, String prefix, Inode parent, List<String> names) {
        String number = Integer.toString(task.tid());
        Content content = new Content(process, task, prefix + number + "/", names);
        content.self = own(process, prefix + number, parent, number, DIRECTORY, content);
        return content.self;
    }

    private final class Content implements SyntheticFs.Entries {
        private final Process process;
        private final Task task;
        private final String prefix;
        private final List<String> names;
        private Inode self;

        Content(Process process, Task task, String prefix, List<String> names) {
            this.process = process;
            this.task = task;
            this.prefix = prefix;
            this.names = names;
        }

        boolean ofThread() {
            return names == TASK_NAMES;
        }

        @Override
        public Inode lookup(String name) {
            return names.contains(name) ? node(process, task, ofThread(), self, prefix, name) : null;
        }

        @Override
        public List<String> names() {
            return names;
        }
    }

    private Inode own(Process process, String key, Inode parent, String name, int mode, SyntheticFs.Entries entries) {
        Credentials who = process.fs().credentials();
        return fs.directory(key, parent, name, mode, who.euid(), who.egid(), entries);
    }

    private Inode node(Process process, Task task, boolean ofThread, Inode directory, String prefix, String name) {
        String key = prefix + name;
        return switch (name) {
            case "cgroup" -> file(process, key, context -> "0::/\n");
            case "children" -> file(process, key, context -> process.children().stream()
                    .map(child -> child.pid() + " ")
                    .collect(Collectors.joining()));
            case "cmdline" -> file(process, key, context -> process.hasEnded() ? "" : commandLine(process));
            case "comm" -> comm(process, task, key);
            case "coredump_filter" -> file(process, key, context -> "00000033\n");
            case "cwd" -> place(process, key, () -> process.fs().cwd());
            case "environ" -> secret(process, key, PRIVATE_FILE, context -> environment(process));
            case "exe" -> link(process, key, context -> process.executable().isEmpty() ? null : process.executable());
            case "fd", "fdinfo" -> own(process, key, directory, name, PRIVATE_DIRECTORY,
                    new ProcDescriptors(proc, fs, process, key, name.equals("fdinfo")));
            case "gid_map", "uid_map" -> file(process, key, context -> "         0          0 4294967295\n");
            case "io" -> secret(process, key, PRIVATE_FILE, context ->
                    "rchar: 0\nwchar: 0\nsyscr: 0\nsyscw: 0\nread_bytes: 0\nwrite_bytes: 0\ncancelled_write_bytes: 0\n");
            case "limits" -> file(process, key, context -> ProcStatus.limits(process));
            case "loginuid", "sessionid" -> file(process, key, context -> "4294967295");
            case "maps" -> secret(process, key, FILE, context -> ProcMemory.maps(process));
            case "mountinfo" -> file(process, key, context -> ProcMounts.mountinfo(process));
            case "mounts" -> file(process, key, context -> ProcMounts.mounts(process));
            case "mountstats" -> file(process, key, context -> ProcMounts.mountstats(process));
            case "net" -> net.directory(directory, key);
            case "oom_score" -> file(process, key, context -> process.traits().memoryBadness() + "\n");
            case "oom_score_adj" -> memoryAdjustment(process, key);
            case "pagemap" -> fs.file(
                    key, PRIVATE_FILE, process.fs().credentials().euid(), process.fs().credentials().egid(),
                    context -> mayTrace(context, process) ? ProcMemory.pagemap(process) : null);
            case "personality" -> secret(process, key, PRIVATE_FILE, context -> "%08x\n".formatted(process.traits().persona()));
            case "root" -> place(process, key, () -> process.fs().root());
            case "setgroups" -> file(process, key, context -> "allow\n");
            case "smaps" -> secret(process, key, FILE, context -> ProcMemory.smaps(process));
            case "smaps_rollup" -> secret(process, key, 0444, context -> ProcMemory.rollup(process));
            case "stat" -> file(process, key, context -> ProcStatus.stat(
                    task, ofThread ? task.cpuNanos() : process.cpuNanos()));
            case "statm" -> file(process, key, context -> ProcMemory.statm(process));
            case "status" -> file(process, key, context -> ProcStatus.status(task));
            case "task" -> own(process, key, directory, name, DIRECTORY, new Tasks(process, key));
            case "timerslack_ns" -> secret(process, key, FILE, context -> process.traits().timerSlack() + "\n");
            case "wchan" -> file(process, key, context -> "0");
            default -> null;
        };
    }

    private Inode file(Process process, String key, Function<FsContext, String> content) {
        Credentials who = process.fs().credentials();
        return proc.file(key, FILE, who.euid(), who.egid(), content);
    }

    /** The name of a thread, which its own process may change. */
    private Inode comm(Process process, Task task, String key) {
        Credentials who = process.fs().credentials();
        return fs.file(
                key, 0644, who.euid(), who.egid(),
                context -> (task.name() + "\n").getBytes(StandardCharsets.ISO_8859_1),
                (context, name) -> {
                    if (context.owner() != process) {
                        return -Errno.EINVAL;
                    }
                    task.setName(new String(name, StandardCharsets.ISO_8859_1));
                    return 0;
                });
    }

    private Inode memoryAdjustment(Process process, String key) {
        Credentials who = process.fs().credentials();
        return fs.file(
                key, 0644, who.euid(), who.egid(),
                context -> (process.traits().memoryAdjustment() + "\n").getBytes(StandardCharsets.ISO_8859_1),
                (context, text) -> process.traits().setMemoryAdjustment(
                        new String(text, StandardCharsets.ISO_8859_1).strip(), context.credentials().isRoot()));
    }

    /** A file that cannot be opened by who may not trace the process. */
    private Inode secret(Process process, String key, int mode, Function<FsContext, String> content) {
        Credentials who = process.fs().credentials();
        return proc.file(key, mode, who.euid(), who.egid(),
                context -> mayTrace(context, process) ? content.apply(context) : null);
    }

    private Inode link(Process process, String key, Function<FsContext, String> target) {
        Credentials who = process.fs().credentials();
        return fs.privateLink(key, 0777, who.euid(), who.egid(),
                context -> mayTrace(context, process), target, context -> null);
    }

    /** Where a directory is kept: a link to itself, wherever its path may lead. */
    private interface Place {
        Location get();
    }

    private Inode place(Process process, String key, Place place) {
        Credentials who = process.fs().credentials();
        return fs.privateLink(key, 0777, who.euid(), who.egid(),
                context -> mayTrace(context, process),
                context -> place.get().path(),
                context -> OpenFile.directory(OpenFlags.O_PATH, place.get()));
    }

    /** Linux's rule for PTRACE_MODE_READ, without capabilities. */
    static boolean mayTrace(FsContext context, Process process) {
        if (context == null || context.owner() == process) {
            return true;
        }
        Credentials by = context.credentials();
        Credentials of = process.fs().credentials();
        boolean sameUser = by.euid() == of.uid() && by.euid() == of.euid() && by.euid() == of.suid();
        boolean sameGroup = by.egid() == of.gid() && by.egid() == of.egid() && by.egid() == of.sgid();
        return by.isRoot() || sameUser && sameGroup;
    }

    private static String commandLine(Process process) {
        ProcessImage image = ProcStatus.image(process);
        byte[] own = image == null ? null : image.commandLine();
        // A child that shares its parent's pages may not have touched them.
        return own != null && own.length > 0 && own[0] != 0
                ? new String(own, StandardCharsets.ISO_8859_1)
                : process.arguments().stream().map(argument -> argument + "\0").collect(Collectors.joining());
    }

    private static String environment(Process process) {
        ProcessImage image = ProcStatus.image(process);
        return image == null ? "" : image.environment().stream().map(word -> word + "\0").collect(Collectors.joining());
    }

    /** {@code /proc/PID/task}: the threads, the first also when it has ended. */
    private final class Tasks implements SyntheticFs.Entries {
        private final Process process;
        private final String key;

        Tasks(Process process, String key) {
            this.process = process;
            this.key = key;
        }

        @Override
        public Inode lookup(String name) {
            for (Task task : all()) {
                if (name.equals(Integer.toString(task.tid()))) {
                    return directory(process, task, key + "/", of(process), TASK_NAMES);
                }
            }
            return null;
        }

        @Override
        public List<String> names() {
            return all().stream().map(task -> Integer.toString(task.tid())).toList();
        }

        private List<Task> all() {
            List<Task> tasks = new ArrayList<>(List.of(process.tasks()));
            if (!tasks.contains(process.main())) {
                tasks.addFirst(process.main());
            }
            return tasks;
        }
    }
}
