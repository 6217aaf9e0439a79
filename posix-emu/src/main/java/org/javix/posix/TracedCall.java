package org.javix.posix;

import java.util.function.Consumer;
import org.javix.posix.SystemCall.Handler;
import org.javix.posix.SystemCall.Result;
import org.javix.wasm.Unwind;

/** A handler that also writes a line about each call. */
final class TracedCall implements Handler {
    private final SystemCall call;
    private final Handler handler;
    private final Consumer<String> lines;

    TracedCall(SystemCall call, Handler handler, Consumer<String> lines) {
        this.call = call;
        this.handler = handler;
        this.lines = lines;
    }

    @Override
    public long call(GuestThread thread, long a, long b, long c, long d, long e, long f) throws Unwind {
        long[] arguments = {a, b, c, d, e, f};
        int tid = thread.task().tid();
        String[] inputs = CallText.inputs(call, thread.memory(), arguments);
        if (call.result() == Result.NEVER) {
            write(tid, CallText.formatEndless(call, inputs));
        }
        long result;
        try {
            result = handler.call(thread, a, b, c, d, e, f);
        } catch (Fault fault) {
            result = -fault.errno();
        } catch (ProgramChange change) {
            write(tid, CallText.format(call, thread.memory(), inputs, arguments, 0));
            throw change;
        } catch (Unwind unwind) {
            write(tid, CallText.format(call, thread.memory(), inputs, arguments, ForkCalls.childOf(unwind)));
            throw unwind;
        }
        write(tid, CallText.format(call, thread.memory(), inputs, arguments, result));
        return result;
    }

    private void write(int tid, String text) {
        lines.accept("[pid " + tid + "] " + text);
    }
}
