package org.javix.wasi;

import java.util.function.Consumer;
import org.javix.vfs.Errno;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Instance;
import org.javix.wasm.ValType;

/**
 * One function of WASI as the guest calls it: around its body, the parts that all have in common, that
 * is the errno's number, {@code EFAULT} for a bad pointer, and the trace log.
 *
 * <p>A body gets the guest and its parameters, i32 ones zero-extended, and returns a value that is not
 * negative or a negative Linux error number.
 */
abstract class WasiFunction extends HostFunction {
    private final Signature signature;

    /** For each parameter, what of its long counts. */
    private final long[] masks;

    private WasiFunction(String name, Signature signature) {
        super(Wasi.MODULE, name, signature.type());
        this.signature = signature;
        // At least six, so that the call below needs no case distinction.
        masks = new long[Math.max(6, signature.type().params().size())];
        for (int i = 0; i < signature.type().params().size(); i++) {
            masks[i] = signature.type().params().get(i) == ValType.I32 ? 0xffffffffL : -1;
        }
    }

    /** The body. */
    abstract long run(Guest guest, long[] arguments);

    /** The body of a function of up to six parameters. */
    long run(Guest guest, long a, long b, long c, long d, long e, long f) {
        return run(guest, new long[] {a, b, c, d, e, f});
    }

    @Override
    public final long call(Instance caller, long a, long b, long c, long d, long e, long f) {
        Guest guest = new Guest(caller);
        if (guest.context().trace() != null) {
            return traced(guest, new long[] {a, b, c, d, e, f});
        }
        try {
            return WasiErrno.of(run(
                    guest, a & masks[0], b & masks[1], c & masks[2], d & masks[3], e & masks[4], f & masks[5]));
        } catch (Fault fault) {
            return WasiErrno.of(-Errno.EFAULT);
        }
    }

    @Override
    public final long call(Instance caller, long[] arguments) {
        Guest guest = new Guest(caller);
        if (guest.context().trace() != null) {
            return traced(guest, arguments.clone());
        }
        return errno(guest, masked(arguments.clone()));
    }

    private long[] masked(long[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] &= masks[i];
        }
        return arguments;
    }

    private int errno(Guest guest, long[] arguments) {
        try {
            return WasiErrno.of(run(guest, arguments));
        } catch (Fault fault) {
            return WasiErrno.of(-Errno.EFAULT);
        }
    }

    private int traced(Guest guest, long[] arguments) {
        masked(arguments);
        Consumer<String> trace = guest.context().trace();
        trace.accept("==> " + module() + "." + name() + "(" + signature.arguments(guest, arguments) + ")");
        int errno = errno(guest, arguments);
        trace.accept("<== " + signature.results(guest, arguments, errno));
        return errno;
    }

    @Override
    protected final String describeArguments(Instance caller, long[] arguments) {
        return signature.arguments(new Guest(caller), masked(arguments.clone()));
    }

    @Override
    protected final String describeResult(Instance caller, long[] arguments, long result) {
        return signature.results(new Guest(caller), masked(arguments.clone()), (int) result);
    }

    /** A body without parameters. */
    interface Body0 {
        long run(Guest guest);
    }

    /** A body of one parameter. */
    interface Body1 {
        long run(Guest guest, long a);
    }

    /** A body of two parameters. */
    interface Body2 {
        long run(Guest guest, long a, long b);
    }

    /** A body of three parameters. */
    interface Body3 {
        long run(Guest guest, long a, long b, long c);
    }

    /** A body of four parameters. */
    interface Body4 {
        long run(Guest guest, long a, long b, long c, long d);
    }

    /** A body of five parameters. */
    interface Body5 {
        long run(Guest guest, long a, long b, long c, long d, long e);
    }

    /** A body of six parameters. */
    interface Body6 {
        long run(Guest guest, long a, long b, long c, long d, long e, long f);
    }

    /** A body of seven parameters. */
    interface Body7 {
        long run(Guest guest, long a, long b, long c, long d, long e, long f, long g);
    }

    /** A body of nine parameters. */
    interface Body9 {
        long run(Guest guest, long a, long b, long c, long d, long e, long f, long g, long h, long i);
    }

    static WasiFunction of(String name, String signature, Body0 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest));
    }

    static WasiFunction of(String name, String signature, Body1 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest, a));
    }

    static WasiFunction of(String name, String signature, Body2 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest, a, b));
    }

    static WasiFunction of(String name, String signature, Body3 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest, a, b, c));
    }

    static WasiFunction of(String name, String signature, Body4 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest, a, b, c, d));
    }

    static WasiFunction of(String name, String signature, Body5 body) {
        return small(name, signature, (guest, a, b, c, d, e, f) -> body.run(guest, a, b, c, d, e));
    }

    static WasiFunction of(String name, String signature, Body6 body) {
        return small(name, signature, body);
    }

    static WasiFunction of(String name, String signature, Body7 body) {
        return new WasiFunction(name, new Signature(signature)) {
            @Override
            long run(Guest guest, long[] a) {
                return body.run(guest, a[0], a[1], a[2], a[3], a[4], a[5], a[6]);
            }
        };
    }

    static WasiFunction of(String name, String signature, Body9 body) {
        return new WasiFunction(name, new Signature(signature)) {
            @Override
            long run(Guest guest, long[] a) {
                return body.run(guest, a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8]);
            }
        };
    }

    private static WasiFunction small(String name, String signature, Body6 body) {
        return new WasiFunction(name, new Signature(signature)) {
            @Override
            long run(Guest guest, long a, long b, long c, long d, long e, long f) {
                return body.run(guest, a, b, c, d, e, f);
            }

            @Override
            long run(Guest guest, long[] a) {
                return body.run(guest, a[0], a[1], a[2], a[3], a[4], a[5]);
            }
        };
    }
}
