package coreutils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import machine.Machine;
import machine.Outcome;
import machine.Run;
import machine.TemporaryDirectories;

/**
 * The Linux that this runs on, with its own coreutils. Each test has a directory of its own in memory, and
 * namespaces of processes and of mounts, so that nothing of it stays.
 */
final class LinuxMachine extends Machine<Trial, Outcome<Trial.Verdict>> {
    private final Path files;
    private final String version;
    private final List<String> programs;
    private final TemporaryDirectories directories = new TemporaryDirectories();

    LinuxMachine(Path files, String version, List<String> programs) throws IOException {
        super(2);
        this.files = files;
        this.version = version;
        this.programs = programs;
    }

    @Override
    protected Outcome<Trial.Verdict> run(Trial trial) throws Exception {
        Path directory = directories.create();
        command("cp", "-R", files + "/.", directory.toString());
        List<String> words = new ArrayList<>(List.of("unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"));
        Trial.User user = trial.user();
        words.addAll(List.of("setpriv", "--reuid=" + user.uid, "--regid=" + user.gid, "--groups=" + user.groups()
                .stream().map(String::valueOf).collect(Collectors.joining(","))));
        words.addAll(List.of("env", "-i", "--default-signal"));
        words.addAll(Trial.assignments(Trial.environment(directory.toString(), version, programs)));
        words.add("setsid");
        words.add("--wait");
        words.addAll(trial.words());
        Outcome<Trial.Verdict> outcome =
                Trial.outcome(Run.onLinux(new ProcessBuilder(words).directory(directory.toFile()), Trial.TIME));
        directories.remove(directory);
        return outcome;
    }

    private static void command(String... words) throws Exception {
        new ProcessBuilder(words).redirectErrorStream(true).start().waitFor();
    }

    @Override
    public void close() {
        super.close();
        directories.close();
    }
}
