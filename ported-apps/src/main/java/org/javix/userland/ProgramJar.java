package org.javix.userland;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * start the compilation. The code of programs that did not change is taken from the jar that is there, if the
 * compiler did not change either.
 */
final class ProgramJar {
    private static final String COMPILER = "META-INF/javix-compiler";
    private static final byte[] WASM = {0, 'a', 's', 'm'};
    // Jar entries have a time; the same programs shall give the same jar.
    private static final long TIME = 1_767_225_600_000L;

    private final SortedMap<String, byte[]> previous;
    private final SortedMap<String, byte[]> classes = new ConcurrentSkipListMap<>();

    private ProgramJar(SortedMap<String, byte[]> previous) {
        this.previous = previous;
    }

    /** Writes the jar, whole or not at all. */
    static void write(ImageFs image, Path jar) throws IOException {
        byte[] compiler = compiler();
        SortedMap<String, byte[]> previous = read(jar);
        if (!Arrays.equals(previous.get(COMPILER), compiler)) {
            previous.clear();
        }
        ProgramJar programs = new ProgramJar(previous);
        programs.compile(programs(image));
        programs.classes.put(COMPILER, compiler);
        if (programs.classes.keySet().equals(previous.keySet())) {
            return;
        }
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

    private void compile(List<byte[]> programs) {
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

    private void compile(byte[] program) {
        Module module = Module.decode(program);
        String directory = Compiler.packageName(module, CompiledPrograms.OPTIONS).replace('.', '/');
        // '0' follows '/': all names in the directory.
        SortedMap<String, byte[]> known = previous.subMap(directory + "/", directory + "0");
        if (known.isEmpty()) {
            Compiler.classes(module, CompiledPrograms.OPTIONS)
                    .forEach((name, bytes) -> classes.put(name.replace('.', '/') + ".class", bytes));
        } else {
            classes.putAll(known);
        }
    }

    private static List<byte[]> programs(ImageFs image) {
        List<byte[]> programs = new ArrayList<>();
        image.forEachFile(content -> {
            if (content.byteSize() > WASM.length && isWasm(content)) {
                programs.add(content.toArray(ValueLayout.JAVA_BYTE));
            }
        });
        return programs;
    }

    private static boolean isWasm(MemorySegment content) {
        return content.asSlice(0, WASM.length).mismatch(MemorySegment.ofArray(WASM)) < 0;
    }

    /** Stands for the engine's present classes: code compiled by others may not fit. */
    private static byte[] compiler() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Path engine = Path.of(Compiler.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isRegularFile(engine)) {
                for (byte[] content : read(engine).values()) {
                    digest.update(content);
                }
            } else {
                try (Stream<Path> files = Files.walk(engine)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new AssertionError(e);
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
