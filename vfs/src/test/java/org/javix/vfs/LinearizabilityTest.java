package org.javix.vfs;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Calls on names from several threads at once give results that some order of the calls explains. The names lie in two
 * directories; the files are symbolic links, which are made with their content in one step. {@code link} is left out:
 * on Linux, too, it looks for the two names one after the other.
 */
@Timeout(120)
class LinearizabilityTest {
    private static final int HISTORIES = Integer.getInteger("javix.linearizability.histories", 1000);
    private static final int THREADS = 3;
    private static final int CALLS = 7;
    private static final String[] NAMES = {"/d/a", "/d/b", "/e/a", "/e/b"};

    /** The file that each name has; null for none. */
    private record Names(List<String> files) {
        static final Names NONE = new Names(Arrays.asList(null, null, null, null));

        String file(int name) {
            return files.get(name);
        }

        Names with(int name, String file) {
            List<String> changed = new ArrayList<>(files);
            changed.set(name, file);
            return new Names(changed);
        }
    }

    private final AtomicLong clock = new AtomicLong();

    @Test
    void namesInMemoryChangeOneAfterTheOther() throws Exception {
        check(TmpFs::create);
    }

    @Test
    void namesInAnOverlayChangeOneAfterTheOther() throws Exception {
        TmpFs lower = TmpFs.create();
        Tree.of(lower).dirs("/d", "/e").symlink("below", "/d/a");
        lower.freeze();
        check(() -> OverlayFs.over(lower, TmpFs.UNLIMITED, TmpFs.UNLIMITED, InstantSource.system()));
    }

    /** The checker itself finds what cannot be. */
    @Test
    void anImpossibleHistoryIsFound() {
        History.Call<Names> made = new History.Call<>("make", 1, 2, state -> effect(state, "symlink", 0, 0, "x", "ok"));
        History.Call<Names> missed = new History.Call<>("read", 3, 4, state -> effect(state, "read", 0, 0, "", "ENOENT"));
        History.Call<Names> overlapping = new History.Call<>("read", 1, 4, missed.effect());
        assertFalse(new History<>(List.of(made, missed)).isLinearisable(Names.NONE));
        assertTrue(new History<>(List.of(made, overlapping)).isLinearisable(Names.NONE));
    }

    private void check(Supplier<FileSystem> maker) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int seed = 0; seed < HISTORIES; seed++) {
                Tree tree = Tree.of(maker.get());
                tree.mkdir("/d");
                tree.mkdir("/e");
                String below = tree.readlink("/d/a");
                Names initial = below.equals("ENOENT") ? Names.NONE : Names.NONE.with(0, below);
                History<Names> history = new History<>(run(threads, tree, seed));
                assertTrue(history.isLinearisable(initial), () -> "no order explains\n" + history);
            }
        }
    }

    private List<History.Call<Names>> run(ExecutorService threads, Tree tree, int seed)
            throws InterruptedException, ExecutionException {
        Phaser start = new Phaser(THREADS);
        List<Future<List<History.Call<Names>>>> parts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int worker = i;
            parts.add(threads.submit(() -> {
                Random random = new Random(seed * 31L + worker);
                List<History.Call<Names>> calls = new ArrayList<>();
                start.arriveAndAwaitAdvance();
                for (int call = 0; call < CALLS; call++) {
                    calls.add(call(tree, random, worker + "." + call));
                }
                return calls;
            }));
        }
        List<History.Call<Names>> all = new ArrayList<>();
        for (Future<List<History.Call<Names>>> part : parts) {
            all.addAll(part.get());
        }
        return all;
    }

    private History.Call<Names> call(Tree tree, Random random, String file) {
        int one = random.nextInt(NAMES.length);
        int two = random.nextInt(NAMES.length);
        String from = NAMES[one];
        String to = NAMES[two];
        String what = switch (random.nextInt(8)) {
            case 0, 1 -> "symlink";
            case 2 -> "unlink";
            case 3 -> "rename";
            case 4 -> "exchange";
            case 5 -> "move";
            default -> "read";
        };
        long start = clock.getAndIncrement();
        String result = switch (what) {
            case "symlink" -> tree.symlink(file, from);
            case "unlink" -> tree.rm(from);
            case "rename" -> tree.mv(from, to);
            case "exchange" -> tree.mv(from, to, AtFlags.RENAME_EXCHANGE);
            case "move" -> tree.mv(from, to, AtFlags.RENAME_NOREPLACE);
            default -> tree.readlink(from);
        };
        long end = clock.getAndIncrement();
        String text = what + " " + from + " " + to + " " + file + " = " + result;
        return new History.Call<>(text, start, end, state -> effect(state, what, one, two, file, result));
    }

    /** The state after a call; null if it would have given another result. */
    private static Names effect(Names state, String what, int one, int two, String file, String result) {
        String from = state.file(one);
        String to = state.file(two);
        String expected = "ok";
        Names next = state;
        switch (what) {
            case "symlink" -> {
                expected = from == null ? "ok" : "EEXIST";
                next = from == null ? state.with(one, file) : state;
            }
            case "unlink" -> {
                expected = from == null ? "ENOENT" : "ok";
                next = state.with(one, null);
            }
            case "rename" -> {
                expected = from == null ? "ENOENT" : "ok";
                next = from == null || one == two ? state : state.with(one, null).with(two, from);
            }
            case "exchange" -> {
                expected = from == null || to == null ? "ENOENT" : "ok";
                next = expected.equals("ok") ? state.with(one, to).with(two, from) : state;
            }
            case "move" -> {
                expected = from == null ? "ENOENT" : to != null ? "EEXIST" : "ok";
                next = expected.equals("ok") ? state.with(one, null).with(two, from) : state;
            }
            default -> expected = from == null ? "ENOENT" : from;
        }
        return expected.equals(result) ? next : null;
    }
}
