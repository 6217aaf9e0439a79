import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.javix.posix.CompiledPrograms;
import org.javix.wasm.CodeCache;
import org.javix.wasm.CompileOptions;
import org.javix.wasm.CompiledModule;
import org.javix.wasm.Compiler;
import org.javix.wasm.FuncType;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Imports;
import org.javix.wasm.Instance;
import org.javix.wasm.Memory;
import org.javix.wasm.Module;

/** Measures the steps from a module's bytes to an instance. Started by {@code start}. */
final class Starting {
    private static final int COLD_ROUNDS = 5;
    private static final int WARM_UP = 3000;
    private static final int ROUNDS = 1001;

    /** Under a name of their own, or the code would come from the class path. */
    private static final CompileOptions OPTIONS = new CompileOptions("bench", CompiledPrograms.OPTIONS.suspending(), CompiledPrograms.OPTIONS.jumpPoint(), true);

    private Starting() {}

    /** @param arguments the java command, its file of arguments and the class path; programs */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("cold")) {
            cold(Path.of(arguments[1]), Files.readAllBytes(Path.of(arguments[2])));
            System.exit(0);
        }
        System.out.println(
                "| program | bytes | decode, validate | compile | load from the cache | new instance |\n|---|---:|---:|---:|---:|---:|");
        List<String> java = List.of(arguments[0], "@" + arguments[1], "-XX:AOTMode=off", "-cp", arguments[2], "Starting", "cold");
        for (String program : Arrays.asList(arguments).subList(3, arguments.length)) {
            measure(java, Path.of(program));
        }
        System.exit(0);
    }

    private static void measure(List<String> java, Path program) throws Exception {
        long[][] cold = new long[3][COLD_ROUNDS];
        for (int i = 0; i < COLD_ROUNDS; i++) {
            Path cache = Files.createTempDirectory("javix-start");
            List<String> command = Stream.concat(java.stream(), Stream.of(cache.toString(), program.toString())).toList();
            long[] first = times(command);
            long[] second = times(command);
            cold[0][i] = first[0];
            cold[1][i] = first[1];
            cold[2][i] = second[0];
            try (Stream<Path> files = Files.list(cache)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(cache);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %s | %s |%n",
                program.getFileName(),
                Files.size(program),
                Measurement.time(Measurement.median(cold[0])),
                Measurement.time(Measurement.median(cold[1])),
                Measurement.time(Measurement.median(cold[2])),
                Measurement.time(instance(Files.readAllBytes(program))));
    }

    private static long[] times(List<String> command) throws IOException, InterruptedException {
        return Arrays.stream(Measurement.run(command).trim().split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** In a fresh JVM: prints the nanoseconds of loading from the cache if it is filled, else of decoding and compiling. */
    private static void cold(Path cache, byte[] binary) throws IOException {
        boolean filled;
        try (Stream<Path> files = Files.list(cache)) {
            filled = files.findAny().isPresent();
        }
        CodeCache code = new CodeCache(cache);
        long start = System.nanoTime();
        if (filled) {
            code.load(binary, OPTIONS);
            long took = System.nanoTime() - start;
            if (code.compilations() != 0) {
                throw new IOException("a start with the cache compiled");
            }
            System.out.println(took);
            return;
        }
        Module module = Module.decode(binary);
        long decoded = System.nanoTime();
        Compiler.classes(module, OPTIONS);
        long compiled = System.nanoTime();
        code.load(binary, OPTIONS);
        System.out.println(decoded - start + " " + (compiled - decoded));
    }

    /** The time of making an instance whose imports do nothing. */
    private static double instance(byte[] binary) {
        CompiledModule code = new CodeCache(null).load(binary, OPTIONS);
        Imports functions = new Imports();
        Module.Import importedMemory = null;
        for (Module.Import wanted : code.module().imports()) {
            switch (wanted.kind()) {
                case FUNCTION -> functions.add(new Nothing(wanted, code.module().functionType(wanted.index())));
                case MEMORY -> importedMemory = wanted;
                default -> {}
            }
        }
        long[] times = new long[ROUNDS];
        for (int i = -WARM_UP; i < ROUNDS; i++) {
            long start = System.nanoTime();
            Imports imports = functions;
            Memory memory = null;
            // A program that can make threads gets a memory of its own, as each process does.
            if (importedMemory != null) {
                memory = new Memory(code.module().memories().getFirst());
                imports = new Imports(functions).add(importedMemory.module(), importedMemory.name(), memory);
            }
            Instance instance = code.instantiate(imports);
            if (i >= 0) {
                times[i] = System.nanoTime() - start;
            }
            instance.close();
            if (memory != null) {
                memory.close();
            }
        }
        return Measurement.median(times);
    }

    private static final class Nothing extends HostFunction {
        Nothing(Module.Import wanted, FuncType type) {
            super(wanted.module(), wanted.name(), type);
        }
    }
}
