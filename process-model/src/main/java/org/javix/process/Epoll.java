package org.javix.process;

import static org.javix.vfs.Errno.*;
import static org.javix.vfs.PollEvents.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.javix.vfs.OpenFile;
import org.javix.vfs.WaitQueue;
import org.javix.vfs.Waiter;

/**
 * {@code epoll}: tells which of many files are ready, in time that depends on how many are ready and not on how many
 * are watched.
 *
 * <p>How: each watched file has an {@link EpollItem} in its wait queue. When the file wakes the queue, the item goes to
 * the list of those that may be ready. Who waits takes items from the list, asks each file what is ready, and forgets
 * those that are not. An item that is reported goes to the end of the list again, unless it is edge-triggered: so it is
 * asked again next time, without being woken, and all get their turn.
 *
 * <p>Locks: {@code scanning} is held while files are asked, so that items in between are not overlooked by others, and
 * while an item is modified; the lock of the list is held by those who wake and takes no other but that of the own wait
 * queue. Thread-safe.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/epoll.7.html">epoll(7)</a>
 */
public final class Epoll extends AnonymousFile {
    /** Also tell when the same file becomes ready to be read or written again, and not as long as it is. */
    public static final int EPOLLET = 1 << 31;
    /** Tell once, and then nothing until the next {@link #modify}. */
    public static final int EPOLLONESHOT = 1 << 30;
    /** Accepted: it matters to programs that must not let the machine sleep. */
    public static final int EPOLLWAKEUP = 1 << 29;
    /** Do not wake everybody who watches the file: accepted, and everybody is woken. */
    public static final int EPOLLEXCLUSIVE = 1 << 28;

    private static final int CONTROL = EPOLLET | EPOLLONESHOT | EPOLLWAKEUP | EPOLLEXCLUSIVE;
    private static final int ALLOWED_EXCLUSIVE =
            POLLIN | POLLOUT | POLLERR | POLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;
    private static final int ALWAYS = POLLERR | POLLHUP;

    /** How deep one may watch another. */
    private static final int MAX_NESTING = 4;

    /** Guards who watches whom, of all, so that no circle is made by two at the same time. */
    private static final Object NESTING = new Object();

    /** Takes what is ready. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes one file that is ready.
         *
         * @param events what is ready: {@link org.javix.vfs.PollEvents}
         * @param data what was given with the file
         */
        void ready(int events, long data);
    }

    private record Key(int fd, OpenFile file) {}

    private final AtomicInteger watches;
    private final int mostWatches;
    private final Object scanning = new Object();
    // Guarded by itself.
    private final Map<Key, EpollItem> items = new HashMap<>();
    // Guarded by itself, with the mark of each item that says whether it is in the list.
    private final ArrayDeque<EpollItem> maybeReady = new ArrayDeque<>();

    /**
     * {@code epoll_create1}.
     *
     * @param watches counts what all of a sandbox watch
     * @param mostWatches how many that may be
     */
    public Epoll(AtomicInteger watches, int mostWatches) {
        super("[eventpoll]", 0);
        this.watches = watches;
        this.mostWatches = mostWatches;
    }

    // ---- what is watched ----

    /**
     * EPOLL_CTL_ADD. The file is watched until it is removed or closed; the watch does not keep it open.
     *
     * @param fd the descriptor, which tells watches of one file apart
     * @param events {@link org.javix.vfs.PollEvents} and EPOLL… of this class
     * @param data is told with what is ready
     * @return 0, -EEXIST, -EINVAL, -ELOOP, -ENOSPC, -EPERM for a file that is always ready
     */
    public int add(int fd, OpenFile file, int events, long data) {
        if (file.waitQueue() == null) {
            return -EPERM;
        }
        if (file == this
                || (events & EPOLLEXCLUSIVE) != 0 && (file instanceof Epoll || (events & ~ALLOWED_EXCLUSIVE) != 0)) {
            return -EINVAL;
        }
        if (!(file instanceof Epoll inner)) {
            return addChecked(fd, file, events, data);
        }
        synchronized (NESTING) {
            return inner.reaches(this, MAX_NESTING) ? -ELOOP : addChecked(fd, file, events, data);
        }
    }

    /** Whether this one watches another, or one that does, and so on; or is deeper than it may be. */
    private boolean reaches(Epoll other, int depth) {
        if (this == other || depth == 0) {
            return true;
        }
        ArrayList<Epoll> inside = new ArrayList<>();
        synchronized (items) {
            for (Key key : items.keySet()) {
                if (key.file instanceof Epoll epoll) {
                    inside.add(epoll);
                }
            }
        }
        return inside.stream().anyMatch(epoll -> epoll.reaches(other, depth - 1));
    }

    private int addChecked(int fd, OpenFile file, int events, long data) {
        Key key = new Key(fd, file);
        EpollItem item = new EpollItem(this, fd, file, events | ALWAYS, data);
        synchronized (items) {
            if (items.containsKey(key)) {
                return -EEXIST;
            }
            if (watches.incrementAndGet() > mostWatches) {
                watches.decrementAndGet();
                return -ENOSPC;
            }
            items.put(key, item);
        }
        file.waitQueue().add(item);
        if (!file.whenClosed(item)) {
            forget(item);
            return 0;
        }
        if (ready(item) != 0) {
            item.wake();
        }
        return 0;
    }

    /** EPOLL_CTL_MOD: 0, -EINVAL, -ENOENT. */
    public int modify(int fd, OpenFile file, int events, long data) {
        EpollItem item = find(fd, file);
        if (item == null) {
            return file == this ? -EINVAL : -ENOENT;
        }
        if (((item.events() | events) & EPOLLEXCLUSIVE) != 0) {
            return -EINVAL;
        }
        // Not while somebody is told of it: a oneshot item would be switched off by what it was set to before.
        synchronized (scanning) {
            item.set(events | ALWAYS, data);
        }
        if (ready(item) != 0) {
            item.wake();
        }
        return 0;
    }

    /** EPOLL_CTL_DEL: 0, -EINVAL, -ENOENT. */
    public int remove(int fd, OpenFile file) {
        EpollItem item = find(fd, file);
        if (item == null) {
            return file == this ? -EINVAL : -ENOENT;
        }
        file.cancelWhenClosed(item);
        forget(item);
        return 0;
    }

    private EpollItem find(int fd, OpenFile file) {
        synchronized (items) {
            return items.get(new Key(fd, file));
        }
    }

    /** The file is no longer watched. */
    void forget(EpollItem item) {
        boolean known;
        synchronized (items) {
            known = items.remove(new Key(item.fd(), item.file()), item);
        }
        if (known) {
            watches.decrementAndGet();
            item.file().waitQueue().remove(item);
            synchronized (maybeReady) {
                if (item.end()) {
                    maybeReady.remove(item);
                }
            }
        }
    }

    @Override
    protected void closed() {
        ArrayList<EpollItem> all;
        synchronized (items) {
            all = new ArrayList<>(items.values());
        }
        for (EpollItem item : all) {
            item.file().cancelWhenClosed(item);
            forget(item);
        }
    }

    // ---- what is ready ----

    /** An item's file has changed. Any thread. */
    void mayBeReady(EpollItem item) {
        synchronized (maybeReady) {
            if (!item.enlist()) {
                return;
            }
            maybeReady.add(item);
        }
        changed.wakeAll();
    }

    private static int ready(EpollItem item) {
        // A oneshot item that was told has no events left, not even those that are always told.
        int events = item.events() & ~CONTROL;
        return events == 0 ? 0 : item.file().poll() & events;
    }

    /**
     * Waits until something is ready.
     *
     * @param most how many may be told, at least 1
     * @param deadline of {@link Deadline}
     * @return how many were told; 0 at the deadline; -EINTR
     */
    public int await(Waiter waiter, int most, long deadline, Sink sink) {
        int count = collect(most, sink);
        if (count > 0 || Deadline.passed(deadline)) {
            return count;
        }
        changed.add(waiter);
        try {
            while (true) {
                waiter.prepare();
                count = collect(most, sink);
                if (count > 0) {
                    return count;
                }
                if (waiter.interrupted()) {
                    return -EINTR;
                }
                if (!Deadline.park(waiter, deadline)) {
                    return collect(most, sink);
                }
            }
        } finally {
            changed.remove(waiter);
        }
    }

    private int collect(int most, Sink sink) {
        synchronized (scanning) {
            int told = 0;
            for (int left = listed(); left > 0 && told < most; left--) {
                EpollItem item = next();
                if (item == null) {
                    break;
                }
                int events = ready(item);
                if (events == 0) {
                    continue;
                }
                long data = item.data();
                if ((item.events() & EPOLLONESHOT) != 0) {
                    item.disable();
                } else if ((item.events() & EPOLLET) == 0) {
                    enlistAgain(item);
                }
                sink.ready(events, data);
                told++;
            }
            return told;
        }
    }

    private int listed() {
        synchronized (maybeReady) {
            return maybeReady.size();
        }
    }

    private EpollItem next() {
        synchronized (maybeReady) {
            EpollItem item = maybeReady.poll();
            if (item != null) {
                item.delist();
            }
            return item;
        }
    }

    private void enlistAgain(EpollItem item) {
        synchronized (maybeReady) {
            if (item.enlist()) {
                maybeReady.add(item);
            }
        }
    }

    @Override
    public int poll() {
        synchronized (scanning) {
            for (int left = listed(); left > 0; left--) {
                EpollItem item = next();
                if (item == null) {
                    break;
                }
                if (ready(item) != 0) {
                    enlistAgain(item);
                    return POLLIN | POLLRDNORM;
                }
            }
            return 0;
        }
    }

    @Override
    public WaitQueue waitQueue() {
        return changed;
    }
}
