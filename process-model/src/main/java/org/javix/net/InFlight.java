package org.javix.net;

import static org.javix.vfs.Errno.ETOOMANYREFS;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.javix.process.Process;
import org.javix.process.Rlimit;
import org.javix.vfs.OpenFile;

/**
 * The files that were sent through sockets and not yet received. Their number is limited, and sockets among them that
 * only each other's queues still hold are found and closed: nobody could receive from them any more. Thread-safe.
 *
 * <p>How they are found: a socket with as many references as it is in flight has no descriptor. Take all of these; one
 * that is in the queue of any other socket can still be received, and so can what is in its own queues, and so on. The
 * rest is garbage. New garbage can come to be only when a descriptor of a socket that is in flight is closed, and when
 * files in flight are dropped. It is looked for right then while few are in flight, and less often if they are many, so
 * that the work for each such event is bounded.
 */
final class InFlight {
    /** So many sockets may be looked at for each event. */
    private static final int WORK_OF_EVENT = 256;

    private final int most;
    // Guarded by this, with what follows.
    private int total;
    private final Map<Integer, Integer> ofUser = new HashMap<>();
    private final IdentityHashMap<SocketFile, Integer> sockets = new IdentityHashMap<>();
    private boolean collecting;
    private int events;
    // Written under this.
    private volatile boolean anySockets;

    // Guarded by itself: files that are to be released. By one thread at a time, in a loop and not by recursion, since
    // the release of a socket releases what is in its queues.
    private final ArrayDeque<OpenFile> doomed = new ArrayDeque<>();
    private boolean releasing;

    /** @param most how many files may be in flight at once */
    InFlight(int most) {
        this.most = most;
    }

    /** Adds a reference to each file: 0, or -ETOOMANYREFS with nothing done. */
    int send(Process sender, int user, List<OpenFile> files) {
        if (!admits(sender, user, files.size())) {
            collectGarbage();
            if (!admits(sender, user, files.size())) {
                return -ETOOMANYREFS;
            }
        }
        synchronized (this) {
            for (OpenFile file : files) {
                file.retain();
                if (file instanceof SocketFile socket) {
                    sockets.merge(socket, 1, Integer::sum);
                }
            }
            anySockets = !sockets.isEmpty();
            total += files.size();
            ofUser.merge(user, files.size(), Integer::sum);
        }
        return 0;
    }

    private synchronized boolean admits(Process sender, int user, int more) {
        if (total + more > most) {
            return false;
        }
        if (sender == null || sender.fs().credentials().isRoot()) {
            return true;
        }
        long limit = sender.rlimits().soft(Rlimit.NOFILE);
        return limit < 0 || ofUser.getOrDefault(user, 0) <= limit;
    }

    /** The files are not in flight any more; their references stay. */
    synchronized void landed(int user, List<OpenFile> files) {
        for (OpenFile file : files) {
            if (file instanceof SocketFile socket) {
                sockets.merge(socket, -1, (a, b) -> a + b == 0 ? null : a + b);
            }
        }
        anySockets = !sockets.isEmpty();
        total -= files.size();
        ofUser.merge(user, -files.size(), (a, b) -> a + b == 0 ? null : a + b);
    }

    synchronized int total() {
        return total;
    }

    /** Releases files that nobody will receive. */
    void release(List<OpenFile> files) {
        synchronized (doomed) {
            doomed.addAll(files);
            if (releasing) {
                return;
            }
            releasing = true;
        }
        while (true) {
            OpenFile next;
            synchronized (doomed) {
                next = doomed.poll();
                if (next == null) {
                    releasing = false;
                    break;
                }
            }
            next.release();
        }
        mayHaveLeftGarbage();
    }

    /** A descriptor of a socket was closed, perhaps its last. */
    void descriptorClosed(SocketFile socket) {
        if (anySockets && isInFlight(socket)) {
            mayHaveLeftGarbage();
        }
    }

    private synchronized boolean isInFlight(SocketFile socket) {
        return sockets.containsKey(socket);
    }

    private void mayHaveLeftGarbage() {
        synchronized (this) {
            events++;
            if ((long) events * WORK_OF_EVENT < sockets.size()) {
                return;
            }
        }
        collectGarbage();
    }

    /** Closes sockets that are only in flight in one another. */
    void collectGarbage() {
        if (!anySockets) {
            return;
        }
        List<SocketFile> garbage;
        synchronized (this) {
            if (collecting) {
                return;
            }
            collecting = true;
            events = 0;
            garbage = garbage();
        }
        garbage.forEach(SocketFile::discardReceived);
        synchronized (this) {
            collecting = false;
        }
    }

    private List<SocketFile> garbage() {
        Map<SocketFile, Integer> candidates = new IdentityHashMap<>();
        sockets.forEach((socket, count) -> {
            if (socket.references() == count) {
                candidates.put(socket, count);
            }
        });
        Map<SocketFile, Integer> unexplained = new IdentityHashMap<>(candidates);
        for (SocketFile socket : candidates.keySet()) {
            socket.forEachReceivedSocket(inside -> unexplained.computeIfPresent(inside, (key, count) -> count - 1));
        }
        ArrayDeque<SocketFile> reachable = new ArrayDeque<>();
        unexplained.forEach((socket, count) -> {
            if (count > 0) {
                candidates.remove(socket);
                reachable.add(socket);
            }
        });
        while (!reachable.isEmpty()) {
            reachable.remove().forEachReceivedSocket(inside -> {
                if (candidates.remove(inside) != null) {
                    reachable.add(inside);
                }
            });
        }
        return new ArrayList<>(candidates.keySet());
    }
}
