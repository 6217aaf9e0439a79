package org.javix.wasi;

import static org.javix.wasi.WasiFunction.of;

import java.util.List;

/** {@code random_*}. */
final class RandomFunctions {
    static final List<WasiFunction> ALL = List.of(of("random_get", "buf:x32 buf_len:u32", RandomFunctions::get));

    private RandomFunctions() {}

    /** Fills a buffer with random bytes. Errors: {@code EFAULT}. */
    private static long get(Guest guest, long buffer, long length) {
        guest.context().random(guest.range(buffer, length), buffer, length);
        return 0;
    }
}
