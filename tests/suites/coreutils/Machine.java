import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What runs tests: a few at a time, since many spend their time waiting. */
abstract class Machine implements AutoCloseable {
    private final ExecutorService threads;
    private final ExecutorService alone = Executors.newSingleThreadExecutor();

    Machine(int atATime) {
        threads = Executors.newFixedThreadPool(atATime);
    }

    abstract Trial.Outcome run(Trial trial) throws Exception;

    /** Runs a test when there is room. */
    final Future<Trial.Outcome> submit(Trial trial) {
        return threads.submit(() -> run(trial));
    }

    /** Runs a test beside no other of this machine's: its verdict may have come from a lack of time. */
    final Trial.Outcome again(Trial trial) throws Exception {
        return alone.submit(() -> run(trial)).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        alone.shutdownNow();
    }
}
