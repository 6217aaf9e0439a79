package org.javix.tests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.userland.ImageFs;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Assumptions;

/** A sandbox with the userland, and with the host's users. Thread-safe. */
final class JavixMachine implements AutoCloseable {
    private final Sandbox sandbox;

    JavixMachine() throws IOException {
        sandbox = builder().build();
        for (String file : new String[] {"/etc/passwd", "/etc/group"}) {
            sandbox.files().write(file, Files.readAllBytes(Path.of(file)), 0644);
        }
    }

    /** A sandbox with the userland, as the same user as the tests. */
    static Sandbox.Builder builder() throws IOException {
        Path image = image();
        Path self = Path.of("/proc/self");
        int user = (int) Files.getAttribute(self, "unix:uid");
        int group = (int) Files.getAttribute(self, "unix:gid");
        return Sandbox.builder()
                .root(ImageFs.open(image))
                .user(user == 0 ? Credentials.ROOT : Credentials.of(user, group))
                .environment(Job.ENVIRONMENT);
    }

    /** The userland's image; the build names it. */
    private static Path image() {
        String name = System.getProperty("javix.userland");
        Assumptions.assumeTrue(name != null && Files.exists(Path.of(name)), "the userland is not built");
        return Path.of(name);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /** Writes a file that programs can run. */
    void install(String path, byte[] content) throws IOException {
        sandbox.files().createDirectories(path.substring(0, path.lastIndexOf('/')), 0755);
        sandbox.files().write(path, content, 0755);
    }

    /** Runs a program to its end. Returns when its output is closed by every process that holds it. */
    Outcome run(Job job) throws IOException {
        sandbox.files().createDirectories(job.scratch(), 0755);
        ExecResult result = sandbox.command(job.words())
                .directory(job.scratch())
                .timeout(Duration.ofSeconds(Job.SECONDS))
                .run();
        return new Outcome(
                new String(result.output(), StandardCharsets.ISO_8859_1),
                new String(result.error(), StandardCharsets.ISO_8859_1),
                result.exitCode(),
                result.timedOut());
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
