package org.javix.process;

import static java.util.Locale.ROOT;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.javix.vfs.FsContext;

/** The files of {@code /proc} that tell about the system as a whole. */
final class ProcSystem {
    static final String RELEASE = "6.1.0-javix";
    static final String VERSION = "#1 SMP Javix";

    /** The memory that programs are told of, in KiB: a whole 32-bit address space. */
    private static final long MEMORY_KIB = 4 << 20;

    private final Kernel kernel;

    ProcSystem(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What each file holds, by name. */
    Map<String, Function<FsContext, String>> files() {
        Map<String, Function<FsContext, String>> files = new TreeMap<>();
        files.put("cmdline", context -> "javix\n");
        files.put("cpuinfo", context -> cpuinfo());
        files.put("devices", context -> "Character devices:\n  1 mem\n  5 /dev/tty\n  5 /dev/console\n  5 /dev/ptmx\n136 pts\n\nBlock devices:\n");
        files.put("filesystems", context -> filesystems());
        files.put("loadavg", context -> loadavg());
        files.put("locks", context -> ProcLocks.of(kernel));
        files.put("meminfo", context -> meminfo());
        files.put("partitions", context -> "major minor  #blocks  name\n\n");
        files.put("stat", context -> stat());
        files.put("swaps", context -> "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n");
        files.put("uptime", context -> uptime());
        files.put("version", context -> "Linux version " + RELEASE + " (javix@javix) " + VERSION + "\n");
        files.put("vmstat", context -> vmstat());
        return files;
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static String cpuinfo() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < processors(); i++) {
            text.append("""
                    processor\t: %1$d
                    vendor_id\t: Javix
                    model name\t: WebAssembly
                    physical id\t: 0
                    siblings\t: %2$d
                    core id\t\t: %1$d
                    cpu cores\t: %2$d

                    """.formatted(i, processors()));
        }
        return text.toString();
    }

    private String filesystems() {
        StringBuilder text = new StringBuilder();
        kernel.mounts().types().keySet().stream().sorted().forEach(type -> text.append("nodev\t").append(type).append('\n'));
        return text.toString();
    }

    private long running() {
        return kernel.processes().stream().filter(process -> ProcStatus.state(process) == 'R').count();
    }

    private String loadavg() {
        List<Process> all = kernel.processes();
        double load = running(); // what it would come to if it stayed so
        return String.format(ROOT, "%1$.2f %1$.2f %1$.2f %2$d/%3$d %4$d%n", load, running(), all.size(), all.getLast().pid());
    }

    private long residentKib() {
        return kernel.processes().stream().mapToLong(ProcMemory::residentBytes).sum() >> 10;
    }

    private String meminfo() {
        long used = Math.min(residentKib(), MEMORY_KIB);
        return """
                MemTotal:       %1$8d kB
                MemFree:        %2$8d kB
                MemAvailable:   %2$8d kB
                Buffers:               0 kB
                Cached:                0 kB
                SwapCached:            0 kB
                Active:         %3$8d kB
                Inactive:              0 kB
                SwapTotal:             0 kB
                SwapFree:              0 kB
                Dirty:                 0 kB
                Writeback:             0 kB
                AnonPages:      %3$8d kB
                Mapped:                0 kB
                Shmem:                 0 kB
                Slab:                  0 kB
                SReclaimable:          0 kB
                SUnreclaim:            0 kB
                """.formatted(MEMORY_KIB, MEMORY_KIB - used, used);
    }

    private long usedTicks() {
        return kernel.processes().stream().mapToLong(process -> process.totalUsage().userNanos()).sum() / Kernel.CLOCK_TICK;
    }

    private long upTicks() {
        return kernel.uptimeNanos() / Kernel.CLOCK_TICK;
    }

    private String stat() {
        long user = usedTicks();
        long idle = Math.max(0, upTicks() * processors() - user);
        StringBuilder text = new StringBuilder("cpu  " + user + " 0 0 " + idle + " 0 0 0 0 0 0\n");
        for (int i = 0; i < processors(); i++) {
            text.append("cpu").append(i).append(' ').append(user / processors()).append(" 0 0 ")
                    .append(idle / processors()).append(" 0 0 0 0 0 0\n");
        }
        long started = kernel.clock().instant().getEpochSecond() - kernel.uptimeNanos() / 1_000_000_000;
        return text.append("intr 0\nctxt 0\nbtime ").append(started)
                .append("\nprocesses ").append(kernel.processes().getLast().pid())
                .append("\nprocs_running ").append(Math.max(1, running()))
                .append("\nprocs_blocked 0\nsoftirq 0 0 0 0 0 0 0 0 0 0 0\n").toString();
    }

    private String uptime() {
        double up = kernel.uptimeNanos() / 1e9;
        double idle = Math.max(0, up * processors() - usedTicks() / 100.0);
        return String.format(ROOT, "%.2f %.2f%n", up, idle);
    }

    private String vmstat() {
        long used = residentKib() / 4;
        return "nr_free_pages " + (MEMORY_KIB / 4 - used) + "\nnr_anon_pages " + used
                + "\npgpgin 0\npgpgout 0\npswpin 0\npswpout 0\npgfault 0\npgmajfault 0\n";
    }
}
