package machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories of this Linux, in memory, for tests that want one of their own. Thread-safe. */
public final class TemporaryDirectories implements AutoCloseable {
    private final Path base;

    public TemporaryDirectories() throws IOException {
        base = Files.createTempDirectory(Path.of("/dev/shm"), "javix-suite");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** A new one, which everybody may write to. */
    public Path create() throws IOException {
        Path directory = Files.createTempDirectory(base, "test");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        return directory;
    }

    /** Removes one with all that is in it, as far as that can be done. */
    public void remove(Path directory) throws IOException, InterruptedException {
        new ProcessBuilder(List.of("rm", "-rf", directory.toString())).redirectErrorStream(true).start().waitFor();
    }

    @Override
    public void close() {
        try (Stream<Path> left = Files.walk(base)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("javix: " + base + " could not be removed: " + e);
        }
    }
}
