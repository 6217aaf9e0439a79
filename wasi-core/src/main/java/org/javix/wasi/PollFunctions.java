package org.javix.wasi;

import static org.javix.vfs.Errno.EINTR;
import static org.javix.vfs.Errno.EINVAL;
import static org.javix.wasi.WasiFunction.of;

import java.util.ArrayList;
import java.util.List;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/** {@code poll_*}: waiting for descriptors and clocks. */
final class PollFunctions {
    static final List<WasiFunction> ALL = List.of(
            of("poll_oneoff", "in:x32 out:x32 nsubscriptions:u32 nevents:=u32", PollFunctions::oneoff));

    /** More subscriptions than descriptors and clocks that a program can have. */
    private static final long MOST = 1 << 16;

    private PollFunctions() {}

    /**
     * Waits until at least one of the subscriptions has an event, and gives all that have one, in the
     * order of the subscriptions.
     *
     * <p>What is wrong with one subscription is the error of its event: {@code EBADF}, also without the
     * right FD_READ or FD_WRITE, {@code EINVAL} for an unknown clock, {@code ENOTCAPABLE} without POLL_FD_READWRITE.
     * Errors: {@code EINTR}, {@code EINVAL} for none, too many or an unknown kind of subscription, {@code EFAULT}.
     */
    private static long oneoff(Guest guest, long in, long out, long count, long result) {
        if (count == 0 || count > MOST) {
            return -EINVAL;
        }
        guest.check(in, count * Subscription.SIZE);
        guest.check(out, count * Event.SIZE);
        guest.check(result, 4);
        List<Subscription> subscriptions = new ArrayList<>();
        for (long at = in; at < in + count * Subscription.SIZE; at += Subscription.SIZE) {
            Subscription subscription = Subscription.read(guest, at);
            if (subscription == null) {
                return -EINVAL;
            }
            subscriptions.add(subscription);
        }
        List<Event> events = new ArrayList<>();
        int error;
        do {
            error = await(guest, subscriptions, events);
        } while (guest.restarts(error));
        if (error < 0) {
            return error;
        }
        for (int i = 0; i < events.size(); i++) {
            events.get(i).write(guest, out + (long) i * Event.SIZE);
        }
        guest.putU32(result, events.size());
        return 0;
    }

    private static int await(Guest guest, List<Subscription> subscriptions, List<Event> events) {
        Waiter waiter = guest.context().waiter();
        List<WaitQueue> queues = subscriptions.stream()
                .map(Subscription::waitQueue)
                .filter(java.util.Objects::nonNull)
                .toList();
        queues.forEach(queue -> queue.add(waiter));
        try {
            while (true) {
                waiter.prepare();
                long now = System.nanoTime();
                collect(subscriptions, now, events);
                if (!events.isEmpty()) {
                    return 0;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                park(waiter, subscriptions, now);
            }
        } finally {
            queues.forEach(queue -> queue.remove(waiter));
        }
    }

    private static void collect(List<Subscription> subscriptions, long now, List<Event> events) {
        for (Subscription subscription : subscriptions) {
            Event event = subscription.event(now);
            if (event != null) {
                events.add(event);
            }
        }
    }

    private static void park(Waiter waiter, List<Subscription> subscriptions, long now) {
        long left = Long.MAX_VALUE;
        for (Subscription subscription : subscriptions) {
            left = Math.min(left, subscription.remaining(now));
        }
        if (left == Long.MAX_VALUE) {
            waiter.park();
        } else {
            waiter.parkUntil(now + left);
        }
    }
}
