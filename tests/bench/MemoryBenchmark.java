import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;

/** Measures memory in Linux and in Javix, and prints a table of times and ratios. Started by {@code memory}. */
final class MemoryBenchmark {
    private MemoryBenchmark() {}

    /** @param arguments the directory of the compiled programs; seconds of warm-up; seconds of a round */
    public static void main(String[] arguments) throws Exception {
        Path programs = Path.of(arguments[0]);
        Map<String, Double> linux = Measurement.parse(
                Measurement.run(Path.of("/dev/shm"), List.of(programs.resolve("memory.linux").toString(), "0.2", arguments[2])));
        try (Sandbox sandbox = Sandbox.builder().build()) {
            sandbox.files().write("/memory", Files.readAllBytes(programs.resolve("memory.javix")), 0755);
            ExecResult result = sandbox.exec("/memory", arguments[1], arguments[2]);
            Map<String, Double> javix = Measurement.parse(result.text());
            System.out.println("\n| | Linux | Javix | Javix / Linux |\n|---|---:|---:|---:|");
            linux.forEach((name, time) -> Measurement.print(name, time, javix.get(name)));
        }
        System.exit(0);
    }
}
