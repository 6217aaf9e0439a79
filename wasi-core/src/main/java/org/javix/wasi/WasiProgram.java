package org.javix.wasi;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.javix.vfs.Credentials;
import org.javix.vfs.Errno;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileSystem;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mounts;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.StreamInput;
import org.javix.vfs.StreamOutput;
import org.javix.vfs.TmpFs;
import org.javix.vfs.Waiter;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.InstanceOptions;
import org.javix.wasm.LinkException;
import org.javix.wasm.Memory;
import org.javix.wasm.Trap;
import org.javix.wasm.WasmException;

/**
 * Runs plain WASI programs from Java: no processes, no signals, and nothing of the host but what is given
 * here. Without any setting a program has no arguments but its name, no environment, no directories, an
 * empty standard input, and its output goes nowhere.
 *
 * <p>Strings become UTF-8. Immutable once built; every run is a program of its own, in the thread that
 * calls, and several may run at once, but only one for each of the streams.
 */
public final class WasiProgram {
    private static final String START = "_start";
    private static final String INITIALIZE = "_initialize";

    private final CompiledModule code;
    private final Builder settings;
    private final Set<PlainContext> running = ConcurrentHashMap.newKeySet();

    private WasiProgram(CompiledModule code, Builder settings) {
        this.code = code;
        this.settings = settings;
    }

    /** Starts to describe how a program is run. Compile it once, with any options, for all its runs. */
    public static Builder builder(CompiledModule code) {
        return new Builder(code);
    }

    /**
     * Runs the program from its {@code _start} to its end.
     *
     * @return the exit status, as the program gave it; 128 + n if it raised the signal n
     * @throws ProgramStopped if {@link #stop} or the time limit ended it
     * @throws IllegalArgumentException if the module is no program: it has no {@code _start}
     * @throws LinkException if it imports anything but WASI and what the builder was given
     * @throws Trap if it does what WebAssembly forbids
     * @throws WasmException if it throws an exception that it does not catch
     */
    public int run() {
        if (code.module().exports().stream().noneMatch(export -> export.name().equals(START))) {
            throw new IllegalArgumentException("the module has no " + START);
        }
        PlainContext context = settings.context();
        Thread timer = settings.timeLimit == null ? null : stopLater(context);
        running.add(context);
        try (Instance instance = instantiate(context)) {
            instance.function(START).call();
            return 0;
        } catch (ProgramExited exit) {
            return exit.status();
        } finally {
            running.remove(context);
            context.files().closeAll();
            if (timer != null) {
                timer.interrupt();
            }
        }
    }

    /**
     * Opens the module to call its exports, after its {@code _initialize} if it has one. Close it.
     *
     * @throws ProgramExited if the initialisation exits
     * @throws LinkException if it imports anything but WASI and what the builder was given
     */
    public WasiReactor open() {
        PlainContext context = settings.context();
        running.add(context);
        Instance instance = null;
        try {
            instance = instantiate(context);
            if (instance.exports(INITIALIZE)) {
                instance.function(INITIALIZE).call();
            }
            return new WasiReactor(instance, context, () -> running.remove(context));
        } catch (RuntimeException | Error e) {
            running.remove(context);
            context.files().closeAll();
            if (instance != null) {
                instance.close();
            }
            throw e;
        }
    }

    /** Ends what runs now, also what computes or waits. May be called by any thread. */
    public void stop() {
        running.forEach(PlainContext::stop);
    }

    private Instance instantiate(PlainContext context) {
        InstanceOptions options = new InstanceOptions()
                .memoryPages(settings.memoryLimit)
                .tableElements(settings.tableLimit)
                .context(context)
                .pollHandler(context)
                .trace(settings.trace)
                .created(context::attach);
        return code.instantiate(settings.imports, options);
    }

    private Thread stopLater(PlainContext context) {
        return Thread.ofVirtual().name("javix-time-limit").start(() -> {
            try {
                Thread.sleep(settings.timeLimit);
                context.stop();
            } catch (InterruptedException e) {
                // The program has ended in time.
            }
        });
    }

    /** What a program is run with. Not thread-safe. */
    public static final class Builder {
        /** Where programs look for preopened directories. */
        private static final int FIRST_PREOPEN = 3;

        private record Directory(String name, FileSystem fileSystem) {}

        private final CompiledModule code;
        private final List<byte[]> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Directory> directories = new ArrayList<>();
        private final List<ServerSocketChannel> listeners = new ArrayList<>();
        private InputStream in = InputStream.nullInputStream();
        private OutputStream out = OutputStream.nullOutputStream();
        private OutputStream err = OutputStream.nullOutputStream();
        private WasiClock clock;
        private Random random;
        private Consumer<String> trace;
        private final Imports imports = new Imports().addAll(Wasi.functions());
        private final Set<Integer> terminals = new HashSet<>();
        private Duration timeLimit;
        private long memoryLimit = Memory.MAX_PAGES;
        private long tableLimit = Long.MAX_VALUE;

        private Builder(CompiledModule code) {
            this.code = code;
        }

        /** Adds arguments. The first of all is the program's name. */
        public Builder arguments(String... values) {
            for (String value : values) {
                arguments.add(value.getBytes(StandardCharsets.UTF_8));
            }
            return this;
        }

        /** Sets an environment variable. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Gives the program a directory, the root of a file system: a {@code TmpFs} in memory, or a
         * {@code HostFs} for one of the host's. What the program changes stays there for the next run.
         *
         * @param name the path by which the program finds it, such as {@code "/"} or {@code "/data"}
         */
        public Builder directory(String name, FileSystem fileSystem) {
            directories.add(new Directory(name, fileSystem));
            return this;
        }

        /**
         * Gives the program a socket to take connections from. It finds them in the order of these calls, from descriptor 3
         * on; directories come after them. The socket is made non-blocking, and not closed.
         *
         * @param socket one that is bound
         */
        public Builder listener(ServerSocketChannel socket) {
            listeners.add(socket);
            return this;
        }

        /**
         * Gives the program a stream to read its standard input from. It is not closed, and no more is taken from
         * it than the program reads.
         */
        public Builder stdin(InputStream stream) {
            in = stream;
            return this;
        }

        /** Gives the program a stream to write its standard output to. It is flushed, not closed. */
        public Builder stdout(OutputStream stream) {
            out = stream;
            return this;
        }

        /** Gives the program a stream to write its errors to. It is flushed, not closed. */
        public Builder stderr(OutputStream stream) {
            err = stream;
            return this;
        }

        /**
         * Says that standard streams are terminals, as the program's {@code isatty} finds: a libc then buffers by
         * lines. Without it they look like pipes.
         *
         * @param descriptors of 0, 1 and 2
         */
        public Builder terminal(int... descriptors) {
            for (int descriptor : descriptors) {
                terminals.add(descriptor);
            }
            return this;
        }

        /** Offers functions of the embedder's own, or of other instances, beside those of WASI. */
        public Builder imports(Imports others) {
            imports.addAll(others);
            return this;
        }

        /** Sets the clocks; without it a run has the host's. */
        public Builder clock(WasiClock source) {
            clock = source;
            return this;
        }

        /** Sets the source of random bytes; without it they are fit for cryptography. */
        public Builder random(Random source) {
            random = source;
            return this;
        }

        /** Limits the program's memory, in pages of 64 KiB; without it, to 4 GiB. */
        public Builder memoryLimit(long pages) {
            memoryLimit = pages;
            return this;
        }

        /** Limits each of the program's tables, in elements. */
        public Builder tableLimit(long elements) {
            tableLimit = elements;
            return this;
        }

        /** Stops a {@link WasiProgram#run run} that takes longer; without it, none. */
        public Builder timeLimit(Duration time) {
            timeLimit = time;
            return this;
        }

        /** Logs every call of WASI and of other imports, as {@link InstanceOptions#trace} describes. */
        public Builder trace(Consumer<String> log) {
            trace = log;
            return this;
        }

        /** The program with these settings; later changes here do not change it. */
        public WasiProgram build() {
            return new WasiProgram(code, copy());
        }

        private Builder copy() {
            Builder copy = new Builder(code);
            copy.arguments.addAll(arguments);
            copy.environment.putAll(environment);
            copy.directories.addAll(directories);
            copy.listeners.addAll(listeners);
            copy.in = in;
            copy.out = out;
            copy.err = err;
            copy.clock = clock;
            copy.random = random;
            copy.trace = trace;
            copy.imports.addAll(imports);
            copy.terminals.addAll(terminals);
            copy.timeLimit = timeLimit;
            copy.memoryLimit = memoryLimit;
            copy.tableLimit = tableLimit;
            return copy;
        }

        /** The world of one run. */
        PlainContext context() {
            FdTable files = new FdTable();
            try {
                return context(files);
            } catch (RuntimeException e) {
                files.closeAll();
                throw e;
            }
        }

        private PlainContext context(FdTable files) {
            files.put(0, new StreamInput(in, terminals.contains(0)), false);
            files.put(1, new StreamOutput(out, terminals.contains(1)), false);
            files.put(2, new StreamOutput(err, terminals.contains(2)), false);
            HostSelector selector = listeners.isEmpty() ? null : new HostSelector();
            for (ServerSocketChannel listener : listeners) {
                files.add(new HostListener(selector, listener), FIRST_PREOPEN, false);
            }
            FsContext fileSystem = new FsContext(new Mounts(TmpFs.create()), Credentials.ROOT);
            for (int i = 0; i < directories.size(); i++) {
                preopen(files, fileSystem, i, directories.get(i));
            }
            List<byte[]> variables = new ArrayList<>();
            environment.forEach((name, value) -> variables.add((name + "=" + value).getBytes(StandardCharsets.UTF_8)));
            return new PlainContext(
                    List.copyOf(arguments),
                    variables,
                    files,
                    fileSystem,
                    clock == null ? WasiClock.system() : clock,
                    random);
        }

        // Each is mounted under a root that the program never sees, so that none contains another.
        private static void preopen(FdTable files, FsContext fileSystem, int number, Directory directory) {
            String place = "/" + number;
            FileCalls.mkdir(fileSystem, null, place, 0755);
            FileCalls.mount(fileSystem, place, directory.fileSystem, 0, directory.name);
            Result<OpenFile> opened = FileCalls.open(
                    fileSystem, Waiter.uninterruptible(), null, place, OpenFlags.O_DIRECTORY, 0);
            if (opened.isFailure()) {
                throw new IllegalStateException(
                        "cannot open " + directory.name + ": " + Errno.message(-opened.error()));
            }
            int fd = files.add(opened.value(), FIRST_PREOPEN, false);
            Descriptor.preopen(files, fd, bytes(directory.name));
        }

        // Names in the file system have one char for each byte.
        private static String bytes(String name) {
            return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        }
    }
}
