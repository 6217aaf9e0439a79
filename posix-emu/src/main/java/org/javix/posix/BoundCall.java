package org.javix.posix;

import java.util.Collections;
import java.util.List;
import org.javix.posix.SystemCall.Handler;
import org.javix.wasm.FuncType;
import org.javix.wasm.HostFunction;
import org.javix.wasm.Instance;
import org.javix.wasm.Unwind;
import org.javix.wasm.ValType;

/**
 * A system call as guests import it. This is the way of every call, so it does as little as it can:
 * no allocation, and a field read each to learn whether it has made somebody run who is more important, and whether a signal
 * waits.
 */
final class BoundCall extends HostFunction {
    private final Handler handler;
    private final boolean interruptible;
    private final SystemCall call;

    BoundCall(SystemCall call, Handler handler) {
        super(call.module().importName(), call.name(), type(call));
        this.call = call;
        this.handler = handler;
        this.interruptible = call.suspends();
    }

    private static FuncType type(SystemCall call) {
        List<ValType> parameters = call.parameters().stream()
                .map(parameter -> parameter.is64() ? ValType.I64 : ValType.I32)
                .toList();
        List<ValType> results = Collections.singletonList(call.returns64() ? ValType.I64 : ValType.I32);
        return new FuncType(parameters, results);
    }

    SystemCall call() {
        return call;
    }

    @Override
    public long call(Instance caller, long a, long b, long c, long d, long e, long f) throws Unwind {
        GuestThread thread = (GuestThread) caller.context();
        long result = make(thread, a, b, c, d, e, f);
        if (thread.task().isOvertaken()) {
            thread.task().giveWay();
        }
        if (interruptible && thread.needsAttention()) {
            return new InterruptedCall(this, a, b, c, d, e, f, result, thread.task().takeLimited()).finish(thread);
        }
        return result;
    }

    /** Makes the call, once. */
    long make(GuestThread thread, long a, long b, long c, long d, long e, long f) throws Unwind {
        try {
            return handler.call(thread, a, b, c, d, e, f);
        } catch (Fault fault) {
            return -fault.errno();
        }
    }
}
