package org.javix.posix;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.javix.net.NetworkAccess;
import org.javix.process.Kernel;
import org.javix.process.ProcFs;
import org.javix.process.SigInfo;
import org.javix.process.Terminal;
import org.javix.process.WaitStatus;
import org.javix.vfs.Credentials;
import org.javix.vfs.DevFs;
import org.javix.vfs.Errno;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.HostFs;
import org.javix.vfs.Mount;
import org.javix.vfs.Inode;
import org.javix.vfs.Mounts;
import org.javix.vfs.OverlayFs;
import org.javix.vfs.TmpFs;
import org.javix.vfs.nio.NioFs;
import org.javix.vfs.nio.VfsFileSystem;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;

/**
 * A Unix system of its own inside the JVM: files, processes, limits. Programs are WebAssembly modules
 * in its tree of files, and start one another as on any Unix system.
 *
 * {@snippet :
 * try (Sandbox sandbox = Sandbox.builder().root(image).environment("LANG", "C").build()) {
 *     ExecResult result = sandbox.exec("sh", "-c", "echo hello | tr a-z A-Z");
 *     System.out.print(result.text()); // HELLO
 * }
 * }
 *
 * <p>The files live as long as the sandbox, across its programs. Two sandboxes share nothing but
 * compiled code. Thread-safe.
 */
public final class Sandbox implements AutoCloseable {
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static final int TMP_MODE = 01777;

    private final Kernel kernel;
    private final GuestSystem system;
    private final SandboxFiles files;
    private final Credentials user;
    private final Map<String, String> environment;
    private final List<AutoCloseable> resources;

    private Sandbox(Builder builder) throws IOException {
        SandboxLimits limits = builder.limits;
        TmpFs root = builder.root == null
                ? TmpFs.create(limits.disk(), limits.files(), builder.clock)
                : TmpFs.over(builder.root, limits.disk(), limits.files(), builder.clock);
        if (builder.limitsUsers) {
            root.limitUsers(builder.userBytes, builder.userFiles);
        }
        Mounts mounts = new Mounts(root);
        files = new SandboxFiles(new FsContext(mounts, Credentials.ROOT));
        resources = new ArrayList<>();
        kernel = new Kernel(mounts, limits.ofKernel(), builder.clock);
        kernel.setHostname(builder.hostname);
        user = builder.user;
        environment = Map.copyOf(builder.environment);
        system = new GuestSystem(kernel, builder.modules, limits.memoryPages(), limits.residentMemory(), builder.trace);
        boolean complete = false;
        try {
            prepareTree(builder);
            complete = true;
        } finally {
            if (!complete) {
                close();
            }
        }
    }

    /** Describes a new sandbox. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Does ahead what the JVM's first sandbox would otherwise wait for: the JVM links native calls when they are
     * first used. Worth calling in a thread of its own by a program that is about to make its first sandbox and
     * has something else to do first; without it nothing is missing.
     */
    public static void prepare() {
        new Memory(new Module.MemoryType(new Module.Limits(0, 0), false, false));
        SigInfo.childCode(WaitStatus.SUCCESS);
        SigInfo.childStatus(WaitStatus.SUCCESS);
        WaitStatus.SUCCESS.shellStatus();
    }

    private void prepareTree(Builder builder) throws IOException {
        kernel.network().open(builder.network);
        files.createDirectories("/tmp", TMP_MODE);
        files.mount("/dev", DevFs.create(builder.clock), 0, "dev");
        TmpFs shared = TmpFs.create(builder.limits.memory(), builder.limits.files(), builder.clock);
        Inode top = shared.root();
        top.setMode(TMP_MODE);
        files.mount("/dev/shm", shared, Mount.NO_SET_ID | Mount.NO_DEVICES, "tmpfs");
        files.mount("/proc", ProcFs.of(kernel), Mount.NO_SET_ID | Mount.NO_DEVICES | Mount.NO_EXEC, "proc");
        for (PlannedMount mount : builder.mounts) {
            FileSystem fileSystem = mount.source.open(resources);
            files.mount(mount.point, fileSystem, mount.flags, mount.name);
        }
    }

    // ---- use ----

    /**
     * Runs a program to its end, with no input. It is looked for as a shell would, by {@code PATH}.
     *
     * @param words the program and its arguments
     * @return what it wrote and how it ended
     * @throws SandboxException if it cannot be started: ENOENT, EACCES, ENOEXEC …
     */
    public ExecResult exec(String... words) throws IOException {
        return command(words).run();
    }

    /** Describes a program to be run. */
    public Command command(String... words) {
        return command(List.of(words));
    }

    /** Describes a program to be run: its name and its arguments. */
    public Command command(List<String> words) {
        return new Command(this, words);
    }

    /**
     * A new terminal of the sandbox's user, for a {@link Command}.
     *
     * @throws SandboxException with ENOSPC if there are too many
     */
    public SandboxTerminal newTerminal(int rows, int columns) throws SandboxException {
        Terminal terminal = kernel.newTerminal(user);
        if (terminal == null) {
            throw new SandboxException("terminal", -Errno.ENOSPC);
        }
        return new SandboxTerminal(terminal, rows, columns);
    }

    /** The tree of files, for the embedder: without permission checks. */
    public SandboxFiles files() {
        return files;
    }

    /**
     * The tree of files for {@link java.nio.file.Files}, without permission checks: to walk, read, copy and change it.
     * Changes are not watched. It needs no closing.
     */
    public java.nio.file.FileSystem fileSystem() {
        return VfsFileSystem.of(new FsContext(kernel.mounts(), Credentials.ROOT));
    }

    /** The processes. */
    public Kernel kernel() {
        return kernel;
    }

    GuestSystem system() {
        return system;
    }

    /** A fresh view of the tree for a new process. */
    FsContext newContext() {
        return new FsContext(kernel.mounts(), user);
    }

    Map<String, String> environment() {
        return environment;
    }

    /**
     * Kills every process, waits for all of them to be gone, and frees memory and files. Streams of
     * processes reach their end. May be called again.
     */
    @Override
    public void close() {
        kernel.close();
        system.close();
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        resources.clear();
    }

    // ---- description ----

    /** Opens what is to be mounted, and adds to {@code resources} what is to be closed with the sandbox. */
    @FunctionalInterface
    private interface Source {
        FileSystem open(List<AutoCloseable> resources) throws IOException;
    }

    private record PlannedMount(String point, Source source, int flags, String name) {}

    /** Describes a sandbox. Not thread-safe. */
    public static final class Builder {
        private FileSystem root;
        private final List<PlannedMount> mounts = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private SandboxLimits limits = SandboxLimits.DEFAULT;
        private boolean limitsUsers;
        private long userBytes;
        private long userFiles;
        private Credentials user = Credentials.ROOT;
        private InstantSource clock = InstantSource.system();
        private String hostname = "javix";
        private final Set<ApiModule> modules = EnumSet.allOf(ApiModule.class);
        private Consumer<String> trace;
        private NetworkAccess network = NetworkAccess.NONE;

        private Builder() {
            environment.put("PATH", DEFAULT_PATH);
            environment.put("HOME", "/root");
        }

        /**
         * The files to begin with. The sandbox works on a private copy, made as it is needed; the image
         * itself must not change any more and may be shared by sandboxes. Without one, the tree is
         * empty but for {@code /dev}, {@code /proc} and {@code /tmp}.
         */
        public Builder root(FileSystem image) {
            root = image;
            return this;
        }

        /**
         * Mounts a directory or a regular file of the host, or a directory of another {@link java.nio.file.FileSystem},
         * read-only. Nothing outside of it can be reached. A single file is the one that is there now, even if
         * another gets its name.
         */
        public Builder mount(Path source, String point) {
            mounts.add(new PlannedMount(point, resources -> host(source, false, resources), Mount.READ_ONLY, "host"));
            return this;
        }

        /** The same, and programs may change it. */
        public Builder mountWritable(Path source, String point) {
            mounts.add(new PlannedMount(point, resources -> host(source, true, resources), 0, "host"));
            return this;
        }

        /**
         * Mounts a directory that programs may change, for themselves: the changes stay in the sandbox's memory, within
         * the limits of disk and files, and what others change there is seen until it is changed here.
         */
        public Builder mountOverlay(Path directory, String point) {
            mounts.add(new PlannedMount(point, resources -> overlay(directory, resources), 0, "overlay"));
            return this;
        }

        private static FileSystem host(Path source, boolean writable, List<AutoCloseable> resources) throws IOException {
            if (source.getFileSystem() != FileSystems.getDefault()) {
                return writable ? NioFs.of(source) : NioFs.readOnly(source);
            }
            HostFs host = writable ? HostFs.readWrite(source) : HostFs.readOnly(source);
            resources.add(host);
            return host;
        }

        private FileSystem overlay(Path directory, List<AutoCloseable> resources) throws IOException {
            FileSystem lower = host(directory, false, resources);
            if (!lower.root().isDirectory()) {
                throw new NotDirectoryException(directory.toString());
            }
            return OverlayFs.over(lower, limits.disk(), limits.files(), clock);
        }

        /**
         * Mounts a file system, which stays the caller's unless it is {@link AutoCloseable}.
         *
         * @param flags of {@link Mount}
         */
        public Builder mount(FileSystem fileSystem, String point, int flags) {
            mounts.add(new PlannedMount(point, resources -> {
                if (fileSystem instanceof AutoCloseable resource) {
                    resources.add(resource);
                }
                return fileSystem;
            }, flags, fileSystem.type()));
            return this;
        }

        /** Mounts an empty file system in memory, within the limits of disk and files. */
        public Builder tmpfs(String point) {
            return tmpfs(point, limits.disk(), limits.files());
        }

        /**
         * Mounts an empty file system in memory.
         *
         * @param bytes how much its files may hold
         * @param files how many there may be
         */
        public Builder tmpfs(String point, long bytes, long files) {
            mounts.add(new PlannedMount(point, resources -> TmpFs.create(bytes, files, clock), 0, "tmpfs"));
            return this;
        }

        /** Sets a variable for all programs. {@code PATH} and {@code HOME} are set from the start. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Replaces all variables. */
        public Builder environment(Map<String, String> variables) {
            environment.clear();
            environment.putAll(variables);
            return this;
        }

        /** Sets what the sandbox may use. */
        public Builder limits(SandboxLimits what) {
            limits = what;
            return this;
        }

        /**
         * Counts what each user and group holds of the root file system, as quotas do, and limits users other than root:
         * more gives EDQUOT. The superuser of the sandbox can look and change it by {@code quotactl}.
         *
         * @param bytes how many bytes each may hold; 0 for no limit but those that are set later
         * @param files the same for files
         */
        public Builder limitUsers(long bytes, long files) {
            limitsUsers = true;
            userBytes = bytes;
            userFiles = files;
            return this;
        }

        /** Whom programs run as; the superuser if nothing is said. */
        public Builder user(Credentials who) {
            user = who;
            return this;
        }

        /** The time of day that programs see. */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /**
         * What programs may reach of the host's network. Nothing if nothing is said: they have a loopback of their own.
         */
        public Builder network(NetworkAccess access) {
            network = access;
            return this;
        }

        /** What {@code uname -n} says. */
        public Builder hostname(String name) {
            hostname = name;
            return this;
        }

        /** Switches on these API modules and no others. All are on if nothing is said. */
        public Builder apiModules(Set<ApiModule> which) {
            modules.clear();
            modules.addAll(which);
            return this;
        }

        /** Switches API modules off: their calls fail with ENOSYS. */
        public Builder without(ApiModule... which) {
            List.of(which).forEach(modules::remove);
            return this;
        }

        /** Gets a line for every system call, such as {@code [pid 2] close(3) = 0}. Called by many threads. */
        public Builder trace(Consumer<String> lines) {
            trace = lines;
            return this;
        }

        /**
         * Makes the sandbox.
         *
         * @throws IOException if something cannot be mounted
         */
        public Sandbox build() throws IOException {
            return new Sandbox(this);
        }
    }
}
