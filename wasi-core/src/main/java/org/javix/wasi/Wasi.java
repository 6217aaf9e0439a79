package org.javix.wasi;

import java.util.List;
import java.util.stream.Stream;
import org.javix.wasm.HostFunction;

/**
 * WASI preview 1: the functions of the import module {@code wasi_snapshot_preview1}.
 *
 * <p>They find what they work on in the instance's {@link WasiContext}, so one list serves every
 * instance. See the <a
 * href="https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md">specification</a>.
 */
public final class Wasi {
    /** The import module's name. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private static final List<HostFunction> FUNCTIONS = Stream.of(
                    ArgsFunctions.ALL,
                    ClockFunctions.ALL,
                    FdFunctions.ALL,
                    FdStatFunctions.ALL,
                    PathFunctions.ALL,
                    PollFunctions.ALL,
                    ProcFunctions.ALL,
                    SchedFunctions.ALL,
                    RandomFunctions.ALL,
                    SockFunctions.ALL)
            .<HostFunction>flatMap(List::stream)
            .toList();

    private Wasi() {}

    /** All functions. Thread-safe. */
    public static List<HostFunction> functions() {
        return FUNCTIONS;
    }
}
