import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.Compiler;
import org.javix.wasm.FuncRef;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.Module;
import org.javix.wasm.Unwind;

/**
 * Measures what it costs that guests can be interrupted and forked: each kernel is compiled with and without the polls in
 * its loops, and with and without what makes its frames ready to be taken away at every call. All forms run in one JVM,
 * in turn, and are measured by the thread's CPU time, which other programs disturb least. Started by {@code compute -c}.
 */
final class Cost {
    private static final int ROUNDS = 9;
    private static final ThreadMXBean THREAD = ManagementFactory.getThreadMXBean();

    private static final CompileOptions FORKS = new CompileOptions("forks", (module, imported) -> true, (module, imported) -> false, true);
    private static final CompileOptions PLAIN = new CompileOptions("plain", (module, imported) -> false, (module, imported) -> false, true);

    private Cost() {}

    /** @param arguments the directory of the compiled kernels; seconds of warm-up; seconds of a round; kernels' names */
    public static void main(String[] arguments) throws Exception, Unwind {
        Path programs = Path.of(arguments[0]);
        long warmUp = (long) (1e9 * Double.parseDouble(arguments[1]));
        long round = (long) (1e9 * Double.parseDouble(arguments[2]));
        System.out.println("\n| kernel | without either | polls | fork | both |\n|---|---:|---:|---:|---:|");
        double[] sums = new double[3];
        List<String> kernels = Arrays.asList(arguments).subList(3, arguments.length);
        for (String kernel : kernels) {
            byte[] binary = Files.readAllBytes(programs.resolve(kernel + ".javix"));
            double[] times = measure(binary, warmUp, round);
            System.out.printf(Locale.ROOT, "| %s | %s |", kernel, Measurement.time(times[0]));
            for (int i = 0; i < sums.length; i++) {
                System.out.printf(Locale.ROOT, " %+.1f %% |", 100 * (times[i + 1] / times[0] - 1));
                sums[i] += Math.log(times[i + 1] / times[0]);
            }
            System.out.println();
        }
        System.out.print("| **geometric mean** | |");
        for (double sum : sums) {
            System.out.printf(Locale.ROOT, " **%+.1f %%** |", 100 * (Math.exp(sum / kernels.size()) - 1));
        }
        System.out.println();
        System.exit(0);
    }

    /** The nanoseconds of a run: without polls and fork, with polls, with fork, with both. */
    private static double[] measure(byte[] binary, long warmUp, long round) throws Unwind {
        List<Form> forms = new ArrayList<>();
        for (CompileOptions options : List.of(PLAIN.withoutPolls(), PLAIN, FORKS.withoutPolls(), FORKS)) {
            forms.add(new Form(binary, options));
        }
        for (Form form : forms) {
            form.warmUp(warmUp, round);
        }
        double[][] times = new double[forms.size()][ROUNDS];
        for (int r = 0; r < ROUNDS; r++) {
            for (int i = 0; i < forms.size(); i++) {
                times[i][r] = forms.get(i).time();
            }
        }
        return Arrays.stream(times).mapToDouble(values -> {
            Arrays.sort(values);
            return values[ROUNDS / 2];
        }).toArray();
    }

    /** A kernel in one form. It needs no system: its functions are called directly. */
    private static final class Form {
        private final Instance instance;
        private final FuncRef run;
        private long count = 1;

        Form(byte[] binary, CompileOptions options) throws Unwind {
            Module module = Module.decode(binary);
            Imports imports = new Imports();
            for (Module.Import wanted : module.imports()) {
                imports.add(new HostFunction(wanted.module(), wanted.name(), module.functionType(wanted.index())) {
                    @Override
                    public long call(Instance caller, long a, long b, long c, long d, long e, long f) {
                        return -38;
                    }
                });
            }
            instance = Compiler.compile(module, options).instantiate(imports);
            run = instance.exportedFunction("run");
            instance.call("prepare");
        }

        private long run() throws Unwind {
            long start = THREAD.getCurrentThreadCpuTime();
            instance.call(run, count);
            return THREAD.getCurrentThreadCpuTime() - start;
        }

        void warmUp(long nanoseconds, long round) throws Unwind {
            long start = THREAD.getCurrentThreadCpuTime();
            do {
                if (run() < round / 2 && count < 1 << 28) {
                    count *= 2;
                }
            } while (THREAD.getCurrentThreadCpuTime() - start < nanoseconds);
        }

        double time() throws Unwind {
            return (double) run() / count;
        }
    }
}
