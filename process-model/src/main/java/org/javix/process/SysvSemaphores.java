package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.Map;
import org.javix.vfs.Credentials;
import org.javix.vfs.Waiter;

/**
 * A set of System V semaphores. The operations of a call happen all at once or not at all; who must wait
 * queues, and whoever changes a semaphore carries out the operations of those that can now go on, in
 * the order in which they came.
 *
 * @see <a href="https://pubs.opengroup.org/onlinepubs/9699919799/functions/semop.html">semop</a>
 */
public final class SysvSemaphores extends SysvIpcObject {
    /** How many sets there may be. */
    static final int SEMMNI = 32_000;
    /** How many semaphores one set has at most. */
    public static final int SEMMSL = 32_000;
    /** How many semaphores all sets have at most. */
    public static final int SEMMNS = 1_024_000;
    /** How many operations a call makes at most. */
    public static final int SEMOPM = 500;
    /** The largest value of a semaphore. */
    public static final int SEMVMX = 32_767;

    /** Flag of an operation: do not wait. */
    public static final int IPC_NOWAIT = 04000;
    /** Flag of an operation: take it back when the process ends. */
    public static final int SEM_UNDO = 010000;

    /**
     * One operation.
     *
     * @param number which semaphore, from 0
     * @param change above 0 adds; below 0 waits until that much can be taken; 0 waits for zero
     * @param flags {@link #IPC_NOWAIT}, {@link #SEM_UNDO}
     */
    public record Operation(int number, int change, int flags) {}

    private static final int WAITS = 1;

    /** A call that waits. */
    private static final class Pending {
        final Waiter waiter;
        final Process process;
        final Operation[] operations;
        // Guarded by the set's lock: the operation that cannot be done.
        Operation blocking;
        // Written under the set's lock; WAITS, 0 or an errno.
        volatile int result = WAITS;

        Pending(Waiter waiter, Process process, Operation[] operations) {
            this.waiter = waiter;
            this.process = process;
            this.operations = operations;
        }
    }

    private final Kernel kernel;
    // All guarded by this.
    private final int[] values;
    private final int[] processes;
    private final LinkedList<Pending> pending = new LinkedList<>();
    // What is added to each semaphore when a process ends.
    private final Map<Process, int[]> undo = new HashMap<>(2);
    private long operated;
    // The operation that the last attempt found impossible.
    private Operation blocked;

    SysvSemaphores(Kernel kernel, int key, Credentials who, int mode, int count) {
        super(key, who, mode, kernel.seconds());
        this.kernel = kernel;
        values = new int[count];
        processes = new int[count];
    }

    /** How many semaphores it has. */
    public int count() {
        return values.length;
    }

    /**
     * {@code semtimedop}.
     *
     * @param deadline of {@link Deadline}
     * @return 0, or -EACCES, -EAGAIN, -EFBIG, -EIDRM, -EINTR, -ENOSPC (too much to take back), -ERANGE
     */
    public int operate(Process process, Waiter waiter, Operation[] operations, long deadline) {
        boolean alters = false;
        for (Operation operation : operations) {
            if (operation.number >= values.length) {
                return -EFBIG;
            }
            alters |= operation.change != 0;
        }
        Pending waiting;
        synchronized (this) {
            if (isRemoved()) {
                return -EIDRM;
            }
            int result = check(process.fs().credentials(), alters ? ALTER : READ);
            if (result == 0) {
                result = attempt(process, operations);
            }
            if (result == 0 && alters) {
                proceed();
            }
            if (result != WAITS) {
                return result;
            }
            waiting = new Pending(waiter, process, operations);
            waiting.blocking = blocked;
            pending.add(waiting);
        }
        return await(waiting, deadline);
    }

    private int await(Pending waiting, long deadline) {
        boolean inTime = true;
        while (true) {
            waiting.waiter.prepare();
            if (waiting.result != WAITS) {
                return waiting.result;
            }
            if (!inTime || waiting.waiter.interrupted()) {
                synchronized (this) {
                    pending.remove(waiting);
                    return waiting.result != WAITS ? waiting.result : inTime ? -EINTR : -EAGAIN;
                }
            }
            inTime = Deadline.park(waiting.waiter, deadline);
        }
    }

    /** Does all operations, or none: 0, {@link #WAITS} with {@link #blocked}, or an errno. Guarded by this. */
    private int attempt(Process process, Operation[] operations) {
        int[] adjustments = undo.get(process);
        if (adjustments == null && undoes(operations)) {
            if (!kernel.sysvIpc().addUndo(process, this)) {
                return -ENOSPC;
            }
            adjustments = new int[values.length];
            undo.put(process, adjustments);
        }
        for (int i = 0; i < operations.length; i++) {
            Operation one = operations[i];
            int result = attempt(one, adjustments);
            if (result != 0) {
                takeBack(operations, i, adjustments);
                blocked = one;
                return result == WAITS && (one.flags & IPC_NOWAIT) != 0 ? -EAGAIN : result;
            }
        }
        for (Operation one : operations) {
            processes[one.number] = process.pid();
        }
        operated = kernel.seconds();
        return 0;
    }

    private static boolean undoes(Operation[] operations) {
        for (Operation one : operations) {
            if ((one.flags & SEM_UNDO) != 0) {
                return true;
            }
        }
        return false;
    }

    // Guarded by this.
    private int attempt(Operation one, int[] adjustments) {
        int value = values[one.number];
        if (one.change == 0) {
            return value == 0 ? 0 : WAITS;
        }
        int next = value + one.change;
        if (next < 0) {
            return WAITS;
        }
        if (next > SEMVMX) {
            return -ERANGE;
        }
        if ((one.flags & SEM_UNDO) != 0) {
            int adjustment = adjustments[one.number] - one.change;
            if (adjustment < -SEMVMX - 1 || adjustment > SEMVMX) {
                return -ERANGE;
            }
            adjustments[one.number] = adjustment;
        }
        values[one.number] = next;
        return 0;
    }

    // Guarded by this.
    private void takeBack(Operation[] operations, int end, int[] adjustments) {
        for (int i = end - 1; i >= 0; i--) {
            Operation one = operations[i];
            values[one.number] -= one.change;
            if ((one.flags & SEM_UNDO) != 0) {
                adjustments[one.number] += one.change;
            }
        }
    }

    /** A semaphore has changed: carries out what has waited for that. Guarded by this. */
    private void proceed() {
        boolean changed;
        do {
            changed = false;
            for (Iterator<Pending> i = pending.iterator(); i.hasNext() && !changed; ) {
                Pending waiting = i.next();
                int result = attempt(waiting.process, waiting.operations);
                if (result == WAITS) {
                    waiting.blocking = blocked;
                    continue;
                }
                i.remove();
                waiting.result = result;
                waiting.waiter.wake();
                changed = result == 0;
            }
        } while (changed);
    }

    // ---- control ----

    /** When an operation was done last, in seconds since 1970; 0 for never. */
    public synchronized long operationTime() {
        return operated;
    }

    /** {@code GETALL}: the values. */
    public synchronized int[] values() {
        return values.clone();
    }

    /** {@code GETVAL}. */
    public synchronized int value(int number) {
        return values[number];
    }

    /** {@code GETPID}: the process that changed a semaphore last, or 0. */
    public synchronized int process(int number) {
        return processes[number];
    }

    /** {@code GETNCNT}, {@code GETZCNT}: how many calls wait for a semaphore to grow, or to become zero. */
    public synchronized int waiting(int number, boolean forZero) {
        return (int) pending.stream()
                .filter(call -> call.blocking.number == number && (call.blocking.change == 0) == forZero)
                .count();
    }

    /** {@code SETVAL}: sets one semaphore; nobody takes anything of it back any more. -EIDRM. */
    public synchronized int setValue(Process process, int number, int value) {
        if (isRemoved()) {
            return -EIDRM;
        }
        undo.values().forEach(adjustments -> adjustments[number] = 0);
        values[number] = value;
        processes[number] = process.pid();
        touch(kernel.seconds());
        proceed();
        return 0;
    }

    /** {@code SETALL}: as {@link #setValue} for each. */
    public synchronized int setValues(Process process, int[] newValues) {
        if (isRemoved()) {
            return -EIDRM;
        }
        forgetUndo();
        for (int i = 0; i < values.length; i++) {
            values[i] = newValues[i];
            processes[i] = process.pid();
        }
        touch(kernel.seconds());
        proceed();
        return 0;
    }

    // Guarded by this.
    private void forgetUndo() {
        undo.keySet().forEach(process -> kernel.sysvIpc().removeUndo(process, this));
        undo.clear();
    }

    /** A process ends: takes back what it did with {@link #SEM_UNDO}, as far as the values' range allows. */
    synchronized void ended(Process process) {
        int[] adjustments = undo.remove(process);
        if (adjustments == null) {
            return;
        }
        kernel.sysvIpc().removeUndo(process, this);
        for (int i = 0; i < values.length; i++) {
            if (adjustments[i] != 0) {
                values[i] = Math.clamp(values[i] + adjustments[i], 0, SEMVMX);
                processes[i] = process.pid();
            }
        }
        operated = kernel.seconds();
        proceed();
    }

    @Override
    protected void removed() {
        for (Pending waiting : pending) {
            waiting.result = -EIDRM;
            waiting.waiter.wake();
        }
        pending.clear();
        forgetUndo();
        kernel.sysvIpc().semaphoresGone(values.length);
    }
}
