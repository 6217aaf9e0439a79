package org.javix.posix;

import static org.javix.vfs.Errno.ELOOP;
import static org.javix.vfs.Errno.ENOEXEC;
import static org.javix.vfs.Errno.ENOMEM;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.javix.process.Process;
import org.javix.vfs.Credentials;
import org.javix.vfs.FileCalls;
import org.javix.vfs.FileMode;
import org.javix.vfs.FsContext;
import org.javix.vfs.Mount;
import org.javix.vfs.OpenFile;
import org.javix.vfs.Result;
import org.javix.vfs.Stat;
import org.javix.vfs.Waiter;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.InvalidModuleException;
import org.javix.wasm.LinkException;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;
import org.javix.wasm.Trap;
import org.javix.wasm.UnsupportedFeature;

/**
 * Finds what a path names, and makes a fresh instance of it: a WebAssembly module, or the interpreter
 * of a script that begins with {@code #!}. Everything that can fail in exec fails here, while the old
 * program still runs.
 */
final class ProgramLoader {
    /** The bytes of a script's first line that count, as on Linux. */
    private static final int HEAD = 256;

    /** Without it the set-group-id bit means something else. */
    private static final int S_IXGRP = 010;

    /** What the linker calls an imported memory. */
    private static final String MODULE = "env";

    private static final String MEMORY = "memory";

    /** How many interpreters may be scripts themselves. */
    private static final int MAX_DEPTH = 5;

    private final GuestSystem system;
    private final FsContext fs;

    ProgramLoader(GuestSystem system, FsContext fs) {
        this.system = system;
        this.fs = fs;
    }

    /**
     * Loads a program.
     *
     * @param at the directory that a relative path starts from; null for the working directory
     * @param flags of {@code execveat}
     * @return the program, or EACCES, ELOOP, ENOENT, ENOEXEC, ENOMEM, ENOTDIR
     */
    Result<Program> load(OpenFile at, String path, int flags, List<String> arguments, List<String> environment) {
        return load(at, path, flags, arguments, environment, path, 0);
    }

    private Result<Program> load(
            OpenFile at,
            String path,
            int flags,
            List<String> arguments,
            List<String> environment,
            String name,
            int depth) {
        Result<OpenFile> opened = FileCalls.openForExec(fs, at, path, flags);
        if (opened.isFailure()) {
            return Result.failed(opened.error());
        }
        OpenFile file = opened.value();
        try {
            CompiledModule code = CompiledPrograms.cached(file);
            if (code == null) {
                byte[] head = read(file, HEAD);
                if (isScript(head)) {
                    if (depth == MAX_DEPTH) {
                        return Result.failed(-ELOOP);
                    }
                    return loadScript(head, path.isEmpty() ? file.path() : path, arguments, environment, name, depth);
                }
                if (!isModule(head)) {
                    return Result.failed(-ENOEXEC);
                }
                code = CompiledPrograms.compile(file, ProgramLoader::readAll);
            }
            return instantiate(code, file, name.isEmpty() ? file.path() : name, arguments, environment);
        } catch (InvalidModuleException | UnsupportedFeature | LinkException | Trap e) {
            return refuse(path, e);
        } catch (OutOfMemoryError e) {
            return Result.failed(-ENOMEM);
        } finally {
            file.release();
        }
    }

    private Result<Program> instantiate(
            CompiledModule code, OpenFile file, String name, List<String> arguments, List<String> environment) {
        // A program that maps memory may have large holes in it: there it counts what is resident.
        long most = CompiledPrograms.maps(code.module()) ? Memory.MAX_PAGES : system.memoryPages();
        Memory shared = importedMemory(code.module(), most);
        Imports imports = shared == null ? system.imports() : new Imports(system.imports()).add(MODULE, MEMORY, shared);
        Instance instance = code.instantiate(imports, most);
        if (!instance.exports("_start")) {
            instance.close();
            return refuse(name, new LinkException("it does not export _start"));
        }
        boolean wasi = !CompiledPrograms.usesPosix(code.module());
        file.retain();
        SharedMemory memory = shared == null ? null : new SharedMemory(shared);
        return Result.of(new Program(
                instance, file, name, atLeastOne(arguments), environment, credentials(file), memory, wasi));
    }

    /** The memory that a program imports which can make threads; null for any other. */
    private static Memory importedMemory(Module module, long most) {
        for (Module.Import imported : module.imports()) {
            if (imported.kind() == Module.Kind.MEMORY
                    && imported.module().equals(MODULE)
                    && imported.name().equals(MEMORY)) {
                return new Memory(module.memories().getFirst(), most);
            }
        }
        return null;
    }

    /** A program finds its name even if its caller gave none, as on Linux. */
    private static List<String> atLeastOne(List<String> arguments) {
        return arguments.isEmpty() ? List.of("") : arguments;
    }

    /** Whom a file runs as. */
    private Credentials credentials(OpenFile file) {
        Credentials who = fs.credentials();
        Stat stat = new Stat();
        file.stat(stat);
        boolean obeyed = (file.location().mount().flags() & Mount.NO_SET_ID) == 0
                && !(fs.owner() instanceof Process process && process.traits().hasNoNewPrivileges());
        int user = obeyed && (stat.mode & FileMode.S_ISUID) != 0 ? stat.uid : who.euid();
        int setGroup = FileMode.S_ISGID | S_IXGRP;
        int group = obeyed && (stat.mode & setGroup) == setGroup ? stat.gid : who.egid();
        if (user == who.euid() && user == who.suid() && group == who.egid() && group == who.sgid()) {
            return who;
        }
        return new Credentials(who.uid(), user, user, who.gid(), group, group, who.groups());
    }

    /** Why a module is no program is said only in a trace: exec has one errno for it. */
    private Result<Program> refuse(String path, RuntimeException why) {
        if (system.trace() != null) {
            system.trace().accept(path + ": " + why.getMessage());
        }
        return Result.failed(-ENOEXEC);
    }

    // ---- scripts ----

    private Result<Program> loadScript(
            byte[] head, String path, List<String> arguments, List<String> environment, String name, int depth) {
        String line = new String(head, 2, head.length - 2, StandardCharsets.ISO_8859_1);
        int end = line.indexOf('\n');
        if (end < 0 && head.length == HEAD) {
            return Result.failed(-ENOEXEC);
        }
        String[] words = strip(end < 0 ? line : line.substring(0, end)).split("[ \t]+", 2);
        if (words[0].isEmpty()) {
            return Result.failed(-ENOEXEC);
        }
        List<String> all = new ArrayList<>();
        all.add(words[0]);
        if (words.length > 1) {
            all.add(words[1]);
        }
        all.add(path);
        all.addAll(arguments.subList(Math.min(1, arguments.size()), arguments.size()));
        return load(null, words[0], 0, all, environment, name.isEmpty() ? path : name, depth + 1);
    }

    private static String strip(String line) {
        int start = 0;
        int end = line.length();
        while (start < end && isBlank(line.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isScript(byte[] head) {
        return head.length >= 2 && head[0] == '#' && head[1] == '!';
    }

    private static boolean isModule(byte[] head) {
        return head.length >= 4 && head[0] == 0 && head[1] == 'a' && head[2] == 's' && head[3] == 'm';
    }

    // ---- bytes ----

    private static byte[] read(OpenFile file, int most) {
        byte[] bytes = new byte[most];
        MemorySegment segment = MemorySegment.ofArray(bytes);
        Waiter waiter = Waiter.uninterruptible();
        int length = 0;
        while (length < most) {
            long got = file.pread(waiter, segment, length, most - length, length);
            if (got <= 0) {
                break;
            }
            length += (int) got;
        }
        return length == most ? bytes : Arrays.copyOf(bytes, length);
    }

    private static byte[] readAll(OpenFile file, long size) {
        return read(file, Math.toIntExact(size));
    }
}
