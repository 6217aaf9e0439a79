package org.javix.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.javix.wasm.WasmException;

/**
 * A WASI program of the host, run by the core runtime alone: without a sandbox, it sees the arguments, the
 * variables and directories of the command line and this JVM's standard streams, and nothing else.
 */
final class WasiCommand {
    private static final byte[] WASM = {0, 'a', 's', 'm'};

    /** What the import modules of Javix's own system calls are called. */
    private static final String POSIX = "posix_";

    private final List<String> words;
    private final byte[] binary;
    private final Module module;

    private WasiCommand(List<String> words, byte[] binary, Module module) {
        this.words = words;
        this.binary = binary;
        this.module = module;
    }

    /**
     * The command, if the first word is the path of a Wasm file of the host (with a slash in it or {@code .wasm}
     * at its end) that imports no system calls; null otherwise.
     */
    static WasiCommand of(List<String> words) {
        byte[] binary = read(words.getFirst());
        if (binary == null || !Arrays.equals(binary, 0, Math.min(binary.length, WASM.length), WASM, 0, WASM.length)) {
            return null;
        }
        Module module;
        try {
            module = Module.decode(binary);
        } catch (InvalidModuleException e) {
            throw new CommandFailure(words.getFirst() + ": " + e.getMessage(), ExitCode.NOT_EXECUTABLE);
        }
        return module.imports().stream().anyMatch(wanted -> wanted.module().startsWith(POSIX))
                ? null
                : new WasiCommand(words, binary, module);
    }

    private static byte[] read(String name) {
        if (!name.contains("/") && !name.endsWith(".wasm")) {
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
    int run(SandboxOptions options, List<DirectoryOption> directories, boolean traced) {
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
        try {
            for (DirectoryOption directory : directories) {
                opened.add(directory.open());
                builder.directory(directory.guest(), opened.getLast());
            }
            return run(builder.build());
        } finally {
            opened.forEach(HostFs::close);
        }
    }

    private int run(WasiProgram program) {
        try {
            return program.run();
        } catch (ProgramStopped timeout) {
            return ExitCode.TIMED_OUT;
        } catch (LinkException | IllegalArgumentException e) {
            throw new CommandFailure(words.getFirst() + ": " + e.getMessage(), ExitCode.NOT_EXECUTABLE);
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
        return directory == null || directory.isEmpty()
                ? Compiler.compile(module, CompileOptions.PLAIN)
                : new CodeCache(Path.of(directory)).load(binary, CompileOptions.PLAIN);
    }

    private static void trace(String line) {
        try {
            StandardStreams.error().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
