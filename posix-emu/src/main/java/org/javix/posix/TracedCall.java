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
    public long call(GuestProcess process, long a, long b, long c, long d, long e, long f) throws Unwind {
        long[] arguments = {a, b, c, d, e, f};
        int pid = process.process().pid();
        String[] inputs = CallText.inputs(call, process.memory(), arguments);
        if (call.result() == Result.NEVER) {
            write(pid, CallText.formatEndless(call, inputs));
        }
        long result;
        try {
            result = handler.call(process, a, b, c, d, e, f);
        } catch (Fault fault) {
            result = -fault.errno();
        } catch (ProgramChange change) {
            write(pid, CallText.format(call, process.memory(), inputs, arguments, 0));
            throw change;
        } catch (Unwind unwind) {
            write(pid, CallText.format(call, process.memory(), inputs, arguments, ForkCalls.childOf(unwind)));
            throw unwind;
        }
        write(pid, CallText.format(call, process.memory(), inputs, arguments, result));
        return result;
    }

    private void write(int pid, String text) {
        lines.accept("[pid " + pid + "] " + text);
    }
}
