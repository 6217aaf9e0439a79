import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxProcess;
import org.javix.userland.ImageFs;

/**
 * Measures Linux and Javix beside one another, and prints tables of times and ratios. Everything in
 * Javix runs in this JVM, through the public API. Started by {@code run}.
 */
final class Benchmark {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C");
    private static final int SHELL_ROUNDS = 5;
    private static final int IDLE_PROCESSES = 100;

    private final Path programs;
    private final List<String> javixTimes;
    private final List<String> hostTimes;
    private final Sandbox sandbox;

    private Benchmark(Path programs, String warmUp, String round) throws IOException {
        this.programs = programs;
        javixTimes = List.of(warmUp, round);
        hostTimes = List.of("0.2", round);
        sandbox = Sandbox.builder()
                .root(ImageFs.open(Path.of(System.getProperty("javix.userland"))))
                .environment(ENVIRONMENT)
                .build();
    }

    /** @param arguments the directory of the compiled programs; seconds of warm-up; seconds of a round */
    public static void main(String[] arguments) throws Exception {
        Benchmark benchmark = new Benchmark(Path.of(arguments[0]), arguments[1], arguments[2]);
        benchmark.operations("operation", "system");
        benchmark.operations("threads", "threads");
        benchmark.shell();
        benchmark.memory();
        benchmark.sandbox.close();
        System.exit(0);
    }

    /** What a program measures that was made with measure.h. */
    private void operations(String title, String program) throws Exception {
        System.out.println("\n| " + title + " | Linux | Javix | Javix / Linux |\n|---|---:|---:|---:|");
        Map<String, Double> host = onHost(program + ".linux", hostTimes);
        Map<String, Double> javix = inJavix(program, javixTimes);
        host.forEach((name, linux) -> Measurement.print(name, linux, javix.get(name)));
    }

    private void shell() throws Exception {
        System.out.println("\n| dash | Linux | Javix | Javix / Linux |\n|---|---:|---:|---:|");
        script("$(echo x) 1,000 times", "i=0; while [ $i -lt 1000 ]; do x=$(echo x); i=$((i+1)); done");
        script(
                "seq 9 \\| sort -r \\| head -n 1, 300 times",
                "i=0; while [ $i -lt 300 ]; do seq 9 | sort -r | head -n 1; i=$((i+1)); done >/dev/null");
    }

    private void script(String name, String script) throws Exception {
        long[] host = new long[SHELL_ROUNDS];
        long[] javix = new long[SHELL_ROUNDS];
        for (int i = -1; i < SHELL_ROUNDS; i++) {
            long start = System.nanoTime();
            Measurement.run(List.of("dash", "-c", script));
            if (i >= 0) {
                host[i] = System.nanoTime() - start;
            }
        }
        for (int i = -SHELL_ROUNDS; i < SHELL_ROUNDS; i++) {
            long start = System.nanoTime();
            ExecResult result = sandbox.exec("dash", "-c", script);
            if (result.exitCode() != 0) {
                throw new IOException(result.errorText());
            }
            if (i >= 0) {
                javix[i] = System.nanoTime() - start;
            }
        }
        double linux = Measurement.median(host);
        double own = Measurement.median(javix);
        Measurement.print(name, linux, own);
    }

    /** What an idle shell adds to the resident memory of this process. */
    private void memory() throws Exception {
        long before = resident();
        List<SandboxProcess> idle = new ArrayList<>();
        for (int i = 0; i < IDLE_PROCESSES; i++) {
            idle.add(sandbox.command("dash", "-c", "echo; read x").start());
        }
        for (SandboxProcess process : idle) {
            process.output().read();
        }
        long after = resident();
        System.out.printf(
                Locale.ROOT,
                "%nMemory of an idle dash process (resident, of %d): %d KiB%n",
                IDLE_PROCESSES,
                (after - before) / IDLE_PROCESSES);
        for (SandboxProcess process : idle) {
            process.input().close();
            process.waitFor();
        }
    }

    /** KiB of memory that this JVM has in use. */
    private static long resident() throws IOException {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("/proc/self/status has no RssAnon");
    }

    private Map<String, Double> onHost(String program, List<String> arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(programs.resolve(program).toString()));
        words.addAll(arguments);
        return Measurement.parse(Measurement.run(words));
    }

    private Map<String, Double> inJavix(String program, List<String> arguments) throws Exception {
        String path = "/usr/bin/bench-" + program;
        sandbox.files().write(path, Files.readAllBytes(programs.resolve(program + ".javix")), 0755);
        List<String> words = new ArrayList<>(List.of(path));
        words.addAll(arguments);
        ExecResult result = sandbox.command(words).run();
        if (result.exitCode() != 0) {
            throw new IOException(program + ": " + result.exitCode() + "\n" + result.errorText());
        }
        return Measurement.parse(result.text());
    }
}
