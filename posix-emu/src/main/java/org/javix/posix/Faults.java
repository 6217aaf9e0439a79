package org.javix.posix;

import java.util.List;
import org.javix.posix.GuestThread.Step;
import org.javix.process.SigInfo;
import org.javix.process.Signal;
import org.javix.process.SignalSet;
import org.javix.process.TaskSignals;
import org.javix.wasm.FuncType;
import org.javix.wasm.Global;
import org.javix.wasm.HostFrame;
import org.javix.wasm.Instance;
import org.javix.wasm.Trap;
import org.javix.wasm.Unwind;
import org.javix.wasm.ValType;
import org.javix.wasm.WasmException;

/**
 * Turns what a program cannot do into the signal that Unix gives for it.
 *
 * <p>A fault is dealt with where it happens: the handler runs on top of the function that is at fault, so that
 * {@code siglongjmp} leaves it for any function below. If the handler returns, the instruction is tried again.
 *
 * <p>A handler may fork. Its own frames go to the child, but those of the functions below it cannot be taken away,
 * since the instruction that faulted is no call. So the parent keeps its stack and goes on with the handler on top of it, and
 * the child has the handler only: it may run, exec and exit, and if it returns or jumps out, the signal ends it.
 */
final class Faults {
    private static final int SEGV_MAPERR = 1;
    private static final int SEGV_ACCERR = 2;
    private static final int BUS_ADRERR = 2;
    private static final int ILL_ILLOPN = 2;
    private static final int FPE_INTDIV = 1;
    private static final int FPE_FLTINV = 7;
    private static final int BUS_ADRALN = 1;

    /**
     * The word below a program's first stack, which lies at the beginning of its memory, after page zero: programs tell by the
     * address whether it is the stack that has overflowed. Where a thread's stack lies, the thread alone knows.
     */
    private static final long BELOW_STACK = AddressSpace.PAGE - 8;

    private static final int TRACED_FRAMES = 20;

    /** What C++ throws, with the address of the exception, and the function of its library that is called if nobody catches it. */
    private static final String CPP_EXCEPTION = "__cpp_exception";
    private static final String UNCAUGHT = "__javix_uncaught";
    private static final FuncType OF_ADDRESS = new FuncType(List.of(ValType.I32), List.of());

    private Faults() {}

    /** The signal for a trap. */
    private static SigInfo info(Trap trap) {
        return switch (trap.kind()) {
            case UNREACHABLE, INDIRECT_CALL_TYPE_MISMATCH, EXPECTED_SHARED_MEMORY ->
                SigInfo.fault(Signal.SIGILL, ILL_ILLOPN, 0);
            case OUT_OF_BOUNDS_MEMORY -> SigInfo.fault(Signal.SIGSEGV, SEGV_MAPERR, trap.address());
            case PROTECTED_PAGE -> SigInfo.fault(Signal.SIGSEGV, SEGV_ACCERR, trap.address());
            case LOST_PAGE -> SigInfo.fault(Signal.SIGBUS, BUS_ADRERR, trap.address());
            case OUT_OF_BOUNDS_TABLE,
                    UNDEFINED_ELEMENT,
                    UNINITIALIZED_ELEMENT,
                    NULL_REFERENCE,
                    NULL_FUNCTION_REFERENCE -> SigInfo.fault(Signal.SIGSEGV, SEGV_MAPERR, 0);
            case STACK_EXHAUSTED -> SigInfo.fault(Signal.SIGSEGV, SEGV_MAPERR, BELOW_STACK);
            // An x86 does not tell the overflow of a division from one by zero.
            case DIVIDE_BY_ZERO, INTEGER_OVERFLOW -> SigInfo.fault(Signal.SIGFPE, FPE_INTDIV, 0);
            case INVALID_CONVERSION -> SigInfo.fault(Signal.SIGFPE, FPE_FLTINV, 0);
            case UNALIGNED_ATOMIC -> SigInfo.fault(Signal.SIGBUS, BUS_ADRALN, trap.address());
            case INTERRUPTED, NO_MEMORY -> SigInfo.kernel(Signal.SIGKILL);
        };
    }

    /** At the instruction that is at fault: runs the handler, or ends the process. */
    static void handle(Instance instance, Trap trap) {
        GuestThread p = (GuestThread) instance.context();
        SigInfo info = info(trap);
        trace(p, trap, info);
        if (trap.kind() == Trap.Kind.STACK_EXHAUSTED && !hasStackFor(p, info.signal())) {
            kill(p, info);
        }
        p.signals().force(info);
        Step step = running -> InterruptedCall.none().finish(p);
        while (true) {
            try {
                step.run(instance);
                break;
            } catch (Unwind unwind) {
                unwind.add(new FaultFrame(p, info));
                step = ForkCalls.start(p, unwind);
            }
        }
        if (trap.kind() == Trap.Kind.STACK_EXHAUSTED) {
            kill(p, info);
        }
    }

    /** The end of a handler that has forked. */
    private record FaultFrame(GuestThread owner, SigInfo info) implements HostFrame {
        @Override
        public long resume(Instance instance) throws Unwind {
            GuestThread p = (GuestThread) instance.context();
            try {
                instance.resumeInner();
            } catch (Unwind unwind) {
                // The owner adds a frame of its own.
                if (p != owner) {
                    unwind.add(this);
                }
                throw unwind;
            } catch (WasmException jump) {
                if (p == owner) {
                    throw jump;
                }
            }
            if (p != owner) {
                kill(p, info);
            }
            return 0;
        }
    }

    /** What a process does after a trap that unwound its whole stack. */
    static Step signal(GuestThread p, Trap trap) {
        return signal(p, trap, info(trap));
    }

    /**
     * What a process does after an exception that nobody caught: what the library of its language says, for C++ the handler of
     * {@code std::terminate}, and without one as if it had called abort.
     */
    static Step signal(GuestThread p, WasmException uncaught) {
        Instance thrower = p.instance();
        if (uncaught.tag == thrower.findTag(CPP_EXCEPTION)
                && thrower.exports(UNCAUGHT)
                && thrower.exportedFunction(UNCAUGHT).type().equals(OF_ADDRESS)) {
            return instance -> instance.call(UNCAUGHT, uncaught.values);
        }
        return signal(p, uncaught, SigInfo.kernel(Signal.SIGABRT));
    }

    /**
     * What a process does that has touched a page of the host which is gone. The JVM tells it some time later, and the stack is
     * unwound: no handler could do anything about it, so it is as if there were none.
     */
    static Step lost(GuestThread p, InternalError late) {
        Trap trap = new Trap(Trap.Kind.LOST_PAGE, late);
        SigInfo info = info(trap);
        trace(p, trap, info);
        return instance -> kill(p, info);
    }

    private static Step signal(GuestThread p, RuntimeException cause, SigInfo info) {
        trace(p, cause, info);
        boolean exhausted = cause instanceof Trap trap && trap.kind() == Trap.Kind.STACK_EXHAUSTED;
        if (exhausted && !hasStackFor(p, info.signal())) {
            return instance -> kill(p, info);
        }
        p.signals().force(info);
        return instance -> {
            InterruptedCall.none().finish(p);
            kill(p, info);
        };
    }

    /** Whether a handler has a stack where the program's own has ended. */
    private static boolean hasStackFor(GuestThread p, int signal) {
        Global pointer = p.stackPointer();
        return pointer != null
                && p.signalStack().isFor(p.process().signals().action(signal), Integer.toUnsignedLong((int) pointer.get()));
    }

    private static void trace(GuestThread p, RuntimeException cause, SigInfo info) {
        if (p.system().trace() != null) {
            p.system().trace().accept(describe(p, cause, info));
        }
    }

    /** As strace shows a signal, and below it the innermost functions. */
    private static String describe(GuestThread p, RuntimeException cause, SigInfo info) {
        StringBuilder text = new StringBuilder("[pid " + p.task().tid() + "] --- " + Signal.name(info.signal())
                + " (" + cause.getMessage() + ") ---");
        Throwable origin = cause.getCause() == null ? cause : cause.getCause();
        StackTraceElement[] frames = origin.getStackTrace();
        if (frames.length == 0) {
            frames = new Throwable().getStackTrace();
        }
        for (int i = 0; i < Math.min(frames.length, TRACED_FRAMES); i++) {
            text.append("\n    at ").append(frames[i]);
        }
        return text.toString();
    }

    private static void kill(GuestThread p, SigInfo info) {
        TaskSignals signals = p.signals();
        p.process().signals().setDefault(SignalSet.of(info.signal()));
        signals.changeMask(TaskSignals.SIG_UNBLOCK, SignalSet.of(info.signal()));
        signals.send(info);
        signals.take();
    }
}
