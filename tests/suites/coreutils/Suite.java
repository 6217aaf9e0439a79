package coreutils;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import machine.Machine;

/**
 * Runs coreutils' own tests on Linux and in Javix, as the superuser and as somebody else, and prints what
 * became of each. Started by {@code run}.
 */
final class Suite {
    private final Path target;
    private final boolean keep;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    /** What became of a trial on both machines. */
    private record Row(Trial trial, Trial.Outcome linux, Trial.Outcome javix) {
        boolean same() {
            return linux.verdict() == javix.verdict();
        }
    }

    private Suite(Path target, boolean keep) {
        this.target = target;
        this.keep = keep;
    }

    /**
     * @param arguments the directory with {@code source}, {@code linux} and {@code javix}; the version; the
     *     programs of each machine; "keep" to use Linux's results of the run before; a pattern for tests
     */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Suite suite = new Suite(target, arguments[4].equals("keep"));
        Pattern wanted = Pattern.compile(arguments[5]);
        List<Trial> trials = new ArrayList<>();
        for (String test : tests(target)) {
            if (wanted.matcher(test).find()) {
                for (Trial.User user : Trial.User.values()) {
                    trials.add(new Trial(test, user));
                }
            }
        }
        try (Machine<Trial, Trial.Outcome> linux = new LinuxMachine(target.resolve("linux"), arguments[1], List.of(arguments[2].split(" ")));
                Machine<Trial, Trial.Outcome> javix = new JavixMachine(target.resolve("javix"), arguments[1], List.of(arguments[3].split(" ")))) {
            suite.run(trials, linux, javix);
        }
        suite.print();
        System.exit(suite.rows.values().stream().allMatch(Row::same) ? 0 : 1);
    }

    /** The scripts for the shell and for Perl that coreutils' makefile names as tests. */
    private static List<String> tests(Path target) throws IOException {
        List<String> tests = new ArrayList<>();
        Matcher name = Pattern.compile("tests/[\\w-]+/[\\w.+-]+\\.(?:sh|x?pl)\\b").matcher(Files.readString(target.resolve("local.mk")));
        while (name.find()) {
            if (!tests.contains(name.group()) && !name.group().startsWith("tests/factor/")) {
                tests.add(name.group());
            }
        }
        tests.sort(null);
        return tests;
    }

    private void run(List<Trial> trials, Machine<Trial, Trial.Outcome> linux, Machine<Trial, Trial.Outcome> javix) throws Exception {
        Map<Trial, Future<Trial.Outcome>> expected = new LinkedHashMap<>();
        Map<Trial, Future<Trial.Outcome>> actual = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (!Files.exists(log("linux", trial)) || !keep) {
                expected.put(trial, linux.submit(trial));
            }
            actual.put(trial, javix.submit(trial));
        }
        int done = 0;
        for (Trial trial : trials) {
            Trial.Outcome there = expected.containsKey(trial) ? expected.get(trial).get() : load(trial);
            Trial.Outcome here = actual.get(trial).get();
            rows.put(trial.toString(), new Row(trial, there, here));
            if (++done % 50 == 0) {
                System.err.println("javix: " + done + " of " + trials.size() + " done");
            }
        }
        for (Row row : rows.values().stream().filter(row -> !row.same()).toList()) {
            Trial trial = row.trial;
            Trial.Outcome there = row.linux.verdict() == Trial.Verdict.PASS ? row.linux : linux.again(trial);
            Trial.Outcome here = row.javix.verdict() == Trial.Verdict.PASS ? row.javix : javix.again(trial);
            rows.put(trial.toString(), new Row(trial, there, here));
        }
        for (Row row : rows.values()) {
            save("linux", row.trial, row.linux);
            save("javix", row.trial, row.javix);
        }
    }

    private Path log(String machine, Trial trial) {
        String name = trial.test().substring("tests/".length()).replace('/', ',').replaceAll("\\.sh$", "");
        return target.resolve("logs").resolve(name + "." + trial.user().name().toLowerCase() + "." + machine);
    }

    private void save(String machine, Trial trial, Trial.Outcome outcome) throws IOException {
        Path file = log(machine, trial);
        Files.createDirectories(file.getParent());
        Files.writeString(file, outcome.verdict() + "\n" + outcome.output(), StandardCharsets.ISO_8859_1);
    }

    private Trial.Outcome load(Trial trial) throws IOException {
        String[] text = Files.readString(log("linux", trial), StandardCharsets.ISO_8859_1).split("\n", 2);
        return new Trial.Outcome(Trial.Verdict.valueOf(text[0]), text[1]);
    }

    private void print() {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Row row : rows.values()) {
            String directory = row.trial.test().split("/")[1];
            Map<String, Integer> count = counts.computeIfAbsent(directory, key -> new LinkedHashMap<>());
            count.merge("linux " + row.linux.verdict(), 1, Integer::sum);
            count.merge("javix " + row.javix.verdict(), 1, Integer::sum);
            count.merge(row.same() ? "same" : "different", 1, Integer::sum);
        }
        System.out.println("| tests of | Linux: pass, fail, skip | Javix: pass, fail, skip | same | different |");
        System.out.println("|---|---:|---:|---:|---:|");
        Map<String, Integer> all = new LinkedHashMap<>();
        counts.forEach((directory, count) -> {
            System.out.println(line(directory, count));
            count.forEach((key, value) -> all.merge(key, value, Integer::sum));
        });
        System.out.println(line("all", all));
        System.out.println("\n| test | user | Linux | Javix | reasons given for skipping |\n|---|---|---|---|---|");
        for (Row row : rows.values()) {
            if (!row.same()) {
                System.out.printf(
                        "| %s | %s | %s | %s | %s |%n",
                        row.trial.test().substring("tests/".length()),
                        row.trial.user().name().toLowerCase(),
                        row.linux.verdict(),
                        row.javix.verdict(),
                        (row.linux.reason() + " " + row.javix.reason()).strip());
            }
        }
    }

    private static String line(String name, Map<String, Integer> count) {
        return "| " + name + " | " + verdicts("linux ", count) + " | " + verdicts("javix ", count) + " | "
                + count.getOrDefault("same", 0) + " | " + count.getOrDefault("different", 0) + " |";
    }

    private static String verdicts(String machine, Map<String, Integer> count) {
        Map<Trial.Verdict, Integer> each = new EnumMap<>(Trial.Verdict.class);
        Stream.of(Trial.Verdict.values()).forEach(verdict -> each.put(verdict, count.getOrDefault(machine + verdict, 0)));
        int failed = each.get(Trial.Verdict.FAIL) + each.get(Trial.Verdict.ERROR) + each.get(Trial.Verdict.TIMEOUT);
        return each.get(Trial.Verdict.PASS) + ", " + failed + ", " + each.get(Trial.Verdict.SKIP);
    }
}
