package org.javix.process;

import static org.javix.vfs.Errno.*;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedList;
import java.util.List;
import java.util.ListIterator;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.javix.vfs.Waiter;

/**
 * Futexes: threads that wait for words of memory, in one kernel. What the words contain is the caller's business; that a
 * word is looked at and a wait begins is one step, so no wake-up in between is lost. Thread-safe.
 *
 * <p>Waits lie in buckets by their words' names, each with a lock of its own. Of two, the one with the lower number is locked
 * first. They are ordered by their threads' priorities, as these were when they began to wait, and then by age.
 */
public final class Futexes {
    /** Every bit of a wait's set. */
    public static final int ANY = -1;

    private static final int BUCKETS = 256;

    /**
     * The name of a word.
     *
     * @param storage what holds it, compared by {@code equals}
     * @param offset where in the storage
     */
    public record Key(Object storage, long offset) {}

    private static final class Bucket {
        final int number;
        // Guarded by this. The first is to be woken first.
        final LinkedList<Wait> waits = new LinkedList<>();

        Bucket(int number) {
            this.number = number;
        }

        // Guarded by this.
        void add(Wait wait) {
            if (waits.isEmpty() || waits.getLast().priority >= wait.priority) {
                waits.add(wait);
                return;
            }
            ListIterator<Wait> next = waits.listIterator();
            while (next.next().priority >= wait.priority) {
                // It comes before the first that is less urgent.
            }
            next.previous();
            next.add(wait);
        }
    }

    private static final class Wait {
        final Waiter waiter;
        final int bitset;
        // Who gets the word if it is handed over; 0 for a wait that is only woken.
        final int tid;
        // Of the real-time policies; 0 for others.
        final int priority;
        // Written under the bucket's lock.
        volatile Key key;
        volatile boolean woken;

        Wait(Waiter waiter, Key key, int bitset, int tid) {
            this.waiter = waiter;
            this.key = key;
            this.bitset = bitset;
            this.tid = tid;
            Task task = Task.of(waiter);
            priority = task == null ? 0 : task.scheduling().priority();
        }
    }

    private final Bucket[] buckets = new Bucket[BUCKETS];

    Futexes() {
        for (int i = 0; i < BUCKETS; i++) {
            buckets[i] = new Bucket(i);
        }
    }

    private Bucket bucket(Key key) {
        int hash = key.hashCode() * 0x9e37_79b9;
        return buckets[hash >>> 24];
    }

    /**
     * Waits until woken.
     *
     * @param holds looks at the word, once: whether to wait at all
     * @param bitset a waker must have one of these bits
     * @param deadline of {@link Deadline}
     * @return 0, -EAGAIN if it does not hold, -ETIMEDOUT, -EINTR
     */
    public int await(Waiter waiter, Key key, BooleanSupplier holds, int bitset, long deadline) {
        return await(new Wait(waiter, key, bitset, 0), holds, deadline);
    }

    /** {@link #await} until the word is handed over to a thread, by {@link #handOver}. */
    public int awaitOwnership(Waiter waiter, Key key, BooleanSupplier holds, int tid, long deadline) {
        return await(new Wait(waiter, key, ANY, tid), holds, deadline);
    }

    private int await(Wait wait, BooleanSupplier holds, long deadline) {
        Bucket bucket = bucket(wait.key);
        synchronized (bucket) {
            if (!holds.getAsBoolean()) {
                return -EAGAIN;
            }
            bucket.add(wait);
        }
        while (true) {
            wait.waiter.prepare();
            if (wait.woken) {
                return 0;
            }
            if (wait.waiter.interrupted()) {
                return cancel(wait) ? Deadline.interrupted(wait.waiter, deadline) : 0;
            }
            if (!Deadline.park(wait.waiter, deadline)) {
                return cancel(wait) ? -ETIMEDOUT : 0;
            }
        }
    }

    /**
     * Waits until one of several words is woken.
     *
     * @param holds looks at the word with a number, once: whether to wait at all
     * @return the number of a word that was woken, -EAGAIN if one does not hold, -ETIMEDOUT, -EINTR
     */
    public int awaitAny(Waiter waiter, List<Key> keys, IntPredicate holds, long deadline) {
        List<Wait> waits = new ArrayList<>(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            Wait wait = new Wait(waiter, keys.get(i), ANY, 0);
            Bucket bucket = bucket(wait.key);
            synchronized (bucket) {
                if (holds.test(i)) {
                    bucket.add(wait);
                    waits.add(wait);
                }
            }
            if (waits.size() == i) {
                return cancelAll(waits, -EAGAIN);
            }
        }
        while (true) {
            waiter.prepare();
            if (waits.stream().anyMatch(wait -> wait.woken)) {
                return cancelAll(waits, 0);
            }
            if (waiter.interrupted()) {
                return cancelAll(waits, Deadline.interrupted(waiter, deadline));
            }
            if (!Deadline.park(waiter, deadline)) {
                return cancelAll(waits, -ETIMEDOUT);
            }
        }
    }

    /** Ends waits from within; answers the number of the last one that was woken, else the given result. */
    private int cancelAll(List<Wait> waits, int otherwise) {
        int result = otherwise;
        for (int i = 0; i < waits.size(); i++) {
            if (!cancel(waits.get(i))) {
                result = i;
            }
        }
        return result;
    }

    /** Ends a wait from within; false if it was woken meanwhile. */
    private boolean cancel(Wait wait) {
        while (!wait.woken) {
            Key key = wait.key;
            Bucket bucket = bucket(key);
            synchronized (bucket) {
                if (wait.key.equals(key)) {
                    return bucket.waits.remove(wait);
                }
            }
        }
        return false;
    }

    /**
     * Wakes waits, the most urgent first, and of these the oldest.
     *
     * @param most how many
     * @param bitset those that have one of these bits
     * @return how many were woken
     */
    public int wake(Key key, int most, int bitset) {
        List<Wait> woken = new ArrayList<>(1);
        Bucket bucket = bucket(key);
        synchronized (bucket) {
            take(bucket, key, most, bitset, woken);
        }
        woken.forEach(wait -> wait.waiter.wake());
        return woken.size();
    }

    // Guarded by the bucket.
    private static void take(Bucket bucket, Key key, int most, int bitset, List<Wait> taken) {
        int left = most;
        for (Iterator<Wait> i = bucket.waits.iterator(); i.hasNext() && left > 0; ) {
            Wait wait = i.next();
            if (wait.key.equals(key) && (wait.bitset & bitset) != 0) {
                i.remove();
                wait.woken = true;
                taken.add(wait);
                left--;
            }
        }
    }

    /**
     * Wakes some waits for one word and lets others wait for another.
     *
     * @param holds looks at the first word: whether to do anything
     * @param wakes how many to wake
     * @param moves how many of the others to move
     * @param out element 0 becomes the number of those that were woken, element 1 of those that were moved
     * @return 0, or -EAGAIN if it does not hold
     */
    public int requeue(Key from, Key to, BooleanSupplier holds, int wakes, int moves, int[] out) {
        List<Wait> woken = new ArrayList<>(1);
        Bucket first = bucket(from);
        Bucket second = bucket(to);
        boolean ordered = first.number <= second.number;
        synchronized (ordered ? first : second) {
            synchronized (ordered ? second : first) {
                if (!holds.getAsBoolean()) {
                    return -EAGAIN;
                }
                take(first, from, wakes, ANY, woken);
                out[1] = move(first, from, second, to, moves);
            }
        }
        out[0] = woken.size();
        woken.forEach(wait -> wait.waiter.wake());
        return 0;
    }

    // Guarded by both buckets.
    private static int move(Bucket first, Key from, Bucket second, Key to, int most) {
        List<Wait> moved = new ArrayList<>();
        for (Iterator<Wait> i = first.waits.iterator(); i.hasNext() && moved.size() < most; ) {
            Wait wait = i.next();
            if (wait.key.equals(from)) {
                i.remove();
                wait.key = to;
                moved.add(wait);
            }
        }
        moved.forEach(second::add);
        return moved.size();
    }

    /**
     * Changes a second word, wakes waits for the first one, and for the second if its old value says so.
     *
     * @param change changes the second word; whether it says so
     * @return how many were woken
     */
    public int wakeBoth(Key one, int mostOfOne, Key other, int mostOfOther, BooleanSupplier change) {
        List<Wait> woken = new ArrayList<>(2);
        Bucket first = bucket(one);
        Bucket second = bucket(other);
        boolean ordered = first.number <= second.number;
        synchronized (ordered ? first : second) {
            synchronized (ordered ? second : first) {
                boolean both = change.getAsBoolean();
                take(first, one, mostOfOne, ANY, woken);
                if (both) {
                    take(second, other, mostOfOther, ANY, woken);
                }
            }
        }
        woken.forEach(wait -> wait.waiter.wake());
        return woken.size();
    }

    /**
     * Gives a word that is owned to the most urgent thread, and of these to the one that has waited for it longest.
     *
     * @param own makes the thread with this number the owner, with the sign bit set if others still wait; 0 for nobody
     * @return whether somebody got it
     */
    public boolean handOver(Key key, IntConsumer own) {
        Wait next = null;
        Bucket bucket = bucket(key);
        synchronized (bucket) {
            boolean more = false;
            for (Iterator<Wait> i = bucket.waits.iterator(); i.hasNext() && !more; ) {
                Wait wait = i.next();
                if (wait.tid == 0 || !wait.key.equals(key)) {
                    continue;
                }
                if (next == null) {
                    next = wait;
                    i.remove();
                } else {
                    more = true;
                }
            }
            own.accept(next == null ? 0 : next.tid | (more ? Integer.MIN_VALUE : 0));
            if (next != null) {
                next.woken = true;
            }
        }
        if (next != null) {
            next.waiter.wake();
        }
        return next != null;
    }
}
