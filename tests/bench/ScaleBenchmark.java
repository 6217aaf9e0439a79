import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;

/**
 * Measures many processes at once in Linux and in Javix: their memory, how soon they wake, how fairly they compute, and
 * how soon signals arrive. Started by {@code scale}.
 */
final class ScaleBenchmark {
    private static final List<String> MANY = List.of("1000", "10000");
    private static final List<String> COMPUTING = List.of("2", "8");
    private static final List<String> SIGNALLED = List.of("1", "8");

    private final String linux;
    private final Sandbox sandbox = Sandbox.builder().build();

    private ScaleBenchmark(Path programs) throws IOException {
        linux = programs.resolve("scale.linux").toString();
        sandbox.files().write("/scale", Files.readAllBytes(programs.resolve("scale.javix")), 0755);
    }

    /** @param arguments the directory of the compiled programs */
    public static void main(String[] arguments) throws Exception {
        ScaleBenchmark benchmark = new ScaleBenchmark(Path.of(arguments[0]));
        System.out.println("\n| | Linux | Javix | Javix / Linux |\n|---|---:|---:|---:|");
        // Once for nothing, so that the code is compiled.
        benchmark.blockedInJavix("1000");
        for (String number : MANY) {
            benchmark.blocked(number);
        }
        for (String number : COMPUTING) {
            benchmark.fair(number);
        }
        for (String number : SIGNALLED) {
            benchmark.signals(number);
        }
        benchmark.sandbox.close();
        System.exit(0);
    }

    /** What many blocked processes are told by: memory of each, and the time until one has woken another. */
    private record Blocked(double bytes, double nanos) {}

    private void blocked(String number) throws Exception {
        Blocked host = blockedOnHost(number);
        Blocked javix = blockedInJavix(number);
        System.out.printf(
                Locale.ROOT, "| memory of each of %s processes | %.0f KiB | %.0f KiB | %.2f |%n",
                number, host.bytes / 1024, javix.bytes / 1024, javix.bytes / host.bytes);
        Measurement.print("one of " + number + " wakes the next", host.nanos, javix.nanos);
    }

    private Blocked blockedOnHost(String number) throws Exception {
        long before = available();
        Process process = new ProcessBuilder(linux, "blocked", number).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        return blocked(process.getInputStream(), process.getOutputStream(), number, () -> before - available());
    }

    private Blocked blockedInJavix(String number) throws Exception {
        long before = resident();
        SandboxProcess process = sandbox.command("/scale", "blocked", number).start();
        return blocked(process.output(), process.input(), number, () -> resident() - before);
    }

    private interface Size {
        long bytes() throws IOException;
    }

    private static Blocked blocked(InputStream output, OutputStream input, String number, Size size) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.US_ASCII));
        if (!"there".equals(lines.readLine())) {
            throw new IOException("no " + number + " processes");
        }
        Thread.sleep(500);
        long bytes = size.bytes();
        input.write('\n');
        input.flush();
        double nanos = Measurement.parse(lines.readLine()).values().iterator().next();
        while (lines.readLine() != null) {
            // Until all have ended.
        }
        return new Blocked((double) bytes / Integer.parseInt(number), nanos);
    }

    private void fair(String number) throws Exception {
        double host = Measurement.parse(Measurement.run(List.of(linux, "fair", number))).get("fair-" + number) / 1000;
        double javix = inJavix("fair", number).get("fair-" + number) / 1000;
        System.out.printf(
                Locale.ROOT, "| the slowest of %s that compute, by the fastest | %.2f | %.2f | |%n", number, host, javix);
    }

    private void signals(String number) throws Exception {
        Map<String, Double> host = Measurement.parse(Measurement.run(List.of(linux, "signals", number)));
        inJavix("signals", number);
        Map<String, Double> javix = inJavix("signals", number);
        for (String quantile : List.of("p50", "p99", "max")) {
            String name = "signal-" + quantile + "-" + number;
            Measurement.print("signal to one of " + number + " that compute, " + quantile, host.get(name), javix.get(name));
        }
    }

    private Map<String, Double> inJavix(String what, String number) throws Exception {
        return Measurement.parse(sandbox.exec("/scale", what, number).text());
    }

    /** Bytes of memory that the host has left. */
    private static long available() throws IOException {
        return kilobytes("/proc/meminfo", "MemAvailable:") << 10;
    }

    /** Bytes of memory that this JVM has in use, its heap included. */
    private static long resident() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return kilobytes("/proc/self/status", "RssAnon:") << 10;
    }

    private static long kilobytes(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException(file + " has no " + name);
    }
}
