package org.javix.command;

import static org.javix.vfs.Errno.EACCES;
import static org.javix.vfs.Errno.EISDIR;
import static org.javix.vfs.Errno.ENOENT;
import static org.javix.vfs.Errno.ENOEXEC;
import static org.javix.vfs.Errno.ENOTDIR;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.javix.posix.Command;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxException;
import org.javix.process.Signal;
import org.javix.userland.ImageFs;

/** One program in a sandbox of its own, with this JVM's standard streams or on its terminal. */
final class GuestCommand {
    /** Names the userland image; without it the guest has no programs but those of the host that are named. */
    private static final String IMAGE = System.getProperty("javix.userland");

    private final SandboxOptions options;
    private final List<String> words;
    private final HostFile hostFile;
    private final boolean onTerminal = StandardStreams.isTerminal(0);
    private final Map<String, String> environment;

    /**
     * @param words the program and its arguments
     * @param hostFile what the host may have to supply; null for nothing
     */
    GuestCommand(SandboxOptions options, List<String> words, HostFile hostFile) {
        this.options = options;
        this.words = new ArrayList<>(words);
        this.hostFile = hostFile;
        environment = GuestEnvironment.of(System.getenv(), options.environment(System.getenv()), onTerminal);
    }

    /** Runs it to its end and returns the exit status for the host. */
    int run() {
        try (Sandbox sandbox = sandbox()) {
            for (ArchiveOption archive : options.archivesIn()) {
                archive.read(sandbox.files());
            }
            int status = run(sandbox);
            for (ArchiveOption archive : options.archivesOut()) {
                archive.write(sandbox.files());
            }
            return status;
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage());
        }
    }

    private Sandbox sandbox() throws IOException {
        Sandbox.Builder builder = Sandbox.builder().environment(environment).limits(options.limits());
        if (IMAGE != null) {
            builder.root(ImageFs.open(Path.of(IMAGE)));
        }
        options.mounts().forEach(mount -> mount.addTo(builder));
        builder.network(NetworkOption.access(options.network()));
        if (options.trace()) {
            builder.trace(this::trace);
        }
        return builder.build();
    }

    private int run(Sandbox sandbox) throws IOException {
        String directory = options.workingDirectory();
        if (directory == null) {
            directory = GuestEnvironment.HOME;
            sandbox.files().createDirectories(directory, 0700);
        } else if (!sandbox.files().isDirectory(directory)) {
            throw new CommandFailure("the guest has no directory '" + directory + "'");
        }
        if (hostFile != null) {
            hostFile.provide(sandbox.files(), directory, environment.getOrDefault("PATH", ""), words);
        }
        Command command = sandbox.command(words).directory(directory);
        try {
            return onTerminal ? new TerminalSession(sandbox, command).run(options.timeout()) : onStreams(sandbox, command);
        } catch (SandboxException e) {
            System.err.println("javix: " + e.getMessage());
            return switch (e.errno()) {
                case ENOENT, ENOTDIR -> ExitCode.NOT_FOUND;
                case EACCES, ENOEXEC, EISDIR -> ExitCode.NOT_EXECUTABLE;
                default -> ExitCode.FAILED;
            };
        }
    }

    /** Also waits, as whoever reads the output does, for processes in the background that may still write. */
    private int onStreams(Sandbox sandbox, Command command) throws IOException {
        // A terminal interrupts everybody in the foreground; that is every guest process here.
        sun.misc.Signal.handle(
                new sun.misc.Signal("INT"),
                received -> sandbox.kernel().processes().forEach(process -> process.signal(Signal.SIGINT)));
        ExecResult result = command
                .input(StandardStreams.input())
                .output(StandardStreams.output())
                .error(StandardStreams.error())
                .timeout(options.timeout())
                .run();
        return result.timedOut() ? ExitCode.TIMED_OUT : result.exitCode();
    }

    private void trace(String line) {
        // A terminal in raw mode does not return the carriage by itself.
        String end = onTerminal && StandardStreams.isTerminal(2) ? "\r\n" : "\n";
        try {
            StandardStreams.error().write((line + end).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
