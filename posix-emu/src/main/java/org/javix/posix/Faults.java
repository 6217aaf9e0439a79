package org.javix.posix;

import org.javix.posix.GuestProcess.Step;
import org.javix.process.Delivery;
import org.javix.process.SigAction;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.SignalSet;
import org.javix.process.SignalState;
import org.javix.wasm.Trap;
import org.javix.wasm.WasmException;

/**
 * Turns what ends a program's computation into the signal that Unix gives for it. A handler of such a
 * signal runs, but the instruction cannot be tried again: when the handler returns, the signal ends the
 * process.
 */
final class Faults {
    private static final int SEGV_MAPERR = 1;
    private static final int ILL_ILLOPC = 1;
    private static final int ILL_ILLOPN = 2;
    private static final int FPE_INTDIV = 1;
    private static final int FPE_INTOVF = 2;
    private static final int FPE_FLTINV = 7;
    private static final int BUS_ADRALN = 1;

    private static final int TRACED_FRAMES = 20;

    private Faults() {}

    /** What a process does after a trap. */
    static Step signal(GuestProcess p, Trap trap) {
        return signal(p, trap, switch (trap.kind()) {
            case UNREACHABLE -> SigInfo.fault(Signal.SIGILL, ILL_ILLOPC, 0);
            case INDIRECT_CALL_TYPE_MISMATCH, EXPECTED_SHARED_MEMORY -> SigInfo.fault(Signal.SIGILL, ILL_ILLOPN, 0);
            case OUT_OF_BOUNDS_MEMORY,
                    OUT_OF_BOUNDS_TABLE,
                    UNDEFINED_ELEMENT,
                    UNINITIALIZED_ELEMENT,
                    NULL_REFERENCE,
                    NULL_FUNCTION_REFERENCE,
                    STACK_EXHAUSTED -> SigInfo.fault(Signal.SIGSEGV, SEGV_MAPERR, 0);
            case DIVIDE_BY_ZERO -> SigInfo.fault(Signal.SIGFPE, FPE_INTDIV, 0);
            case INTEGER_OVERFLOW -> SigInfo.fault(Signal.SIGFPE, FPE_INTOVF, 0);
            case INVALID_CONVERSION -> SigInfo.fault(Signal.SIGFPE, FPE_FLTINV, 0);
            case UNALIGNED_ATOMIC -> SigInfo.fault(Signal.SIGBUS, BUS_ADRALN, 0);
            case INTERRUPTED -> SigInfo.kernel(Signal.SIGKILL);
        });
    }

    /** What a process does after an exception that nobody caught: as if it had called abort. */
    static Step signal(GuestProcess p, WasmException uncaught) {
        return signal(p, uncaught, SigInfo.kernel(Signal.SIGABRT));
    }

    private static Step signal(GuestProcess p, RuntimeException cause, SigInfo info) {
        if (p.system().trace() != null) {
            p.system().trace().accept(describe(p, cause, info));
        }
        SignalState signals = p.process().signals();
        signals.force(info);
        Delivery delivery = signals.take();
        if (delivery == null) {
            return instance -> kill(signals, info);
        }
        p.setDeliveredInfo(delivery.info());
        SigAction action = delivery.action();
        return instance -> {
            instance.call(InterruptedCall.ENTRY, action.handler(), delivery.signal(), action.flags());
            kill(signals, info);
        };
    }

    /** As strace shows a signal, and below it the innermost functions. */
    private static String describe(GuestProcess p, RuntimeException cause, SigInfo info) {
        StringBuilder text = new StringBuilder("[pid " + p.process().pid() + "] --- " + Signal.name(info.signal())
                + " (" + cause.getMessage() + ") ---");
        Throwable origin = cause.getCause() == null ? cause : cause.getCause();
        StackTraceElement[] frames = origin.getStackTrace();
        for (int i = 0; i < Math.min(frames.length, TRACED_FRAMES); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }

    private static void kill(SignalState signals, SigInfo info) {
        signals.setDefault(SignalSet.of(info.signal()));
        signals.changeMask(SignalState.SIG_UNBLOCK, SignalSet.of(info.signal()));
        signals.send(info);
        signals.take();
    }
}
