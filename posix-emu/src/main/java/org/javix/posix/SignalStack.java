package org.javix.posix;

import static org.javix.vfs.Errno.EINVAL;
import static org.javix.vfs.Errno.ENOMEM;
import static org.javix.vfs.Errno.EPERM;

import org.javix.process.SigAction;
import org.javix.wasm.Global;

/**
 * The alternate stack of one thread, on which handlers with SA_ONSTACK run. The thread is on it as long as its stack
 * pointer is: {@code longjmp} leaves it like a return.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/sigaltstack.html">sigaltstack</a>
 */
final class SignalStack {
    /** A stack; of size 0 for none. */
    record Setting(long base, long size, boolean disarms) {
        static final Setting NONE = new Setting(0, 0, false);

        boolean contains(long pointer) {
            return pointer > base && pointer - base <= size;
        }

        /** The flags of a stack_t. */
        int flags(long pointer) {
            return (size == 0 ? SS_DISABLE : contains(pointer) ? SS_ONSTACK : 0) | (disarms ? SS_AUTODISARM : 0);
        }

        /** Writes a stack_t. */
        void store(GuestMemory memory, long at, long pointer) {
            memory.set32(at, (int) base);
            memory.set32(at + 4, flags(pointer));
            memory.set32(at + 8, (int) size);
        }
    }

    private static final int SS_ONSTACK = 1;
    private static final int SS_DISABLE = 2;
    /** Linux: a handler that runs on the stack finds it disabled. */
    private static final int SS_AUTODISARM = 1 << 31;

    private static final long SMALLEST = 2048;
    private static final long ALIGNMENT = 16;

    private Setting setting = Setting.NONE;

    /** As a child of fork inherits it. */
    SignalStack copy() {
        SignalStack copy = new SignalStack();
        copy.setting = setting;
        return copy;
    }

    Setting setting() {
        return setting;
    }

    /** After a handler that found it disabled. */
    void restore(Setting before) {
        setting = before;
    }

    /** Where a handler starts: the top of this stack, or where the pointer is. */
    long start(SigAction action, long pointer) {
        if (!isFor(action, pointer)) {
            return pointer;
        }
        long top = setting.base + setting.size & -ALIGNMENT;
        if (setting.disarms) {
            setting = Setting.NONE;
        }
        return top;
    }

    /** Whether a handler of this action moves to this stack. */
    boolean isFor(SigAction action, long pointer) {
        return action.has(SigAction.SA_ONSTACK) && setting.size > 0 && !setting.contains(pointer);
    }

    private int set(GuestMemory memory, long at, long pointer) {
        long base = Integer.toUnsignedLong(memory.i32(at));
        int flags = memory.i32(at + 4);
        long size = Integer.toUnsignedLong(memory.i32(at + 8));
        if (setting.contains(pointer)) {
            return -EPERM;
        }
        switch (flags & ~SS_AUTODISARM) {
            case SS_DISABLE -> setting = new Setting(0, 0, flags < 0);
            case 0, SS_ONSTACK -> {
                if (size < SMALLEST) {
                    return -ENOMEM;
                }
                setting = new Setting(base, size, flags < 0);
            }
            default -> {
                return -EINVAL;
            }
        }
        return 0;
    }

    /** {@code sigaltstack}: 0, -EPERM on the stack, -EINVAL, or -ENOMEM for one that is too small. */
    long change(GuestThread thread, long next, long old) {
        Global register = thread.stackPointer();
        long pointer = register == null ? 0 : Integer.toUnsignedLong((int) register.get());
        if (next != 0) {
            thread.memory().check(next, 12);
        }
        Setting before = setting;
        if (next != 0) {
            int error = set(thread.memory(), next, pointer);
            if (error < 0) {
                return error;
            }
        }
        if (old != 0) {
            before.store(thread.memory(), old, pointer);
        }
        return 0;
    }
}
