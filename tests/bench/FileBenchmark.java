import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;
import org.javix.posix.SandboxLimits;
import org.javix.userland.ImageFs;
import org.javix.vfs.TmpFs;

/**
 * Measures files of Linux's tmpfs and of Javix beside one another, and prints tables of times and ratios.
 * Started by {@code files}.
 */
final class FileBenchmark {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C");
    private static final int ROUNDS = 5;
    private static final String DIRECTORY = "/bench";

    private final Path programs;
    private final long warmUp;
    private final Path scratch;
    private final Sandbox sandbox;

    /** @param warmUp nanoseconds for which each program runs in Javix before it is measured */
    private FileBenchmark(Path programs, long warmUp) throws IOException {
        this.programs = programs;
        this.warmUp = warmUp;
        scratch = Files.createTempDirectory(Path.of("/dev/shm"), "javix-bench");
        sandbox = Sandbox.builder()
                .root(ImageFs.open(Path.of(System.getProperty("javix.userland"))))
                .limits(SandboxLimits.DEFAULT.withDisk(TmpFs.UNLIMITED).withFiles(TmpFs.UNLIMITED))
                .tmpfs(DIRECTORY)
                .environment(ENVIRONMENT)
                .build();
    }

    /** @param arguments the directory of the compiled programs; seconds of warm-up; seconds of a round; calls to measure */
    public static void main(String[] arguments) throws Exception {
        FileBenchmark benchmark = new FileBenchmark(
                Path.of(arguments[0]), (long) (1e9 * Double.parseDouble(arguments[1])));
        List<String> wanted = List.of(arguments).subList(3, arguments.length);
        try {
            if (!wanted.equals(List.of("programs"))) {
                benchmark.calls(arguments[1], arguments[2], wanted);
            }
            if (wanted.isEmpty() || wanted.equals(List.of("programs"))) {
                benchmark.programs();
            }
        } finally {
            benchmark.sandbox.close();
            Measurement.run(Path.of("/"), List.of("rm", "-rf", benchmark.scratch.toString()));
        }
        System.exit(0);
    }

    private void calls(String warmUp, String round, List<String> names) throws Exception {
        System.out.println("\n| call | Linux, tmpfs | Javix | Javix / Linux |\n|---|---:|---:|---:|");
        List<String> words = new ArrayList<>(List.of(programs.resolve("files.linux").toString(), "0.2", round));
        words.addAll(names);
        Map<String, Double> linux = Measurement.parse(Measurement.run(scratch, words));
        sandbox.files().write("/usr/bin/bench-files", Files.readAllBytes(programs.resolve("files.javix")), 0755);
        List<String> early = new ArrayList<>(List.of("bench-files", "0.3", "0.02"));
        early.addAll(names);
        inJavix(early); // or the first calls would pay for the compilation of what all use
        words = new ArrayList<>(List.of("bench-files", warmUp, round));
        words.addAll(names);
        Map<String, Double> javix = Measurement.parse(inJavix(words));
        linux.forEach((name, time) -> Measurement.print(name, time, javix.get(name)));
    }

    private void programs() throws Exception {
        System.out.println("\n| program | Linux, tmpfs | Javix | Javix / Linux |\n|---|---:|---:|---:|");
        String tree = "mkdir tree; cd tree; for d in $(seq 250); do mkdir $d; (cd $d; seq 200 | xargs touch); done";
        both(tree);
        program("find 50,000 files by name", "find tree -name '*7' | wc -l", "true");
        program("find 50,000 files by size", "find tree -type f -size +0 | wc -l", "true");
        program("du of 50,000 files", "du -s tree", "true");
        program("rm -r of 10,000 files", "rm -r few", "mkdir few; cp -r tree/[1-4]? tree/5 few");
        both("rm -r tree; mkdir src; for d in $(seq 20); do mkdir src/$d; seq 20000 >src/$d/0;"
                + " (cd src/$d; split -a 3 -b 1000 0 f); done");
        program("cp -r of 2,200 small files", "cp -r src copy", "rm -rf copy");
        program("tar of them", "tar -cf src.tar src", "rm -f src.tar");
        program("untar", "mkdir out; tar -xf src.tar -C out", "rm -rf out");
        both("rm -r src out copy; head -c 100000000 /dev/zero | tr '\\0' x >big");
        program("cp of a file of 100 MB", "cp big copy", "rm -f copy");
        program("cat of it to /dev/null, through a pipe", "cat big | cat >/dev/null", "true");
        program("cat of it to a file", "cat big >copy", "rm -f copy");
    }

    /** Runs a script on both machines. */
    private void both(String script) throws Exception {
        Measurement.run(scratch, List.of("dash", "-c", script));
        inJavix(List.of("dash", "-c", script));
    }

    /** Measures a script; another one makes what it needs each time before. */
    private void program(String name, String script, String before) throws Exception {
        long[] linux = new long[ROUNDS];
        long[] javix = new long[ROUNDS];
        for (int i = -1; i < ROUNDS; i++) {
            Measurement.run(scratch, List.of("dash", "-c", before));
            long start = System.nanoTime();
            Measurement.run(scratch, List.of("dash", "-c", script));
            if (i >= 0) {
                linux[i] = System.nanoTime() - start;
            }
        }
        for (long warm = 0; warm < warmUp; ) {
            warm += timeInJavix(before, script);
        }
        for (int i = 0; i < ROUNDS; i++) {
            javix[i] = timeInJavix(before, script);
        }
        Measurement.print(name, Measurement.median(linux), Measurement.median(javix));
    }

    private long timeInJavix(String before, String script) throws IOException {
        inJavix(List.of("dash", "-c", before));
        long start = System.nanoTime();
        inJavix(List.of("dash", "-c", script));
        return System.nanoTime() - start;
    }

    private String inJavix(List<String> words) throws IOException {
        ExecResult result = sandbox.command(words).directory(DIRECTORY).run();
        if (result.exitCode() != 0) {
            throw new IOException(words.getFirst() + ": " + result.exitCode() + "\n" + result.errorText());
        }
        return result.text();
    }
}
