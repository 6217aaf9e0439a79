package org.javix.process;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Inode;
import org.javix.vfs.SyntheticFs;

/**
 * {@code /proc}: the processes of one kernel, and what programs ask about the system. What it does not have
 * does not exist.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public final class ProcFs {
    private static final long MAGIC = 0x9fa0;
    private static final int FILE = 0444;
    private static final int DIRECTORY = 0555;

    /** The memory that programs are told of, in KiB: a whole 32-bit address space. */
    private static final long MEMORY_KIB = 4 << 20;

    private final Kernel kernel;
    private final SyntheticFs fs;
    private final Map<String, Supplier<Inode>> files = new TreeMap<>();
    private final ProcDirectory processes;

    private ProcFs(Kernel kernel) {
        this.kernel = kernel;
        fs = new SyntheticFs("proc", MAGIC, kernel.clock());
        processes = new ProcDirectory(this, fs);
        addFile("cpuinfo", context -> cpuinfo());
        addFile("filesystems", context -> "nodev\ttmpfs\nnodev\tproc\n");
        addFile("loadavg", context -> loadavg());
        addFile("meminfo", context -> meminfo());
        addFile("stat", context -> stat());
        addFile("uptime", context -> uptime());
        addFile("version", context -> "Linux version 6.1.0-javix (javix@javix) #1 SMP Javix\n");
        files.put("mounts", () -> fs.link("mounts", 0, 0, context -> "self/mounts"));
        files.put("self", () -> fs.link("self", 0, 0, ProcFs::self));
        files.put("sys", () -> directory("sys", fs.root(), "sys", List.of("kernel"), this::sys));
        fs.setRoot(new Root());
    }

    /** The file system, to be mounted in the kernel's own tree. */
    public static FileSystem of(Kernel kernel) {
        return new ProcFs(kernel).fs;
    }

    private void addFile(String name, Function<FsContext, String> content) {
        files.put(name, () -> file(name, content));
    }

    Inode file(String key, Function<FsContext, String> content) {
        return fs.file(key, FILE, 0, 0, context -> content.apply(context).getBytes(StandardCharsets.ISO_8859_1));
    }

    Inode directory(String key, Inode parent, String name, List<String> names, Function<String, Inode> nodes) {
        return fs.directory(key, parent, name, DIRECTORY, 0, 0, new SyntheticFs.Entries() {
            @Override
            public Inode lookup(String entry) {
                return names.contains(entry) ? nodes.apply(entry) : null;
            }

            @Override
            public List<String> names() {
                return names;
            }
        });
    }

    Kernel kernel() {
        return kernel;
    }

    private final class Root implements SyntheticFs.Entries {
        @Override
        public Inode lookup(String name) {
            Supplier<Inode> file = files.get(name);
            if (file != null) {
                return file.get();
            }
            Process process = name.matches("[1-9][0-9]{0,8}") ? kernel.process(Integer.parseInt(name)) : null;
            return process == null ? null : processes.of(process);
        }

        @Override
        public List<String> names() {
            List<String> names = new ArrayList<>(files.keySet());
            kernel.processes().forEach(process -> names.add(Integer.toString(process.pid())));
            return names;
        }
    }

    private static String self(FsContext context) {
        return context.owner() instanceof Process process ? Integer.toString(process.pid()) : "1";
    }

    // ---- /proc/sys/kernel ----

    private Inode sys(String name) {
        List<String> names = List.of("hostname", "osrelease", "ostype", "pid_max");
        return directory("sys/kernel", fs.root(), name, names, entry -> file("sys/kernel/" + entry, context -> switch (entry) {
            case "hostname" -> kernel.hostname() + "\n";
            case "osrelease" -> "6.1.0-javix\n";
            case "ostype" -> "Linux\n";
            default -> "32768\n";
        }));
    }

    // ---- the system ----

    private static String cpuinfo() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            text.append("processor\t: ").append(i).append("\nmodel name\t: WebAssembly\n\n");
        }
        return text.toString();
    }

    private String loadavg() {
        List<Process> all = kernel.processes();
        long running = all.stream().filter(process -> ProcDirectory.state(process) == 'R').count();
        return "0.00 0.00 0.00 " + running + "/" + all.size() + " " + all.getLast().pid() + "\n";
    }

    private static String meminfo() {
        return """
                MemTotal:       %1$8d kB
                MemFree:        %1$8d kB
                MemAvailable:   %1$8d kB
                Buffers:               0 kB
                Cached:                0 kB
                SwapTotal:             0 kB
                SwapFree:              0 kB
                """.formatted(MEMORY_KIB);
    }

    private String stat() {
        long started = kernel.clock().instant().getEpochSecond() - kernel.uptimeNanos() / 1_000_000_000;
        return "cpu  0 0 0 0 0 0 0 0 0 0\nbtime " + started + "\nprocesses " + kernel.processes().size() + "\n";
    }

    private String uptime() {
        double seconds = kernel.uptimeNanos() / 1e9;
        return String.format(java.util.Locale.ROOT, "%.2f %.2f%n", seconds, seconds);
    }
}
