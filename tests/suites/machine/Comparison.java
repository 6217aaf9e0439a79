package machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Runs tests on both machines and keeps what they wrote.
 *
 * @param <T> a test
 * @param <V> a verdict
 */
public final class Comparison<T, V extends Enum<V>> {
    private final Path logs;
    private final boolean keep;
    private final Class<V> verdicts;
    private final Set<V> settled;
    private final Function<T, String> name;

    /**
     * What became of a test on both machines.
     *
     * @param trial the test
     */
    public record Row<T, V extends Enum<V>>(T trial, Outcome<V> linux, Outcome<V> javix) {
        public boolean same() {
            return linux.verdict() == javix.verdict();
        }
    }

    /**
     * @param logs the directory for what each test writes
     * @param keep whether Linux's results of an earlier run are to be used again
     * @param settled verdicts that another run would not change, or would take too long to
     * @param name what a test's log is called
     */
    public Comparison(Path logs, boolean keep, Class<V> verdicts, Set<V> settled, Function<T, String> name) {
        this.logs = logs;
        this.keep = keep;
        this.verdicts = verdicts;
        this.settled = settled;
        this.name = name;
    }

    /** Runs all tests; those that differ once more, alone, since they may have failed for want of time. */
    public List<Row<T, V>> run(List<T> trials, Machine<T, Outcome<V>> linux, Machine<T, Outcome<V>> javix) throws Exception {
        Map<T, Future<Outcome<V>>> expected = new LinkedHashMap<>();
        Map<T, Future<Outcome<V>>> actual = new LinkedHashMap<>();
        for (T trial : trials) {
            if (!keep || !Files.exists(log("linux", trial))) {
                expected.put(trial, linux.submit(trial));
            }
            actual.put(trial, javix.submit(trial));
        }
        List<Row<T, V>> rows = new ArrayList<>();
        for (T trial : trials) {
            Outcome<V> there = expected.containsKey(trial) ? save("linux", trial, expected.get(trial).get()) : load(trial);
            rows.add(new Row<>(trial, there, save("javix", trial, actual.get(trial).get())));
            if (rows.size() % 50 == 0) {
                System.err.println("javix: " + rows.size() + " of " + trials.size() + " done");
            }
        }
        for (int i = 0; i < rows.size(); i++) {
            Row<T, V> row = rows.get(i);
            if (!row.same()) {
                rows.set(i, new Row<>(
                        row.trial,
                        repeat("linux", linux, row.trial, row.linux),
                        repeat("javix", javix, row.trial, row.javix)));
            }
        }
        return rows;
    }

    private Outcome<V> repeat(String machine, Machine<T, Outcome<V>> on, T trial, Outcome<V> outcome) throws Exception {
        return settled.contains(outcome.verdict()) ? outcome : save(machine, trial, on.again(trial));
    }

    private Path log(String machine, T trial) {
        return logs.resolve(name.apply(trial) + "." + machine);
    }

    private Outcome<V> save(String machine, T trial, Outcome<V> outcome) throws IOException {
        Path file = log(machine, trial);
        Files.createDirectories(file.getParent());
        Files.writeString(file, outcome.verdict() + "\n" + outcome.output(), StandardCharsets.ISO_8859_1);
        return outcome;
    }

    private Outcome<V> load(T trial) throws IOException {
        String[] text = Files.readString(log("linux", trial), StandardCharsets.ISO_8859_1).split("\n", 2);
        return new Outcome<>(Enum.valueOf(verdicts, text[0]), text[1]);
    }
}
