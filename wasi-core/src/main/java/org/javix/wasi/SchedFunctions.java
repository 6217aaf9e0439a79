package org.javix.wasi;

import static org.javix.wasi.WasiFunction.of;

import java.util.List;

/** {@code sched_*}. */
final class SchedFunctions {
    static final List<WasiFunction> ALL = List.of(of("sched_yield", "", SchedFunctions::yield));

    private SchedFunctions() {}

    /** Lets others run. No errors. */
    private static long yield(Guest guest) {
        guest.context().yield();
        return 0;
    }
}
