package org.javix.posix;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.javix.wasi.Wasi;
import org.javix.wasm.Module;

/**
 * What a program asks of its host, as its imports tell.
 *
 * @param calls the names of its imported functions, by import module
 * @param missing those, as {@code module.name}, that answer ENOSYS, or that there are none of, so that the program cannot start
 * @param forks whether it imports {@code fork} or {@code vfork}: its functions are then compiled so that the stack can be captured
 * @param mapsMemory whether it maps memory: its accesses then heed what is mapped
 * @param sharesMemory whether it has a memory that threads share: accesses to it cost more
 */
public record ProgramNeeds(
        SortedMap<String, SortedSet<String>> calls,
        SortedSet<String> missing,
        boolean forks,
        boolean mapsMemory,
        boolean sharesMemory) {

    /** What a module needs. */
    public static ProgramNeeds of(Module module) {
        SortedMap<String, SortedSet<String>> calls = new TreeMap<>();
        SortedSet<String> missing = new TreeSet<>();
        for (Module.Import imported : module.imports()) {
            if (imported.kind() == Module.Kind.FUNCTION) {
                calls.computeIfAbsent(imported.module(), key -> new TreeSet<>()).add(imported.name());
                if (isMissing(imported)) {
                    missing.add(imported.module() + "." + imported.name());
                }
            }
        }
        return new ProgramNeeds(
                calls,
                missing,
                CompiledPrograms.forks(module),
                CompiledPrograms.maps(module),
                module.memories().stream().anyMatch(Module.MemoryType::shared));
    }

    private static boolean isMissing(Module.Import imported) {
        SystemCall call = CompiledPrograms.call(imported);
        return call == null
                ? !imported.module().equals(Wasi.MODULE)
                : call.status() == SystemCall.Status.MISSING;
    }

    /** Whether it needs WASI at the most, and so runs on any WASI runtime. */
    public boolean isPlainWasi() {
        return calls.keySet().stream().allMatch(Wasi.MODULE::equals);
    }
}
