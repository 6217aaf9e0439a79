package org.javix.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.HostFs;
import org.javix.wasi.ProgramStopped;
import org.javix.wasi.WasiProgram;
import org.javix.wasm.CodeCache;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.InvalidModuleException;
import org.javix.wasm.LinkException;
import org.javix.wasm.Module;
import org.javix.wasm.Trap;
import org.javix.wasm.UnsupportedFeature;
import org.javix.wasm.WasmException;

/**
 * A WASI program of the host, run by the core runtime alone: without a sandbox, it sees the arguments, the
 * variables, directories and sockets of the command line and this JVM's standard streams, and nothing else.
 */
final class WasiCommand {
    static final String SUFFIX = ".wasm";

    /** What the import modules of Javix's own system calls are called. */
    private static final String POSIX = "posix_";

    private final List<String> words;

    /** Decoded only. */
    private final Module module;

    private WasiCommand(List<String> words, Module module) {
        this.words = words;
        this.module = module;
    }

    /**
     * The command, if the first word is the path of a file of the host that imports no system calls, and is Wasm by its
     * name ({@code .wasm} at its end) or, with a slash in its path, by its content; null otherwise.
     *
     * @throws CommandFailure if it is Wasm but no valid module
     */
    static WasiCommand of(List<String> words) {
        String name = words.getFirst();
        byte[] binary = read(name);
        if (binary == null || !(name.endsWith(SUFFIX) || HostFile.isWasm(binary))) {
            return null;
        }
        Module module;
        try {
            // Validating it takes longer than all the rest, where its code is cached.
            module = Module.decodeUnvalidated(binary);
        } catch (InvalidModuleException e) {
            throw notExecutable(name, e);
        }
        return module.imports().stream().anyMatch(wanted -> wanted.module().startsWith(POSIX))
                ? null
                : new WasiCommand(words, module);
    }

    private static byte[] read(String name) {
        if (!name.contains("/") && !name.endsWith(SUFFIX)) {
            return null;
        }
        try {
            Path file = Path.of(name);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        } catch (InvalidPathException e) {
            return null;
        } catch (IOException e) {
            throw new CommandFailure("cannot read the host's " + name);
        }
    }

    /** Runs it to its end and returns the exit status for the host. */
    int run(SandboxOptions options, List<DirectoryOption> directories, List<ListenOption> listeners, boolean traced) {
        WasiProgram.Builder builder = WasiProgram.builder(code())
                .arguments(words.toArray(String[]::new))
                .stdin(StandardStreams.input())
                .stdout(StandardStreams.output())
                .stderr(StandardStreams.error())
                .timeLimit(options.timeout());
        options.environment(System.getenv()).forEach(builder::environment);
        for (int stream = 0; stream < 3; stream++) {
            if (StandardStreams.isTerminal(stream)) {
                builder.terminal(stream);
            }
        }
        if (traced) {
            builder.trace(WasiCommand::trace);
        }
        List<HostFs> opened = new ArrayList<>();
        List<ServerSocketChannel> sockets = new ArrayList<>();
        try {
            for (DirectoryOption directory : directories) {
                opened.add(directory.open());
                builder.directory(directory.guest(), opened.getLast());
            }
            for (ListenOption listener : listeners) {
                sockets.add(listener.open());
                builder.listener(sockets.getLast());
            }
            return run(builder.build());
        } finally {
            opened.forEach(HostFs::close);
            sockets.forEach(WasiCommand::close);
        }
    }

    private static void close(ServerSocketChannel socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing can be done about it, and the program has ended.
        }
    }

    private int run(WasiProgram program) {
        try {
            return program.run();
        } catch (ProgramStopped timeout) {
            return ExitCode.TIMED_OUT;
        } catch (LinkException | IllegalArgumentException e) {
            throw notExecutable(words.getFirst(), e);
        } catch (Trap trap) {
            System.err.println("javix: " + words.getFirst() + ": trap: " + trap.kind().text());
            return ExitCode.ABORTED;
        } catch (WasmException exception) {
            System.err.println("javix: " + words.getFirst() + ": uncaught exception");
            return ExitCode.ABORTED;
        }
    }

    private CompiledModule code() {
        String directory = System.getProperty(CodeDirectory.PROPERTY);
        try {
            return directory == null || directory.isEmpty()
                    ? Compiler.compile(Module.decode(module.bytes()), CompileOptions.PLAIN)
                    : new CodeCache(Path.of(directory)).load(module, CompileOptions.PLAIN);
        } catch (InvalidModuleException | UnsupportedFeature e) {
            throw notExecutable(words.getFirst(), e);
        }
    }

    private static CommandFailure notExecutable(String name, RuntimeException reason) {
        return new CommandFailure(name + ": " + reason.getMessage(), ExitCode.NOT_EXECUTABLE);
    }

    private static void trace(String line) {
        try {
            StandardStreams.error().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
