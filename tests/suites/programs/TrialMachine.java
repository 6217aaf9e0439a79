package programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import machine.Machine;
import machine.Outcome;
import machine.Run;
import programs.Trial.Kind;

/** What both machines do alike: find what was built for a test, and ask whether it could be. */
abstract class TrialMachine extends Machine<Trial, Outcome<Verdict>> {
    /** Nearly all take less than ten seconds. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** The environment of every test. */
    final Map<String, String> variables = new TreeMap<>();

    private final Path source;
    private final Path built;

    /**
     * @param source the suite's source
     * @param built what was made of it for this machine, in a tree like the source's, beside which a file
     *     {@code environment} may have lines {@code NAME=value}
     */
    TrialMachine(Path source, Path built) throws IOException {
        super(2);
        this.source = source;
        this.built = built;
        // EXEEXT and srcdir are what scripts take from their makefiles: how programs' names end, and where the source is.
        variables.putAll(Map.of("PATH", "/usr/bin:/bin", "HOME", "/tmp", "EXEEXT", ".test", "srcdir", "."));
        Path more = built.resolveSibling("environment");
        if (Files.exists(more)) {
            for (String line : Files.readAllLines(more)) {
                String[] parts = line.split("=", 2);
                variables.put(parts[0], parts[1]);
            }
        }
    }

    @Override
    protected final Outcome<Verdict> run(Trial trial) throws Exception {
        Path program = built.resolve(trial.path() + ".test");
        if (trial.kind() != Kind.SCRIPT && !Files.exists(program)) {
            return new Outcome<>(Verdict.UNBUILT, Files.readString(built.resolve(trial.path() + ".log"), StandardCharsets.ISO_8859_1));
        }
        if (trial.kind() == Kind.COMPILATION) {
            return new Outcome<>(Verdict.PASS, "");
        }
        long began = System.nanoTime();
        Run run = execute(trial, files(trial));
        long millis = (System.nanoTime() - began) / 1_000_000;
        return new Outcome<>(Verdict.of(run), "%s%n[status %d, %d ms]%n".formatted(run.output(), run.status(), millis));
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
        Path script = source.resolve(trial.path() + ".sh");
        files.add(placed(source, script));
        String text = Files.readString(script, StandardCharsets.ISO_8859_1);
        addNamed(files, text, built, trial.directory(), ".test");
        addNamed(files, text, source, trial.directory(), "");
        return files;
    }

    /** Adds those files of a directory that a script names, with or without their ending. */
    private static void addNamed(List<Placed> files, String script, Path tree, Path directory, String ending) throws IOException {
        try (Stream<Path> all = Files.list(tree.resolve(directory))) {
            all.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .filter(file -> script.contains(file.getFileName().toString().replaceAll("\\.test$", "")))
                    .map(file -> placed(tree, file))
                    .filter(placed -> !files.contains(placed))
                    .forEach(files::add);
        }
    }

    private static Placed placed(Path tree, Path file) {
        return new Placed(file, tree.relativize(file).toString());
    }
}
