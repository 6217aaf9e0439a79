package posixtestsuite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import machine.Machine;
import machine.Run;
import posixtestsuite.Trial.Kind;
import posixtestsuite.Trial.Outcome;
import posixtestsuite.Trial.Verdict;

/** What both machines do alike: find what was built for a test, and ask whether it could be. */
abstract class TrialMachine extends Machine<Trial, Outcome> {
    /** Nearly all take less than ten seconds. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path source;
    private final Path built;

    /**
     * @param source the suite's source
     * @param built what was made of it for this machine, in a tree like the source's
     */
    TrialMachine(Path source, Path built) {
        super(2);
        this.source = source;
        this.built = built;
    }

    @Override
    protected final Outcome run(Trial trial) throws Exception {
        Path program = built.resolve(trial.path() + ".test");
        if (trial.kind() != Kind.SCRIPT && !Files.exists(program)) {
            return new Outcome(Verdict.UNBUILT, Files.readString(built.resolve(trial.path() + ".log"), StandardCharsets.ISO_8859_1));
        }
        if (trial.kind() == Kind.COMPILATION) {
            return new Outcome(Verdict.PASS, "");
        }
        long began = System.nanoTime();
        Run run = execute(trial, files(trial));
        long millis = (System.nanoTime() - began) / 1_000_000;
        return new Outcome(Verdict.of(run), "%s%n[status %d, %d ms]%n".formatted(run.output(), run.status(), millis));
    }

    /** Runs it in a directory of its own, into which the files are copied to where they lie in their trees. */
    abstract Run execute(Trial trial, List<Placed> files) throws Exception;

    /** A file that a test needs, and its name relative to the directory that the test runs in. */
    record Placed(Path file, String name) {}

    private List<Placed> files(Trial trial) throws IOException {
        List<Placed> files = new ArrayList<>();
        if (trial.kind() == Kind.PROGRAM) {
            files.add(placed(built, built.resolve(trial.path() + ".test")));
            return files;
        }
        files.add(placed(source, source.resolve(trial.path() + ".sh")));
        try (Stream<Path> programs = Files.list(built.resolve(trial.directory()))) {
            programs.filter(file -> file.toString().endsWith("buildonly.test")).forEach(file -> files.add(placed(built, file)));
        }
        return files;
    }

    private static Placed placed(Path tree, Path file) {
        return new Placed(file, tree.relativize(file).toString());
    }
}
