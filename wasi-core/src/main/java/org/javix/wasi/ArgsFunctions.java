package org.javix.wasi;

import static org.javix.wasi.WasiFunction.of;

import java.util.List;

/** {@code args_*} and {@code environ_*}: the program's arguments and environment. */
final class ArgsFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("args_get", "argv:x32 argv_buf:x32", ArgsFunctions::argsGet),
            of("args_sizes_get", "argc:=u32 argv_buf_size:=u32", ArgsFunctions::argsSizesGet),
            of("environ_get", "environ:x32 environ_buf:x32", ArgsFunctions::environGet),
            of("environ_sizes_get", "environc:=u32 environ_buf_size:=u32", ArgsFunctions::environSizesGet));

    private ArgsFunctions() {}

    /**
     * Writes the arguments as NUL-terminated strings one behind the other, and a pointer to each.
     * Errors: {@code EFAULT}.
     */
    private static long argsGet(Guest guest, long pointers, long strings) {
        return get(guest, guest.context().arguments(), pointers, strings);
    }

    /** How many arguments there are, and how many bytes their strings need. Errors: {@code EFAULT}. */
    private static long argsSizesGet(Guest guest, long count, long bytes) {
        return sizes(guest, guest.context().arguments(), count, bytes);
    }

    /** As {@code args_get}, of strings {@code NAME=value}. Errors: {@code EFAULT}. */
    private static long environGet(Guest guest, long pointers, long strings) {
        return get(guest, guest.context().environment(), pointers, strings);
    }

    /** As {@code args_sizes_get}. Errors: {@code EFAULT}. */
    private static long environSizesGet(Guest guest, long count, long bytes) {
        return sizes(guest, guest.context().environment(), count, bytes);
    }

    private static long get(Guest guest, List<byte[]> values, long pointers, long strings) {
        guest.check(pointers, 4L * values.size());
        guest.check(strings, size(values));
        for (byte[] value : values) {
            guest.putU32(pointers, strings);
            guest.put(strings, value);
            guest.putU8(strings + value.length, 0);
            pointers += 4;
            strings += value.length + 1;
        }
        return 0;
    }

    private static long sizes(Guest guest, List<byte[]> values, long count, long bytes) {
        guest.check(count, 4);
        guest.check(bytes, 4);
        guest.putU32(count, values.size());
        guest.putU32(bytes, size(values));
        return 0;
    }

    private static long size(List<byte[]> values) {
        long size = 0;
        for (byte[] value : values) {
            size += value.length + 1;
        }
        return size;
    }
}
