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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Every call about files with every kind of path by three users, some 11,500 in all: what each gives and changes on a
 * tmpfs of Linux, and in memory, an overlay and a host directory of Javix; and what mounts forbid. It takes root, and where
 * Linux lets nobody mount, as in some containers, only Javix's mounts are left out of the first.
 */
class FileMatrixTest {
    private static final Path SOURCE = Path.of("src/files/matrix.c");
    private static final Path MOUNT_FORMS = Path.of("src/files/mount_forms.c");
    private static final String MOUNTS = """
            mkdir -p /m; case $1 in
            memory) mount -t tmpfs -o mode=755 none /m ;;
            overlay) mkdir /l; mount -t tmpfs none /l; cd /l; mkdir -m 755 low up work
                mount -t overlay -o lowerdir=/l/low,upperdir=/l/up,workdir=/l/work none /m ;;
            esac
            shift; cd /; exec /matrix /m "$@"
            """;

    @BeforeAll
    static void needsRoot() throws IOException {
        Assumptions.assumeTrue((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "it takes root");
    }

    private static boolean hostMounts() throws Exception {
        return new ProcessBuilder("unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt").start().waitFor() == 0;
    }

    @Test
    void mountsForbidWhatTheyDoOnLinux() throws Exception {
        Assumptions.assumeTrue(hostMounts(), "it takes the right to mount");
        Path host = Files.createTempDirectory(Path.of("/dev/shm"), "javix-mounts");
        try (Sandbox sandbox = JavixMachine.builder().user(Credentials.ROOT).build()) {
            HostMachine.install(host + "/program", GuestCompiler.HOST.compile(MOUNT_FORMS));
            sandbox.files().write("/program", GuestCompiler.JAVIX.compile(MOUNT_FORMS), 0755);
            assertEquals(
                    HostMachine.run(new Job(host.toString(), List.of(host + "/program"))).output(),
                    sandbox.command("/program").run().text());
        } finally {
            remove(host);
        }
    }

    @Test
    void callsGiveAndChangeWhatTheyDoOnLinux() throws Exception {
        String[] without = hostMounts() ? new String[0] : new String[] {"mounts"};
        // What host directories cannot have.
        String[] onHost = hostMounts() ? new String[] {"special", "flags"} : new String[] {"special", "flags", "mounts"};
        byte[] program = GuestCompiler.JAVIX.compile(SOURCE);
        Path host = Files.createTempDirectory(Path.of("/dev/shm"), "javix-matrix");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HostMachine.install(host + "/program", GuestCompiler.HOST.compile(SOURCE));
            Future<String> all = threads.submit(() -> onLinux(host, "all", without));
            Future<String> some = threads.submit(() -> onLinux(host, "some", onHost));
            Future<String> memory = threads.submit(() -> inJavix(program, "memory", host, without));
            Future<String> overlay = threads.submit(() -> inJavix(program, "overlay", host, without));
            Future<String> directory = threads.submit(() -> inJavix(program, "host", host, onHost));
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
