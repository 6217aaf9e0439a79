package org.javix.posix;

import static org.javix.vfs.Errno.EINTR;

import org.javix.posix.SystemCall.Interruption;
import org.javix.process.Delivery;
import org.javix.wasm.HostFrame;
import org.javix.wasm.Instance;
import org.javix.wasm.Unwind;

/**
 * The end of a call, or a safepoint, at which signals wait: runs their handlers on the guest's own
 * stack, and then makes the call again or lets it fail, as POSIX says.
 *
 * <p>A handler that forks unwinds the stack through here. So all that is still to be done lies in
 * fields, and a copy of them becomes a frame: parent and child each go on from it.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/sigaction.html">sigaction, SA_RESTART</a>
 */
final class InterruptedCall implements HostFrame, Cloneable {
    /** The export through which handlers are called: handler, signal, flags. */
    static final String ENTRY = "__javix_signal";

    /** Null at a safepoint. */
    private final BoundCall call;

    private final long a;
    private final long b;
    private final long c;
    private final long d;
    private final long e;
    private final long f;
    private long result;
    /** Whether the call waited for a limited time, and so fails if a handler runs, whatever its flags say. */
    private boolean limited;

    /** Whether a handler has run since the call was last made. */
    private boolean handled;
    /** Whether the first of them wants the call made again. */
    private boolean restarts;
    /** Whether a handler wants the call to fail, whatever its flags say. */
    private boolean fails;
    /** The handler that runs now. */
    private HandlerFrame frame;

    InterruptedCall(BoundCall call, long a, long b, long c, long d, long e, long f, long result, boolean limited) {
        this.call = call;
        this.a = a;
        this.b = b;
        this.c = c;
        this.d = d;
        this.e = e;
        this.f = f;
        this.result = result;
        this.limited = limited;
    }

    /** At a safepoint. */
    static InterruptedCall none() {
        return new InterruptedCall(null, 0, 0, 0, 0, 0, 0, 0, false);
    }

    /** Deals with all signals that wait; answers the call's result. */
    long finish(GuestThread thread) throws Unwind {
        while (true) {
            for (Delivery next = thread.task().checkpoint(); next != null; next = thread.task().checkpoint()) {
                deliver(thread, next);
            }
            if (!isMadeAgain()) {
                return result;
            }
            handled = false;
            fails = false;
            thread.setMadeAgain(true);
            result = call.make(thread, a, b, c, d, e, f);
            thread.setMadeAgain(false);
            limited = thread.task().takeLimited();
            if (!thread.needsAttention()) {
                return result;
            }
        }
    }

    /** Whether a handler has run. */
    boolean hasHandled() {
        return handled;
    }

    private boolean isMadeAgain() {
        if (call == null || result != -EINTR) {
            return false;
        }
        boolean again = restarts && !limited && call.call().interruption() == Interruption.RESTART;
        return !fails && (!handled || again);
    }

    private void deliver(GuestThread thread, Delivery delivery) throws Unwind {
        if (!handled) {
            handled = true;
            restarts = delivery.restarts();
        }
        frame = HandlerFrame.enter(thread, delivery);
        Instance instance = thread.instance();
        if (thread.needsAttention()) {
            // As on Linux, the next signal interrupts this handler before it has begun.
            instance.requestPoll();
        }
        try {
            instance.call(
                    ENTRY, delivery.action().handler(), delivery.signal(), delivery.action().flags());
        } catch (Unwind unwind) {
            unwind.add(copy());
            throw unwind;
        }
        fails |= thread.takeCallFails();
        frame.leave(thread);
    }

    /** Goes on after a fork in the handler, in the parent or in the child. */
    @Override
    public long resume(Instance instance) throws Unwind {
        return copy().resumeHandler(instance);
    }

    private long resumeHandler(Instance instance) throws Unwind {
        try {
            instance.resumeInner();
        } catch (Unwind unwind) {
            unwind.add(copy());
            throw unwind;
        }
        GuestThread thread = (GuestThread) instance.context();
        fails |= thread.takeCallFails();
        frame.leave(thread);
        return finish(thread);
    }

    private InterruptedCall copy() {
        try {
            return (InterruptedCall) clone();
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
