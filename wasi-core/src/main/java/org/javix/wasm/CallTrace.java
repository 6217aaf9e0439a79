package org.javix.wasm;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A log of the calls that cross a module's border, two lines for each, indented by a tab for each call that
 * goes on around it: {@code "--> .add(1,2)"} and {@code "<-- 3"} for a guest's function, {@code "==>
 * env.log(level=1)"} and {@code "<== 0"} for one of the host's. A call that ends by an exception has {@code
 * "<-- trap: unreachable"} or the exception's name. Only one thread uses it at a time.
 */
final class CallTrace {
    private final Consumer<String> log;
    private int depth;

    CallTrace(Consumer<String> log) {
        this.log = log;
    }

    /** Calls an exported function. */
    void guest(Instance instance, String name, FuncRef function, long[] slots) throws Unwind {
        FuncType type = function.type();
        enter("--> ." + name + "(" + list(type.params(), slots, instance) + ")");
        String end = "<--";
        try {
            instance.invoke(function, slots);
            end = ("<-- " + list(type.results(), slots, instance)).stripTrailing();
        } catch (Throwable thrown) {
            end = "<-- " + describe(thrown);
            throw thrown;
        } finally {
            leave(end);
        }
    }

    /** Calls a host function. */
    long host(HostFunction function, Instance caller, long[] arguments) throws Unwind {
        enter("==> " + function.module() + "." + function.name() + "(" + function.describeArguments(caller, arguments) + ")");
        // What the function leaves in the arguments' place are its results.
        long[] asked = arguments.clone();
        String end = "<==";
        try {
            long result = call(function, caller, arguments);
            String described = function.describeResult(caller, asked, result);
            if (described == null) {
                described = list(function.type().results(), withFirst(function, arguments, result), caller);
            }
            end = ("<== " + described).stripTrailing();
            return result;
        } catch (Throwable thrown) {
            end = "<== " + describe(thrown);
            throw thrown;
        } finally {
            leave(end);
        }
    }

    private static long call(HostFunction function, Instance caller, long[] a) throws Unwind {
        return function.type().parameterSlots() > 6 || function.type().resultSlots() > 1
                ? function.call(caller, a)
                : function.call(caller, a[0], a[1], a[2], a[3], a[4], a[5]);
    }

    // A function of one result returns it, one of several leaves them in the arguments' place.
    private static long[] withFirst(HostFunction function, long[] slots, long first) {
        return function.type().resultSlots() > 1 ? slots : new long[] {first};
    }

    private void enter(String line) {
        log.accept("\t".repeat(depth++) + line);
    }

    private void leave(String line) {
        log.accept("\t".repeat(--depth) + line);
    }

    private static String list(List<ValType> types, long[] slots, Instance instance) {
        return Arrays.stream(Values.load(types, slots, instance.references))
                .map(Values::text)
                .collect(Collectors.joining(","));
    }

    private static String describe(Throwable thrown) {
        return thrown instanceof Trap trap
                ? "trap: " + trap.kind().text()
                : thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
    }
}
