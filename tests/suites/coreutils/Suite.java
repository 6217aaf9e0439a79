package coreutils;

import coreutils.Trial.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import machine.Comparison;
import machine.Comparison.Row;
import machine.Machine;
import machine.Outcome;

/**
 * Runs coreutils' own tests on Linux and in Javix, as the superuser and as somebody else, and prints what
 * became of each. Started by {@code run}.
 */
final class Suite {
    private Suite() {}

    /**
     * @param arguments the directory with {@code source}, {@code linux} and {@code javix}; the version; the
     *     programs of each machine; "keep" to use Linux's results of the run before; a pattern for tests
     */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Pattern wanted = Pattern.compile(arguments[5]);
        List<Trial> trials = new ArrayList<>();
        for (String test : tests(target)) {
            if (wanted.matcher(test).find()) {
                for (Trial.User user : Trial.User.values()) {
                    trials.add(new Trial(test, user));
                }
            }
        }
        Comparison<Trial, Verdict> comparison = new Comparison<>(
                target.resolve("logs"), arguments[4].equals("keep"), Verdict.class, EnumSet.of(Verdict.PASS), Suite::log);
        List<Row<Trial, Verdict>> rows;
        try (Machine<Trial, Outcome<Verdict>> linux = new LinuxMachine(target.resolve("linux"), arguments[1], List.of(arguments[2].split(" ")));
                Machine<Trial, Outcome<Verdict>> javix = new JavixMachine(target.resolve("javix"), arguments[1], List.of(arguments[3].split(" ")))) {
            rows = comparison.run(trials, linux, javix);
        }
        print(rows);
        System.exit(rows.stream().allMatch(Row::same) ? 0 : 1);
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

    private static String log(Trial trial) {
        String name = trial.test().substring("tests/".length()).replace('/', ',').replaceAll("\\.sh$", "");
        return name + "." + trial.user().name().toLowerCase();
    }

    private static void print(List<Row<Trial, Verdict>> rows) {
        Map<String, Map<String, Integer>> counts = new LinkedHashMap<>();
        for (Row<Trial, Verdict> row : rows) {
            String directory = row.trial().test().split("/")[1];
            Map<String, Integer> count = counts.computeIfAbsent(directory, key -> new LinkedHashMap<>());
            count.merge("linux " + row.linux().verdict(), 1, Integer::sum);
            count.merge("javix " + row.javix().verdict(), 1, Integer::sum);
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
        for (Row<Trial, Verdict> row : rows) {
            if (!row.same()) {
                System.out.printf(
                        "| %s | %s | %s | %s | %s |%n",
                        row.trial().test().substring("tests/".length()),
                        row.trial().user().name().toLowerCase(),
                        row.linux().verdict(),
                        row.javix().verdict(),
                        (Trial.reason(row.linux()) + " " + Trial.reason(row.javix())).strip());
            }
        }
    }

    private static String line(String name, Map<String, Integer> count) {
        return "| " + name + " | " + verdicts("linux ", count) + " | " + verdicts("javix ", count) + " | "
                + count.getOrDefault("same", 0) + " | " + count.getOrDefault("different", 0) + " |";
    }

    private static String verdicts(String machine, Map<String, Integer> count) {
        Map<Verdict, Integer> each = new EnumMap<>(Verdict.class);
        Stream.of(Verdict.values()).forEach(verdict -> each.put(verdict, count.getOrDefault(machine + verdict, 0)));
        int failed = each.get(Verdict.FAIL) + each.get(Verdict.ERROR) + each.get(Verdict.TIMEOUT);
        return each.get(Verdict.PASS) + ", " + failed + ", " + each.get(Verdict.SKIP);
    }
}
