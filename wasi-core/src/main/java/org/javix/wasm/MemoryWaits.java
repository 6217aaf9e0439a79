package org.javix.wasm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Who waits at which address of a memory, and {@code memory.atomic.wait} itself (threads proposal).
 *
 * <p>A guest that waits is a parked thread. What makes it go on is a notification, the end of its time, or
 * a poll of its instance: a signal or a kill finds a waiting guest as it finds a computing one.
 */
final class MemoryWaits {
    /** What {@code memory.atomic.wait} answers. */
    static final int WOKEN = 0;

    static final int OTHER_VALUE = 1;
    static final int TIMED_OUT = 2;

    /** By address, the oldest first; no queue is empty. Guarded by itself. */
    private final Map<Long, LinkedHashSet<MemoryWait>> queues = new HashMap<>();

    MemoryWait start(long address, BooleanSupplier holds, Runnable woken) {
        synchronized (queues) {
            if (!holds.getAsBoolean()) {
                return null;
            }
            MemoryWait wait = new MemoryWait(this, address, woken);
            queues.computeIfAbsent(address, key -> new LinkedHashSet<>()).add(wait);
            return wait;
        }
    }

    int end(long address, long count) {
        List<MemoryWait> ended = new ArrayList<>();
        synchronized (queues) {
            LinkedHashSet<MemoryWait> queue = queues.get(address);
            while (queue != null && !queue.isEmpty() && ended.size() < count) {
                ended.add(queue.removeFirst());
            }
            if (queue != null && queue.isEmpty()) {
                queues.remove(address);
            }
        }
        ended.forEach(MemoryWait::wake);
        return ended.size();
    }

    int count(long address) {
        synchronized (queues) {
            LinkedHashSet<MemoryWait> queue = queues.get(address);
            return queue == null ? 0 : queue.size();
        }
    }

    boolean remove(MemoryWait wait) {
        synchronized (queues) {
            LinkedHashSet<MemoryWait> queue = queues.get(wait.address);
            boolean removed = queue != null && queue.remove(wait);
            if (removed && queue.isEmpty()) {
                queues.remove(wait.address);
            }
            return removed;
        }
    }

    /** The arguments of a wait: what is left of it can be taken away and put back, as a frame. */
    record Request(int memory, long address, long value, boolean wide, long timeout) implements HostFrame {
        @Override
        public long resume(Instance instance) throws Unwind {
            // What the poll was doing goes first.
            instance.resumeInner();
            return await(instance, this);
        }

        Request withTimeout(long left) {
            return new Request(memory, address, value, wide, left);
        }
    }

    /** {@code memory.atomic.wait32} and {@code wait64}; a negative timeout, in nanoseconds, is none. */
    static int await(Instance instance, Request request) throws Unwind {
        Memory memory = instance.memories[request.memory];
        if (!memory.type().shared()) {
            throw TrapPoint.raise(Trap.Kind.EXPECTED_SHARED_MEMORY);
        }
        Thread thread = Thread.currentThread();
        Runnable unpark = () -> LockSupport.unpark(thread);
        MemoryWait wait = request.wide
                ? memory.startWait64(request.address, request.value, unpark)
                : memory.startWait32(request.address, (int) request.value, unpark);
        return wait == null ? OTHER_VALUE : park(instance, request, wait);
    }

    private static int park(Instance instance, Request request, MemoryWait wait) throws Unwind {
        boolean endless = request.timeout < 0;
        long deadline = System.nanoTime() + request.timeout;
        boolean interrupted = false;
        try {
            while (!wait.woken()) {
                instance.waiting = Thread.currentThread();
                if (instance.poll != 0) {
                    instance.pollNow();
                    continue;
                }
                long left = deadline - System.nanoTime();
                if (endless) {
                    LockSupport.park(wait);
                } else if (left > 0) {
                    LockSupport.parkNanos(wait, left);
                } else {
                    return wait.cancel() ? TIMED_OUT : WOKEN;
                }
                // A pending interrupt would keep the thread from parking. It is not for the guest.
                interrupted |= Thread.interrupted();
            }
            return WOKEN;
        } catch (Unwind unwind) {
            unwind.add(request.withTimeout(endless ? -1 : Math.max(0, deadline - System.nanoTime())));
            throw unwind;
        } finally {
            instance.waiting = null;
            wait.cancel();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
