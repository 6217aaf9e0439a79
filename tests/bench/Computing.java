import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.javix.posix.ExecResult;
import org.javix.posix.Sandbox;

/** Measures kernels natively, on V8 and in Javix, and prints a table of times and ratios. Started by {@code compute}. */
final class Computing {

    private Computing() {}

    /** @param arguments the directory of the compiled kernels; seconds of warm-up; seconds of a round; kernels' names */
    public static void main(String[] arguments) throws Exception {
        Path programs = Path.of(arguments[0]);
        String warmUp = arguments[1];
        String round = arguments[2];
        List<String> kernels = Arrays.asList(arguments).subList(3, arguments.length);
        boolean v8 = hasNode();
        double toNative = 0;
        double toV8 = 0;
        double ofV8 = 0;
        System.out.println("\n| kernel | native | V8 | Javix | V8 / native | Javix / native | Javix / V8 |\n|---|---:|---:|---:|---:|---:|---:|");
        try (Sandbox sandbox = Sandbox.builder().build()) {
            for (String kernel : kernels) {
                double linux = one(List.of(programs.resolve(kernel + ".linux").toString(), "0.2", round));
                Path program = programs.resolve(kernel + ".javix");
                double node = v8 ? one(List.of("node", programs + "/../../v8.mjs", program.toString(), warmUp, round)) : Double.NaN;
                double javix = inJavix(sandbox, program, warmUp, round);
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

    private static double inJavix(Sandbox sandbox, Path program, String warmUp, String round) throws Exception {
        sandbox.files().write("/kernel", Files.readAllBytes(program), 0755);
        ExecResult result = sandbox.exec("/kernel", warmUp, round);
        if (result.exitCode() != 0) {
            throw new IOException(program + ": " + result.exitCode() + "\n" + result.errorText());
        }
        return Measurement.parse(result.text()).get("time");
    }

    private static boolean hasNode() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }
}
