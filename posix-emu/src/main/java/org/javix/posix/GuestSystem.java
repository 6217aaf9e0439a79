package org.javix.posix;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.javix.process.Kernel;
import org.javix.vfs.Errno;
import org.javix.vfs.FsContext;
import org.javix.vfs.NamelessFiles;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;
import org.javix.wasi.Wasi;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Imports;
import org.javix.wasm.Memory;

/**
 * What the guest processes of one sandbox have in common: which API modules they may call, how much
 * memory they may have, where calls are traced. Thread-safe.
 */
final class GuestSystem implements AutoCloseable {
    private static final ConcurrentHashMap<Set<ApiModule>, Imports> UNTRACED = new ConcurrentHashMap<>();

    private final Kernel kernel;
    private final Set<ApiModule> modules;
    private final long memoryPages;
    private final ResidentMemory residentMemory;
    private final Consumer<String> trace;
    private final Imports imports;
    private final NamelessFiles namelessFiles;

    /**
     * @param memoryPages the most pages of 64 KiB of one process
     * @param residentBytes of all processes together, or {@link ResidentMemory#UNLIMITED}
     * @param trace takes a line for each call; null for none
     */
    GuestSystem(
            Kernel kernel, Set<ApiModule> modules, long memoryPages, long residentBytes, Consumer<String> trace) {
        this.kernel = kernel;
        this.modules = modules.isEmpty() ? EnumSet.noneOf(ApiModule.class) : EnumSet.copyOf(modules);
        this.memoryPages = memoryPages;
        this.trace = trace;
        residentMemory = new ResidentMemory(kernel, residentBytes);
        namelessFiles = new NamelessFiles(memoryPages * Memory.PAGE, kernel.clock());
        imports = trace == null
                ? UNTRACED.computeIfAbsent(this.modules, provided -> bind(provided, null))
                : bind(this.modules, trace);
    }

    private static Imports bind(Set<ApiModule> provided, Consumer<String> trace) {
        List<HostFunction> functions = new ArrayList<>(Wasi.functions());
        for (SystemCall call : SystemCalls.all()) {
            SystemCall.Handler handler = provided.contains(call.module())
                    ? call.handler()
                    : (p, a, b, c, d, e, f) -> -Errno.ENOSYS;
            functions.add(new BoundCall(call, trace == null ? handler : new TracedCall(call, handler, trace)));
        }
        return new Imports().addAll(functions);
    }

    Kernel kernel() {
        return kernel;
    }

    /** What shared memory without a name is made of. All of it together may be as large as one process. */
    NamelessFiles namelessFiles() {
        return namelessFiles;
    }

    /** Whether an API module is switched on. */
    boolean provides(ApiModule module) {
        return modules.contains(module);
    }

    Imports imports() {
        return imports;
    }

    long memoryPages() {
        return memoryPages;
    }

    /** What all processes have resident together. */
    ResidentMemory residentMemory() {
        return residentMemory;
    }

    /** Where calls are traced; null for nowhere. */
    Consumer<String> trace() {
        return trace;
    }

    /** Finds and prepares a program; see {@link ProgramLoader}. */
    Result<Program> load(
            FsContext fs, OpenFile at, String path, int flags, List<String> arguments, List<String> environment) {
        return new ProgramLoader(this, fs).load(at, path, flags, arguments, environment);
    }

    /** Nothing is watched any more. */
    @Override
    public void close() {
        residentMemory.close();
    }
}
