package org.javix.posix;

import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;
import org.javix.wasm.CodeCache;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Module;

/**
 * The programs that this JVM has compiled, for all sandboxes. A file that did not change since it was last
 * executed is found without looking into it; other files by the hash of their bytes, in memory, on the
 * class path, and in the directory that the system property {@code javix.codeCache} names. The property {@code javix.largestMethod} is
 * for tests: it makes the compiler split functions that need not be split.
 * Thread-safe.
 */
public final class CompiledPrograms {
    /** How programs are compiled: their stack can be captured in calls that fork or that a signal interrupts. */
    public static final CompileOptions OPTIONS = options(Integer.getInteger("javix.largestMethod"));

    /** The C library has others for its own memory. */
    private static final Set<String> MAPPING_CALLS = Set.of("mmap", "munmap", "mprotect", "mremap", "remap_file_pages", "shmat");

    /** So many files of other than identifiable content are remembered. */
    private static final int MAX_FILES = 4096;

    /** Tells a version of a file where the file system cannot. */
    private record Version(long device, long inode, long size, long changed, int changedNanos) {}

    /** Gives a file's bytes. */
    interface Reader {
        byte[] read(OpenFile file, long size);
    }

    private static final CodeCache CODE = new CodeCache(directory());
    // Guarded by itself.
    private static final Map<Object, CompiledModule> BY_IDENTITY = new WeakHashMap<>();
    private static final ConcurrentHashMap<Version, SoftReference<CompiledModule>> BY_VERSION =
            new ConcurrentHashMap<>();

    private CompiledPrograms() {}

    private static CompileOptions options(Integer largestMethod) {
        CompileOptions options = new CompileOptions("posix", CompiledPrograms::suspends, CompiledPrograms::isJumpPoint, true)
                .withProtection(CompiledPrograms::maps);
        return largestMethod == null ? options : options.withLargestMethod(largestMethod);
    }

    private static Path directory() {
        String name = System.getProperty("javix.codeCache");
        return name == null || name.isEmpty() ? null : Path.of(name);
    }

    /** The code of a file that was executed before, or null. */
    static CompiledModule cached(OpenFile file) {
        Object identity = file.inode().contentIdentity();
        if (identity != null) {
            synchronized (BY_IDENTITY) {
                return BY_IDENTITY.get(identity);
            }
        }
        SoftReference<CompiledModule> reference = BY_VERSION.get(version(file));
        return reference == null ? null : reference.get();
    }

    /** The code of a file, compiled if nothing like it was before. */
    static CompiledModule compile(OpenFile file, Reader reader) {
        Object identity = file.inode().contentIdentity();
        Version version = version(file);
        byte[] binary = reader.read(file, version.size);
        String hash = identity instanceof KnownContent known ? known.sha256() : null;
        CompiledModule code = hash == null ? CODE.load(binary, OPTIONS) : CODE.load(binary, hash, OPTIONS);
        if (identity != null) {
            if (identity == file.inode().contentIdentity()) {
                synchronized (BY_IDENTITY) {
                    BY_IDENTITY.put(identity, code);
                }
            }
        } else if (version.equals(version(file))) {
            if (BY_VERSION.size() >= MAX_FILES) {
                BY_VERSION.clear();
            }
            BY_VERSION.put(version, new SoftReference<>(code));
        }
        return code;
    }

    private static Version version(OpenFile file) {
        Stat stat = new Stat();
        file.stat(stat);
        return new Version(stat.dev, stat.ino, stat.size, stat.ctimeSec, stat.ctimeNsec);
    }

    /** Whether a module imports calls of the API modules, and so is no plain WASI program. */
    static boolean usesPosix(Module module) {
        return module.imports().stream().anyMatch(imported -> call(imported) != null);
    }

    /** Whether a module maps memory itself: then its accesses heed what is mapped, and how. */
    static boolean maps(Module module) {
        return module.imports().stream().anyMatch(imported -> MAPPING_CALLS.contains(imported.name()) && call(imported) != null);
    }

    /** A program that does not fork need not be prepared for it. */
    private static boolean suspends(Module module, Module.Import imported) {
        SystemCall call = call(imported);
        return call != null && call.suspends() && forks(module);
    }

    /** Whether a module imports {@code fork} or {@code vfork}. */
    static boolean forks(Module module) {
        return module.imports().stream().anyMatch(CompiledPrograms::isFork);
    }

    private static boolean isFork(Module.Import imported) {
        SystemCall call = call(imported);
        return call != null && (call.name().equals("fork") || call.name().equals("vfork"));
    }

    private static boolean isJumpPoint(Module module, Module.Import imported) {
        SystemCall call = call(imported);
        return call != null && call.name().equals("jump_point");
    }

    /** The call that an import names, or null. */
    static SystemCall call(Module.Import imported) {
        SystemCall call = SystemCalls.named(imported.name());
        return call != null && call.module().importName().equals(imported.module()) ? call : null;
    }
}
