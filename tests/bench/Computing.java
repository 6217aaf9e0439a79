import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;

/**
 * Measures kernels natively, on V8 and in Javix, and prints a table of times and ratios. Started by {@code compute}. Each kernel has a process of
 * its own on all three.
 */
final class Computing {
    /** In place of the directory: runs one program in this JVM. */
    private static final String ONE = "-1";

    private Computing() {}

    /** @param arguments the directory of the compiled kernels; seconds of warm-up; seconds of a round; how many runs; kernels' names */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(ONE)) {
            inJavix(Path.of(arguments[3]), arguments[1], arguments[2]);
            System.exit(0);
        }
        Path programs = Path.of(arguments[0]);
        String warmUp = arguments[1];
        String round = arguments[2];
        int runs = Integer.parseInt(arguments[3]);
        List<String> kernels = Arrays.asList(arguments).subList(4, arguments.length);
        boolean v8 = hasNode();
        double toNative = 0;
        double toV8 = 0;
        double ofV8 = 0;
        System.out.println("\n| kernel | native | V8 | Javix | V8 / native | Javix / native | Javix / V8 |\n|---|---:|---:|---:|---:|---:|---:|");
        for (String kernel : kernels) {
            Path program = programs.resolve(kernel + ".javix");
            double linux = Double.MAX_VALUE;
            double node = v8 ? Double.MAX_VALUE : Double.NaN;
            double javix = Double.MAX_VALUE;
            for (int run = 0; run < runs; run++) {
                linux = Math.min(linux, one(List.of(programs.resolve(kernel + ".linux").toString(), "0.2", round)));
                if (v8) {
                    node = Math.min(node, one(List.of("node", programs + "/../../v8.mjs", program.toString(), warmUp, round)));
                }
                javix = Math.min(javix, one(inJavaOfItsOwn(ONE, warmUp, round, program.toString())));
            }
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %.2f | %.2f | %.2f |%n",
                    kernel,
                    Measurement.time(linux),
                    Measurement.time(node),
                    Measurement.time(javix),
                    node / linux,
                    javix / linux,
                    javix / node);
            toNative += Math.log(javix / linux);
            toV8 += Math.log(javix / node);
            ofV8 += Math.log(node / linux);
        }
        int count = kernels.size();
        System.out.printf(
                Locale.ROOT,
                "| **geometric mean** | | | | **%.2f** | **%.2f** | **%.2f** |%n",
                Math.exp(ofV8 / count),
                Math.exp(toNative / count),
                Math.exp(toV8 / count));
        System.exit(0);
    }

    private static double one(List<String> words) throws Exception {
        return Measurement.parse(Measurement.run(words)).get("time");
    }

    /** The command that started this JVM, with other arguments. */
    private static List<String> inJavaOfItsOwn(String... arguments) {
        ProcessHandle.Info info = ProcessHandle.current().info();
        List<String> words = new ArrayList<>();
        words.add(info.command().orElseThrow());
        for (String word : info.arguments().orElseThrow()) {
            words.add(word);
            if (word.endsWith("Computing.java")) {
                break;
            }
        }
        words.addAll(List.of(arguments));
        return words;
    }

    private static void inJavix(Path program, String warmUp, String round) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().build()) {
            sandbox.files().write("/kernel", Files.readAllBytes(program), 0755);
            ExecResult result = sandbox.exec("/kernel", warmUp, round);
            if (result.exitCode() != 0) {
                throw new IOException(program + ": " + result.exitCode() + "\n" + result.errorText());
            }
            System.out.print(result.text());
        }
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
