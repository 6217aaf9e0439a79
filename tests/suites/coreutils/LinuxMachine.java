import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Linux that this runs on, with its own coreutils. Each test has a directory of its own in memory, and
 * namespaces of processes and of mounts, so that nothing of it stays.
 */
final class LinuxMachine extends Machine {
    private final Path files;
    private final String version;
    private final List<String> programs;
    private final Path base;

    LinuxMachine(Path files, String version, List<String> programs) throws IOException {
        super(2);
        this.files = files;
        this.version = version;
        this.programs = programs;
        base = Files.createTempDirectory(Path.of("/dev/shm"), "javix-suite");
        Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    Trial.Outcome run(Trial trial) throws Exception {
        Path directory = Files.createTempDirectory(base, "test");
        command("cp", "-R", files + "/.", directory.toString());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"));
        Trial.User user = trial.user();
        words.addAll(List.of("setpriv", "--reuid=" + user.uid, "--regid=" + user.gid, "--groups=" + user.groups()
                .stream().map(String::valueOf).collect(Collectors.joining(","))));
        words.addAll(List.of("env", "-i", "--default-signal"));
        words.addAll(Trial.assignments(Trial.environment(directory.toString(), version, programs)));
        words.add("setsid");
        words.add("--wait");
        words.addAll(trial.words());
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .start();
        CompletableFuture<String> output = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                output.complete(new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                output.complete(e.toString());
            }
        });
        boolean inTime = process.waitFor(Trial.TIME.toSeconds(), TimeUnit.SECONDS);
        if (!inTime) {
            Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroyForcibly);
        }
        Trial.Outcome outcome = Trial.Outcome.of(process.waitFor(), inTime, output.get());
        command("rm", "-rf", directory.toString());
        return outcome;
    }

    private static void command(String... words) throws Exception {
        new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    }

    @Override
    public void close() {
        super.close();
        try (Stream<Path> left = Files.walk(base)) {
            for (Path file : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("javix: " + base + " could not be removed: " + e);
        }
    }
}
