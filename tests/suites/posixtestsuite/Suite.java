package posixtestsuite;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import machine.Machine;
import posixtestsuite.Trial.Kind;
import posixtestsuite.Trial.Outcome;
import posixtestsuite.Trial.Verdict;

/** Runs the tests of the Open POSIX Test Suite on Linux and in Javix. Started by {@code run}. */
final class Suite {
    private static final Pattern MAIN = Pattern.compile("\\bmain\\s*\\(");

    private final Path target;
    private final boolean keep;

    private Suite(Path target, boolean keep) {
        this.target = target;
        this.keep = keep;
    }

    /**
     * @param arguments the directory with {@code source}, {@code linux} and {@code javix}; "keep" to use Linux's results
     *     of the run before; a pattern for tests
     */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Suite suite = new Suite(target, arguments[1].equals("keep"));
        Pattern wanted = Pattern.compile(arguments[2]);
        List<Trial> trials = suite.trials().stream().filter(trial -> wanted.matcher(trial.path()).find()).toList();
        Path source = target.resolve("source");
        try (Machine<Trial, Outcome> linux = new LinuxMachine(source, target.resolve("linux"));
                Machine<Trial, Outcome> javix = new JavixMachine(source, target.resolve("javix"))) {
            suite.run(trials, linux, javix);
        }
        System.exit(0);
    }

    /**
     * All tests, by name. What is only to be built and has a main function is a part of a test in a script; a script that runs
     * no such part says only that another test is enough.
     */
    private List<Trial> trials() throws IOException {
        Path source = target.resolve("source");
        List<Trial> trials = new ArrayList<>();
        try (Stream<Path> files = Stream.concat(Files.walk(source.resolve("conformance")), Files.walk(source.resolve("functional")))) {
            for (Path file : files.toList()) {
                String path = source.relativize(file).toString();
                String name = file.getFileName().toString();
                String stem = path.replaceAll("\\.\\w+$", "");
                boolean functional = path.startsWith("functional/");
                if (name.endsWith(".c") && (functional || name.matches("\\d.*-.*"))) {
                    boolean program = MAIN.matcher(Files.readString(file, StandardCharsets.ISO_8859_1)).find();
                    if (!program || !name.contains("buildonly")) {
                        trials.add(new Trial(stem, program ? Kind.PROGRAM : Kind.COMPILATION));
                    }
                } else if (name.matches("\\d+-\\d+\\.sh") && Files.readString(file).contains(".test")) {
                    trials.add(new Trial(stem, Kind.SCRIPT));
                }
            }
        }
        trials.sort((a, b) -> a.path().compareTo(b.path()));
        return trials;
    }

    private void run(List<Trial> trials, Machine<Trial, Outcome> linux, Machine<Trial, Outcome> javix) throws Exception {
        Map<Trial, Future<Outcome>> expected = new LinkedHashMap<>();
        Map<Trial, Future<Outcome>> actual = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (!keep || !Files.exists(log("linux", trial))) {
                expected.put(trial, linux.submit(trial));
            }
            actual.put(trial, javix.submit(trial));
        }
        Map<Trial, Outcome> onLinux = new LinkedHashMap<>();
        Map<Trial, Outcome> inJavix = new LinkedHashMap<>();
        for (Trial trial : trials) {
            onLinux.put(trial, expected.containsKey(trial) ? expected.get(trial).get() : load(trial));
            inJavix.put(trial, actual.get(trial).get());
            save("linux", trial, onLinux.get(trial));
            save("javix", trial, inJavix.get(trial));
            if (inJavix.size() % 50 == 0) {
                System.err.println("javix: " + inJavix.size() + " of " + trials.size() + " done");
            }
        }
        for (Trial trial : trials) {
            if (onLinux.get(trial).verdict() != inJavix.get(trial).verdict()) {
                repeat("linux", linux, trial, onLinux);
                repeat("javix", javix, trial, inJavix);
            }
        }
        list("linux", onLinux);
        list("javix", inJavix);
    }

    /** Runs a test again that may have failed for want of time. */
    private void repeat(String name, Machine<Trial, Outcome> machine, Trial trial, Map<Trial, Outcome> outcomes)
            throws Exception {
        if (!settled(outcomes.get(trial))) {
            Outcome outcome = machine.again(trial);
            outcomes.put(trial, outcome);
            save(name, trial, outcome);
        }
    }

    /** Whether another run would say nothing else, or take too long to say so. */
    private static boolean settled(Outcome outcome) {
        return switch (outcome.verdict()) {
            case PASS, HUNG, UNBUILT, UNSUPPORTED, UNTESTED -> true;
            case FAIL, UNRESOLVED, INTERRUPTED -> false;
        };
    }

    /** Writes the lines for {@code compare}. */
    private void list(String machine, Map<Trial, Outcome> outcomes) throws IOException {
        StringBuilder lines = new StringBuilder();
        outcomes.forEach((trial, outcome) -> lines.append(outcome.verdict().word())
                .append(' ')
                .append(trial.family())
                .append(' ')
                .append(trial.path())
                .append('\n'));
        Files.writeString(target.resolve(machine + ".txt"), lines);
    }

    private Path log(String machine, Trial trial) {
        return target.resolve("logs").resolve(trial.path() + "." + machine);
    }

    private void save(String machine, Trial trial, Outcome outcome) throws IOException {
        Path file = log(machine, trial);
        Files.createDirectories(file.getParent());
        Files.writeString(file, outcome.verdict() + "\n" + outcome.output(), StandardCharsets.ISO_8859_1);
    }

    private Outcome load(Trial trial) throws IOException {
        String[] text = Files.readString(log("linux", trial), StandardCharsets.ISO_8859_1).split("\n", 2);
        return new Outcome(Verdict.valueOf(text[0]), text[1]);
    }
}
