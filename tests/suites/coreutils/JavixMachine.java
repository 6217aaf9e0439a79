package coreutils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import machine.Machine;
import machine.Outcome;
import machine.Run;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxFiles;
import org.javix.userland.ImageFs;
import org.javix.vfs.Credentials;

/**
 * Javix, in this JVM. Each test has a sandbox of its own: the userland with this machine's users, and a
 * second file system for the test's directory, since some tests move files from one to the other.
 */
final class JavixMachine extends Machine<Trial, Outcome<Trial.Verdict>> {
    private static final String DIRECTORY = "/suite/test";

    private final ImageFs image;
    private final Map<String, Path> files = new TreeMap<>();
    private final String version;
    private final List<String> programs;

    JavixMachine(Path files, String version, List<String> programs) throws IOException {
        super(3);
        this.version = version;
        this.programs = programs;
        image = ImageFs.open(Path.of(System.getProperty("javix.userland")));
        try (Stream<Path> all = Files.walk(files)) {
            all.filter(Files::isRegularFile).forEach(file -> this.files.put(files.relativize(file).toString(), file));
        }
    }

    @Override
    protected Outcome<Trial.Verdict> run(Trial trial) throws Exception {
        Trial.User user = trial.user();
        Credentials credentials =
                new Credentials(user.uid, user.uid, user.uid, user.gid, user.gid, user.gid, user.groups());
        try (Sandbox sandbox = Sandbox.builder()
                .root(image)
                .tmpfs("/suite")
                .user(credentials)
                .environment(Trial.environment(DIRECTORY, version, programs))
                .build()) {
            layOut(sandbox.files());
            linkPrograms(sandbox);
            return Trial.outcome(
                    Run.inJavix(sandbox.command(trial.words()).directory(DIRECTORY), Trial.TIME));
        }
    }

    /** Some tests look for programs where a build leaves them. */
    private void linkPrograms(Sandbox sandbox) throws IOException {
        ExecResult linked = sandbox.exec(
                "sh", "-c", "cd \"$1/src\" && for p in $built_programs; do for f in /usr/*bin/$p; do"
                        + " [ ! -e $f ] || ln -s $f .; done; done; ln -s /usr/bin/install ginstall", "sh", DIRECTORY);
        if (linked.exitCode() != 0) {
            throw new IOException(linked.errorText());
        }
    }

    private void layOut(SandboxFiles sandbox) throws IOException {
        for (String name : new String[] {"/etc/passwd", "/etc/group"}) {
            sandbox.write(name, Files.readAllBytes(Path.of(name)), 0644);
        }
        sandbox.createDirectories(DIRECTORY, 0777);
        String last = "";
        for (Map.Entry<String, Path> file : files.entrySet()) {
            String path = DIRECTORY + "/" + file.getKey();
            String directory = path.substring(0, path.lastIndexOf('/'));
            if (!directory.equals(last)) {
                sandbox.createDirectories(directory, 0777);
                last = directory;
            }
            sandbox.write(path, Files.readAllBytes(file.getValue()), Files.isExecutable(file.getValue()) ? 0755 : 0644);
        }
    }
}
