package machine;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What runs tests: a few at a time, since many spend their time waiting.
 *
 * @param <T> a test
 * @param <O> what became of it
 */
public abstract class Machine<T, O> implements AutoCloseable {
    private final ExecutorService threads;
    private final ExecutorService alone = Executors.newSingleThreadExecutor();

    protected Machine(int atATime) {
        threads = Executors.newFixedThreadPool(atATime);
    }

    /** Runs a test. Called by several threads at once. */
    protected abstract O run(T trial) throws Exception;

    /** Runs a test when there is room. */
    public final Future<O> submit(T trial) {
        return threads.submit(() -> run(trial));
    }

    /** Runs a test beside no other of this machine's: its verdict may have come from a lack of time. */
    public final O again(T trial) throws Exception {
        return alone.submit(() -> run(trial)).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        alone.shutdownNow();
    }
}
