package org.javix.process;

/**
 * A signal that the guest's handler must see now. The mask is already that of the handler; when the
 * handler has returned, give {@link #oldMask} to {@link TaskSignals#setMask}.
 *
 * @param signal its number
 * @param action the handler and its flags
 * @param info where the signal came from
 * @param oldMask the mask to return to
 */
public record Delivery(int signal, SigAction action, SigInfo info, long oldMask) {
    /** Whether a call that this signal interrupted starts again. */
    public boolean restarts() {
        return action.has(SigAction.SA_RESTART);
    }
}
