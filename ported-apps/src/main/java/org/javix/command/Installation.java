package org.javix.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.javix.userland.ImageHashes;

/**
 * The last step of the build: lays out what the launcher starts. The directory then holds
 *
 * <ul>
 *   <li>{@code lib}: every jar of the class path, copied, so that a later compilation does not change it;
 *   <li>{@code userland.tar}: the files that a guest starts with, and beside it their hashes;
 *   <li>{@code java}: the path of the JVM;
 *   <li>{@code arguments}: the JVM's arguments, as a file for {@code java @file};
 *   <li>{@code javix.aot}: the JDK's ahead-of-time cache (JEP 483, 514), made by a training run;
 *   <li>{@code stamp}: as old as the start of the build; what is younger than it is not in there.
 * </ul>
 */
final class Installation {
    private static final long TRAINING_SECONDS = 120;

    private final Path directory;
    private final Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    private Installation(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the installation of the jars of the running JVM's class path and one more.
     *
     * @param arguments the directory; the ISO-8601 time at which the build began; the userland's image; the jar of
     *     its programs; this module's own jar; then the JVM's options
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Installation installation = new Installation(Path.of(arguments[0]));
        List<String> moreJars = List.of(arguments).subList(3, 5);
        List<String> options = List.of(arguments).subList(5, arguments.length);
        installation.make(Path.of(arguments[2]), moreJars, options);
        installation.stamp(Instant.parse(arguments[1]));
    }

    private void make(Path image, List<String> moreJars, List<String> options) throws IOException, InterruptedException {
        Path cache = directory.resolve("javix.aot");
        boolean changed = copyJars(
                System.getProperty("java.class.path") + File.pathSeparator + String.join(File.pathSeparator, moreJars));
        Path userland = directory.resolve("userland.tar");
        if (copy(image, userland)) {
            changed = true;
            ImageHashes.write(userland);
        }
        List<String> jvm = new ArrayList<>(options);
        jvm.add("-Djavix.userland=" + userland);
        jvm.add("-cp");
        jvm.add(String.join(File.pathSeparator, jars().stream().map(Path::toString).toList()));
        List<String> fast = new ArrayList<>(jvm);
        fast.add("-XX:AOTCache=" + cache);
        changed |= !Files.exists(cache) || !argumentFile(fast).equals(read("arguments"));
        if (!changed && read("java").strip().equals(java.toString())) {
            return;
        }
        Files.deleteIfExists(directory.resolve("stamp"));
        write("java", java + "\n");
        write("arguments", argumentFile(jvm));
        if (train(cache)) {
            write("arguments", argumentFile(fast));
        }
    }

    /** Copies the class path's jars and removes others; returns whether that changed anything. */
    private boolean copyJars(String classPath) throws IOException {
        Path library = Files.createDirectories(directory.resolve("lib"));
        boolean changed = false;
        List<Path> wanted = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (Files.isRegularFile(jar)) {
                Path copy = library.resolve(jar.getFileName());
                wanted.add(copy);
                changed |= copyJar(jar, copy);
            }
        }
        for (Path jar : jars()) {
            if (!wanted.contains(jar)) {
                Files.delete(jar);
                changed = true;
            }
        }
        return changed;
    }

    private boolean copyJar(Path jar, Path copy) throws IOException {
        Path content = jar;
        if (ModernJar.isOld(jar)) {
            content = directory.resolve("modern.jar");
            ModernJar.copy(jar, content, Installation.class.getClassLoader());
        }
        boolean changed = copy(content, copy);
        Files.deleteIfExists(directory.resolve("modern.jar"));
        return changed;
    }

    /** Copies a file if its content differs; a running Javix keeps the old one. */
    private static boolean copy(Path from, Path to) throws IOException {
        if (Files.exists(to) && Files.mismatch(from, to) < 0) {
            return false;
        }
        Files.deleteIfExists(to);
        Files.copy(from, to);
        return true;
    }

    private List<Path> jars() throws IOException {
        try (var entries = Files.list(directory.resolve("lib"))) {
            return entries.sorted().toList();
        }
    }

    /** Runs what a start of the shell runs, with the JVM recording; without a cache Javix only starts slower. */
    private boolean train(Path cache) throws IOException, InterruptedException {
        System.out.println("javix: recording the start of the shell, so that later ones are fast");
        Files.deleteIfExists(cache);
        Path log = directory.resolve("training.log");
        String command = Stream.of(
                        java.toString(),
                        "@" + directory.resolve("arguments"),
                        "-XX:AOTCacheOutput=" + cache,
                        "-Djavix.terminals=",
                        Training.class.getName())
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        // script(1) gives the training run a terminal, where there is one.
        Process process = new ProcessBuilder(
                        "sh", "-c", "command -v script >/dev/null && exec script -qec \"$0\" /dev/null; eval \"exec $0\"", command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(TRAINING_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        if (process.exitValue() != 0 || !Files.exists(cache)) {
            System.out.println("javix: the recording failed; Javix will start slower (see " + log + ")");
            return false;
        }
        return true;
    }

    private void stamp(Instant began) throws IOException {
        Path stamp = directory.resolve("stamp");
        Files.write(stamp, new byte[0]);
        Files.setLastModifiedTime(stamp, FileTime.from(began));
    }

    /** In an argument file a backslash escapes inside quotes. */
    private static String argumentFile(List<String> arguments) {
        StringBuilder text = new StringBuilder();
        for (String argument : arguments) {
            String escaped = argument.replace("\\", "\\\\").replace("\"", "\\\"");
            text.append('"').append(escaped).append("\"\n");
        }
        return text.toString();
    }

    private String read(String name) throws IOException {
        Path file = directory.resolve(name);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }
}
