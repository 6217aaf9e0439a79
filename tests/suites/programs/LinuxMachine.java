package programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import machine.Run;
import machine.TemporaryDirectories;

/**
 * The Linux that this runs on. Each test has a directory, a {@code /tmp}, shared memory, message queues and processes of
 * its own, so that nothing of it stays, and may not set this machine's clock. It is not the first process of its namespace, whom
 * signals do not end.
 */
final class LinuxMachine extends TrialMachine {
    private static final String ISOLATED = "mount --bind . /mnt && mount -t tmpfs tmpfs /dev/shm && mount -t tmpfs tmpfs /tmp &&"
            + " ulimit -c 0 && cd /mnt && exec setpriv --bounding-set=-sys_time,-sys_boot setsid --fork --wait \"$@\"";

    private final TemporaryDirectories directories = new TemporaryDirectories();

    LinuxMachine(Path source, Path built) throws IOException {
        super(source, built);
    }

    @Override
    Run execute(Trial trial, List<Placed> files) throws Exception {
        Path directory = directories.create();
        for (Placed placed : files) {
            Path copy = directory.resolve(placed.name());
            Files.createDirectories(copy.getParent());
            Files.copy(placed.file(), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> words = new ArrayList<>(List.of(
                "unshare", "--mount", "--pid", "--ipc", "--fork", "--mount-proc", "--kill-child", "env", "-i", "--default-signal"));
        variables.forEach((name, value) -> words.add(name + "=" + value));
        words.addAll(List.of("sh", "-c", ISOLATED, "sh"));
        words.addAll(trial.words());
        Run run = Run.onLinux(new ProcessBuilder(words).directory(directory.toFile()), LIMIT);
        directories.remove(directory);
        return run;
    }

    @Override
    public void close() {
        super.close();
        directories.close();
    }
}
