package programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import machine.Comparison;
import machine.Comparison.Row;
import machine.Machine;
import machine.Outcome;

/** Runs programs that are tests on Linux and in Javix. Started by {@code programs/compare-machines}. */
final class Suite {
    private Suite() {}

    /**
     * @param arguments the directory with {@code trials}, {@code linux} and {@code javix}; the tests' source; "keep" to use
     *     Linux's results of the run before; a pattern for tests
     */
    public static void main(String[] arguments) throws Exception {
        Path target = Path.of(arguments[0]);
        Path source = Path.of(arguments[1]);
        Pattern wanted = Pattern.compile(arguments[3]);
        List<Trial> trials = Files.readAllLines(target.resolve("trials")).stream()
                .map(Trial::parse)
                .filter(trial -> wanted.matcher(trial.path()).find())
                .toList();
        Comparison<Trial, Verdict> comparison = new Comparison<>(
                target.resolve("logs"),
                arguments[2].equals("keep"),
                Verdict.class,
                EnumSet.complementOf(EnumSet.of(Verdict.FAIL, Verdict.UNRESOLVED, Verdict.INTERRUPTED)),
                Trial::path);
        try (Machine<Trial, Outcome<Verdict>> linux = new LinuxMachine(source, target.resolve("linux"));
                Machine<Trial, Outcome<Verdict>> javix = new JavixMachine(source, target.resolve("javix"))) {
            List<Row<Trial, Verdict>> rows = comparison.run(trials, linux, javix);
            list(target.resolve("linux.txt"), rows, false);
            list(target.resolve("javix.txt"), rows, true);
        }
        System.exit(0);
    }

    /** Writes the lines for {@code compare}. */
    private static void list(Path file, List<Row<Trial, Verdict>> rows, boolean javix) throws IOException {
        Files.writeString(file, rows.stream()
                .map(row -> (javix ? row.javix() : row.linux()).verdict().word() + " " + row.trial().group() + " "
                        + row.trial().path() + "\n")
                .collect(Collectors.joining()));
    }
}
