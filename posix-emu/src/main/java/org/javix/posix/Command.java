package org.javix.posix;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.javix.process.Pipe;
import org.javix.process.Process;
import org.javix.process.WaitStatus;
import org.javix.vfs.Errno;
import org.javix.vfs.FdTable;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.OpenFile;
import org.javix.vfs.OpenFlags;
import org.javix.vfs.Result;
import org.javix.vfs.StreamInput;
import org.javix.vfs.Waiter;

/**
 * A program to be run in a {@link Sandbox}: what it is called with, where, and where its streams lead.
 * May be run several times. Not thread-safe.
 */
public final class Command {
    private final Sandbox sandbox;
    private final List<String> words;
    private final Map<String, String> environment;
    private String directory = "/";
    private InputStream input;
    private OutputStream output;
    private OutputStream error;
    private boolean errorToOutput;
    private Duration timeout;
    private SandboxTerminal terminal;

    Command(Sandbox sandbox, List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no program is named");
        }
        this.sandbox = sandbox;
        this.words = List.copyOf(words);
        environment = new LinkedHashMap<>(sandbox.environment());
    }

    // ---- description ----

    /** Sets a variable besides those of the sandbox. */
    public Command environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Replaces all variables. */
    public Command environment(Map<String, String> variables) {
        environment.clear();
        environment.putAll(variables);
        return this;
    }

    /** The working directory; {@code /} if nothing is said. */
    public Command directory(String path) {
        directory = path;
        return this;
    }

    /** Where standard input comes from. It is read only as far as the program reads. */
    public Command input(InputStream stream) {
        input = stream;
        return this;
    }

    /** The bytes of standard input. */
    public Command input(byte[] bytes) {
        return input(new ByteArrayInputStream(bytes));
    }

    /** The text of standard input, as UTF-8. */
    public Command input(String text) {
        return input(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Where standard output goes; each write at once, by the thread of the process that writes. */
    public Command output(OutputStream stream) {
        output = stream;
        return this;
    }

    /** Where standard error goes. */
    public Command error(OutputStream stream) {
        error = stream;
        return this;
    }

    /** Lets standard error go where standard output goes, in the order of writing. */
    public Command mergeError() {
        errorToOutput = true;
        return this;
    }

    /**
     * Runs it on a terminal, which becomes the controlling one of its session. Standard streams that were
     * not named lead there.
     */
    public Command terminal(SandboxTerminal which) {
        terminal = which;
        return this;
    }

    /** How long {@link #run} lets it run before everything in its session is killed; null for ever. */
    public Command timeout(Duration time) {
        timeout = time;
        return this;
    }

    // ---- running ----

    /**
     * Runs the program to its end. Streams that were not named: no input, and output and error are
     * captured. Returns when the program has ended and no process has its output open any more.
     *
     * @throws SandboxException if it cannot be started: ENOENT, EACCES, ENOEXEC …
     */
    public ExecResult run() throws IOException {
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        ByteArrayOutputStream capturedError = new ByteArrayOutputStream();
        Streams streams = new Streams();
        streams.in = input != null ? new StreamInput(input) : terminal != null ? terminal.open() : nothing();
        streams.out = outputTo(output, captured);
        streams.err = errorToOutput ? again(streams.out) : outputTo(error, capturedError);
        SandboxProcess process = launch(streams);
        long end = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
        boolean inTime = process.awaitEnd(end) && await(streams.out, end) && await(streams.err, end);
        if (!inTime) {
            process.killSession();
        }
        WaitStatus status = process.waitFor();
        return new ExecResult(captured.toByteArray(), capturedError.toByteArray(), status, !inTime);
    }

    private OpenFile outputTo(OutputStream named, OutputStream otherwise) {
        return named == null && terminal != null
                ? terminal.open()
                : new ProcessOutput(named != null ? named : otherwise);
    }

    private static OpenFile again(OpenFile file) {
        file.retain();
        return file;
    }

    private static boolean await(OpenFile file, long end) {
        return !(file instanceof ProcessOutput stream) || SandboxProcess.uninterruptibly(end, stream.end()::await);
    }

    /**
     * Starts the program. Streams that were not named are pipes, to be used through the {@link
     * SandboxProcess}; or the terminal, if there is one.
     *
     * @throws SandboxException if it cannot be started: ENOENT, EACCES, ENOEXEC …
     */
    public SandboxProcess start() throws IOException {
        Streams streams = new Streams();
        if (input != null) {
            streams.in = new StreamInput(input);
        } else if (terminal != null) {
            streams.in = terminal.open();
        } else {
            Pipe.Ends pipe = Pipe.open(0);
            streams.in = pipe.reader();
            streams.toGuest = new GuestWriter(pipe.writer());
        }
        if (output != null || terminal != null) {
            streams.out = outputTo(output, null);
        } else {
            Pipe.Ends pipe = Pipe.open(0);
            streams.out = pipe.writer();
            streams.fromGuest = new GuestReader(pipe.reader());
        }
        if (errorToOutput) {
            streams.err = again(streams.out);
        } else if (error != null || terminal != null) {
            streams.err = outputTo(error, null);
        } else {
            Pipe.Ends pipe = Pipe.open(0);
            streams.err = pipe.writer();
            streams.errorFromGuest = new GuestReader(pipe.reader());
        }
        return launch(streams);
    }

    /** The standard streams: the guest's ends, and those of the host's ends that are pipes. */
    private static final class Streams {
        OpenFile in;
        OpenFile out;
        OpenFile err;
        OutputStream toGuest;
        InputStream fromGuest;
        InputStream errorFromGuest;
    }

    private OpenFile nothing() throws IOException {
        Result<OpenFile> opened = FileCalls.open(
                sandbox.newContext(), Waiter.uninterruptible(), null, "/dev/null", OpenFlags.O_RDONLY, 0);
        if (opened.isFailure()) {
            throw new SandboxException("/dev/null", opened.error());
        }
        return opened.value();
    }

    /** Starts the program; the guest's ends become the process's own, even on failure. */
    private SandboxProcess launch(Streams streams) throws IOException {
        FdTable files = new FdTable();
        files.add(streams.in, 0, false);
        files.add(streams.out, 0, false);
        files.add(streams.err, 0, false);
        FsContext fs = sandbox.newContext();
        Process process = sandbox.kernel().newProcess(fs, files);
        if (process == null) {
            files.closeAll();
            throw new SandboxException(words.getFirst(), -Errno.EAGAIN);
        }
        boolean started = false;
        try {
            int error = FileCalls.chdir(fs, null, GuestText.encode(directory));
            if (error < 0) {
                throw new SandboxException(directory, error);
            }
            if (terminal != null) {
                error = terminal.control(process);
                if (error < 0) {
                    throw new SandboxException("terminal", error);
                }
            }
            Program program = find(fs);
            GuestThread main = new GuestProcess(sandbox.system(), process).main();
            GuestThread.Step first = main.begin(program);
            SandboxProcess view =
                    new SandboxProcess(process, streams.toGuest, streams.fromGuest, streams.errorFromGuest);
            process.start(self -> main.run(first));
            started = true;
            return view;
        } finally {
            if (!started) {
                process.discard();
            }
        }
    }

    /** Looks for the program by {@code PATH}, as execvp does. */
    private Program find(FsContext fs) throws IOException {
        String name = GuestText.encode(words.getFirst());
        List<String> arguments = words.stream().map(GuestText::encode).toList();
        List<String> variables = environment.entrySet().stream()
                .map(entry -> GuestText.encode(entry.getKey() + "=" + entry.getValue()))
                .toList();
        if (name.isEmpty() || name.contains("/")) {
            return check(sandbox.system().load(fs, null, name, 0, arguments, variables));
        }
        int error = -Errno.ENOENT;
        for (String directoryName : GuestText.encode(environment.getOrDefault("PATH", "")).split(":", -1)) {
            String path = directoryName.isEmpty() ? name : directoryName + "/" + name;
            if (FileCalls.access(fs, null, path, FileMode.EXECUTE, 0) == -Errno.ENOENT) {
                continue;
            }
            Result<Program> loaded = sandbox.system().load(fs, null, path, 0, arguments, variables);
            if (loaded.error() != -Errno.EACCES && loaded.error() != -Errno.ENOTDIR) {
                return check(loaded);
            }
            error = -Errno.EACCES;
        }
        throw new SandboxException(words.getFirst(), error);
    }

    private Program check(Result<Program> loaded) throws SandboxException {
        if (loaded.isFailure()) {
            throw new SandboxException(words.getFirst(), loaded.error());
        }
        return loaded.value();
    }
}
