package org.javix.wasm;

import java.util.ArrayList;
import java.util.List;

/**
 * Unwinds a running instance's stack into frames. A suspending host function throws it; each guest
 * function on the stack adds its frame and throws it on; whoever called the instance catches it, and
 * continues with {@link Instance#resume}. Of the thread that runs the instance.
 */
public final class Unwind extends Throwable {
    private static final long serialVersionUID = 1;

    private final transient ArrayList<StackFrame> frames = new ArrayList<>(16);
    private final transient Object reason;

    /** Unwinds for a reason that the catcher understands. */
    public Unwind(Object reason) {
        super(null, null, false, false);
        this.reason = reason;
    }

    /** What the thrower wants of the catcher. */
    public Object reason() {
        return reason;
    }

    /** The frames, innermost first. */
    public List<StackFrame> frames() {
        return frames;
    }

    /** Adds the frame of a host function that lies between guest functions. */
    public void add(HostFrame frame) {
        frames.add(frame);
    }

    /** For compiled code: adds a guest function's frame. */
    public void push(int function, int site, long[] values, Object[] references) {
        frames.add(new Frame(function, site, values, references));
    }
}
