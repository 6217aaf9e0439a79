package org.javix.posix;

import java.util.ArrayList;
import java.util.List;
import org.javix.posix.Parameter.Kind;
import org.javix.posix.SystemCall.Handler;
import org.javix.posix.SystemCall.Interruption;
import org.javix.posix.SystemCall.Result;
import org.javix.posix.SystemCall.Status;
import org.javix.vfs.Errno;
import org.javix.wasm.Unwind;

/** The words in which {@link SystemCalls} writes a call down. */
final class CallBuilder {
    /** A handler by the number of arguments that it takes. */
    interface Handler0 {
        long call(GuestThread thread) throws Unwind;
    }

    interface Handler1 {
        long call(GuestThread thread, long a) throws Unwind;
    }

    interface Handler2 {
        long call(GuestThread thread, long a, long b) throws Unwind;
    }

    interface Handler3 {
        long call(GuestThread thread, long a, long b, long c) throws Unwind;
    }

    interface Handler4 {
        long call(GuestThread thread, long a, long b, long c, long d) throws Unwind;
    }

    interface Handler5 {
        long call(GuestThread thread, long a, long b, long c, long d, long e) throws Unwind;
    }

    private final ApiModule module;
    private final int number;
    private final String name;
    private final List<String> aliases = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private Result result = Result.ZERO;
    private Interruption interruption = Interruption.NONE;
    private String partial;

    CallBuilder(ApiModule module, int number, String name) {
        this.module = module;
        this.number = number;
        this.name = name;
    }

    private CallBuilder add(String parameter, Kind kind, FlagNames flags) {
        parameters.add(new Parameter(parameter, kind, flags));
        return this;
    }

    CallBuilder alias(String alias) {
        aliases.add(alias);
        return this;
    }

    CallBuilder fd(String parameter) {
        return add(parameter, Kind.FD, null);
    }

    CallBuilder dirfd(String parameter) {
        return add(parameter, Kind.DIRFD, null);
    }

    CallBuilder path(String parameter) {
        return add(parameter, Kind.PATH, null);
    }

    CallBuilder string(String parameter) {
        return add(parameter, Kind.STRING, null);
    }

    CallBuilder strings(String parameter) {
        return add(parameter, Kind.STRINGS, null);
    }

    CallBuilder input(String parameter) {
        return add(parameter, Kind.INPUT, null);
    }

    CallBuilder output(String parameter) {
        return add(parameter, Kind.OUTPUT, null);
    }

    CallBuilder struct(String parameter) {
        return add(parameter, Kind.STRUCT, null);
    }

    CallBuilder iovec(String parameter) {
        return add(parameter, Kind.IOVEC, null);
    }

    CallBuilder count(String parameter) {
        return add(parameter, Kind.COUNT, null);
    }

    CallBuilder integer(String parameter) {
        return add(parameter, Kind.INT, null);
    }

    CallBuilder flags(String parameter, FlagNames names) {
        return add(parameter, Kind.FLAGS, names);
    }

    CallBuilder mode(String parameter) {
        return add(parameter, Kind.MODE, null);
    }

    CallBuilder pid(String parameter) {
        return add(parameter, Kind.PID, null);
    }

    CallBuilder signal(String parameter) {
        return add(parameter, Kind.SIGNAL, null);
    }

    CallBuilder address(String parameter) {
        return add(parameter, Kind.ADDRESS, null);
    }

    CallBuilder offset(String parameter) {
        return add(parameter, Kind.OFFSET, null);
    }

    CallBuilder returns(Result kind) {
        result = kind;
        return this;
    }

    /** A call that a signal may interrupt and that is then made again. */
    CallBuilder restarts() {
        interruption = Interruption.RESTART;
        return this;
    }

    /** A call that fails with {@code EINTR} once a handler ran. */
    CallBuilder interrupts() {
        interruption = Interruption.FAIL;
        return this;
    }

    /** Says what is not as on Linux. */
    CallBuilder partly(String note) {
        partial = note;
        return this;
    }

    SystemCall missing() {
        return missing("");
    }

    SystemCall missing(String note) {
        return call(Status.MISSING, note, (p, a, b, c, d, e, f) -> -Errno.ENOSYS);
    }

    SystemCall does(Handler0 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p));
    }

    SystemCall does(Handler1 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p, a));
    }

    SystemCall does(Handler2 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p, a, b));
    }

    SystemCall does(Handler3 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p, a, b, c));
    }

    SystemCall does(Handler4 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p, a, b, c, d));
    }

    SystemCall does(Handler5 handler) {
        return done((p, a, b, c, d, e, f) -> handler.call(p, a, b, c, d, e));
    }

    SystemCall does(Handler handler) {
        return done(handler);
    }

    private SystemCall done(Handler handler) {
        return partial == null ? call(Status.DONE, "", handler) : call(Status.PARTIAL, partial, handler);
    }

    private SystemCall call(Status status, String note, Handler handler) {
        return new SystemCall(
                name,
                number,
                List.copyOf(aliases),
                module,
                List.copyOf(parameters),
                result,
                status,
                interruption,
                note,
                handler);
    }
}
