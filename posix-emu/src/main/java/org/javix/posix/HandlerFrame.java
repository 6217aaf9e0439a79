package org.javix.posix;

import org.javix.process.Delivery;
import org.javix.process.SigInfo;
import org.javix.wasm.Global;

/** A handler that runs: what it may ask for, and what is put back after it. */
final class HandlerFrame {
    /** Of a ucontext_t, where the alternate stack and the mask lie. */
    private static final int STACK = 8;

    private static final int MASK = 24;
    private static final int CONTEXT_SIZE = MASK + 128;

    private final SigInfo info;
    private final long oldMask;

    /** The handler that was interrupted by this one, which may not have asked yet. */
    private final HandlerFrame outer;

    /** Where the stack pointer was, if the handler runs on the alternate stack. */
    private final long oldPointer;

    private final boolean moved;
    private final SignalStack.Setting oldStack;

    /** Where the handler has its context; 0 if it has none. */
    private long context;

    private HandlerFrame(GuestThread thread, Delivery delivery) {
        info = delivery.info();
        oldMask = delivery.oldMask();
        outer = thread.handler();
        oldStack = thread.signalStack().setting();
        Global register = thread.stackPointer();
        oldPointer = register == null ? 0 : Integer.toUnsignedLong((int) register.get());
        long pointer = thread.signalStack().start(delivery.action(), oldPointer);
        moved = register != null && pointer != oldPointer;
        if (moved) {
            register.set((int) pointer);
        }
    }

    /** Before a handler runs. */
    static HandlerFrame enter(GuestThread thread, Delivery delivery) {
        HandlerFrame frame = new HandlerFrame(thread, delivery);
        thread.setHandler(frame);
        return frame;
    }

    /** After it has returned: the mask is what its context says now. */
    void leave(GuestThread thread) {
        thread.setHandler(outer);
        if (moved) {
            thread.stackPointer().set((int) oldPointer);
            if (oldStack.disarms()) {
                thread.signalStack().restore(oldStack);
            }
        }
        thread.signals().setMask(context == 0 ? oldMask : thread.memory().i64(context + MASK));
    }

    /** Tells the handler: a siginfo_t, and a ucontext_t. */
    void tell(GuestThread thread, long siginfo, long ucontext) {
        GuestMemory memory = thread.memory();
        SignalCalls.store(memory, siginfo, info);
        if (ucontext != 0) {
            memory.clear(ucontext, CONTEXT_SIZE);
            oldStack.store(memory, ucontext + STACK, oldPointer);
            memory.set64(ucontext + MASK, oldMask);
            context = ucontext;
        }
    }
}
