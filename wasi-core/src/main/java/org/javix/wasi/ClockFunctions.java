package org.javix.wasi;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.wasi.WasiFunction.of;

import java.util.List;

/** {@code clock_*}: reading the clocks. */
final class ClockFunctions {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;
    private static final int PROCESS_CPUTIME = 2;
    private static final int THREAD_CPUTIME = 3;

    static final List<WasiFunction> ALL = List.of(
            of("clock_res_get", "id:clockid resolution:=u64", ClockFunctions::resolution),
            of("clock_time_get", "id:clockid precision:u64 timestamp:=u64", ClockFunctions::time));

    private ClockFunctions() {}

    /** The smallest step of a clock, in nanoseconds. Errors: {@code EINVAL}, {@code EFAULT}. */
    private static long resolution(Guest guest, long id, long result) {
        guest.check(result, 8);
        WasiClock clock = guest.context().clock();
        long resolution =
                switch ((int) id) {
                    case REALTIME -> clock.realtimeResolution();
                    case MONOTONIC -> clock.monotonicResolution();
                    case PROCESS_CPUTIME -> clock.processCpuTime() < 0 ? -EINVAL : 1;
                    case THREAD_CPUTIME -> clock.threadCpuTime() < 0 ? -EINVAL : 1;
                    default -> -EINVAL;
                };
        if (resolution < 0) {
            return resolution;
        }
        guest.putU64(result, resolution);
        return 0;
    }

    /**
     * A clock's time, in nanoseconds. How precise it must be at least does not matter: it is always as
     * precise as can be. Errors: {@code EINVAL}, {@code EFAULT}.
     */
    private static long time(Guest guest, long id, long precision, long result) {
        guest.check(result, 8);
        long time = now(guest.context().clock(), (int) id);
        if (time < 0) {
            return time;
        }
        guest.putU64(result, time);
        return 0;
    }

    /** The time of the clock with this number, or {@code -EINVAL} where there is none. */
    static long now(WasiClock clock, int id) {
        long time =
                switch (id) {
                    case REALTIME -> clock.realtime();
                    case MONOTONIC -> clock.monotonic();
                    case PROCESS_CPUTIME -> clock.processCpuTime();
                    case THREAD_CPUTIME -> clock.threadCpuTime();
                    default -> -1;
                };
        return time < 0 ? -EINVAL : time;
    }
}
