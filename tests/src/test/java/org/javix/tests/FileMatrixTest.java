package org.javix.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.javix.posix.Sandbox;
import org.javix.vfs.Credentials;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Every call about files with every kind of path by three users, some 11,000 in all: what each gives and changes on a
 * tmpfs of Linux, and in memory, an overlay and a host directory of Javix.
 */
class FileMatrixTest {
    private static final Path SOURCE = Path.of("src/files/matrix.c");
    private static final String MOUNTS = """
            mkdir -p /m; case $1 in
            memory) mount -t tmpfs -o mode=755 none /m ;;
            overlay) mkdir /l; mount -t tmpfs none /l; cd /l; mkdir -m 755 low up work
                mount -t overlay -o lowerdir=/l/low,upperdir=/l/up,workdir=/l/work none /m ;;
            esac
            shift; cd /; exec /matrix /m "$@"
            """;
    /** What host directories cannot have. */
    private static final String[] NOT_ON_HOST = {"special", "flags"};

    @Test
    void callsGiveAndChangeWhatTheyDoOnLinux() throws Exception {
        Assumptions.assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "it takes root");
        byte[] program = GuestCompiler.JAVIX.compile(SOURCE);
        Path host = Files.createTempDirectory(Path.of("/dev/shm"), "javix-matrix");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HostMachine.install(host + "/program", GuestCompiler.HOST.compile(SOURCE));
            Future<String> all = threads.submit(() -> onLinux(host, "all"));
            Future<String> some = threads.submit(() -> onLinux(host, "some", NOT_ON_HOST));
            Future<String> memory = threads.submit(() -> inJavix(program, "memory", host));
            Future<String> overlay = threads.submit(() -> inJavix(program, "overlay", host));
            Future<String> directory = threads.submit(() -> inJavix(program, "host", host, NOT_ON_HOST));
            assertEquals(all.get(), memory.get(), "in memory");
            assertEquals(all.get(), overlay.get(), "in an overlay");
            assertEquals(some.get(), directory.get(), "in a host directory");
        } finally {
            remove(host);
        }
    }

    private static String onLinux(Path host, String name, String... without) throws Exception {
        Path directory = Files.createDirectory(host.resolve(name));
        List<String> words = new ArrayList<>(List.of(host + "/program", directory.toString()));
        words.addAll(List.of(without));
        return HostMachine.run(new Job(host + "/" + name + ".run", words)).toString();
    }

    private static String inJavix(byte[] program, String where, Path host, String... without) throws IOException {
        Path shared = Files.createDirectory(host.resolve("javix-" + where));
        Sandbox.Builder builder = JavixMachine.builder().user(Credentials.ROOT);
        if (where.equals("host")) {
            builder.mountWritable(shared, "/m");
        }
        try (Sandbox sandbox = builder.build()) {
            sandbox.files().write("/matrix", program, 0755);
            List<String> words = new ArrayList<>(List.of("sh", "-c", MOUNTS, "sh", where));
            words.addAll(List.of(without));
            var result = sandbox.command(words).run();
            return new Outcome(
                    result.text(), new String(result.error()), result.exitCode(), result.timedOut()).toString();
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
