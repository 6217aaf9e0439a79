package org.javix.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Looks for faults of the engine with one {@link RandomModule} after the other. Each is run as it is, with forks in
 * the middle of its functions, split into small methods and, if Endive knows its features, there: all must agree.
 * Then it is damaged: what comes of that must be refused in one line that names the offset, or run to an end that
 * WebAssembly knows.
 *
 * <p>A failure names the seed, which finds it again, and keeps the module.
 */
final class ModuleFuzzer {
    private static final Path KEPT = Path.of("target", "fuzz.wasm");
    private static final int MUTANTS = 4;
    private static final long MOST_PAGES = 64;

    /** How often the watchdog looks, in milliseconds. */
    private static final int LOOK = 50;

    /** A module at which it has looked so often hangs, after some minutes: a busy machine needs most of them. */
    private static final int HANGS = 10 * 60 * 1000 / LOOK;

    /** A damaged module may have lost what ends it. */
    private static final long INTERRUPTED = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long STACK = 1L << 30;

    private volatile long seed;
    private volatile Instance running;
    private volatile long runningSince;
    private volatile Throwable failure;

    private int modules;
    private int compared;
    private int mutants;
    private int refused;
    private int unsupported;

    /** @param arguments the first seed, and for how many seconds */
    public static void main(String[] arguments) throws Exception {
        long first = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 3600;
        System.out.println(new ModuleFuzzer().run(first, seconds));
        System.exit(0);
    }

    /**
     * Tries seeds from the first one on for a time, and at least one.
     *
     * @return what was done, in words
     * @throws AssertionError at the first failure
     */
    String run(long first, long seconds) throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        Thread worker = new Thread(null, () -> work(first, end), "fuzzer", STACK);
        worker.setDaemon(true);
        worker.start();
        // This thread is the watchdog. It counts its looks, and no time: the whole JVM may have stood still.
        long lookedAt = first;
        int looks = 0;
        while (worker.isAlive()) {
            worker.join(LOOK);
            Instance instance = running;
            if (instance != null && System.nanoTime() - runningSince > INTERRUPTED) {
                instance.interrupt();
            }
            looks = seed == lookedAt ? looks + 1 : 0;
            lookedAt = seed;
            if (worker.isAlive() && looks > HANGS) {
                AssertionError hang = new AssertionError("seed " + seed + " hangs");
                hang.setStackTrace(worker.getStackTrace());
                failure = hang;
                break;
            }
        }
        if (failure != null) {
            throw new AssertionError("seed " + seed + ", kept in " + KEPT + ": " + failure.getMessage(), failure);
        }
        return String.format(
                "%d random modules from seed %d on, %d of them compared with Endive; %d damaged ones, of which %d were"
                        + " refused and %d not supported",
                modules, first, compared, mutants, refused, unsupported);
    }

    private void work(long first, long end) {
        try {
            for (seed = first; seed == first || System.nanoTime() < end; seed++) {
                check(new RandomModule(seed));
            }
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void check(RandomModule module) throws IOException {
        try {
            List<String> plain = JavixRun.run(module, CompileOptions.PLAIN, 0);
            same("with a fork at each pause", plain, JavixRun.run(module, JavixRun.FORKING, 1));
            CompileOptions split = JavixRun.FORKING.withLargestMethod(100 + (int) (module.seed % 400));
            same("in small methods, with a fork at some pauses", plain, JavixRun.run(module, split, 3));
            same("with a page table", plain, JavixRun.run(module, JavixRun.FORKING.withProtection(any -> true), 0));
            if (module.isCommon()) {
                same("in Endive", plain, EndiveRun.run(module));
                compared++;
            }
            modules++;
        } catch (Throwable e) {
            Files.write(KEPT, module.bytes());
            throw e;
        }
        Random random = new Random(module.seed);
        for (int i = 0; i < MUTANTS; i++) {
            byte[] damaged = module.bytes().clone();
            for (int n = random.nextInt(1, 4); n > 0; n--) {
                damaged[random.nextInt(8, damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt(0x20) : random.nextInt());
            }
            try {
                survive(damaged, random);
            } catch (Throwable e) {
                Files.write(KEPT, damaged);
                throw e;
            }
            mutants++;
        }
    }

    private static void same(String how, List<String> plain, List<String> other) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < Math.max(plain.size(), other.size()); i++) {
            String one = i < plain.size() ? plain.get(i) : "nothing";
            String two = i < other.size() ? other.get(i) : "nothing";
            if (!one.equals(two)) {
                differences.add(one + "; but " + how + ": " + two);
            }
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n", differences));
        }
    }

    /** Whatever the module is, it is refused in words or ends in a way that WebAssembly knows. */
    private void survive(byte[] bytes, Random random) {
        Instance instance = null;
        try {
            CompiledModule code = Compiler.compile(Module.decode(bytes), JavixRun.FORKING);
            HostFunction pause = new HostFunction("env", "pause", new FuncType(List.of(), List.of())) {
                @Override
                public long call(Instance caller, long a, long b, long c, long d, long e, long f) {
                    return 0;
                }
            };
            instance = code.instantiate(new Imports().add(pause), MOST_PAGES);
            for (Module.Export export : code.module().exports()) {
                if (export.kind() == Module.Kind.FUNCTION) {
                    call(instance, instance.function(export.index()), random);
                }
            }
        } catch (InvalidModuleException e) {
            refused++;
            if (e.offset() < 0 || e.offset() > bytes.length || e.getMessage().lines().count() != 1) {
                throw new AssertionError("refused in other words than one line with an offset: " + e.getMessage(), e);
            }
        } catch (UnsupportedFeature | LinkException e) {
            unsupported++;
        } catch (Trap e) {
            // A segment that does not fit.
        } finally {
            running = null;
            if (instance != null) {
                instance.close();
            }
        }
    }

    private void call(Instance instance, FuncRef function, Random random) {
        FuncType type = function.type();
        long[] slots = new long[Math.max(1, Math.max(type.parameterSlots(), type.resultSlots()))];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = random.nextInt(100);
        }
        java.util.Arrays.fill(instance.references, null);
        runningSince = System.nanoTime();
        running = instance;
        try {
            instance.invoke(function, slots);
        } catch (Trap | WasmException e) {
            // An end that WebAssembly knows.
        } catch (Unwind e) {
            throw new AssertionError(e);
        } finally {
            running = null;
            instance.clearInterrupt();
        }
    }
}
