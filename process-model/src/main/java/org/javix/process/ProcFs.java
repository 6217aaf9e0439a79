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
import org.javix.vfs.OpenFile;
import org.javix.vfs.SyntheticFs;

/**
 * {@code /proc}: the processes of one kernel, and what programs ask about the system. What it does not have
 * does not exist. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man5/proc.5.html">proc(5)</a>
 */
public final class ProcFs {
    private static final long MAGIC = 0x9fa0;
    private static final int FILE = 0444;
    private static final int DIRECTORY = 0555;

    private final Kernel kernel;
    private final SyntheticFs fs;
    private final Map<String, Supplier<Inode>> files = new TreeMap<>();
    private final ProcDirectory processes;

    private ProcFs(Kernel kernel) {
        this.kernel = kernel;
        fs = new SyntheticFs("proc", MAGIC, kernel.clock());
        processes = new ProcDirectory(this, fs, new ProcNet(this));
        new ProcSystem(kernel).files().forEach((name, content) -> files.put(name, () -> file(name, content)));
        files.put("net", () -> fs.link("net", 0, 0, context -> "self/net"));
        files.put("mounts", () -> fs.link("mounts", 0, 0, context -> "self/mounts"));
        files.put("self", () -> fs.link("self", 0, 0, ProcFs::self));
        files.put("thread-self", () -> fs.link("thread-self", 0, 0, context -> self(context) + "/task/" + self(context)));
        ProcSys sys = new ProcSys(this);
        files.put("sys", () -> sys.directory(fs.root(), ""));
        files.put("sysvipc", () -> directory("sysvipc", fs.root(), "sysvipc", List.of("msg", "sem", "shm"), this::sysvIpc));
        fs.setRoot(new Root());
    }

    /** The file system, to be mounted in the kernel's own tree. */
    public static FileSystem of(Kernel kernel) {
        return new ProcFs(kernel).fs;
    }

    /** The process whose directory {@code /proc/PID} is open; null if it is another file. */
    public static Process process(OpenFile file) {
        return file.inode() == null ? null : ProcDirectory.process(file.inode());
    }

    private Inode sysvIpc(String name) {
        SysvIpc ipc = kernel.sysvIpc();
        return file("sysvipc/" + name, context -> switch (name) {
            case "msg" -> ipc.queuesTable();
            case "sem" -> ipc.semaphoresTable();
            default -> ipc.segmentsTable();
        });
    }

    Inode file(String key, Function<FsContext, String> content) {
        return file(key, FILE, 0, 0, content);
    }

    /** @param content null for who may not read it */
    Inode file(String key, int permissions, int uid, int gid, Function<FsContext, String> content) {
        return fs.file(key, permissions, uid, gid, context -> {
            String text = content.apply(context);
            return text == null ? null : text.getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    /** A directory of fixed names. */
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
        return context != null && context.owner() instanceof Process process ? Integer.toString(process.pid()) : "1";
    }
}
