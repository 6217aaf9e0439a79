package org.javix.process;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.javix.net.Network;
import org.javix.vfs.Inode;

/** {@code /proc/sys}: settings of the system, which can be read only. */
final class ProcSys {
    private final ProcFs proc;
    // By path below sys.
    private final Map<String, Supplier<String>> values = new TreeMap<>();

    ProcSys(ProcFs proc) {
        this.proc = proc;
        Kernel kernel = proc.kernel();
        String boot = UUID.randomUUID().toString();
        values.put("fs/file-max", () -> Integer.toString(kernel.limits().openFiles()));
        values.put("fs/file-nr", () -> kernel.mounts().openFiles().count() + "\t0\t" + kernel.limits().openFiles());
        values.put("fs/inotify/max_queued_events", () -> Integer.toString(InotifyFile.MAX_QUEUED_EVENTS));
        values.put("fs/inotify/max_user_instances", () -> Integer.toString(InotifyFile.MAX_INSTANCES));
        values.put("fs/inotify/max_user_watches", () -> Integer.toString(InotifyFile.MAX_WATCHES));
        values.put("fs/lease-break-time", () -> "45");
        values.put("fs/leases-enable", () -> "1");
        values.put("fs/dir-notify-enable", () -> "1");
        values.put("fs/mount-max", () -> "1000");
        values.put("fs/mqueue/msg_default", () -> Integer.toString(MqueueFs.MSG_MAX));
        values.put("fs/mqueue/msg_max", () -> Integer.toString(MqueueFs.MSG_MAX));
        values.put("fs/mqueue/msgsize_default", () -> Integer.toString(MqueueFs.MSGSIZE_MAX));
        values.put("fs/mqueue/msgsize_max", () -> Integer.toString(MqueueFs.MSGSIZE_MAX));
        values.put("fs/mqueue/queues_max", () -> Integer.toString(MqueueFs.QUEUES_MAX));
        values.put("fs/nr_open", () -> Integer.toString(kernel.limits().descriptors()));
        values.put("fs/pipe-max-size", () -> "1048576");
        values.put("kernel/cap_last_cap", () -> "40");
        values.put("kernel/core_pattern", () -> "core");
        values.put("kernel/domainname", kernel::domainName);
        values.put("kernel/hostname", kernel::hostname);
        values.put("kernel/msgmax", () -> Integer.toString(SysvMessageQueue.MSGMAX));
        values.put("kernel/msgmnb", () -> Integer.toString(SysvMessageQueue.MSGMNB));
        values.put("kernel/msgmni", () -> Integer.toString(SysvMessageQueue.MSGMNI));
        values.put("kernel/ngroups_max", () -> "65536");
        values.put("kernel/osrelease", () -> ProcSystem.RELEASE);
        values.put("kernel/ostype", () -> "Linux");
        values.put("kernel/overflowgid", () -> "65534");
        values.put("kernel/overflowuid", () -> "65534");
        values.put("kernel/pid_max", () -> Integer.toString(kernel.pidMax()));
        values.put("kernel/random/boot_id", () -> boot);
        values.put("kernel/random/entropy_avail", () -> "256");
        values.put("kernel/random/poolsize", () -> "256");
        values.put("kernel/random/uuid", () -> UUID.randomUUID().toString());
        values.put("kernel/randomize_va_space", () -> "0");
        values.put("kernel/sem", () -> SysvSemaphores.SEMMSL + "\t" + SysvSemaphores.SEMMNS + "\t" + SysvSemaphores.SEMOPM
                + "\t" + SysvSemaphores.SEMMNI);
        values.put("kernel/threads-max", () -> Integer.toString(kernel.limits().processes()));
        values.put("kernel/version", () -> ProcSystem.VERSION);
        Network.settings().forEach((name, value) -> values.put("net/" + name, () -> value));
        values.put("vm/max_map_count", () -> "65530");
        values.put("vm/overcommit_memory", () -> "1");
        values.put("vm/overcommit_ratio", () -> "50");
        values.put("vm/swappiness", () -> "0");
    }

    /** @param path of the directory below sys: empty, or with a slash at the end */
    Inode directory(Inode parent, String path) {
        String name = path.isEmpty() ? "sys" : path.substring(path.lastIndexOf('/', path.length() - 2) + 1, path.length() - 1);
        List<String> names = values.keySet().stream()
                .filter(value -> value.startsWith(path))
                .map(value -> value.substring(path.length()).split("/", 2)[0])
                .distinct()
                .toList();
        Inode[] self = {null};
        self[0] = proc.directory("sys/" + path, parent, name, names, entry -> {
            Supplier<String> value = values.get(path + entry);
            return value == null
                    ? directory(self[0], path + entry + "/")
                    : proc.file("sys/" + path + entry, context -> value.get() + "\n");
        });
        return self[0];
    }
}
