import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What benchmarks have in common: running programs of the host, reading and writing times. */
final class Measurement {
    private Measurement() {}

    /** Runs a program of the host and returns its output. */
    static String run(List<String> words) throws IOException, InterruptedException {
        return run(Path.of("."), words);
    }

    /** Runs a program of the host in a directory and returns its output. */
    static String run(Path directory, List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(words.getFirst() + " failed");
        }
        return output;
    }

    /** The lines "NAME NANOSECONDS" that programs write with measure.h. */
    static Map<String, Double> parse(String output) {
        Map<String, Double> times = new LinkedHashMap<>();
        output.lines().map(line -> line.split(" ")).forEach(words -> times.put(words[0], Double.valueOf(words[1])));
        return times;
    }

    /** Sorts the values. */
    static double median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    static String time(double nanoseconds) {
        return nanoseconds < 1e4
                ? String.format(Locale.ROOT, "%.0f ns", nanoseconds)
                : nanoseconds < 1e7
                        ? String.format(Locale.ROOT, "%.1f µs", nanoseconds / 1e3)
                        : String.format(Locale.ROOT, "%.1f ms", nanoseconds / 1e6);
    }

    /** A row of a table of both machines. */
    static void print(String name, double linux, double javix) {
        System.out.printf(
                Locale.ROOT, "| %s | %s | %s | %.2f |%n", name, time(linux), time(javix), javix / linux);
    }
}
