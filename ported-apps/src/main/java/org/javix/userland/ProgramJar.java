package org.javix.userland;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.javix.posix.CompiledPrograms;
import org.javix.wasm.Compiler;
import org.javix.wasm.Module;

/**
 * Compiles the programs of a userland and writes their classes as a jar. On the class path, it spares every
 * start the compilation. The code of programs that did not change is taken from the jar that is there.
 */
final class ProgramJar {
    private static final byte[] WASM = {0, 'a', 's', 'm'};
    // Jar entries have a time; the same programs shall give the same jar.
    private static final long TIME = 1_767_225_600_000L;

    private final SortedMap<String, byte[]> previous;
    private final SortedMap<String, byte[]> classes = new ConcurrentSkipListMap<>();

    private ProgramJar(SortedMap<String, byte[]> previous) {
        this.previous = previous;
    }

    /** Writes the jar, whole or not at all. */
    static void write(Path tree, Path jar) throws IOException {
        ProgramJar programs = new ProgramJar(read(jar));
        programs.compile(programs(tree));
        Path unfinished = jar.resolveSibling(jar.getFileName() + ".new");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(unfinished))) {
            for (Map.Entry<String, byte[]> entry : programs.classes.entrySet()) {
                JarEntry jarEntry = new JarEntry(entry.getKey());
                jarEntry.setTime(TIME);
                out.putNextEntry(jarEntry);
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private void compile(List<Path> programs) {
        AtomicInteger done = new AtomicInteger();
        long began = System.nanoTime();
        programs.parallelStream().forEach(program -> {
            compile(program);
            int count = done.incrementAndGet();
            if (count % 20 == 0 || count == programs.size()) {
                long seconds = (System.nanoTime() - began) / 1_000_000_000;
                System.out.println("javix: compiled " + count + " of " + programs.size() + " programs in " + seconds + " s");
            }
        });
    }

    private void compile(Path program) {
        try {
            Module module = Module.decode(Files.readAllBytes(program));
            String directory = Compiler.packageName(module, CompiledPrograms.OPTIONS).replace('.', '/') + "/";
            // '0' follows '/': all names in the directory.
            SortedMap<String, byte[]> known = previous.subMap(directory, directory.replaceAll("/$", "0"));
            if (known.isEmpty()) {
                Compiler.classes(module, CompiledPrograms.OPTIONS)
                        .forEach((name, bytes) -> classes.put(name.replace('.', '/') + ".class", bytes));
            } else {
                classes.putAll(known);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalStateException("cannot compile " + program, e);
        }
    }

    private static List<Path> programs(Path tree) throws IOException {
        List<Path> programs = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
                if (!Files.isSymbolicLink(file) && isWasm(file)) {
                    programs.add(file);
                }
            }
        }
        return programs;
    }

    private static boolean isWasm(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(WASM.length), WASM);
        }
    }

    private static SortedMap<String, byte[]> read(Path jar) throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        if (Files.exists(jar)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (JarEntry entry : Collections.list(file.entries())) {
                    try (var in = file.getInputStream(entry)) {
                        entries.put(entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
        return entries;
    }
}
