package org.javix.posix;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Stat;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;

/**
 * The programs that this JVM has compiled, for all sandboxes. A file that did not change since it was last
 * executed is found without looking into it; other files by the hash of their bytes. Code that was
 * compiled before and lies on the class path, as that of the userland image does, is not compiled
 * again. Thread-safe.
 */
public final class CompiledPrograms {
    /** Names the code of modules whose stack may be captured; changes with what is captured. */
    private static final String FORKING = "posix";

    /** So many files of other than identifiable content are remembered. */
    private static final int MAX_FILES = 4096;

    /** Tells a version of a file where the file system cannot. */
    private record Version(long device, long inode, long size, long changed, int changedNanos) {}

    /** Gives a file's bytes. */
    interface Reader {
        byte[] read(OpenFile file, long size);
    }

    // Guarded by itself.
    private static final Map<Object, CompiledModule> BY_IDENTITY = new WeakHashMap<>();
    private static final ConcurrentHashMap<Version, SoftReference<CompiledModule>> BY_VERSION =
            new ConcurrentHashMap<>();
    private static final ConcurrentHashMap<String, SoftReference<CompiledModule>> BY_HASH = new ConcurrentHashMap<>();
    // A lock for each module that is being compiled.
    private static final ConcurrentHashMap<String, Object> COMPILING = new ConcurrentHashMap<>();

    private CompiledPrograms() {}

    /** The code of a file that was executed before, or null. */
    static CompiledModule cached(OpenFile file) {
        Object identity = file.inode().contentIdentity();
        if (identity != null) {
            synchronized (BY_IDENTITY) {
                return BY_IDENTITY.get(identity);
            }
        }
        return get(BY_VERSION, version(file));
    }

    /** The code of a file, compiled if nothing like it was before. */
    static CompiledModule compile(OpenFile file, Reader reader) {
        Object identity = file.inode().contentIdentity();
        Stat stat = new Stat();
        file.stat(stat);
        Version version = version(file);
        CompiledModule code = compile(Module.decode(reader.read(file, stat.size)));
        if (identity != null && identity == file.inode().contentIdentity()) {
            synchronized (BY_IDENTITY) {
                BY_IDENTITY.put(identity, code);
            }
        } else if (identity == null && version.equals(version(file))) {
            if (BY_VERSION.size() >= MAX_FILES) {
                BY_VERSION.clear();
            }
            BY_VERSION.put(version, new SoftReference<>(code));
        }
        return code;
    }

    private static CompiledModule compile(Module module) {
        String hash = module.sha256();
        CompiledModule code = get(BY_HASH, hash);
        if (code != null) {
            return code;
        }
        Object lock = COMPILING.computeIfAbsent(hash, key -> new Object());
        synchronized (lock) {
            code = get(BY_HASH, hash);
            if (code == null) {
                CompileOptions options = options(module);
                code = CompiledModule.find(module, options, CompiledPrograms.class.getClassLoader());
                if (code == null) {
                    code = Compiler.compile(module, options);
                }
                BY_HASH.put(hash, new SoftReference<>(code));
            }
        }
        COMPILING.remove(hash, lock);
        return code;
    }

    /** How programs are compiled: prepared for fork only if they fork. */
    public static CompileOptions options(Module module) {
        boolean forks = module.imports().stream().anyMatch(CompiledPrograms::isFork);
        return forks ? new CompileOptions(FORKING, CompiledPrograms::suspends) : CompileOptions.PLAIN;
    }

    /** Whether a module imports calls of the API modules, and so is no plain WASI program. */
    static boolean usesPosix(Module module) {
        Predicate<Module.Import> known = imported -> {
            SystemCall call = SystemCalls.named(imported.name());
            return call != null && call.module().importName().equals(imported.module());
        };
        return module.imports().stream().anyMatch(known);
    }

    private static boolean isFork(Module.Import imported) {
        return imported.module().equals(ApiModule.POSIX_PROCESS.importName())
                && (imported.name().equals("fork") || imported.name().equals("vfork"));
    }

    private static boolean suspends(Module.Import imported) {
        SystemCall call = SystemCalls.named(imported.name());
        return call != null && call.suspends() && call.module().importName().equals(imported.module());
    }

    private static Version version(OpenFile file) {
        Stat stat = new Stat();
        file.stat(stat);
        return new Version(stat.dev, stat.ino, stat.size, stat.ctimeSec, stat.ctimeNsec);
    }

    private static <K> CompiledModule get(Map<K, SoftReference<CompiledModule>> map, K key) {
        SoftReference<CompiledModule> reference = map.get(key);
        return reference == null ? null : reference.get();
    }
}
