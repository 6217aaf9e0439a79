package programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import machine.Run;
import org.javix.posix.Sandbox;
import org.javix.userland.ImageFs;

/** Javix, in this JVM. Each test has a sandbox of its own. */
final class JavixMachine extends TrialMachine {
    private static final String DIRECTORY = "/suite";

    /** What the shell says of a program that is none of Javix's. */
    private static final Pattern NO_PROGRAM = Pattern.compile("^\\S*sh: .*: Exec format error$", Pattern.MULTILINE);

    private final ImageFs image = ImageFs.open(Path.of(System.getProperty("javix.userland")));

    JavixMachine(Path source, Path built) throws IOException {
        super(source, built);
    }

    @Override
    Run execute(Trial trial, List<Placed> files) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().root(image).environment(variables).build()) {
            for (Placed placed : files) {
                Path path = Path.of(DIRECTORY, placed.name());
                sandbox.files().createDirectories(path.getParent().toString(), 0755);
                sandbox.files().write(path.toString(), Files.readAllBytes(placed.file()), 0755);
            }
            Run run = Run.inJavix(sandbox.command(trial.words()).directory(DIRECTORY), LIMIT);
            if (NO_PROGRAM.matcher(run.output()).find()) {
                // That says nothing about Javix, neither where a test fails nor where one passes that expects a failure.
                throw new IllegalStateException(trial.path() + " was not built for Javix:\n" + run.output());
            }
            return run;
        }
    }
}
